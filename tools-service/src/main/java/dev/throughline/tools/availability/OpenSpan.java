package dev.throughline.tools.availability;

import java.time.LocalTime;

/**
 * Part of a day in which work is done, wall clock in the business's zone.
 *
 * @param from inclusive
 * @param to exclusive, after {@code from}
 */
public record OpenSpan(LocalTime from, LocalTime to) {

    public OpenSpan {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a span ends after it begins: " + from + " to " + to);
        }
    }
}
