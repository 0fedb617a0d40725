package dev.throughline.mediabridge.carrier;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** When the audio that was written and has not left yet had come in; in order, without an object per frame. One thread. */
final class AudioInFlight {

    private static final int FIRST_SIZE = 8;

    /** Pairs of a message's number and the nanoseconds; as many as the channel has room for frames, at most. */
    private long[] pairs = new long[2 * FIRST_SIZE];

    private int first;
    private int next;

    /** The message with this number carries audio that came at {@code receivedNanos}. */
    void add(long number, long receivedNanos) {
        if (next == pairs.length) {
            makeRoom();
        }
        pairs[next] = number;
        pairs[next + 1] = receivedNanos;
        next += 2;
    }

    /** The first {@code count} messages have left: tells when the audio among them had come in. */
    void written(long count, LongConsumer receivedNanos) {
        while (first < next && pairs[first] <= count) {
            receivedNanos.accept(pairs[first + 1]);
            first += 2;
        }
        if (first == next) {
            first = 0;
            next = 0;
        }
    }

    private void makeRoom() {
        int waiting = next - first;
        long[] target = waiting > pairs.length / 2 ? Arrays.copyOf(pairs, 2 * pairs.length) : pairs;
        System.arraycopy(pairs, first, target, 0, waiting);
        pairs = target;
        first = 0;
        next = waiting;
    }
}
