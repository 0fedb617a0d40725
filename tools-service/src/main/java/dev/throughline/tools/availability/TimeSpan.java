package dev.throughline.tools.availability;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * A stretch of real time.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record TimeSpan(Instant from, Instant to) {

    /**
     * The real time of a span of wall-clock time on one day. Where the clocks go forward over an edge, the edge is the instant of the
     * change; where they go back, an edge is the first of its two readings: who closes at one has gone home when one comes again.
     */
    public static TimeSpan of(LocalDate date, OpenSpan span, ZoneId zone) {
        LocalDate ends = span.pastMidnight() ? date.plusDays(1) : date;
        return of(date.atTime(span.from()), ends.atTime(span.to()), zone);
    }

    /** As {@link #of(LocalDate, OpenSpan, ZoneId)}, of any stretch of wall-clock time. May be empty: both ends within one gap. */
    public static TimeSpan of(LocalDateTime from, LocalDateTime to, ZoneId zone) {
        return new TimeSpan(edge(from, zone), edge(to, zone));
    }

    private static Instant edge(LocalDateTime local, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        ZoneOffsetTransition change = rules.getTransition(local);
        if (change == null) {
            return local.toInstant(rules.getOffset(local));
        }
        return change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetBefore());
    }

    /** Whether the two share an instant; touching is not sharing. */
    public boolean overlaps(TimeSpan other) {
        return from.isBefore(other.to) && other.from.isBefore(to);
    }

    /** Whether the other lies wholly within this one. */
    public boolean contains(TimeSpan other) {
        return !other.from.isBefore(from) && !other.to.isAfter(to);
    }
}
