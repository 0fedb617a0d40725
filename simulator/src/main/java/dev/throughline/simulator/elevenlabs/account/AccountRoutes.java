package dev.throughline.simulator.elevenlabs.account;

import dev.throughline.simulator.elevenlabs.account.Workspace.Kind;
import dev.throughline.simulator.wire.Violations;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The provisioning endpoints: secrets, tools, agents, workspace webhooks and settings. */
public final class AccountRoutes {

    private final Workspace workspace;
    private final Violations violations;

    /** Serves {@code workspace}; what the provider would ignore goes to {@code violations}. */
    public AccountRoutes(Workspace workspace, Violations violations) {
        this.workspace = workspace;
        this.violations = violations;
    }

    /** Mounts the endpoints. Bodies must have been read; {@link ApiError} is left to the router's failure handler. */
    public void mount(Router router) {
        router.post("/v1/convai/secrets").handler(Answers.json(this::createSecret));
        router.get("/v1/convai/secrets").handler(Answers.json(this::listSecrets));
        router.post("/v1/convai/tools").handler(Answers.json(this::createTool));
        router.get("/v1/convai/tools").handler(Answers.json(this::listTools));
        router.get("/v1/convai/tools/:id").handler(Answers.json(context -> tool(context.pathParam("id"))));
        router.patch("/v1/convai/tools/:id").handler(Answers.json(this::changeTool));
        router.delete("/v1/convai/tools/:id").handler(Answers.json(context -> remove(Kind.TOOL, context)));
        router.post("/v1/convai/agents/create").handler(Answers.json(this::createAgent));
        router.get("/v1/convai/agents").handler(Answers.json(this::listAgents));
        router.get("/v1/convai/agents/:id").handler(Answers.json(context -> agent(context.pathParam("id"))));
        router.patch("/v1/convai/agents/:id").handler(Answers.json(this::changeAgent));
        router.delete("/v1/convai/agents/:id").handler(Answers.json(context -> remove(Kind.AGENT, context)));
        router.post("/v1/workspace/webhooks").handler(Answers.json(this::createWebhook));
        router.get("/v1/workspace/webhooks").handler(Answers.json(this::listWebhooks));
        router.patch("/v1/workspace/webhooks/:id").handler(Answers.json(this::changeWebhook));
        router.get("/v1/convai/settings").handler(Answers.json(context -> settings()));
        router.patch("/v1/convai/settings").handler(Answers.json(this::changeSettings));
    }

    private JsonObject createSecret(RoutingContext context) {
        JsonObject body = Answers.body(context);
        for (String field : List.of("name", "value")) {
            if (!(body.getValue(field) instanceof String)) {
                throw ApiError.missing(new JsonObject().put("type", body.getString("type")), field);
            }
        }
        if (!body.getString("type", "").equals("new")) {
            throw ApiError.invalid("literal_error", "Input should be 'new'", body.getString("type", ""), "type");
        }
        boolean taken = workspace.all(Kind.SECRET).stream()
                .anyMatch(secret -> secret.getString("name").equals(body.getString("name")));
        if (taken) {
            throw ApiError.of(
                    409, "conflict", "secret_already_exists", "A secret with this name already exists", "name");
        }
        String id = workspace.add(Kind.SECRET, body);
        return new JsonObject().put("type", "stored").put("secret_id", id).put("name", body.getString("name"));
    }

    private JsonObject listSecrets(RoutingContext context) {
        JsonArray secrets = new JsonArray();
        for (String id : workspace.ids(Kind.SECRET)) {
            secrets.add(new JsonObject()
                    .put("type", "stored")
                    .put("secret_id", id)
                    .put("name", workspace.get(Kind.SECRET, id).getString("name"))
                    .put(
                            "used_by",
                            new JsonObject()
                                    .put("tools", new JsonArray())
                                    .put("agents", new JsonArray())
                                    .put("others", new JsonArray())
                                    .put("phone_numbers", new JsonArray())));
        }
        return new JsonObject().put("secrets", secrets).put("next_cursor", null);
    }

    private JsonObject createTool(RoutingContext context) {
        JsonObject body = Answers.body(context);
        ToolRules.check(body);
        return tool(workspace.add(Kind.TOOL, body));
    }

    private JsonObject changeTool(RoutingContext context) {
        JsonObject body = Answers.body(context);
        ToolRules.check(body);
        String id = context.pathParam("id");
        workspace.change(Kind.TOOL, id, old -> body);
        return tool(id);
    }

    private JsonObject listTools(RoutingContext context) {
        JsonArray tools = new JsonArray();
        workspace.ids(Kind.TOOL).forEach(id -> tools.add(tool(id)));
        return new JsonObject().put("tools", tools).put("next_cursor", null).put("has_more", false);
    }

    private JsonObject tool(String id) {
        JsonObject stored = workspace.get(Kind.TOOL, id);
        return new JsonObject()
                .put("id", id)
                .put("tool_config", stored.getJsonObject("tool_config"))
                .put("access_info", access())
                .put("usage_stats", new JsonObject().put("total_calls", 0).put("avg_latency_secs", 0))
                .put("response_mocks", stored.getJsonArray("response_mocks", new JsonArray()));
    }

    private JsonObject createAgent(RoutingContext context) {
        JsonObject body = Answers.body(context);
        AgentRules.check(body, workspace, violations);
        body.put("created_at_unix_secs", System.currentTimeMillis() / 1000);
        return new JsonObject().put("agent_id", workspace.add(Kind.AGENT, body));
    }

