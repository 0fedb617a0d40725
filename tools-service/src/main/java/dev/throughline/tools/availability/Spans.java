package dev.throughline.tools.availability;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A set of real time: spans that are in order and apart. Whole seconds, for no clock on a wall shows less. Immutable; looking something
 * up takes the logarithm of the number of spans.
 */
final class Spans {

    static final Spans NONE = new Spans(new long[0], new long[0]);

    /** No such time. */
    static final long NEVER = Long.MAX_VALUE;

    private final long[] froms;
    private final long[] tos;

    private Spans(long[] froms, long[] tos) {
        this.froms = froms;
        this.tos = tos;
    }

    /** All time that is in one of the spans; those that touch become one. Empty spans count for nothing. */
    static Spans union(Collection<TimeSpan> spans) {
        List<TimeSpan> sorted = spans.stream()
                .filter(span -> span.from().isBefore(span.to()))
                .sorted(Comparator.comparing(TimeSpan::from))
                .toList();
        long[] froms = new long[sorted.size()];
        long[] tos = new long[sorted.size()];
        int size = 0;
        for (TimeSpan span : sorted) {
            long from = span.from().getEpochSecond();
            long to = secondAtOrAfter(span.to());
            if (size > 0 && from <= tos[size - 1]) {
                tos[size - 1] = Math.max(tos[size - 1], to);
            } else {
                froms[size] = from;
                tos[size++] = to;
            }
        }
        return new Spans(Arrays.copyOf(froms, size), Arrays.copyOf(tos, size));
    }

    /** What is in this set and not in the other. */
    Spans minus(Spans other) {
        if (other.froms.length == 0) {
            return this;
        }
        List<long[]> left = new ArrayList<>();
        for (int i = 0; i < froms.length; i++) {
            long from = froms[i];
            for (int j = other.firstEndingAfter(from); j < other.froms.length && other.froms[j] < tos[i]; j++) {
                if (other.froms[j] > from) {
                    left.add(new long[] {from, other.froms[j]});
                }
                from = Math.max(from, other.tos[j]);
            }
            if (from < tos[i]) {
                left.add(new long[] {from, tos[i]});
            }
        }
        return new Spans(
                left.stream().mapToLong(span -> span[0]).toArray(),
                left.stream().mapToLong(span -> span[1]).toArray());
    }

    /** The first second at or after {@code from} at which {@code length} seconds lie wholly within one span; {@link #NEVER} if none. */
    long nextFitting(long from, long length) {
        for (int i = firstEndingAfter(from); i < froms.length; i++) {
            long start = Math.max(from, froms[i]);
            if (start + length <= tos[i]) {
                return start;
            }
        }
        return NEVER;
    }

    /** The first second at or after {@code from} at which {@code length} seconds touch no span. */
    long nextClear(long from, long length) {
        long start = from;
        for (int i = firstEndingAfter(from); i < froms.length && froms[i] < start + length; i++) {
            start = tos[i];
        }
        return start;
    }

    /** How many seconds of a stretch are in this set. */
    long secondsWithin(long from, long to) {
        long seconds = 0;
        for (int i = firstEndingAfter(from); i < froms.length && froms[i] < to; i++) {
            seconds += Math.min(to, tos[i]) - Math.max(from, froms[i]);
        }
        return seconds;
    }

    private int firstEndingAfter(long second) {
        int at = Arrays.binarySearch(tos, second + 1);
        return at >= 0 ? at : -at - 1;
    }

    private static long secondAtOrAfter(Instant instant) {
        return instant.getNano() == 0 ? instant.getEpochSecond() : instant.getEpochSecond() + 1;
    }
}
