package dev.throughline.tools.availability;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads when a visit shall begin: an offset date-time, a local date-time in the business's zone, {@code tomorrow at ten thirty}, or a
 * time alone beside a day said elsewhere.
 *
 * @param instants what may be meant, the likelier first, never empty; more than one where the half of the day was not said or the
 *     clocks go back over the time. Where they go forward over it, the time does not exist and the instant is the one after the change
 * @param day the day meant, in the business's zone
 */
public record SaidStart(List<Instant> instants, LocalDate day) {

    private static final Pattern DAY_AND_TIME =
            Pattern.compile("(.+?)(?: at |t(?=\\d\\d:)|\\s+(?=\\d{1,2}[:.]\\d\\d))(.+)", Pattern.CASE_INSENSITIVE);

    /**
     * The start that was said; empty when it, or its day, was not understood.
     *
     * @param date a day said beside it, null when none
     */
    public static Optional<SaidStart> read(
            String said, @Nullable String date, ZoneId zone, LocalDate today, String country) {
        Optional<Instant> exact = exact(said);
        if (exact.isPresent()) {
            return exact.map(start -> new SaidStart(List.of(start), LocalDate.ofInstant(start, zone)));
        }
        List<LocalTime> times = SaidTime.read(said);
        if (!times.isEmpty() && date != null) {
            return SaidDate.read(date, today, country).map(day -> of(day, times, zone));
        }
        Matcher both = DAY_AND_TIME.matcher(said.strip());
        if (both.matches()) {
            List<LocalTime> clock = SaidTime.read(both.group(2));
            return clock.isEmpty()
                    ? Optional.empty()
                    : SaidDate.read(both.group(1), today, country).map(day -> of(day, clock, zone));
        }
        return Optional.empty();
    }

    private static Optional<Instant> exact(String said) {
        try {
            return Optional.of(
                    OffsetDateTime.parse(said.strip().replace(' ', 'T')).toInstant());
        } catch (DateTimeParseException noOffset) {
            return Optional.empty();
        }
    }

    private static SaidStart of(LocalDate day, List<LocalTime> times, ZoneId zone) {
        List<Instant> instants = times.stream()
                .map(day::atTime)
                .flatMap(local -> instants(local, zone).stream())
                .toList();
        return new SaidStart(instants, day);
    }

    private static List<Instant> instants(LocalDateTime local, ZoneId zone) {
        var rules = zone.getRules();
        var offsets = rules.getValidOffsets(local);
        return offsets.isEmpty()
                ? List.of(rules.getTransition(local).getInstant())
                : offsets.stream().map(local::toInstant).toList();
    }
}
