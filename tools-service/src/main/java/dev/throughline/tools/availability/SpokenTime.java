package dev.throughline.tools.availability;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/** Dates and times in English words, as a voice should read them: {@code Tuesday the 24th}, {@code ten thirty}. */
public final class SpokenTime {

    private SpokenTime() {}

    /** A day as said on {@code today}: with the month only where the number alone could be another month's. */
    public static String day(LocalDate date, LocalDate today) {
        String day = weekday(date.getDayOfWeek()) + " the " + ordinal(date.getDayOfMonth());
        boolean thisMonth = date.getMonth() == today.getMonth() && date.getYear() == today.getYear();
        return thisMonth ? day : day + " of " + date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    /** A weekday's name. */
    public static String weekday(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    /** A time of day: {@code ten thirty}, {@code noon}, {@code two in the afternoon}; the morning of a working day goes unsaid. */
    public static String time(LocalTime time) {
        if (time.equals(LocalTime.NOON)) {
            return "noon";
        }
        if (time.equals(LocalTime.MIDNIGHT)) {
            return "midnight";
        }
        String part = partOfDay(time.getHour());
        int hour = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
        if (time.getMinute() == 0) {
            return NumberWords.BELOW_TWENTY.get(hour) + (part.isEmpty() ? " o'clock" : part);
        }
        return NumberWords.BELOW_TWENTY.get(hour) + " " + minutes(time.getMinute()) + part;
    }

    /** A day with a time: {@code Tuesday the 24th at ten thirty}. */
    public static String dayAndTime(LocalDate date, LocalTime time, LocalDate today) {
        return day(date, today) + " at " + time(time);
    }

    /** Items as said: {@code a}, {@code a or b}, {@code a, b or c}. */
    public static String list(List<String> items, String conjunction) {
        if (items.size() < 2) {
            return String.join("", items);
        }
        return String.join(", ", items.subList(0, items.size() - 1)) + " " + conjunction + " " + items.getLast();
    }

    private static String partOfDay(int hour) {
        if (hour < 7) {
            return " in the morning";
        }
        if (hour <= 12) {
            return "";
        }
        return hour < 18 ? " in the afternoon" : " in the evening";
    }

    private static String minutes(int minutes) {
        if (minutes < 10) {
            return "oh " + NumberWords.BELOW_TWENTY.get(minutes);
        }
        if (minutes < NumberWords.BELOW_TWENTY.size()) {
            return NumberWords.BELOW_TWENTY.get(minutes);
        }
        String tens = NumberWords.TENS.get(minutes / 10);
        return minutes % 10 == 0 ? tens : tens + "-" + NumberWords.BELOW_TWENTY.get(minutes % 10);
    }

    private static String ordinal(int day) {
        if (day / 10 == 1) {
            return day + "th";
        }
        return switch (day % 10) {
            case 1 -> day + "st";
            case 2 -> day + "nd";
            case 3 -> day + "rd";
            default -> day + "th";
        };
    }
}
