package dev.throughline.simulator.wire;

import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Times every speech frame from the moment the Twilio stand-in sends it to the moment the ElevenLabs stand-in receives it, that
 * is the way through the bridge and back. A frame is known by its base64 payload, which a bridge that does not transcode passes
 * on unchanged; equal frames are matched first in, first out. Silence is not timed, because all of it looks the same.
 *
 * <p>Holds at most 8192 frames under way, forgets one after 10 s (it was dropped), and keeps the newest 32768 delays.
 */
public final class FrameClock {

    private static final int MAX_UNDER_WAY = 8192;
    private static final long FORGET_AFTER_NANOS = 10_000_000_000L;

    private final Map<String, Deque<Long>> underWay = new HashMap<>();
    private final Deque<Sent> order = new ArrayDeque<>();
    private final long[] delaysNanos = new long[32_768];
    private long count;

    private record Sent(String payload, long atNanos) {}

    /** Notes that {@code frame} (raw mu-law bytes) is being sent now. */
    public void sent(byte[] frame) {
        sent(Base64.getEncoder().encodeToString(frame));
    }

    /** Notes that the frame with this base64 payload is being sent now. */
    public synchronized void sent(String payload) {
        if (isUniform(payload)) {
            return;
        }
        long now = System.nanoTime();
        forgetBefore(now - FORGET_AFTER_NANOS);
        underWay.computeIfAbsent(payload, key -> new ArrayDeque<>(1)).addLast(now);
        order.addLast(new Sent(payload, now));
    }

    /** Notes that a frame with this base64 payload has arrived; a payload nobody sent is left out. */
    public synchronized void received(String payload) {
        long now = System.nanoTime();
        forgetBefore(now - FORGET_AFTER_NANOS);
        Deque<Long> times = underWay.get(payload);
        Long sentAt = times == null ? null : poll(payload, times);
        if (sentAt != null) {
            delaysNanos[(int) (count++ % delaysNanos.length)] = now - sentAt;
        }
    }

    /** {@code {"count":n,"p50":ms,"p99":ms,"max":ms}} of the delays kept; the three are null when there are none. */
    public synchronized JsonObject summary() {
        long[] sorted = Arrays.copyOf(delaysNanos, (int) Math.min(count, delaysNanos.length));
        Arrays.sort(sorted);
        return new JsonObject()
                .put("count", count)
                .put("p50", millisAt(sorted, 0.50))
                .put("p99", millisAt(sorted, 0.99))
                .put("max", millisAt(sorted, 1.0));
    }

    /** Starts over. */
    public synchronized void clear() {
        underWay.clear();
        order.clear();
        count = 0;
    }

    private @Nullable Long poll(String payload, Deque<Long> times) {
        Long first = times.pollFirst();
        if (times.isEmpty()) {
            underWay.remove(payload);
        }
        return first;
    }

    private void forgetBefore(long nanos) {
        while (!order.isEmpty()
                && (order.size() >= MAX_UNDER_WAY || order.peekFirst().atNanos() - nanos < 0)) {
            Sent old = order.removeFirst();
            Deque<Long> times = underWay.get(old.payload());
            if (times != null && !times.isEmpty() && times.peekFirst() == old.atNanos()) {
                poll(old.payload(), times);
            }
        }
    }

    private static @Nullable Double millisAt(long[] sorted, double share) {
        if (sorted.length == 0) {
            return null;
        }
        int at = (int) Math.ceil(share * sorted.length) - 1;
        return Math.round(sorted[Math.max(at, 0)] / 1_000.0) / 1_000.0;
    }

    /** One byte repeated is silence ({@code 0xFF}); anything that is not base64 is somebody else's to refuse. */
    private static boolean isUniform(String payload) {
        try {
            byte[] frame = Base64.getDecoder().decode(payload);
            for (byte each : frame) {
                if (each != frame[0]) {
                    return false;
                }
            }
            return true;
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
