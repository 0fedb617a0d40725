package dev.throughline.simulator.elevenlabs.postcall;

import dev.throughline.simulator.elevenlabs.account.Json;
import dev.throughline.simulator.elevenlabs.account.Workspace.Kind;
import dev.throughline.simulator.elevenlabs.conversation.ConversationRecord;
import dev.throughline.simulator.elevenlabs.conversation.Services;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Delivers workspace webhooks: signed, to the agent's own webhook or else the workspace's, with the documented retries
 * (only for {@code post_call_transcription}, only when {@code retry_enabled}, only after 5xx, 429 and 408; 5 attempts).
 */
public final class WebhookDelivery {

    private static final long TIMEOUT_MILLIS = 10_000;
    private static final int[] RETRY_AFTER = {0, 30, 120, 480};
    private static final int DISABLE_AFTER_FAILURES = 10;
    private static final String FAULT_MATCH = "post-call";

    private final Services services;
    private final HttpClient client;
    private final JsonArray log = new JsonArray();

    /** Delivers what ends in {@code services}. */
    public WebhookDelivery(Services services) {
        this.services = services;
        this.client = services.vertx().createHttpClient(new HttpClientOptions().setConnectTimeout(5000));
        services.conversations().onEnd(this::conversationEnded);
    }

    /** Attempts so far: type, conversation, status, attempt; newest 500. */
    public JsonArray log() {
        return log.copy();
    }

    /** Tells of a native call that never became a conversation. {@code reason}: busy, no-answer or unknown. */
    public void initiationFailed(ConversationRecord record, String reason, JsonObject twilioForm) {
        JsonObject data = new JsonObject()
                .put("agent_id", record.agentId())
                .put("conversation_id", record.id())
                .put("failure_reason", reason)
                .put("metadata", new JsonObject().put("type", "twilio").put("body", twilioForm));
        send("call_initiation_failure", "call_initiation_failure", record, data);
    }

    /** Tells Twilio's finding about who answered. The provider documents the event and not its payload, which is a guess. */
    public void machineDetected(ConversationRecord record, JsonObject twilioForm) {
        JsonObject data = new JsonObject()
                .put("agent_id", record.agentId())
                .put("conversation_id", record.id())
                .put("metadata", new JsonObject().put("type", "twilio").put("body", twilioForm));
        send("answering_machine_detection", "answering_machine_detection", record, data);
    }

    private void conversationEnded(ConversationRecord record) {
        long extra = services.faults()
                .take("delay", FAULT_MATCH)
                .map(fault -> fault.options().getLong("millis", 5000L))
                .orElse(0L);
        services.vertx().setTimer(services.timing().postCallDelay().toMillis() + extra, timer -> {
            record.analysed();
            JsonObject data = services.faults().take("sparse", FAULT_MATCH).isPresent()
                    ? sparse(record)
                    : ConversationDocument.of(record);
            send("post_call_transcription", "transcript", record, data);
        });
    }

    private static JsonObject sparse(ConversationRecord record) {
        return new JsonObject()
                .put("agent_id", record.agentId())
                .put("conversation_id", record.id())
                .put("status", "done")
                .put("transcript", new JsonArray())
                .put(
                        "metadata",
                        new JsonObject()
                                .put("start_time_unix_secs", record.startedAt().getEpochSecond())
                                .put("call_duration_secs", 0))
                .put("analysis", null)
                .put("conversation_initiation_client_data", null);
    }

