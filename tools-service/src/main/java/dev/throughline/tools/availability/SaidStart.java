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

    private static final int MAX_WORDS = 12;
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
            Optional<LocalDate> day = SaidDate.read(both.group(1), today, country);
            if (!clock.isEmpty() && day.isPresent()) {
                return day.map(found -> of(found, clock, zone));
            }
        }
        return inAnyOrder(said.strip(), zone, today, country);
    }

    /** A day and a time side by side: {@code Tuesday 2 pm}, {@code half past two on Friday}; the longest day that leaves a time. */
    private static Optional<SaidStart> inAnyOrder(String said, ZoneId zone, LocalDate today, String country) {
        String[] words = said.split("\\s+");
        if (words.length > MAX_WORDS) {
            return Optional.empty();
        }
        for (int days = words.length - 1; days > 0; days--) {
            String first = joined(words, 0, days);
            String rest = joined(words, days, words.length);
            String last = joined(words, words.length - days, words.length);
            String start = joined(words, 0, words.length - days);
            Optional<SaidStart> found = dayAndTime(first, rest, zone, today, country)
                    .or(() -> dayAndTime(last, start, zone, today, country));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<SaidStart> dayAndTime(
            String day, String time, ZoneId zone, LocalDate today, String country) {
        List<LocalTime> times = SaidTime.read(time.replaceFirst("(?i)\\s+on$", ""));
        String date = day.replaceFirst("(?i)\\s+at$|,$", "").replaceFirst("(?i)^on\\s+", "");
        return times.isEmpty()
                ? Optional.empty()
                : SaidDate.read(date, today, country).map(found -> of(found, times, zone));
    }

    private static String joined(String[] words, int from, int to) {
        return String.join(" ", List.of(words).subList(from, to));
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
