package dev.throughline.tools.availability;

import java.time.LocalTime;
import java.util.Locale;
import java.util.Optional;

/** A part of the day as callers wish for it, where no time will do. */
public enum PartOfDay {
    MORNING("in the morning", 0, 12),
    AFTERNOON("in the afternoon", 12, 17),
    EVENING("in the evening", 17, 24);

    private final String spoken;
    private final int fromHour;
    private final int toHour;

    PartOfDay(String spoken, int fromHour, int toHour) {
        this.spoken = spoken;
        this.fromHour = fromHour;
        this.toHour = toHour;
    }

    /** The part that was said, alone or at the end of a day: {@code morning}, {@code in the afternoon}, {@code tomorrow evening}. */
    public static Optional<PartOfDay> read(String said) {
        String text = said.strip().toLowerCase(Locale.ENGLISH);
        if (text.matches(".*\\bafternoon$|after lunch")) {
            return Optional.of(AFTERNOON);
        }
        if (text.matches(".*\\bmorning$|before (noon|lunch)|early")) {
            return Optional.of(MORNING);
        }
        return text.matches(".*\\b(evening|night)$|tonight|after work|late") ? Optional.of(EVENING) : Optional.empty();
    }

    /** Whether a time is in it; the start counts, the end does not. */
    public boolean has(LocalTime time) {
        return time.getHour() >= fromHour && time.getHour() < toHour;
    }

    /** For example {@code in the morning}. */
    public String spoken() {
        return spoken;
    }
}
