package dev.throughline.platform.elevenlabs;

/** Why ElevenLabs did not do what it was asked, with the cure in words an operator can act on. */
public enum ConvaiFailure {
    NOT_CONFIGURED("ElevenLabs is not configured: set ELEVENLABS_API_KEY.", false),
    INVALID_REQUEST(
            "ElevenLabs did not understand the request: look at the message, then at the agent's settings.", false),
    UNAUTHENTICATED(
            "ElevenLabs refused the API key: check ELEVENLABS_API_KEY and that it belongs to this residency.", false),
    PAYMENT_REQUIRED("The ElevenLabs workspace is out of credits: top it up or raise its limit.", false),
    FORBIDDEN(
            "The ElevenLabs API key lacks a permission: give it the agents (convai) write permission in the workspace.",
            false),
    NOT_FOUND(
            "ElevenLabs does not know this agent or phone number: check the tenant's ids against the workspace.",
            false),
    CONFLICT("ElevenLabs reports a conflict with the present state: read it again, then repeat.", false),
    UNPROCESSABLE("ElevenLabs refused a field of the request: the message names it.", false),
    RATE_LIMITED(
            "ElevenLabs' rate or concurrency limit is reached: try again shortly, or raise the plan's limit.", true),
    UNAVAILABLE("ElevenLabs is not available: try again shortly.", true),
    TIMEOUT("ElevenLabs did not answer in time: try again shortly.", true),
    UNREACHABLE("No connection to ElevenLabs: check ELEVENLABS_API_BASE_URL and the network.", true),
    CUT_OFF("The connection to ElevenLabs broke before its answer: try again shortly.", true),
    NOT_PLACED(
            "ElevenLabs answered that it could not make the call: check in its dashboard that the number is imported from Twilio with valid credentials and may call this destination.",
            false),
    UNREADABLE("ElevenLabs answered something that could not be read: look at the request id in its logs.", false);

    private final String cure;
    private final boolean retryable;

    ConvaiFailure(String cure, boolean retryable) {
        this.cure = cure;
        this.retryable = retryable;
    }

    /** One sentence for an operator. */
    public String cure() {
        return cure;
    }

    /** Whether the same safe (GET) request may succeed later. A POST is never repeated blindly. */
    public boolean retryable() {
        return retryable;
    }

    /** Whether a request that changes something may have been carried out all the same: look it up before anything is repeated. */
    public boolean mayHaveHappened() {
        return switch (this) {
            case TIMEOUT, UNAVAILABLE, CUT_OFF, UNREADABLE -> true;
            default -> false;
        };
    }

    /** The failure of an HTTP status that is not 2xx. */
    public static ConvaiFailure ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 402 -> PAYMENT_REQUIRED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 408 -> TIMEOUT;
            case 409 -> CONFLICT;
            case 422 -> UNPROCESSABLE;
            case 429 -> RATE_LIMITED;
            default -> status >= 500 ? UNAVAILABLE : INVALID_REQUEST;
        };
    }
}
