package dev.throughline.localstack.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.http.JsonHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The workspace at ElevenLabs, through its REST API in the order its documentation gives: webhook, secret, tools, agents. Creation is not
 * idempotent there, so everything is looked up first.
 */
final class AgentWorkspace {

    private final JsonHttp api;
    private final String appBaseUrl;

    AgentWorkspace(JsonHttp api, String appBaseUrl) {
        this.api = api;
        this.appBaseUrl = appBaseUrl;
    }

    /**
     * Makes a workspace webhook for what follows a conversation and attaches it for all agents.
     *
     * @return the secret it signs with, which is shown only now
     */
    String createPostCallWebhook() throws IOException {
        JsonNode webhook = api.post(
                "/v1/workspace/webhooks",
                Map.of(
                        "settings",
                        Map.of(
                                "auth_type", "hmac",
                                "name", "throughline post-call",
                                "webhook_url", appBaseUrl + "/api/webhooks/elevenlabs/post-call")));
        api.patch(
                "/v1/convai/settings",
                Map.of(
                        "webhooks",
                        Map.of(
                                "post_call_webhook_id",
                                        webhook.path("webhook_id").asText(),
                                "events", List.of("transcript", "call_initiation_failure"),
                                "transcript_format", "json")));
        return webhook.path("webhook_secret").asText();
    }

    /** Whether the settings name a webhook that leads to this installation; if so its secret is still good. */
    boolean hasPostCallWebhook() throws IOException {
        String attached = api.get("/v1/convai/settings")
                .path("webhooks")
                .path("post_call_webhook_id")
                .asText("");
        for (JsonNode webhook : api.get("/v1/workspace/webhooks").path("webhooks")) {
            boolean ours = webhook.path("webhook_url").asText().startsWith(appBaseUrl + "/");
            if (ours && webhook.path("webhook_id").asText().equals(attached)) {
                return true;
            }
        }
        return false;
    }

    /** The ids of the agents for {@code tenant}: voice first, then text. Their tools carry {@code toolSecret}. */
    List<String> agents(UUID tenant, String toolSecret, String voiceId) throws IOException {
        // Named after its value too, so that a rotated secret is a new one there and not the old under its name.
        UUID value = UUID.nameUUIDFromBytes(toolSecret.getBytes(StandardCharsets.UTF_8));
        Map<String, String> tools = tools(secret("throughline_" + tenant + "_" + value, toolSecret));
        Map<String, String> textTools = new LinkedHashMap<>(tools);
        textTools.remove(AgentTools.TRANSFER);
        return List.of(
                agent(AgentRequests.name("voice"), AgentRequests.voice(List.copyOf(tools.values()), voiceId)),
                agent(AgentRequests.name("text"), AgentRequests.text(List.copyOf(textTools.values()))));
    }

    /**
     * Imports a Twilio number, so that this workspace may call from it. Importing rewrites the number's voice webhook at Twilio, so
     * whoever answers its calls otherwise has to be put back afterwards; texts are left alone.
     *
     * @param accountSid AC… of the account that owns the number
     * @return whether it was imported now
     */
    boolean importNumber(String number, String accountSid, String authToken, String agentId) throws IOException {
        for (JsonNode known : api.get("/v1/convai/phone-numbers?provider=twilio")) {
            if (known.path("phone_number").asText().equals(number)) {
                api.patch(
                        "/v1/convai/phone-numbers/"
                                + known.path("phone_number_id").asText(),
                        Map.of("agent_id", agentId));
                return false;
            }
        }
        api.post(
                "/v1/convai/phone-numbers",
                Map.of(
                        "provider", "twilio",
                        "phone_number", number,
                        "label", number,
                        "sid", accountSid,
                        "token", authToken,
                        "agent_id", agentId,
                        "enable_sms", false));
        return true;
    }

    private String secret(String name, String value) throws IOException {
        for (JsonNode secret : api.get("/v1/convai/secrets").path("secrets")) {
            if (secret.path("name").asText().equals(name)) {
                return secret.path("secret_id").asText();
            }
        }
        return api.post("/v1/convai/secrets", Map.of("type", "new", "name", name, "value", value))
                .path("secret_id")
                .asText();
    }

    /**
     * The tools' ids by name. They are found again by name and secret and brought up to date, since the public address may have changed.
     */
    private Map<String, String> tools(String secretId) throws IOException {
        JsonNode existing = api.get("/v1/convai/tools").path("tools");
        Map<String, String> ids = new LinkedHashMap<>();
        for (Map.Entry<String, Map<String, Object>> wanted :
                new AgentTools(appBaseUrl, secretId).requests().entrySet()) {
            String id = "";
            for (JsonNode tool : existing) {
                JsonNode config = tool.path("tool_config");
                String used = config.path("api_schema")
                        .path("request_headers")
                        .path("X-Tool-Secret")
                        .path("secret_id")
                        .asText();
                if (config.path("name").asText().equals(wanted.getKey()) && used.equals(secretId)) {
                    id = tool.path("id").asText();
                }
            }
            if (id.isEmpty()) {
                id = api.post("/v1/convai/tools", wanted.getValue()).path("id").asText();
            } else {
                api.patch("/v1/convai/tools/" + id, wanted.getValue());
            }
            ids.put(wanted.getKey(), id);
        }
        return ids;
    }

    private String agent(String name, Map<String, Object> request) throws IOException {
        for (JsonNode agent :
                api.get("/v1/convai/agents?search=" + JsonHttp.encoded(name)).path("agents")) {
            if (agent.path("name").asText().equals(name)) {
                String id = agent.path("agent_id").asText();
                api.patch("/v1/convai/agents/" + id, request);
                return id;
            }
        }
        return api.post("/v1/convai/agents/create", request).path("agent_id").asText();
    }
}
