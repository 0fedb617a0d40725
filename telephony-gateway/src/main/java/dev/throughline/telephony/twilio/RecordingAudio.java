package dev.throughline.telephony.twilio;

import io.smallrye.mutiny.Multi;

/** What came of asking Twilio for a recording's audio. */
public sealed interface RecordingAudio {

    /**
     * It is coming.
     *
     * @param contentType for example {@code audio/x-wav}
     * @param audio to be subscribed to once; fails when it breaks off, takes too long or is larger than allowed
     */
    record Found(String contentType, Multi<byte[]> audio) implements RecordingAudio {}

    /** Twilio has no such recording: it was deleted, or is not ready yet. */
    record Gone() implements RecordingAudio {}

    /** Twilio did not give it; {@code reason} is for the log. */
    record Unavailable(String reason) implements RecordingAudio {}
}
