package dev.throughline.tools.availability;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a time of day as people and models say it: {@code 10:30}, {@code 10.30}, {@code 1030}, {@code 2 pm}, {@code half past two},
 * {@code quarter to four}, {@code ten thirty}, {@code two in the afternoon}, {@code noon}.
 */
public final class SaidTime {

    private static final Pattern DIGITS = Pattern.compile("(\\d{1,2})(?:[:.h]?(\\d{2}))?(?::\\d{2}(?:\\.\\d+)?)?");

    private SaidTime() {}

    private enum Half {
        MORNING,
        LATER,
        UNSAID
    }

    /**
     * The times that may be meant, the likelier first; empty when not understood. {@code two} and {@code 2:30} are of the morning or
     * of the afternoon, {@code 02:30} and {@code 14:30} are what they say.
     */
    public static List<LocalTime> read(String said) {
        String text = said.strip()
                .toLowerCase(Locale.ENGLISH)
                .replace("a.m.", "am")
                .replace("p.m.", "pm")
                .replace("o'clock", "")
                .replace("oclock", "")
                .replaceAll("[- ]?ish$", "")
                .replaceFirst("^(at|around|about) ", "")
                .strip();
        switch (text) {
            case "noon", "midday" -> {
                return List.of(LocalTime.NOON);
            }
            case "midnight" -> {
                return List.of(LocalTime.MIDNIGHT);
            }
            default -> {
                Half half = half(text);
                String clock = text.replaceFirst("\\s*(am|pm|(in|at) (the )?(morning|afternoon|evening|night))$", "");
                return times(clock.strip(), half);
            }
        }
    }

    private static Half half(String text) {
        if (text.endsWith("am") || text.endsWith("morning")) {
            return Half.MORNING;
        }
        return text.matches(".*(pm|afternoon|evening|night)$") ? Half.LATER : Half.UNSAID;
    }

    private static List<LocalTime> times(String clock, Half half) {
        Matcher digits = DIGITS.matcher(clock);
        if (digits.matches()) {
            int hour = Integer.parseInt(digits.group(1));
            int minute = digits.group(2) == null ? 0 : Integer.parseInt(digits.group(2));
            boolean exact = clock.startsWith("0") || (hour > 12) || (hour == 0);
            return candidates(hour, minute, half, exact);
        }
        return words(clock.replace('-', ' ').strip().split("\\s+"), half);
    }

    private static List<LocalTime> words(String[] words, Half half) {
        int past = index(words, "past");
        int to = index(words, "to");
        if (past > 0 || to > 0) {
            int at = past > 0 ? past : to;
            int minutes = minutes(words, at);
            int hour = at + 2 == words.length ? number(words[at + 1]) : -1;
            if (minutes < 0 || hour < 1) {
                return List.of();
            }
            return past > 0
                    ? candidates(hour, minutes, half, false)
                    : candidates(hour == 1 ? 12 : hour - 1, 60 - minutes, half, false);
        }
        if (words.length == 2 && words[0].equals("half")) {
            return hourAnd(words[1], 30, half);
        }
        int hour = number(words[0]);
        int minutes = words.length == 1 ? 0 : minutesAfter(words);
        return hour < 1 || minutes < 0 ? List.of() : candidates(hour, minutes, half, false);
    }

    /** British {@code half two}: the half hour after it. */
    private static List<LocalTime> hourAnd(String hour, int minutes, Half half) {
        return number(hour) < 1 ? List.of() : candidates(number(hour), minutes, half, false);
    }

    private static List<LocalTime> candidates(int hour, int minute, Half half, boolean exact) {
        if (hour > 23 || minute > 59) {
            return List.of();
        }
        if (exact) {
            return List.of(LocalTime.of(hour, minute));
        }
        LocalTime morning = LocalTime.of(hour % 12, minute);
        LocalTime later = LocalTime.of(hour % 12 + 12, minute);
        return switch (half) {
            case MORNING -> List.of(morning);
            case LATER -> List.of(later);
            // People who do not say which mean the hours of a working day.
            case UNSAID -> hour >= 7 && hour < 12 ? List.of(morning, later) : List.of(later, morning);
        };
    }

    private static int minutes(String[] words, int end) {
        String first = words[end - 1];
        return switch (first) {
            case "half" -> 30;
            case "quarter" -> 15;
            default -> sum(List.of(words).subList(0, end));
        };
    }

    private static int minutesAfter(String[] words) {
        List<String> rest = new ArrayList<>(List.of(words).subList(1, words.length));
        rest.remove("oh");
        return sum(rest);
    }

    private static int sum(List<String> words) {
        int sum = 0;
        for (String word : words) {
            int value = number(word);
            if (value < 0) {
                return -1;
            }
            sum += value;
        }
        return words.isEmpty() ? -1 : sum;
    }

    private static int number(String word) {
        int tens = NumberWords.TENS.indexOf(word);
        if (tens > 1) {
            return tens * 10;
        }
        return word.matches("\\d{1,2}") ? Integer.parseInt(word) : NumberWords.BELOW_TWENTY.indexOf(word);
    }

    private static int index(String[] words, String word) {
        return List.of(words).indexOf(word);
    }
}
