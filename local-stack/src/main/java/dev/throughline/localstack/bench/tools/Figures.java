package dev.throughline.localstack.bench.tools;

import java.util.Arrays;
import java.util.List;

/**
 * How long something took, again and again.
 *
 * @param count how often it was done
 * @param failed how often it failed; not among the times
 * @param p50Millis half were not slower
 * @param p99Millis 99 of 100 were not slower
 * @param perSecond how many were done in a second
 */
record Figures(long count, long failed, double p50Millis, double p99Millis, double perSecond) {

    private static final double NANOS_PER_MILLI = 1e6;

    /** @param nanos one time each; @param tookNanos all of it, from the first to the last */
    static Figures of(List<Long> nanos, long failed, long tookNanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Figures(
                sorted.length + failed,
                failed,
                percentile(sorted, 0.50),
                percentile(sorted, 0.99),
                tookNanos == 0 ? 0 : sorted.length * 1e9 / tookNanos);
    }

    private static double percentile(long[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.max(0, index)] / NANOS_PER_MILLI;
    }
}
