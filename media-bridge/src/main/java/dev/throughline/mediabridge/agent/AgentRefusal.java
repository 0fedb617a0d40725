package dev.throughline.mediabridge.agent;

/** Why no conversation came about; each is final for this attempt, retries were made where they can help. */
public enum AgentRefusal {
    /** No signed URL: not configured, key refused, unknown agent, or their API is down. */
    NO_SIGNED_URL,
    /** The socket did not open, twice. */
    NOT_CONNECTED,
    /** The socket closed before the conversation began. */
    CLOSED_EARLY,
    /** The conversation did not begin in time. */
    NO_METADATA,
    /** The agent insists on an audio format this bridge does not carry. */
    UNSUPPORTED_FORMAT
}
