package dev.throughline.mediabridge.ending;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a stream ended. One word for the log, the metric's tag and the close frame's reason.
 */
public enum DisconnectCause {
    AGENT_ENDED(1000, "the agent ended the conversation", StreamOutcome.COMPLETED, "agent"),
    CALLER_LEFT(1000, "the caller left", StreamOutcome.CALLER_LEFT, "customer"),
    HANDED_OVER(1000, "a human took the call", StreamOutcome.HANDED_OVER, "bridge"),
    LONGEST_CALL(1000, "the longest call duration is reached", StreamOutcome.COMPLETED, "bridge"),
    NOBODY_SPEAKS(1000, "nobody spoke for too long", StreamOutcome.COMPLETED, "bridge"),
    AGENT_UNREACHABLE(1011, "the agent cannot be reached", StreamOutcome.AGENT_UNREACHABLE, "provider"),
    AGENT_FORMAT(1011, "the agent's audio format is not supported", StreamOutcome.AGENT_UNREACHABLE, "provider"),
    AGENT_LOST(1011, "the agent was lost", StreamOutcome.AGENT_LOST, "provider"),
    NO_START(1008, "no start message within %d seconds", StreamOutcome.REFUSED, "bridge"),
    MEDIA_BEFORE_START(1008, "media before start", StreamOutcome.REFUSED, "bridge"),
    MALFORMED_START(1008, "the start message is incomplete", StreamOutcome.REFUSED, "bridge"),
    UNSUPPORTED_MEDIA(1008, "the stream is not 8 kHz mu-law", StreamOutcome.REFUSED, "bridge"),
    TOKEN_INVALID(1008, "the stream token is not valid", StreamOutcome.REFUSED, "bridge"),
    TOKEN_USED(1008, "the stream token was used already", StreamOutcome.REFUSED, "bridge"),
    OTHER_CALL(1008, "the stream's address is of another call", StreamOutcome.REFUSED, "bridge"),
    TENANT_UNKNOWN(1008, "the tenant is not known", StreamOutcome.REFUSED, "bridge"),
    BINARY_MESSAGE(1003, "binary messages are not accepted", StreamOutcome.REFUSED, "bridge"),
    MESSAGE_TOO_LARGE(1009, "messages over %d bytes are not accepted", StreamOutcome.REFUSED, "bridge"),
    UNREADABLE(1008, "more than %d messages could not be read", StreamOutcome.REFUSED, "bridge"),
    CARRIER_SILENT(1008, "no message for too long", StreamOutcome.CALLER_LEFT, "bridge"),
    CARRIER_STALLED(1008, "the stream is not read", StreamOutcome.CALLER_LEFT, "bridge"),
    /** Nothing is told, so that telephony-gateway takes the bridge for lost and brings the call to another. */
    SHUTDOWN(1001, "the bridge is going away", null, "bridge"),
    /** As {@link #SHUTDOWN}. */
    INTERNAL_ERROR(1011, "the bridge failed", null, "bridge");

    private final int closeCode;
    private final String reason;
    private final @Nullable StreamOutcome outcome;
    private final String endedBy;

    DisconnectCause(int closeCode, String reason, @Nullable StreamOutcome outcome, String endedBy) {
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

    /** What telephony-gateway is told; empty when the call is to go on at another bridge. */
    public Optional<StreamOutcome> outcome() {
        return Optional.ofNullable(outcome);
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
