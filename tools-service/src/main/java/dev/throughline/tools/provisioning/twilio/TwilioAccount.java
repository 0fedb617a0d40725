package dev.throughline.tools.provisioning.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.twilio.http.HttpMethod;
import com.twilio.http.TwilioRestClient;
import dev.throughline.events.EventJson;
import dev.throughline.platform.twilio.SendOutcome;
import dev.throughline.platform.twilio.TwilioRest;
import dev.throughline.tools.provisioning.ProviderFailure;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Twilio's REST API for code that blocks on a virtual thread: an answer, or {@link ProviderFailure}. */
final class TwilioAccount {

    private static final int NOT_FOUND = 404;
    private static final int UNAUTHENTICATED = 401;

    private final TwilioRest rest;

    TwilioAccount(TwilioRest rest) {
        this.rest = rest;
    }

    /** @param what of the request, as the end of "Twilio did not …" */
    <T> T ask(String what, Function<TwilioRestClient, T> request) {
        return find(what, request)
                .orElseThrow(() -> new ProviderFailure("Twilio did not " + what + ": there is no such thing.", null));
    }

    /** As {@link #ask}; empty when there is no such thing (404). */
    <T> Optional<T> find(String what, Function<TwilioRestClient, T> request) {
        return switch (rest.attempt(request)) {
            case SendOutcome.Accepted<T>(T resource) -> Optional.of(resource);
            case SendOutcome.Refused<T> refused when refused.httpStatus() == NOT_FOUND -> Optional.empty();
            case SendOutcome.Refused<T> refused ->
                throw new ProviderFailure(
                        "Twilio did not " + what + (refused.code() == 0 ? "" : " (" + refused.code() + ")") + ": "
                                + refused.message() + ".",
                        refused.httpStatus() == UNAUTHENTICATED
                                ? "Check TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN, or TWILIO_API_KEY with TWILIO_API_SECRET."
                                : null);
            case SendOutcome.Unclear<T> unclear ->
                throw new ProviderFailure(
                        "Whether Twilio did " + what + " is not known: " + unclear.reason() + ".",
                        "Run it again: what was done is found.");
        };
    }

    static ObjectNode object() {
        return EventJson.mapper().createObjectNode();
    }

    /** {@code POST}, {@code GET}; empty when not set. */
    static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /** Hands the member on, if it is there. */
    static void text(JsonNode changed, String member, Consumer<String> setter) {
        if (changed.has(member)) {
            setter.accept(changed.path(member).asText());
        }
    }

    /** Hands the method on, if it is there. */
    static void method(JsonNode changed, String member, Consumer<HttpMethod> setter) {
        if (changed.has(member)) {
            setter.accept(HttpMethod.forValue(changed.path(member).asText().toUpperCase(Locale.ROOT)));
        }
    }
}
