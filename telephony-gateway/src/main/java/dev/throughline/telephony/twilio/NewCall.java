package dev.throughline.telephony.twilio;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call to place.
 *
 * @param to E.164, {@code client:…}, {@code sip:…} or {@code app:…}
 * @param from E.164, a number of this account
 * @param statusCallback asked for initiated, ringing, answered and completed, absolute; null = no callbacks
 * @param ringing how long it may ring; Twilio adds about 5 s and takes at most 600 s
 * @param machineDetection null = whoever answers is taken for a human
 */
public record NewCall(
        String to,
        String from,
        CallChange.Instructions instructions,
        @Nullable String statusCallback,
        Duration ringing,
        @Nullable MachineDetection machineDetection) {

    /**
     * Answering-machine detection beside the running call (Twilio, <i>Answering Machine Detection</i>, AsyncAmd).
     *
     * @param untilBeep whether the finding waits for the end of the machine's greeting ({@code DetectMessageEnd})
     * @param callback told the finding, absolute
     */
    public record MachineDetection(boolean untilBeep, String callback) {}
}
