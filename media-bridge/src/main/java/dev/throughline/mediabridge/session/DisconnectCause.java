package dev.throughline.mediabridge.session;

import java.util.Locale;

/**
 * Why a stream ended. One word for the log, the metric's tag and the close frame's reason.
 */
public enum DisconnectCause {
    AGENT_ENDED(1000, "the agent ended the conversation", StreamOutcome.COMPLETED, "agent"),
    CALLER_LEFT(1000, "the caller left", StreamOutcome.CALLER_LEFT, "customer"),
    LONGEST_CALL(1000, "the longest call duration is reached", StreamOutcome.COMPLETED, "bridge"),
    AGENT_UNREACHABLE(1011, "the agent cannot be reached", StreamOutcome.AGENT_UNREACHABLE, "provider"),
    AGENT_FORMAT(1011, "the agent's audio format is not supported", StreamOutcome.AGENT_UNREACHABLE, "provider"),
    AGENT_LOST(1011, "the agent was lost", StreamOutcome.AGENT_LOST, "provider"),
    NO_START(1008, "no start message within %d seconds", StreamOutcome.REFUSED, "bridge"),
    MEDIA_BEFORE_START(1008, "media before start", StreamOutcome.REFUSED, "bridge"),
    MALFORMED_START(1008, "the start message is incomplete", StreamOutcome.REFUSED, "bridge"),
    UNSUPPORTED_MEDIA(1008, "the stream is not 8 kHz mu-law", StreamOutcome.REFUSED, "bridge"),
    TOKEN_INVALID(1008, "the stream token is not valid", StreamOutcome.REFUSED, "bridge"),
    TOKEN_USED(1008, "the stream token was used already", StreamOutcome.REFUSED, "bridge"),
    TENANT_UNKNOWN(1008, "the tenant is not known", StreamOutcome.REFUSED, "bridge"),
    BINARY_MESSAGE(1003, "binary messages are not accepted", StreamOutcome.REFUSED, "bridge"),
    MESSAGE_TOO_LARGE(1009, "messages over %d bytes are not accepted", StreamOutcome.REFUSED, "bridge"),
    CARRIER_SILENT(1008, "no message for too long", StreamOutcome.CALLER_LEFT, "bridge"),
    CARRIER_STALLED(1008, "the stream is not read", StreamOutcome.CALLER_LEFT, "bridge"),
    SHUTDOWN(1001, "the bridge is going away", StreamOutcome.AGENT_LOST, "bridge"),
    INTERNAL_ERROR(1011, "the bridge failed", StreamOutcome.AGENT_LOST, "bridge");

    private final int closeCode;
    private final String reason;
    private final StreamOutcome outcome;
    private final String endedBy;

    DisconnectCause(int closeCode, String reason, StreamOutcome outcome, String endedBy) {
        this.closeCode = closeCode;
        this.reason = reason;
        this.outcome = outcome;
        this.endedBy = endedBy;
    }

    /** RFC 6455 §7.4.1. */
    public int closeCode() {
        return closeCode;
    }

    /** The close frame's reason; {@code limit} stands for the number in it, if there is one. Under 123 bytes. */
    public String reason(long limit) {
        return String.format(Locale.ROOT, reason, limit);
    }

    public StreamOutcome outcome() {
        return outcome;
    }

    /** customer, agent, provider or bridge. */
    public String endedBy() {
        return endedBy;
    }

    /** The metric's tag. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
