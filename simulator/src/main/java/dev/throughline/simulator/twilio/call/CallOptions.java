package dev.throughline.simulator.twilio.call;

import org.jspecify.annotations.Nullable;

/**
 * How a call of ours is placed.
 *
 * @param ringSeconds how long it rings before nobody has answered
 * @param timeLimitSeconds longest talk; 0 is without a limit
 * @param sendDigits keys pressed for the account once it is answered, {@code w} waits half a second
 */
record CallOptions(
        int ringSeconds,
        int timeLimitSeconds,
        @Nullable String sendDigits,
        @Nullable MachineDetection detection) {

    /** Those of a call that comes in. */
    static final CallOptions NONE = new CallOptions(60, 0, null, null);
}
