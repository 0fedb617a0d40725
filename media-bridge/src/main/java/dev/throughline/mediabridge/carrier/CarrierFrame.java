package dev.throughline.mediabridge.carrier;

import java.util.Map;

/**
 * What Twilio says on the stream's socket (Twilio, <i>Media Streams: WebSocket messages</i>). Strings are never null; a missing one is
 * empty. Numbers arrive as decimal strings and are not needed here. Unknown events and fields are ignored.
 */
public sealed interface CarrierFrame {

    /** First on every socket; says nothing about the call. */
    record Connected() implements CarrierFrame {}

    /**
     * Once, second: which call this is.
     *
     * @param encoding {@code audio/x-mulaw}
     * @param sampleRateHz 8000
     * @param parameters the {@code <Parameter>}s of the TwiML
     */
    record Start(
            String streamSid,
            String callSid,
            String accountSid,
            String encoding,
            int sampleRateHz,
            Map<String, String> parameters)
            implements CarrierFrame {

        public Start {
            parameters = Map.copyOf(parameters);
        }

        /** The parameter's value, empty when there is none. */
        public String parameter(String name) {
            return parameters.getOrDefault(name, "");
        }
    }

    /**
     * Caller audio, usually 160 bytes = 20 ms of 8 kHz mu-law = 216 base64 characters; any length is legal.
     *
     * @param payload base64 as it stood in the frame, checked to hold base64 characters only
     */
    record Media(String streamSid, String payload) implements CarrierFrame {}

    /** The echo of a mark of ours: everything queued before it was played, or cleared. */
    record Mark(String name) implements CarrierFrame {}

    /** A key of the phone: {@code 0-9 * #}. */
    record Dtmf(String digit) implements CarrierFrame {}

    /** The stream or the call ended; the socket closes next. */
    record Stop(String callSid) implements CarrierFrame {}

    /** An event this code does not know, to be ignored. */
    record Unknown(String event) implements CarrierFrame {}

    /** Not a JSON object, or a media frame without a usable payload; to be ignored and counted. */
    record Malformed(String problem) implements CarrierFrame {}
}
