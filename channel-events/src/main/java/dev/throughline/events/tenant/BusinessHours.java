package dev.throughline.events.tenant;

import dev.throughline.events.tenant.TenantSettings.DayHours;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a tenant's opening hours. */
public final class BusinessHours {

    private BusinessHours() {}

    /** The hours of a weekday; empty when closed. */
    public static Optional<DayHours> on(DayOfWeek day, TenantSettings settings) {
        return Optional.ofNullable(settings.businessHours().get(day.name().toLowerCase(Locale.ROOT)))
                .filter(DayHours::enabled);
    }

    /** Whether the business is open by its weekly hours at a wall-clock time in its own zone. */
    public static boolean openAt(LocalDateTime localTime, TenantSettings settings) {
        LocalTime time = localTime.toLocalTime();
        boolean sinceToday = on(localTime.getDayOfWeek(), settings)
                .filter(hours -> !time.isBefore(LocalTime.parse(hours.open()))
                        && (hours.pastMidnight() || time.isBefore(LocalTime.parse(hours.close()))))
                .isPresent();
        return sinceToday
                || on(localTime.getDayOfWeek().minus(1), settings)
                        .filter(hours -> hours.pastMidnight() && time.isBefore(LocalTime.parse(hours.close())))
                        .isPresent();
    }

    /** Whether the business is open at a wall-clock time in its own zone: by its weekly hours, and not closed for a holiday. */
    public static boolean openAt(LocalDateTime localTime, Tenant tenant) {
        return openAt(localTime, tenant.settings()) && !onHoliday(localTime, tenant);
    }

    /**
     * Whether the business is closed, by a holiday or by the hours it told; one that told none is taken to be open on every other day.
     */
    public static boolean closedAt(LocalDateTime localTime, Tenant tenant) {
        return onHoliday(localTime, tenant)
                || !tenant.settings().businessHours().isEmpty() && !openAt(localTime, tenant.settings());
    }

    private static boolean onHoliday(LocalDateTime localTime, Tenant tenant) {
        return tenant.catalog().closures().stream().anyMatch(closure -> closure.covers(localTime));
    }

    /**
     * The week in one sentence, neighbouring days with equal hours joined, for example {@code We're open Monday through
     * Friday from 09:00 to 17:00.}; empty when no hours are known.
     */
    public static String summary(TenantSettings settings) {
        List<String> parts = new ArrayList<>();
        DayOfWeek[] week = DayOfWeek.values();
        int first = 0;
        while (first < week.length) {
            Optional<DayHours> hours = on(week[first], settings);
            int last = first;
            while (last + 1 < week.length && on(week[last + 1], settings).equals(hours)) {
                last++;
            }
            if (hours.isPresent()) {
                parts.add(days(week[first], week[last]) + " from " + hours.get().open() + " to "
                        + hours.get().close());
            }
            first = last + 1;
        }
        return parts.isEmpty() ? "" : "We're open " + String.join(", and ", parts) + ".";
    }

    private static String days(DayOfWeek first, DayOfWeek last) {
        return first == last
                ? name(first)
                : name(first) + (last.getValue() - first.getValue() == 1 ? " and " : " through ") + name(last);
    }

    private static String name(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }
}
