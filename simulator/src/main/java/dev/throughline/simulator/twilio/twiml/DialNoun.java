package dev.throughline.simulator.twilio.twiml;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code <Dial>} calls. Addresses of webhooks are as written. */
public sealed interface DialNoun {

    /**
     * {@code <Number>}, {@code <Client>} or {@code <Sip>}.
     *
     * @param address a number, {@code client:…} or {@code sip:…}
     * @param url TwiML for the called party before the two are connected
     * @param statusEvents subset of {@code initiated ringing answered completed}
     * @param machineDetection {@code Enable}, {@code DetectMessageEnd} or null
     * @param parameters custom parameters for a client
     */
    record Leg(
            String address,
            @Nullable String sendDigits,
            @Nullable String url,
            String method,
            @Nullable String statusCallback,
            String statusMethod,
            Set<String> statusEvents,
            @Nullable String machineDetection,
            @Nullable String amdCallback,
            String amdMethod,
            Map<String, String> parameters)
            implements DialNoun {}

    /**
     * {@code <Conference>}.
     *
     * @param beep {@code true}, {@code false}, {@code onEnter} or {@code onExit}
     * @param label null when not given
     * @param waitUrl null is music, empty is silence
     * @param coach the CallSid this participant speaks to alone
     * @param record whether the room is recorded from its start
     * @param statusEvents subset of {@link #EVENTS}
     */
    record Conference(
            String room,
            boolean startOnEnter,
            boolean endOnExit,
            boolean muted,
            String beep,
            @Nullable String label,
            @Nullable String waitUrl,
            String waitMethod,
            int maxParticipants,
            @Nullable String coach,
            boolean record,
            @Nullable String recordingCallback,
            String recordingMethod,
            @Nullable String statusCallback,
            String statusMethod,
            Set<String> statusEvents)
            implements DialNoun {

        /** Words of {@code statusCallbackEvent}. */
        public static final Set<String> EVENTS =
                Set.of("start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement");

        /** Values of {@code beep}. */
        public static final Set<String> BEEPS = Set.of("true", "false", "onEnter", "onExit");

        /** Values of {@code jitterBufferSize}. */
        public static final Set<String> JITTER_BUFFERS = Set.of("small", "medium", "large", "off");

        /** Values of {@code region}. */
        public static final Set<String> REGIONS = Set.of("us1", "ie1", "de1", "sg1", "br1", "au1", "jp1");

        /** Most people a room holds. */
        public static final int MAX_PARTICIPANTS = 250;
    }
}
