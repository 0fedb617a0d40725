package dev.throughline.localstack.bench.context;

import java.util.Arrays;
import java.util.Locale;

/** Measured durations in nanoseconds. Thread-safe. */
final class Latencies {

    private final long[] nanos;
    private int count;

    Latencies(int most) {
        this.nanos = new long[most];
    }

    synchronized void add(long duration) {
        if (count < nanos.length) {
            nanos[count++] = duration;
        }
    }

    synchronized int count() {
        return count;
    }

    /** Milliseconds below which this share lies; not a number when nothing was measured. */
    synchronized double millis(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(count - 1L, Math.round(share * count))] / 1e6;
    }

    String text() {
        return String.format(Locale.ROOT, "p50 %.1f ms, p99 %.1f ms", millis(0.5), millis(0.99));
    }
}
