package dev.throughline.simulator.twilio.audio;

import org.jspecify.annotations.Nullable;

/** Somebody who listens in on a leg, frame by frame; null is a silent slot. Must not block. */
public interface AudioTap {

    /** The far end said this. */
    void said(byte @Nullable [] frame);

    /** The far end heard this. */
    void heard(byte @Nullable [] frame);
}
