package dev.throughline.telephony.stream;

import java.util.Locale;

/** How a call's stream ended, as the bridge that carried it says. */
public enum StreamOutcome {
    /** The agent said good-bye. */
    COMPLETED,
    /** The caller hung up. */
    CALLER_LEFT,
    /** A human took the call; Twilio moved it away from the stream. */
    HANDED_OVER,
    /** No agent answered the bridge. */
    AGENT_UNREACHABLE,
    /** The agent went away in mid-call and could not be had back. */
    AGENT_LOST,
    /** The bridge did not take the stream: a bad token, or no room. */
    REFUSED;

    /** The word for {@code call.ended}'s reason, for example {@code agent-lost}. */
    public String reason() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
