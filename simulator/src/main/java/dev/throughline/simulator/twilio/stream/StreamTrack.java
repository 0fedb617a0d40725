package dev.throughline.simulator.twilio.stream;

import org.jspecify.annotations.Nullable;

/**
 * One direction of a call's audio on a stream.
 *
 * @param name {@code inbound} (what the far end says) or {@code outbound} (what it hears)
 */
public record StreamTrack(String name, Frames frames) {

    /** Where a track's frames come from. */
    @FunctionalInterface
    public interface Frames {

        /** The frame of this slot; null is silence. */
        byte @Nullable [] next();
    }
}
