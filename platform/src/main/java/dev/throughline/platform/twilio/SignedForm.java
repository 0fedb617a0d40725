package dev.throughline.platform.twilio;

import dev.throughline.platform.web.Problem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a webhook whose {@code X-Twilio-Signature} held. As a JAX-RS body parameter it is made only by
 * {@code SignedFormReader}, so a method that takes one needs no check of its own; a request that is not signed never reaches it (403).
 *
 * <p>Names are case-sensitive, values decoded and untrimmed. Immutable.
 */
public final class SignedForm {

    private final Map<String, List<String>> parameters;

    SignedForm(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /** The first value of {@code name}, or the empty string when it is absent. */
    public String get(String name) {
        List<String> values = parameters.get(name);
        return values == null ? "" : values.getFirst();
    }

    /** The first value of {@code name}; empty when it is absent or blank. */
    public Optional<String> find(String name) {
        return Optional.of(get(name)).filter(value -> !value.isBlank());
    }

    /**
     * The first value of {@code name}.
     *
     * @throws Problem 400 naming the parameter, when it is absent or blank
     */
    public String require(String name) {
        return find(name).orElseThrow(() -> Problem.invalid(name, "is missing"));
    }

    /**
     * The first value of {@code name} as a whole number; empty when it is absent or no number.
     */
    public Optional<Long> number(String name) {
        return find(name).flatMap(value -> {
            try {
                return Optional.of(Long.valueOf(value.trim()));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    /** Whether the parameter was sent at all, even with an empty value. */
    public boolean has(String name) {
        return parameters.containsKey(name);
    }

    /** Every parameter with its first value, in the order sent; unmodifiable. */
    public Map<String, String> asMap() {
        Map<String, String> map = new LinkedHashMap<>();
        parameters.forEach((name, values) -> map.put(name, values.getFirst()));
        return Collections.unmodifiableMap(map);
    }

    /** Names only: values are personal data. */
    @Override
    public String toString() {
        return "SignedForm" + parameters.keySet();
    }
}
