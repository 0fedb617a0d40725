package dev.throughline.tools.availability;

import dev.throughline.events.tenant.TenantSettings.DayHours;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * When work is done in a week.
 *
 * @param days spans of each weekday, in order and apart; a missing day is a day off
 */
public record WorkingWeek(Map<DayOfWeek, List<OpenSpan>> days) {

    /** No work at all. */
    public static final WorkingWeek NONE = new WorkingWeek(Map.of());

    public WorkingWeek {
        days = Map.copyOf(days);
    }

    /** Reads the hours of a tenant or a staff member; names of days are lower-case English, unknown ones are ignored. */
    public static WorkingWeek of(Map<String, DayHours> hours) {
        Map<DayOfWeek, List<OpenSpan>> days = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            DayHours open = hours.get(day.name().toLowerCase(Locale.ROOT));
            if (open != null && open.enabled()) {
                days.put(day, List.of(new OpenSpan(LocalTime.parse(open.open()), LocalTime.parse(open.close()))));
            }
        }
        return new WorkingWeek(days);
    }

    /** The spans of a weekday; empty on a day off. */
    public List<OpenSpan> on(DayOfWeek day) {
        return days.getOrDefault(day, List.of());
    }
}
