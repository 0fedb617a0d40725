package dev.throughline.simulator.elevenlabs.account;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A refusal in one of the four shapes ElevenLabs uses (docs page "Errors"): the object form for most, the array form for 422,
 * an older object and a bare string. Expected, so it carries no stack trace.
 */
public final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final AtomicLong REQUESTS = new AtomicLong();

    private final int status;
    private final transient JsonObject body;

    private ApiError(int status, Object detail) {
        super("HTTP " + status, null, false, false);
        this.status = status;
        this.body = new JsonObject().put("detail", detail);
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** The whole answer. */
    public JsonObject body() {
        return body;
    }

    /** The current form. */
    public static ApiError of(int status, String type, String code, String message) {
        return of(status, type, code, message, null);
    }

    /** The current form, naming the parameter at fault. */
    public static ApiError of(
            int status, String type, String code, String message, @org.jspecify.annotations.Nullable String param) {
        return new ApiError(
                status,
                new JsonObject()
                        .put("type", type)
                        .put("code", code)
                        .put("message", message)
                        .put("status", code)
                        .put("request_id", "req_%04d".formatted(REQUESTS.incrementAndGet()))
                        .put("param", param));
    }

    /** 404 for a {@code what} such as {@code agent}. */
    public static ApiError notFound(String what) {
        String words = what.replace('_', ' ');
        String sentence = Character.toUpperCase(words.charAt(0)) + words.substring(1) + " not found";
        return of(404, "not_found", what + "_not_found", sentence, what + "_id");
    }

    /** 422 for a member that is absent. */
    public static ApiError missing(JsonObject input, String... path) {
        return invalid("missing", "Field required", input, path);
    }

    /** 422 for a member of the wrong kind; a path that begins with {@code query} names a query parameter. */
    public static ApiError invalid(String type, String message, Object input, String... path) {
        JsonArray location = new JsonArray();
        if (path.length == 0 || !path[0].equals("query")) {
            location.add("body");
        }
        for (String step : path) {
            location.add(step);
        }
        return new ApiError(
                422,
                new JsonArray()
                        .add(new JsonObject()
                                .put("type", type)
                                .put("loc", location)
                                .put("msg", message)
                                .put("input", input)));
    }

    /** The older form, {@code {"detail":{status,message}}}. */
    public static ApiError legacy(int status, String code, String message) {
        return new ApiError(status, new JsonObject().put("status", code).put("message", message));
    }

    /** How long an armed fault of kind {@code rest-slow} waits: {@code millis}, 3000 unless it says. */
    public static long delayMillis(JsonObject options) {
        return Math.clamp(options.getLong("millis", 3000L), 1, 600_000);
    }

    /**
     * The answer of an armed fault: HTTP {@code status} (503) with the provider's body for it, or with {@code detail} where that is
     * given, whatever its shape.
     */
    public static ApiError fault(JsonObject options) {
        int status = Math.clamp(options.getInteger("status", 503), 400, 599);
        return options.containsKey("detail") ? new ApiError(status, options.getValue("detail")) : fault(status);
    }

    private static ApiError fault(int status) {
        return switch (status) {
            case 400 -> legacy(400, "invalid_provider_config", "The phone number cannot place calls");
            case 401 -> of(401, "authentication_error", "invalid_api_key", "Invalid API key");
            case 402 -> of(402, "payment_required", "insufficient_credits", "Not enough credits");
            case 403 ->
                of(403, "authorization_error", "insufficient_permissions", "The key lacks the agents write permission")
                        .withStatus("missing_permissions");
            case 404 -> notFound("agent");
            case 422 -> missing(new JsonObject(), "agent_phone_number_id");
            case 429 ->
                of(429, "rate_limit_error", "concurrent_limit_exceeded", "Too many concurrent requests")
                        .withStatus("too_many_concurrent_requests");
            case 503 -> of(503, "service_unavailable", "service_unavailable", "The service is unavailable");
            default -> of(status, "internal_error", "internal_error", "Something went wrong");
        };
    }

    /** The older word for the same, where it is not the code. */
    private ApiError withStatus(String word) {
        body.getJsonObject("detail").put("status", word);
        return this;
    }
}
