package dev.throughline.platform.quiet;

import dev.throughline.events.tenant.TextSettings.QuietHours;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Set;

/** Reads a tenant's quiet hours. */
public final class QuietTime {

    private QuietTime() {}

    /**
     * When the customer may be texted again; empty when that is now. Where a number may be in several zones it is quiet as long as it is
     * quiet in one of them.
     *
     * @param rule equal ends mean no quiet hours
     * @param zones where the customer may be, not empty
     */
    public static Optional<Instant> until(QuietHours rule, Set<ZoneId> zones, Instant now) {
        LocalTime from = LocalTime.parse(rule.from());
        LocalTime to = LocalTime.parse(rule.to());
        Instant free = now;
        // Each zone may push the end further once a day; two rounds see every zone after the last push.
        for (int round = 0; round < 2 * zones.size(); round++) {
            for (ZoneId zone : zones) {
                free = end(from, to, free.atZone(zone))
                        .map(ZonedDateTime::toInstant)
                        .orElse(free);
            }
        }
        return free.isAfter(now) ? Optional.of(free) : Optional.empty();
    }

    private static Optional<ZonedDateTime> end(LocalTime from, LocalTime to, ZonedDateTime at) {
        LocalTime time = at.toLocalTime();
        LocalDate day = at.toLocalDate();
        boolean afterFrom = !time.isBefore(from);
        boolean beforeTo = time.isBefore(to);
        if (from.isBefore(to)) {
            return afterFrom && beforeTo ? Optional.of(day.atTime(to).atZone(at.getZone())) : Optional.empty();
        }
        if (from.equals(to)) {
            return Optional.empty();
        }
        if (beforeTo) {
            return Optional.of(day.atTime(to).atZone(at.getZone()));
        }
        return afterFrom ? Optional.of(day.plusDays(1).atTime(to).atZone(at.getZone())) : Optional.empty();
    }
}
