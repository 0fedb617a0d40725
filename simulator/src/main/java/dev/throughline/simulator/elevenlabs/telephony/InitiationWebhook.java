package dev.throughline.simulator.elevenlabs.telephony;

import dev.throughline.simulator.elevenlabs.account.Json;
import dev.throughline.simulator.elevenlabs.conversation.ConversationRecord;
import dev.throughline.simulator.elevenlabs.conversation.Services;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;

/**
 * Asks the customer's server for a native call's variables before it begins, where that is enabled. The request is not signed; it
 * carries the configured headers only. The provider's time-out is not documented; 5 s is a guess.
 */
final class InitiationWebhook {

    private static final long TIMEOUT_MILLIS = 5000;

    private final Services services;
    private final HttpClient client;

    InitiationWebhook(Services services) {
        this.services = services;
        this.client = services.vertx().createHttpClient();
    }

    /** The answered client data; an empty object when the webhook is not enabled; a failure kills the call. */
    Future<JsonObject> ask(ConversationRecord record, JsonObject phoneCall) {
        JsonObject agent = record.agent();
        JsonObject own =
                Json.object(agent, "platform_settings.workspace_overrides.conversation_initiation_client_data_webhook");
        JsonObject webhook = own.isEmpty()
                ? Json.object(services.workspace().settings(), "conversation_initiation_client_data_webhook")
                : own;
        boolean enabled = Json.isTrue(
                agent, "platform_settings.overrides.enable_conversation_initiation_client_data_from_webhook");
        if (!enabled || webhook.getString("url", "").isEmpty()) {
            return Future.succeededFuture(new JsonObject());
        }
        boolean outbound = phoneCall.getString("direction").equals("outbound");
        String customer = phoneCall.getString("external_number");
        String ours = phoneCall.getString("agent_number");
        JsonObject body = new JsonObject()
                .put("caller_id", outbound ? ours : customer)
                .put("agent_id", record.agentId())
                .put("called_number", outbound ? customer : ours)
                .put("call_sid", phoneCall.getString("call_sid"))
                .put("conversation_id", record.id());
        RequestOptions options = services.route()
                .request(HttpMethod.POST, webhook.getString("url"))
                .setTimeout(TIMEOUT_MILLIS)
                .putHeader("content-type", "application/json");
        Json.object(webhook, "request_headers")
                .forEach(header -> options.putHeader(header.getKey(), value(header.getValue())));
        return client.request(options)
                .compose(request -> request.send(body.toBuffer()))
                .compose(response -> response.body().map(answer -> {
                    if (response.statusCode() != 200) {
                        throw new IllegalStateException("the initiation webhook answered " + response.statusCode());
                    }
                    return answer.toJsonObject();
                }))
                .map(InitiationWebhook::checked);
    }

    private String value(Object declared) {
        return declared instanceof JsonObject source
                ? services.workspace()
                        .secretValue(source.getString("secret_id", ""))
                        .orElse("")
                : String.valueOf(declared);
    }

    private static JsonObject checked(JsonObject answer) {
        if (!"conversation_initiation_client_data".equals(answer.getValue("type"))) {
            throw new IllegalStateException(
                    "the initiation webhook's answer has no type conversation_initiation_client_data");
        }
        return answer;
    }
}
