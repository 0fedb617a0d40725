package dev.throughline.tools.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One weekday of a staff member, wall clock in the tenant's zone.
 *
 * @param open {@code HH:mm}, inclusive
 * @param close {@code HH:mm}, exclusive; at or before {@code open} it is of the next day
 * @param enabled false = a day off
 * @param breaks within the shift, in order; one that begins before {@code open} is after midnight
 */
public record WorkingDay(String open, String close, boolean enabled, List<Pause> breaks) {

    /**
     * A break.
     *
     * @param from {@code HH:mm}, inclusive
     * @param to {@code HH:mm}, exclusive; at or before {@code from} it is of the next day
     */
    public record Pause(String from, String to) {}

    public WorkingDay(String open, String close, boolean enabled, @Nullable List<Pause> breaks) {
        this.open = open;
        this.close = close;
        this.enabled = enabled;
        this.breaks = breaks == null ? List.of() : List.copyOf(breaks);
    }
}
