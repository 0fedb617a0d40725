package dev.throughline.tools.tenant;

import dev.throughline.events.tenant.TenantSettings.DayHours;
import dev.throughline.platform.web.Problem;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Hours of one weekday as an operator writes them.
 *
 * @param open {@code HH:mm}, inclusive; may be absent on a closed day
 * @param close {@code HH:mm}, exclusive; before {@code open} it is of the next day, equal to it only where both are midnight: all day
 * @param enabled false = closed; absent = open
 */
public record DayDraft(
        @Nullable String open,
        @Nullable String close,
        @Nullable Boolean enabled) {

    /** Longer nights are two times in the wrong order. */
    private static final Duration LONGEST_NIGHT = Duration.ofHours(15);

    private static final Set<String> WEEK = Arrays.stream(DayOfWeek.values())
            .map(day -> day.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());

    static DayDraft of(DayHours hours) {
        return new DayDraft(hours.open(), hours.close(), hours.enabled());
    }

    /**
     * Reads a week. A closed day without hours is left out, which means closed.
     *
     * @param path of the week in the request, for the names of wrong fields
     * @param wrong gets every wrong field
     */
    public static Map<String, DayHours> week(String path, Map<String, DayDraft> week, List<Problem.Field> wrong) {
        Map<String, DayHours> hours = new LinkedHashMap<>();
        week.forEach((name, day) -> {
            String field = path + "." + name;
            String weekday = name.toLowerCase(Locale.ROOT);
            if (!WEEK.contains(weekday)) {
                wrong.add(new Problem.Field(field, "is not an English weekday"));
            } else if (day != null && !(Boolean.FALSE.equals(day.enabled) && day.open == null)) {
                day.check(field, wrong).forEach(ok -> hours.put(weekday, ok));
            }
        });
        return hours;
    }

    private List<DayHours> check(String field, List<Problem.Field> wrong) {
        LocalTime from = time(field + ".open", open, wrong);
        LocalTime to = time(field + ".close", close, wrong);
        if (from == null || to == null) {
            return List.of();
        }
        if (!from.isBefore(to) && !isAllDay(from, to) && pastMidnight(from, to).compareTo(LONGEST_NIGHT) > 0) {
            wrong.add(new Problem.Field(
                    field + ".close",
                    "must be after open, or on the next day at most " + LONGEST_NIGHT.toHours() + " hours after it"));
            return List.of();
        }
        return List.of(new DayHours(from.toString(), to.toString(), !Boolean.FALSE.equals(enabled)));
    }

    private static boolean isAllDay(LocalTime from, LocalTime to) {
        return from.equals(LocalTime.MIDNIGHT) && to.equals(LocalTime.MIDNIGHT);
    }

    private static Duration pastMidnight(LocalTime from, LocalTime to) {
        return Duration.between(from, to).plusDays(1);
    }

    /** The time of day; null only when {@code wrong} was added to. */
    public static @Nullable LocalTime time(String field, @Nullable String text, List<Problem.Field> wrong) {
        try {
            // Nine o'clock may be written 9:00.
            return LocalTime.parse(
                            text == null ? "" : text.matches("\\d:.*") ? "0" + text : text.replace("24:00", "00:00"))
                    .withSecond(0)
                    .withNano(0);
        } catch (DateTimeParseException malformed) {
            wrong.add(new Problem.Field(field, "must be a time of day (HH:MM)"));
            return null;
        }
    }
}
