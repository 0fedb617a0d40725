package dev.throughline.platform.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Problem details of RFC 9457, {@code application/problem+json}.
 *
 * @param code our stable reason
 * @param cure what can be done about it; null when the detail says it all
 * @param errors the wrong fields, null when it is not about fields
 * @param alternatives what could be had instead, null when there is nothing to tell
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProblemDetails(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @Nullable String cure,
        @Nullable List<Problem.Field> errors,
        @Nullable List<?> alternatives) {}