    private JsonObject changeAgent(RoutingContext context) {
        JsonObject patch = Answers.body(context);
        String id = context.pathParam("id");
        JsonObject changed = workspace.get(Kind.AGENT, id).mergeIn(patch, true);
        long created = changed.getLong("created_at_unix_secs");
        changed.remove("created_at_unix_secs");
        AgentRules.check(changed, workspace, violations);
        workspace.change(Kind.AGENT, id, old -> changed.put("created_at_unix_secs", created));
        return agent(id);
    }

    private JsonObject agent(String id) {
        JsonObject stored = workspace.get(Kind.AGENT, id);
        long created = stored.getLong("created_at_unix_secs", 0L);
        return new JsonObject()
                .put("agent_id", id)
                .put("name", stored.getString("name", "New agent"))
                .put("conversation_config", stored.getJsonObject("conversation_config"))
                .put(
                        "metadata",
                        new JsonObject().put("created_at_unix_secs", created).put("updated_at_unix_secs", created))
                .put("platform_settings", stored.getJsonObject("platform_settings", new JsonObject()))
                .put("phone_numbers", new JsonArray())
                .put("whatsapp_accounts", new JsonArray())
                .put(
                        "workflow",
                        stored.getJsonObject(
                                "workflow",
                                new JsonObject()
                                        .put("edges", new JsonObject())
                                        .put("nodes", new JsonObject())
                                        .put("prevent_subagent_loops", false)))
                .put("access_info", access())
                .put("tags", stored.getJsonArray("tags", new JsonArray()));
    }

    private JsonObject listAgents(RoutingContext context) {
        String search = String.join("", context.queryParam("search")).toLowerCase(Locale.ROOT);
        JsonArray agents = new JsonArray();
        for (String id : workspace.ids(Kind.AGENT)) {
            JsonObject stored = workspace.get(Kind.AGENT, id);
            String name = stored.getString("name", "New agent");
            if (name.toLowerCase(Locale.ROOT).contains(search)) {
                agents.add(new JsonObject()
                        .put("agent_id", id)
                        .put("name", name)
                        .put("tags", stored.getJsonArray("tags", new JsonArray()))
                        .put("created_at_unix_secs", stored.getLong("created_at_unix_secs", 0L))
                        .put("access_info", access())
                        .put("voice_id", Json.text(stored, "conversation_config.tts.voice_id", "voice_default"))
                        .put("last_call_time_unix_secs", null)
                        .put("archived", false));
            }
        }
        return new JsonObject().put("agents", agents).put("next_cursor", null).put("has_more", false);
    }

    private JsonObject createWebhook(RoutingContext context) {
        JsonObject body = Answers.body(context);
        if (!(body.getValue("settings") instanceof JsonObject settings)) {
            throw ApiError.missing(body, "settings");
        }
        for (String field : List.of("auth_type", "name", "webhook_url")) {
            if (!(settings.getValue(field) instanceof String)) {
                throw ApiError.missing(settings, "settings", field);
            }
        }
        byte[] random = new byte[32];
        new java.security.SecureRandom().nextBytes(random);
        String secret = "wsec_" + HexFormat.of().formatHex(random);
        String id = workspace.add(
                Kind.WEBHOOK, settings.copy().put("webhook_secret", secret).put("is_disabled", false));
        return new JsonObject().put("webhook_id", id).put("webhook_secret", secret);
    }

    private JsonObject changeWebhook(RoutingContext context) {
        JsonObject body = Answers.body(context);
        for (String field : List.of("is_disabled", "name")) {
            if (!body.containsKey(field)) {
                throw ApiError.missing(body, field);
            }
        }
        workspace.change(Kind.WEBHOOK, context.pathParam("id"), webhook -> webhook.mergeIn(body));
        return new JsonObject().put("status", "ok");
    }

    private JsonObject listWebhooks(RoutingContext context) {
        JsonArray webhooks = new JsonArray();
        for (String id : workspace.ids(Kind.WEBHOOK)) {
            JsonObject webhook = workspace.get(Kind.WEBHOOK, id);
            webhooks.add(new JsonObject()
                    .put("name", webhook.getString("name"))
                    .put("webhook_id", id)
                    .put("webhook_url", webhook.getString("webhook_url"))
                    .put("is_disabled", webhook.getBoolean("is_disabled"))
                    .put("is_auto_disabled", webhook.getBoolean("is_auto_disabled", false))
                    .put("created_at_unix", 0)
                    .put("auth_type", webhook.getString("auth_type")));
        }
        return new JsonObject().put("webhooks", webhooks);
    }

    private JsonObject settings() {
        JsonObject settings = workspace.settings();
        return new JsonObject()
                .put(
                        "conversation_initiation_client_data_webhook",
                        settings.getJsonObject("conversation_initiation_client_data_webhook"))
                .put("webhooks", settings.getJsonObject("webhooks", new JsonObject()))
                .put("can_use_mcp_servers", false)
                .put("rag_retention_period_days", 10);
    }

    private JsonObject changeSettings(RoutingContext context) {
        JsonObject body = Answers.body(context);
        Object webhook = Json.at(body, "webhooks.post_call_webhook_id");
        if (webhook != null
                && workspace.find(Kind.WEBHOOK, String.valueOf(webhook)).isEmpty()) {
            throw ApiError.notFound("webhook");
        }
        workspace.changeSettings(body);
        return settings();
    }

    private JsonObject remove(Kind kind, RoutingContext context) {
        workspace.remove(kind, context.pathParam("id"));
        return new JsonObject();
    }

    private static JsonObject access() {
        return new JsonObject()
                .put("is_creator", true)
                .put("creator_name", "Stand-in")
                .put("creator_email", "stand-in@example.com")
                .put("role", "admin");
    }
}
