package dev.throughline.platform.web;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request that is refused, with what its sender needs to know. Operator APIs get it as problem details (RFC 9457), agent and webhook
 * APIs as {@link ApiAnswer}. Carries no stack trace: a refusal is an expected outcome.
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One field that is wrong; {@code field} is a dotted path, {@code message} ends the sentence "field …". */
    public record Field(String field, String message) {}

    private final int status;
    private final String code;
    private final transient List<Field> fields;
    private final @Nullable String cure;
    private final @Nullable Duration retryAfter;
    private final transient List<?> alternatives;

    private Problem(int status, String code, String message, List<Field> fields) {
        this(status, code, message, fields, null, null, List.of());
    }

    private Problem(
            int status,
            String code,
            String message,
            List<Field> fields,
            @Nullable String cure,
            @Nullable Duration retryAfter,
            List<?> alternatives) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.fields = List.copyOf(fields);
        this.cure = cure;
        this.retryAfter = retryAfter;
        this.alternatives = List.copyOf(alternatives);
    }

    /** Any refusal. {@code code} is upper case with underscores and stays the same for ever; {@code message} is one sentence. */
    public static Problem of(int status, String code, String message) {
        return new Problem(status, code, message, List.of());
    }

    /** 400 naming one field. */
    public static Problem invalid(String field, String message) {
        return invalid(List.of(new Field(field, message)));
    }

    /** 400 naming every wrong field; not for an empty list. */
    public static Problem invalid(List<Field> fields) {
        String sentence = fields.stream()
                .map(field -> field.field() + " " + field.message())
                .collect(Collectors.joining("; "));
        return new Problem(400, "VALIDATION_ERROR", sentence, fields);
    }

    /** 403. */
    public static Problem forbidden(String message) {
        return of(403, "FORBIDDEN", message);
    }

    /** 404. */
    public static Problem notFound(String message) {
        return of(404, "NOT_FOUND", message);
    }

    /** 409. */
    public static Problem conflict(String code, String message) {
        return of(409, code, message);
    }

    /** 429. */
    public static Problem tooManyRequests(String message) {
        return of(429, "RATE_LIMITED", message);
    }

    /** 503. */
    public static Problem unavailable(String message) {
        return of(503, "UNAVAILABLE", message);
    }

    /** The same refusal with what its reader can do about it, one sentence. */
    public Problem cure(String sentence) {
        return new Problem(status, code, detail(), fields, sentence, retryAfter, alternatives);
    }

    /** The same refusal with the time after which the request may be made again; null leaves it open. */
    public Problem retryAfter(@Nullable Duration wait) {
        return new Problem(status, code, detail(), fields, cure, wait, alternatives);
    }

    /** The same refusal with what could be had instead, the best first. */
    public Problem alternatives(List<?> instead) {
        return new Problem(status, code, detail(), fields, cure, retryAfter, instead);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** One sentence for a person. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** What can be done about it, one sentence; null when the detail says it all. */
    public @Nullable String cure() {
        return cure;
    }

    /** When the request may be made again; null when nobody knows. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** What could be had instead, as it goes on the wire; possibly none. */
    public List<?> alternatives() {
        return alternatives;
    }

    /** The wrong fields, possibly none. */
    public List<Field> fields() {
        return fields;
    }
}
