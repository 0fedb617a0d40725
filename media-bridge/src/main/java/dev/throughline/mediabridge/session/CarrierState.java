package dev.throughline.mediabridge.session;

/**
 * The states of Twilio's leg.
 *
 * <pre>
 *                  start accepted              we close, or were told to stop        socket closed
 *   AwaitingStart ───────────────▶ Streaming ────────────────────────────▶ Closing ───────────────▶ Gone
 *        │                                                                    ▲ │
 *        └── media, no start in time, refused ────────────────────────────────┘ └ (frames are ignored)
 * </pre>
 *
 * The socket may close in any state; the leg is Gone then.
 */
sealed interface CarrierState {

    /** Nothing can be sent, because every frame needs the stream's id; what the agent says waits in {@code early}. */
    record AwaitingStart(EarlySpeech early) implements CarrierState {

        Streaming accepted(String streamSid) {
            return new Streaming(streamSid);
        }
    }

    /**
     * Audio flows.
     *
     * @param streamSid Twilio's id of the stream, letters and digits only
     */
    record Streaming(String streamSid) implements CarrierState {}

    /** Nothing more is read; the last word is being said. */
    record Closing() implements CarrierState {}

    /** The socket is closed. */
    record Gone() implements CarrierState {}
}
