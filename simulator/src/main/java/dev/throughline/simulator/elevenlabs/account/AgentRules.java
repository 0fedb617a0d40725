package dev.throughline.simulator.elevenlabs.account;

import dev.throughline.simulator.elevenlabs.account.Workspace.Kind;
import dev.throughline.simulator.speech.AudioFormat;
import dev.throughline.simulator.wire.Violations;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** What the agent endpoints insist on, and what they would take no notice of. */
final class AgentRules {

    private static final Set<String> MEMBERS =
            Set.of("name", "tags", "conversation_config", "platform_settings", "workflow");
    private static final Set<String> CONFIG =
            Set.of("agent", "tts", "asr", "turn", "conversation", "language_presets", "vad");
    private static final Set<String> EVENTS = Set.of(
            "conversation_initiation_metadata",
            "asr_initiation_metadata",
            "ping",
            "audio",
            "interruption",
            "user_transcript",
            "tentative_user_transcript",
            "agent_response",
            "agent_response_correction",
            "agent_response_complete",
            "agent_response_metadata",
            "agent_chat_response_part",
            "agent_reasoning_response_part",
            "client_tool_call",
            "agent_tool_request",
            "agent_tool_response",
            "agent_tool_response_full_payload",
            "mcp_tool_call",
            "mcp_connection_status",
            "vad_score",
            "context_usage",
            "guardrail_triggered",
            "internal_turn_probability",
            "internal_tentative_agent_response",
            "client_error",
            "queue_status",
            "rich_content",
            "agent_typing",
            "external_agent_connected",
            "external_agent_disconnected");

    private AgentRules() {}

    /** Throws 422 or 404 for a document the provider refuses; reports members it would ignore. */
    static void check(JsonObject agent, Workspace workspace, Violations violations) {
        if (!(agent.getValue("conversation_config") instanceof JsonObject config)) {
            throw ApiError.missing(agent, "conversation_config");
        }
        ignored(agent, MEMBERS, "agent", violations);
        ignored(config, CONFIG, "conversation_config", violations);
        format(config, "tts", "agent_output_audio_format");
        format(config, "asr", "user_input_audio_format");
        range(config, "conversation.max_duration_seconds", 60, 7200);
        range(config, "turn.turn_timeout", 1, 30);
        for (Object event : Json.array(config, "conversation.client_events")) {
            if (!EVENTS.contains(String.valueOf(event))) {
                throw ApiError.invalid(
                        "enum", "Unknown client event", event, "conversation_config", "conversation", "client_events");
            }
        }
        for (Object id : Json.array(config, "agent.prompt.tool_ids")) {
            if (workspace.find(Kind.TOOL, String.valueOf(id)).isEmpty()) {
                throw ApiError.notFound("tool");
            }
        }
        Object webhook = Json.at(agent, "platform_settings.workspace_overrides.webhooks.post_call_webhook_id");
        if (webhook != null
                && workspace.find(Kind.WEBHOOK, String.valueOf(webhook)).isEmpty()) {
            throw ApiError.notFound("webhook");
        }
    }

    private static void ignored(JsonObject document, Set<String> known, String where, Violations violations) {
        for (String member : document.fieldNames()) {
            if (!known.contains(member)) {
                violations.add("unknown_member", where, "the member " + member + " of " + where + " is ignored");
            }
        }
    }

    private static void format(JsonObject config, String section, String field) {
        Object value = Json.at(config, section + "." + field);
        if (value != null && AudioFormat.named(String.valueOf(value)).isEmpty()) {
            throw ApiError.invalid("enum", "Unknown audio format", value, "conversation_config", section, field);
        }
    }

    private static void range(JsonObject config, String path, int min, int max) {
        double value = Json.number(config, path, min);
        if (value < min || value > max) {
            throw ApiError.invalid(
                    "value_error",
                    "Input should be from " + min + " to " + max,
                    value,
                    ("conversation_config." + path).split("\\."));
        }
    }
}
