package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.twiml.Verb;
import dev.throughline.simulator.twilio.webhook.Webhook;
import dev.throughline.simulator.twilio.webhook.WebhookKind;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code <Stream>} of one call: what Twilio refuses about it before it dials, what it passes on, and its status callbacks.
 * Source: Twilio, <i>TwiML: Stream</i> and the error pages.
 *
 * @param url absolute; empty when there is none
 */
record StreamSpec(
        CallEnvironment environment, CallForms forms, LiveCall call, Verb.Stream stream, String sid, String url) {

    private static final int MAX_PARAMETER_CHARACTERS = 500;

    static StreamSpec of(
            CallEnvironment environment,
            CallForms forms,
            LiveCall call,
            Verb.Stream stream,
            String sid,
            String documentUrl) {
        return new StreamSpec(environment, forms, call, stream, sid, absolute(stream.url(), documentUrl));
    }

    /** Twilio's error code and words. */
    record Refusal(int code, String error) {}

    /** Why the stream cannot be opened; null when it can. */
    @Nullable Refusal refusal() {
        if (url.isEmpty()) {
            return new Refusal(31923, "WebSocket - Invalid URL");
        }
        if (!url.startsWith("wss://")) {
            return new Refusal(31922, "WebSocket - Invalid Scheme, only wss is supported");
        }
        if (url.contains("?")) {
            return new Refusal(31920, "WebSocket - Handshake Error, the URL has a query string");
        }
        return null;
    }

    /** The parameters that are passed on. */
    Map<String, String> parameters() {
        Map<String, String> kept = new LinkedHashMap<>();
        stream.parameters().forEach((name, value) -> {
            if (name.length() + value.length() < MAX_PARAMETER_CHARACTERS) {
                kept.put(name, value);
            } else {
                environment
                        .violations()
                        .add("12200", call.sid(), "Parameter " + name + " is 500 characters or longer; not passed on");
            }
        });
        return kept;
    }

    /** The name given, or the stream's sid. */
    String name() {
        return stream.name() == null ? sid : stream.name();
    }

    /** Refused: reported, and told as {@code stream-error}. */
    void refused(Refusal refusal) {
        environment.violations().add(String.valueOf(refusal.code()), call.sid(), refusal.error());
        failed(refusal.error() + " (" + refusal.code() + ")");
    }

    void failed(String error) {
        call.journal().event("stream-error", error);
        tell("stream-error", error);
    }

    /** A status callback; {@code error} is empty except for {@code stream-error}. */
    void tell(String event, String error) {
        String callback = stream.statusCallback();
        if (callback == null) {
            return;
        }
        if (!callback.matches("https?://.*")) {
            environment.violations().add("12200", call.sid(), "Stream statusCallback must be absolute; not called");
            return;
        }
        environment
                .webhooks()
                .callBack(new Webhook(
                        WebhookKind.STREAM_STATUS,
                        stream.statusCallbackMethod(),
                        callback,
                        forms.stream(call, sid, name(), event, error),
                        call.sid()));
    }

    private static String absolute(@Nullable String url, String documentUrl) {
        if (url == null) {
            return "";
        }
        if (url.contains("://") || documentUrl.isEmpty()) {
            return url;
        }
        return URI.create(documentUrl).resolve(url).toString().replaceFirst("^http", "ws");
    }
}
