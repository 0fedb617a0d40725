package dev.throughline.simulator.twilio.account;

import io.vertx.core.json.JsonObject;

/** A REST request Twilio refuses: thrown by handlers, written as Twilio's error body. */
public final class TwilioError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;

    /** An error with Twilio's {@code code} answered with HTTP {@code status}. */
    public TwilioError(int status, int code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    /** The answer for a resource that does not exist. */
    public static TwilioError notFound(String path) {
        return new TwilioError(404, 20404, "The requested resource " + path + " was not found");
    }

    public int status() {
        return status;
    }

    public int code() {
        return code;
    }

    /** {@code {"code":…,"message":…,"more_info":…,"status":…}}. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("code", code)
                .put("message", getMessage())
                .put("more_info", "https://www.twilio.com/docs/errors/" + code)
                .put("status", status);
    }
}