    private void send(String type, String event, ConversationRecord record, JsonObject data) {
        JsonObject own = Json.object(record.agent(), "platform_settings.workspace_overrides.webhooks");
        JsonObject settings = own.containsKey("post_call_webhook_id")
                ? own
                : Json.object(services.workspace().settings(), "webhooks");
        String webhookId = settings.getString("post_call_webhook_id", "");
        Optional<JsonObject> webhook = services.workspace().find(Kind.WEBHOOK, webhookId);
        JsonArray events = settings.getJsonArray("events", new JsonArray().add("transcript"));
        if (webhook.isEmpty() || webhook.get().getBoolean("is_disabled", false) || !events.contains(event)) {
            return;
        }
        if (services.faults().take("drop", FAULT_MATCH).isPresent()) {
            note(type, record.id(), 1, "dropped on demand");
            return;
        }
        JsonObject envelope = new JsonObject()
                .put("type", type)
                .put("event_timestamp", services.clock().instant().getEpochSecond())
                .put("data", data);
        byte[] body = envelope.encode().getBytes(StandardCharsets.UTF_8);
        int copies = services.faults().take("duplicate", FAULT_MATCH).isPresent() ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            attempt(new Delivery(type, record.id(), webhookId, body), 1);
        }
    }

    private record Delivery(
            String type,
            String conversationId,
            String webhookId,
            @SuppressWarnings("ArrayRecordComponent") byte[] body) {}

    private void attempt(Delivery delivery, int number) {
        Optional<JsonObject> webhook = services.workspace().find(Kind.WEBHOOK, delivery.webhookId());
        if (webhook.isEmpty() || webhook.get().getBoolean("is_disabled", false)) {
            return;
        }
        post(delivery, webhook.get()).onComplete(answer -> {
            int status = answer.succeeded() ? answer.result() : 0;
            note(delivery.type(), delivery.conversationId(), number, status == 0 ? "no answer" : "HTTP " + status);
            settle(delivery.webhookId(), status == 200);
            boolean retryable = status >= 500 || status == 429 || status == 408;
            if (retryable
                    && delivery.type().equals("post_call_transcription")
                    && webhook.get().getBoolean("retry_enabled", false)
                    && number <= RETRY_AFTER.length) {
                long pause = (long) (RETRY_AFTER[number - 1]
                        * services.timing().retryUnit().toMillis()
                        * (1 + ThreadLocalRandom.current().nextDouble(0.1)));
                services.vertx().setTimer(Math.max(1, pause), timer -> attempt(delivery, number + 1));
            }
        });
    }

    private Future<Integer> post(Delivery delivery, JsonObject webhook) {
        String secret = services.faults().take("wrong-signature", FAULT_MATCH).isPresent()
                ? "wsec_not_the_secret"
                : webhook.getString("webhook_secret");
        long now = services.clock().instant().getEpochSecond();
        RequestOptions options = services.route()
                .request(HttpMethod.POST, webhook.getString("webhook_url"))
                .setTimeout(TIMEOUT_MILLIS)
                .putHeader("content-type", "application/json")
                .putHeader("ElevenLabs-Signature", WebhookSignature.of(secret, now, delivery.body()));
        Json.object(webhook, "request_headers")
                .forEach(header -> options.putHeader(header.getKey(), String.valueOf(header.getValue())));
        return client.request(options)
                .compose(request -> request.send(Buffer.buffer(delivery.body())))
                .compose(response -> response.body().map(body -> response.statusCode()));
    }

    /** Ten failures in a row disable a webhook until somebody enables it by hand; the 7-day rule is left out. */
    private void settle(String webhookId, boolean delivered) {
        services.workspace().change(Kind.WEBHOOK, webhookId, webhook -> {
            int failures = delivered ? 0 : webhook.getInteger("failures_in_a_row", 0) + 1;
            boolean off = failures >= DISABLE_AFTER_FAILURES;
            if (off) {
                services.violations()
                        .add("webhook_disabled", webhookId, "ten deliveries in a row were not answered 200");
                webhook.put("is_auto_disabled", true).put("is_disabled", true);
            }
            return webhook.put("failures_in_a_row", failures);
        });
    }

    private void note(String type, String conversationId, int attempt, String outcome) {
        if (log.size() >= 500) {
            log.remove(0);
        }
        log.add(new JsonObject()
                .put("type", type)
                .put("conversationId", conversationId)
                .put("attempt", attempt)
                .put("outcome", outcome));
    }
}
