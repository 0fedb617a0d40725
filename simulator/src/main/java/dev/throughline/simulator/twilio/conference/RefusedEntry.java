package dev.throughline.simulator.twilio.conference;

/** Why a leg cannot come into a room, with Twilio's code. */
public final class RefusedEntry extends Exception {

    private static final long serialVersionUID = 1L;

    private final int code;

    RefusedEntry(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public int code() {
        return code;
    }
}
