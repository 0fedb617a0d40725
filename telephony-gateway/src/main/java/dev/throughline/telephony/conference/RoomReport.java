package dev.throughline.telephony.conference;

import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.platform.web.Problem;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happened in a room, as one conference callback tells it (Twilio, <i>TwiML: Conference</i>, statusCallbackEvent). */
public sealed interface RoomReport {

    /** When it happened, as far as whole seconds tell. */
    Instant at();

    /** Two are in the room, and hear each other. */
    record Started(Instant at) implements RoomReport {}

    /** The room is over. @param reason Twilio's ReasonConferenceEnded, null when not told */
    record Ended(Instant at, @Nullable String reason) implements RoomReport {}

    /** About one participant; {@code muted} and {@code onHold} as they were then, {@code sequence} the callback's SequenceNumber. */
    sealed interface OfParticipant extends RoomReport {
        String callSid();

        /** Empty when the participant has none. */
        String label();

        boolean muted();

        boolean onHold();

        int sequence();
    }

    /** Somebody came in. */
    record Joined(Instant at, String callSid, String label, boolean muted, boolean onHold, int sequence)
            implements OfParticipant {}

    /** Somebody went. @param reason Twilio's ReasonParticipantLeft, null when not told */
    record Left(
            Instant at,
            String callSid,
            String label,
            boolean muted,
            boolean onHold,
            int sequence,
            @Nullable String reason)
            implements OfParticipant {}

    /** Somebody was muted, unmuted, put on hold or taken off it. */
    record Changed(Instant at, String callSid, String label, boolean muted, boolean onHold, int sequence)
            implements OfParticipant {}

    /**
     * Reads a callback.
     *
     * @param at when it happened
     * @return empty for an event that changes nothing here, also one Twilio has added since
     * @throws Problem 400 naming what is missing
     */
    static Optional<RoomReport> of(SignedForm form, Instant at) {
        String event = form.require("StatusCallbackEvent");
        return Optional.ofNullable(
                switch (event) {
                    case "conference-start" -> new Started(at);
                    case "conference-end" ->
                        new Ended(at, form.find("ReasonConferenceEnded").orElse(null));
                    case "participant-join" ->
                        new Joined(at, sid(form), label(form), flag(form, "Muted"), flag(form, "Hold"), sequence(form));
                    case "participant-leave" ->
                        new Left(
                                at,
                                sid(form),
                                label(form),
                                flag(form, "Muted"),
                                flag(form, "Hold"),
                                sequence(form),
                                form.find("ReasonParticipantLeft").orElse(null));
                    case "participant-mute",
                            "participant-unmute",
                            "participant-hold",
                            "participant-unhold",
                            "participant-modify" ->
                        new Changed(
                                at, sid(form), label(form), flag(form, "Muted"), flag(form, "Hold"), sequence(form));
                    default -> null;
                });
    }

    private static String sid(SignedForm form) {
        return form.require("CallSid");
    }

    private static String label(SignedForm form) {
        return form.get("ParticipantLabel");
    }

    private static boolean flag(SignedForm form, String name) {
        return form.get(name).equals("true");
    }

    private static int sequence(SignedForm form) {
        return form.number("SequenceNumber").map(Long::intValue).orElse(0);
    }
}
