package dev.throughline.tools.availability;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a day as people and models say it. Understood: {@code 2026-11-24} (also with a time after it), {@code today},
 * {@code tomorrow}, {@code yesterday}, {@code the day after tomorrow}, {@code a week from Tuesday}, {@code the weekend}, {@code in 3 days}, {@code in two weeks}, weekdays, {@code next Tuesday}, {@code
 * November 24th}, {@code 24 November 2026}, {@code the 24th}, and {@code 11/24/2026} in the tenant's order of month and day.
 */
public final class SaidDate {

    private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})(?:[t ].*)?");
    private static final Pattern NUMERIC = Pattern.compile("(\\d{1,2})[/.](\\d{1,2})(?:[/.](\\d{4})?)?");
    private static final Pattern WEEK_AFTER = Pattern.compile(
            "(?:a|one) week (?:from|on|after) (?:this |coming )?(\\w+)|(?:this |coming )?(\\w+) (?:week|in a week)");
    private static final Pattern AHEAD = Pattern.compile("in (\\w+) (day|week)s?");
    private static final Pattern WEEKDAY =
            Pattern.compile("(this |next |on |coming )*([a-z]+)(?: the \\d.*| \\d{1,2}(?:st|nd|rd|th))?");
    private static final Pattern DAY_OF_MONTH = Pattern.compile("(?:the )?(\\d{1,2})(?:st|nd|rd|th)");
    private static final Pattern MONTH_DAY =
            Pattern.compile("([a-z]+)\\.? (?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?: (\\d{4}))?");
    private static final Pattern DAY_MONTH =
            Pattern.compile("(?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]+)\\.?(?: (\\d{4}))?");
    private static final List<String> COUNTS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");

    private SaidDate() {}

    /**
     * The day that was said, which may lie in the past; empty when not understood. A weekday is its next occurrence, today included;
     * {@code next Tuesday} is the Tuesday of the week after this one, weeks beginning on Monday.
     *
     * @param today in the business's zone
     * @param country ISO 3166 alpha-2; {@code US} puts the month first in numeric dates
     */
    public static Optional<LocalDate> read(String said, LocalDate today, String country) {
        String text = said.strip().toLowerCase(Locale.ENGLISH).replace(",", " ").replaceAll("\\s+", " ");
        try {
            return relative(text, today)
                    .or(() -> weekAfter(text, today))
                    .or(() -> numeric(text, country, today))
                    .or(() -> weekday(text, today))
                    .or(() -> monthAndDay(text, today))
                    .or(() -> dayOfMonth(text, today));
        } catch (DateTimeException | NumberFormatException noSuchDay) {
            return Optional.empty();
        }
    }

    private static Optional<LocalDate> relative(String text, LocalDate today) {
        switch (text) {
            case "today", "tonight", "this morning", "this afternoon", "this evening", "now" -> {
                return Optional.of(today);
            }
            case "tomorrow", "tomorrow morning", "tomorrow afternoon", "tomorrow evening" -> {
                return Optional.of(today.plusDays(1));
            }
            case "yesterday" -> {
                return Optional.of(today.minusDays(1));
            }
            case "in a fortnight", "a fortnight from today", "in a couple of weeks" -> {
                return Optional.of(today.plusDays(14));
            }
            case "the weekend", "this weekend", "at the weekend", "on the weekend" -> {
                return Optional.of(today.with(TemporalAdjusters.nextOrSame(DayOfWeek.SATURDAY)));
            }
            case "day after tomorrow", "the day after tomorrow" -> {
                return Optional.of(today.plusDays(2));
            }
            case "next week" -> {
                return Optional.of(today.with(TemporalAdjusters.next(DayOfWeek.MONDAY)));
            }
            default -> {
                Matcher ahead = AHEAD.matcher(text);
                return ahead.matches()
                        ? count(ahead.group(1)).map(n -> today.plusDays("week".equals(ahead.group(2)) ? 7L * n : n))
                        : Optional.empty();
            }
        }
    }

    private static Optional<Integer> count(String word) {
        if (word.equals("a")) {
            return Optional.of(1);
        }
        int spelled = COUNTS.indexOf(word);
        if (spelled >= 0) {
            return Optional.of(spelled);
        }
        return word.matches("\\d{1,3}") ? Optional.of(Integer.parseInt(word)) : Optional.empty();
    }

    /** {@code a week from Tuesday}, {@code Tuesday week}. */
    private static Optional<LocalDate> weekAfter(String text, LocalDate today) {
        Matcher matcher = WEEK_AFTER.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String day = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return relative(day, today).or(() -> weekday(day, today)).map(date -> date.plusWeeks(1));
    }

    private static Optional<LocalDate> numeric(String text, String country, LocalDate today) {
        Matcher iso = ISO.matcher(text);
        if (iso.matches()) {
            return Optional.of(LocalDate.of(number(iso, 1), number(iso, 2), number(iso, 3)));
        }
        Matcher numeric = NUMERIC.matcher(text);
        if (!numeric.matches()) {
            return Optional.empty();
        }
        boolean monthFirst = country.equals("US") && text.indexOf('/') > 0;
        int month = number(numeric, monthFirst ? 1 : 2);
        int day = number(numeric, monthFirst ? 2 : 1);
        if (month > 12 && day <= 12) {
            // Only the other order is a date.
            int swapped = month;
            month = day;
            day = swapped;
        }
        if (numeric.group(3) != null) {
            return Optional.of(LocalDate.of(number(numeric, 3), month, day));
        }
        LocalDate thisYear = LocalDate.of(today.getYear(), month, day);
        return Optional.of(thisYear.isBefore(today) ? thisYear.plusYears(1) : thisYear);
    }

    private static Optional<LocalDate> weekday(String text, LocalDate today) {
        Matcher matcher = WEEKDAY.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<LocalDate> coming = Arrays.stream(DayOfWeek.values())
                .filter(day -> isShortFor(matcher.group(2), day.name()))
                .findFirst()
                .map(day -> today.with(TemporalAdjusters.nextOrSame(day)));
        if (!text.startsWith("next ")) {
            return coming;
        }
        LocalDate nextMonday = today.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
        return coming.map(date -> nextMonday.with(TemporalAdjusters.nextOrSame(date.getDayOfWeek())));
    }

    private static Optional<LocalDate> monthAndDay(String text, LocalDate today) {
        Matcher monthFirst = MONTH_DAY.matcher(text);
        if (monthFirst.matches()) {
            return monthDay(monthFirst.group(1), number(monthFirst, 2), monthFirst.group(3), today);
        }
        Matcher dayFirst = DAY_MONTH.matcher(text);
        return dayFirst.matches()
                ? monthDay(dayFirst.group(2), number(dayFirst, 1), dayFirst.group(3), today)
                : Optional.empty();
    }

    private static Optional<LocalDate> monthDay(
            String name, int day, @org.jspecify.annotations.Nullable String year, LocalDate today) {
        return Arrays.stream(Month.values())
                .filter(month -> isShortFor(name, month.name()))
                .findFirst()
                .map(month -> {
                    if (year != null) {
                        return LocalDate.of(Integer.parseInt(year), month, day);
                    }
                    LocalDate thisYear = LocalDate.of(today.getYear(), month, day);
                    return thisYear.isBefore(today) ? thisYear.plusYears(1) : thisYear;
                });
    }

    /** The next day of that number, this month or the first later month that has it. */
    private static Optional<LocalDate> dayOfMonth(String text, LocalDate today) {
        Matcher matcher = DAY_OF_MONTH.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int day = number(matcher, 1);
        for (int ahead = 0; ahead < 3; ahead++) {
            YearMonth month = YearMonth.from(today).plusMonths(ahead);
            if (month.isValidDay(day) && !month.atDay(day).isBefore(today)) {
                return Optional.of(month.atDay(day));
            }
        }
        return Optional.empty();
    }

    private static boolean isShortFor(String said, String name) {
        return said.length() >= 3 && name.toLowerCase(Locale.ENGLISH).startsWith(said);
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
