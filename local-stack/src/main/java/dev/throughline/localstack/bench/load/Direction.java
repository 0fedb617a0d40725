package dev.throughline.localstack.bench.load;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * All frames of all calls in one direction. Loss and order are counted from the first frame on; delays and the number of frames since the
 * last {@link #reset}. One thread.
 */
final class Direction {

    private static final long LONGEST_MICROS = 60_000_000;

    private final Histogram delayMicros = new Histogram(1, LONGEST_MICROS, 3);
    private long sent;
    private long received;
    private long outOfOrder;
    private long foreign;
    private long receivedSinceReset;

    void sent() {
        sent++;
    }

    /** A frame arrived in its order or not. */
    void received(boolean inOrder) {
        received++;
        receivedSinceReset++;
        if (!inOrder) {
            outOfOrder++;
        }
    }

    void delay(long nanos) {
        delayMicros.recordValue(Math.clamp(nanos / 1_000, 1, LONGEST_MICROS));
    }

    /** A frame of another call, of the other direction, or damaged. */
    void foreign() {
        foreign++;
    }

    void reset() {
        delayMicros.reset();
        receivedSinceReset = 0;
    }

    /** Forgets everything: other calls come. */
    void clear() {
        reset();
        sent = 0;
        received = 0;
        outOfOrder = 0;
        foreign = 0;
    }

    Map<String, Object> snapshot() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("frames", receivedSinceReset);
        figures.put("sent", sent);
        figures.put("lost", sent - received);
        figures.put("outOfOrder", outOfOrder + foreign);
        figures.put("p50Millis", delayMicros.getValueAtPercentile(50) / 1_000.0);
        figures.put("p99Millis", delayMicros.getValueAtPercentile(99) / 1_000.0);
        figures.put("p999Millis", delayMicros.getValueAtPercentile(99.9) / 1_000.0);
        figures.put("maxMillis", delayMicros.getMaxValue() / 1_000.0);
        return figures;
    }
}
