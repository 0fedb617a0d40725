package dev.throughline.tools.availability;

import java.time.LocalTime;

/**
 * Part of a day in which work is done, wall clock in the business's zone.
 *
 * @param from inclusive
 * @param to exclusive; at or before {@code from} it is of the next day
 */
public record OpenSpan(LocalTime from, LocalTime to) {

    /** Whether the span ends on the day after the one it begins on. */
    public boolean pastMidnight() {
        return !to.isAfter(from);
    }
}
