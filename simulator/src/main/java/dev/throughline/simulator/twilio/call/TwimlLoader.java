package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.twiml.TwimlDocument;
import dev.throughline.simulator.twilio.twiml.TwimlException;
import dev.throughline.simulator.twilio.twiml.TwimlParser;
import dev.throughline.simulator.twilio.webhook.Webhook;
import dev.throughline.simulator.twilio.webhook.WebhookKind;
import dev.throughline.simulator.twilio.webhook.WebhookResult;
import dev.throughline.simulator.twilio.webhook.WebhookResult.Answered;
import dev.throughline.simulator.twilio.webhook.WebhookResult.Failed;
import dev.throughline.simulator.wire.Violations;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Gets a call's instructions; goes to the fallback URL once, with {@code ErrorCode} and {@code ErrorUrl}, when that fails. */
final class TwimlLoader {

    private final CallEnvironment environment;
    private final CallForms forms;
    private final Violations violations;

    TwimlLoader(CallEnvironment environment, CallForms forms) {
        this.environment = environment;
        this.forms = forms;
        this.violations = environment.violations();
    }

    /**
     * A document and where it came from.
     *
     * @param url base of relative addresses; empty for inline TwiML
     */
    record Loaded(TwimlDocument document, String url) {}

    private record Failure(int code, String url) {}

    private sealed interface Attempt {
        record Good(Loaded loaded) implements Attempt {}

        record Bad(Failure failure) implements Attempt {}
    }

    /** The instructions; empty when neither the address nor the fallback gave any, and the call must end. */
    Optional<Loaded> load(LiveCall call, CallWebhooks webhooks, TwimlSource source) {
        Attempt first = attempt(call, source, Map.of());
        if (first instanceof Attempt.Bad bad && webhooks.fallbackUrl() != null) {
            Map<String, String> error = new LinkedHashMap<>();
            error.put("ErrorCode", String.valueOf(bad.failure().code()));
            error.put("ErrorUrl", bad.failure().url());
            call.journal().event("fallback", "error " + bad.failure().code());
            TwimlSource fallback = new TwimlSource.Fetch(
                    WebhookKind.VOICE, webhooks.fallbackMethod(), webhooks.fallbackUrl(), Map.of());
            first = attempt(call, fallback, error);
        }
        return first instanceof Attempt.Good good ? Optional.of(good.loaded()) : Optional.empty();
    }

    private Attempt attempt(LiveCall call, TwimlSource source, Map<String, String> error) {
        return switch (source) {
            case TwimlSource.Inline inline -> parse(call, "text/xml", inline.twiml(), "");
            case TwimlSource.Join join -> throw new IllegalStateException("a place has no document");
            case TwimlSource.Fetch fetch -> {
                Map<String, String> form = fetch.kind() == WebhookKind.ACTION ? forms.action(call) : forms.voice(call);
                form.putAll(fetch.extra());
                form.putAll(error);
                WebhookResult result = environment
                        .webhooks()
                        .send(new Webhook(fetch.kind(), fetch.method(), fetch.url(), form, call.sid()));
                yield switch (result) {
                    case Failed failed -> {
                        call.journal().event("webhook-failed", failed.code() + " " + failed.reason());
                        yield new Attempt.Bad(new Failure(failed.code(), fetch.url()));
                    }
                    case Answered answered -> parse(call, answered.contentType(), answered.body(), answered.url());
                };
            }
        };
    }

    private Attempt parse(LiveCall call, String contentType, String body, String url) {
        call.journal().document(body);
        try {
            TwimlDocument document = TwimlParser.parse(contentType, body, true);
            document.warnings().forEach(warning -> violations.add("12200", call.sid(), warning));
            return new Attempt.Good(new Loaded(document, url));
        } catch (TwimlException e) {
            violations.add(String.valueOf(e.code()), call.sid(), "voice answer: " + e.getMessage());
            return new Attempt.Bad(new Failure(e.code(), url));
        }
    }
}
