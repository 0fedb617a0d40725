package dev.throughline.simulator.twilio.account;

import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Parameters of a REST request, checked as Twilio checks them. Everything throws {@link TwilioError} for a value it refuses. */
public final class RestForm {

    private final MultiMap form;

    public RestForm(MultiMap form) {
        this.form = form;
    }

    public boolean has(String name) {
        return form.contains(name);
    }

    /** The value; null when absent or empty. */
    public @Nullable String text(String name) {
        String value = form.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** The value, which must be there; else Twilio's {@code code}. */
    public String required(String name, int code, String message) {
        String value = text(name);
        if (value == null) {
            throw new TwilioError(400, code, message);
        }
        return value;
    }

    /** {@code GET} or {@code POST}; POST when not given. */
    public String method(String name) {
        String method = text(name);
        if (method == null) {
            return "POST";
        }
        String upper = method.toUpperCase(Locale.ROOT);
        if (!upper.equals("GET") && !upper.equals("POST")) {
            throw new TwilioError(400, 21209, "Invalid " + name + ": " + method);
        }
        return upper;
    }

    /** An absolute address; null when not given. Hosts with an underscore are refused as Twilio's callbacks cannot reach them. */
    public @Nullable String url(String name, int code) {
        String url = text(name);
        if (url != null && !url.matches("https?://[^\\s/_]+(/\\S*)?([?#]\\S*)?")) {
            throw new TwilioError(400, code, name + " is not a valid URL: " + url);
        }
        return url;
    }

    /** A whole number in its range, or {@code fallback} when not given. */
    public int number(String name, int fallback, int min, int max, int code) {
        String text = text(name);
        if (text == null) {
            return fallback;
        }
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
            throw new TwilioError(400, code, name + " must be a number from " + min + " to " + max);
        }
        return Integer.parseInt(text);
    }

    /** {@code true} or {@code false} in any case, or {@code fallback} when not given. */
    public boolean flag(String name, boolean fallback) {
        String text = text(name);
        if (text == null) {
            return fallback;
        }
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new TwilioError(400, 20001, name + " must be true or false");
        }
        return Boolean.parseBoolean(text);
    }

    /** One of {@code allowed}, or {@code fallback} when not given. */
    public String oneOf(String name, String fallback, Set<String> allowed) {
        String text = text(name);
        if (text != null && !allowed.contains(text)) {
            throw new TwilioError(400, 20001, name + " must be one of " + new TreeSet<>(allowed));
        }
        return text == null ? fallback : text;
    }

    /** Words, one per parameter or several in one with spaces between them; empty when not given. */
    public Set<String> words(String name) {
        List<String> all = form.getAll(name).stream()
                .flatMap(each -> Arrays.stream(each.strip().split("\\s+")))
                .filter(each -> !each.isEmpty())
                .toList();
        return new TreeSet<>(all);
    }
}
