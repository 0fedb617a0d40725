package dev.throughline.simulator.elevenlabs.brain;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills {@code {{variable}}} with dynamic variables and <code>{path|filter}</code> with what the brain remembers. */
final class Template {

    private static final Pattern HOLE = Pattern.compile("\\{\\{\\s*([\\w]+)\\s*}}|\\{([\\w.]+)((?:\\|\\w+)*)}");

    private static final List<String> DIGITS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

    private Template() {}

    /**
     * Fills every hole of {@code template}; both look-ups give an empty text for what is not known.
     *
     * @param today the date {@code nextDate} counts from, in the tenant's zone
     */
    static String fill(String template, UnaryOperator<String> variable, UnaryOperator<String> memory, LocalDate today) {
        return HOLE.matcher(template)
                .replaceAll(hole -> Matcher.quoteReplacement(
                        hole.group(1) != null
                                ? variable.apply(hole.group(1))
                                : filtered(memory.apply(hole.group(2)), hole.group(3), today)));
    }

    private static String filtered(String value, String filters, LocalDate today) {
        String result = value;
        for (String filter : filters.split("\\|")) {
            result = switch (filter) {
                case "" -> result;
                case "lower" -> result.toLowerCase(Locale.ROOT);
                case "capital" -> capital(result);
                case "keys" -> keys(result);
                case "nextDate" -> nextDate(result, today);
                default -> throw new IllegalStateException("the script uses an unknown filter " + filter);
            };
        }
        return result;
    }

    /** Keys of a telephone for what was said of them: {@code one, two, hash} is {@code 12#}. */
    private static String keys(String said) {
        StringBuilder keys = new StringBuilder();
        for (String word : said.toLowerCase(Locale.ROOT).split("[^\\p{L}\\d*#]+")) {
            int digit = DIGITS.indexOf(word);
            keys.append(
                    switch (word) {
                        case "star" -> "*";
                        case "hash", "pound" -> "#";
                        case "and", "then", "please" -> "";
                        default -> digit < 0 ? word : String.valueOf(digit);
                    });
        }
        return keys.toString();
    }

    private static String capital(String word) {
        return word.isEmpty()
                ? word
                : word.substring(0, 1).toUpperCase(Locale.ROOT)
                        + word.substring(1).toLowerCase(Locale.ROOT);
    }

    /** ISO date of the next such weekday after today: said on a Tuesday, "on Tuesday" is a week away. */
    private static String nextDate(String weekday, LocalDate today) {
        if (weekday.isEmpty()) {
            return "";
        }
        DayOfWeek day = DayOfWeek.valueOf(weekday.toUpperCase(Locale.ROOT));
        return today.with(TemporalAdjusters.next(day)).toString();
    }
}
