package dev.throughline.telephony.outbound;

import dev.throughline.platform.web.Problem;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no call.
 *
 * @param status HTTP: 422 what was asked cannot be done, 429 not now, 502 the provider or its configuration refuses, 503 it is away
 * @param code stable, upper case
 * @param detail one sentence
 * @param cure what can be done about it, one sentence
 * @param retryAfter when the same may be asked again; null when nobody knows
 */
public record Refusal(
        int status,
        String code,
        String detail,
        String cure,
        @Nullable Duration retryAfter) {

    Refusal(int status, String code, String detail, String cure) {
        this(status, code, detail, cure, null);
    }

    /** Whether the same request may succeed without anybody doing anything; it then gives its idempotency key back. */
    boolean passing() {
        return status == 429 || status == 503;
    }

    /** As the answer to whoever asked. */
    public Problem problem() {
        return Problem.of(status, code, detail).cure(cure).retryAfter(retryAfter);
    }

    JsonObject json() {
        return new JsonObject()
                .put("status", status)
                .put("code", code)
                .put("detail", detail)
                .put("cure", cure)
                .put("retryAfterSeconds", retryAfter == null ? null : retryAfter.toSeconds());
    }

    static Refusal of(JsonObject json) {
        Long seconds = json.getLong("retryAfterSeconds");
        return new Refusal(
                json.getInteger("status"),
                json.getString("code"),
                json.getString("detail"),
                json.getString("cure"),
                seconds == null ? null : Duration.ofSeconds(seconds));
    }
}
