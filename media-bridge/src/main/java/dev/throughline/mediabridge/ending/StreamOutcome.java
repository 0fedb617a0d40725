package dev.throughline.mediabridge.ending;

/** What telephony-gateway is told before the stream's socket closes; it decides what the caller hears next. */
public enum StreamOutcome {
    /** The conversation came to its end. */
    COMPLETED,
    /** The caller hung up; nobody hears what comes next. */
    CALLER_LEFT,
    /** A human took the call; Twilio moved it away from the stream. */
    HANDED_OVER,
    /** No conversation came about. */
    AGENT_UNREACHABLE,
    /** The conversation broke off; the call may be taken up again. */
    AGENT_LOST,
    /** The stream was not accepted. */
    REFUSED
}
