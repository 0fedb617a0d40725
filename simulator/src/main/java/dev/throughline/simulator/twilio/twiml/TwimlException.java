package dev.throughline.simulator.twilio.twiml;

/** A document Twilio cannot execute. The caller goes to the fallback URL with {@link #code()}. */
public final class TwimlException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int code;

    /** A refusal with Twilio's {@code code}: 12100 malformed, 12300 wrong content type. */
    public TwimlException(int code, String message) {
        super(message);
        this.code = code;
    }

    public int code() {
        return code;
    }
}
