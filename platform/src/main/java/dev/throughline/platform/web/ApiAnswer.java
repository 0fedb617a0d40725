package dev.throughline.platform.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The answer of agent and webhook APIs: {@code {"success":true,"data":{…}}} or {@code {"success":false,"error":"…","code":"…"}}.
 *
 * @param data what was asked for; null on failure
 * @param error a sentence the agent can say; null on success
 * @param code stable and upper case; null on success
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApiAnswer(
        boolean success,
        @Nullable Object data,
        @Nullable String error,
        @Nullable String code) {

    /** Success with data. */
    public static ApiAnswer ok(@Nullable Object data) {
        return new ApiAnswer(true, data, null, null);
    }

    /** Failure; for an agent's tool this goes out with HTTP 200, because the agent does not see error bodies. */
    public static ApiAnswer refused(String code, String error) {
        return new ApiAnswer(false, null, error, code);
    }
}
