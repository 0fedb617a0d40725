package dev.throughline.telephony.call;

import java.util.UUID;

/** The paths Twilio is told to call; what it signs is the public address followed by one of these. */
public final class WebhookPaths {

    /** Prefix of all of them. */
    public static final String TWILIO = "/api/webhooks/twilio";

    /** A call to the agent. */
    public static final String ELEVENLABS = "/elevenlabs";

    /** A call without AI. */
    public static final String VOICE = "/voice";

    /** Call status callbacks. */
    public static final String STATUS = "/status";

    /** What comes after a stream. */
    public static final String STREAM_ENDED = "/stream-ended";

    /** Stream status callbacks. */
    public static final String STREAM_STATUS = "/stream-status";

    /** What happens in a conference room. */
    public static final String CONFERENCE_STATUS = "/conference-status";

    /** The legs of a call on its way to a human; followed by the hand-over's id. */
    public static final String HAND_OVER = "/hand-over";

    /** What comes after the business was rung. */
    public static final String DIAL_ENDED = "/dial-ended";

    /** The business was rung and has answered. */
    public static final String DIAL_ANSWERED = "/dial-answered";

    /** What comes after a caller left a message. */
    public static final String MESSAGE_ENDED = "/message-ended";

    /** Recording status callbacks. */
    public static final String RECORDING = "/recording";

    private WebhookPaths() {}

    /**
     * The path of a call's recording callback. It names whose call it is, and Twilio signs that with the rest: a message must not be lost
     * because the call's row could not be written.
     */
    public static String recording(CallParties call) {
        return owned(RECORDING, call.tenantId(), call.leadId());
    }

    /** The path of a room's callback, which names whose room it is for the same reason. */
    public static String conference(UUID tenantId, UUID leadId) {
        return owned(CONFERENCE_STATUS, tenantId, leadId);
    }

    private static String owned(String path, UUID tenantId, UUID leadId) {
        return path + "?tenant=" + tenantId + "&lead=" + leadId;
    }
}
