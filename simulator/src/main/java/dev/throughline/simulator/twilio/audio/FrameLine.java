package dev.throughline.simulator.twilio.audio;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way between two clocks of 20 ms. Speech starts to come out when three frames are there or the first has waited
 * 60 ms, so that two clocks a little apart never tear a word. Holds 10 s; past that the oldest frame is lost.
 */
public final class FrameLine {

    private static final int MAX_FRAMES = 500;
    private static final int ENOUGH = 3;
    private static final long ENOUGH_NANOS = 60_000_000L;

    private final Deque<byte[]> frames = new ArrayDeque<>();
    private long firstAtNanos;
    private boolean flowing;

    /** Puts a frame in. */
    public synchronized void offer(byte[] frame) {
        if (frames.isEmpty()) {
            firstAtNanos = System.nanoTime();
        }
        if (frames.size() == MAX_FRAMES) {
            frames.removeFirst();
        }
        frames.addLast(frame);
    }

    /** The frame for this slot; null is silence. */
    public synchronized byte @Nullable [] poll() {
        boolean waitedEnough = !frames.isEmpty() && System.nanoTime() - firstAtNanos >= ENOUGH_NANOS;
        flowing = !frames.isEmpty() && (flowing || frames.size() >= ENOUGH || waitedEnough);
        return flowing ? frames.pollFirst() : null;
    }

    /** Forgets what is on its way. */
    public synchronized void clear() {
        frames.clear();
    }
}
