package dev.throughline.simulator.elevenlabs.postcall;

import dev.throughline.simulator.elevenlabs.account.Json;
import dev.throughline.simulator.elevenlabs.conversation.ConversationRecord;
import dev.throughline.simulator.elevenlabs.conversation.Turn;
import dev.throughline.simulator.elevenlabs.conversation.Variables;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in the provider's data model: the answer of {@code GET /v1/convai/conversations/{id}} and the {@code data} of the
 * post-call webhook. Prices are invented in proportion to the duration.
 */
public final class ConversationDocument {

    private static final String MODEL = "gpt-4o-mini";
    private static final Set<String> FEATURES = Set.of(
            "language_detection",
            "transfer_to_agent",
            "transfer_to_number",
            "multivoice",
            "dtmf_tones",
            "external_mcp_servers",
            "voicemail_detection",
            "dtmf_input",
            "versioning",
            "file_input",
            "freeform_procedure",
            "structured_procedure");

    private ConversationDocument() {}

    /** The whole document of {@code record} as it stands. */
    public static JsonObject of(ConversationRecord record) {
        boolean voice = !record.textOnly();
        boolean finished = record.status().equals("done") || record.status().equals("failed");
        return new JsonObject()
                .put("agent_id", record.agentId())
                .put("agent_name", record.agentName())
                .put("conversation_product", "agents")
                .put("status", record.status())
                .put("user_id", record.clientData().getString("user_id"))
                .put("branch_id", null)
                .put("version_id", null)
                .put("metadata", metadata(record))
                .put("analysis", finished ? Analysis.of(record) : null)
                .put(
                        "visited_agents",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("agent_id", record.agentId())
                                        .put("branch_id", null)))
                .put("conversation_initiation_client_data", clientData(record))
                .put("environment", "production")
                .put("conversation_id", record.id())
                .put("has_audio", voice)
                .put("has_user_audio", voice)
                .put("has_response_audio", voice)
                .put("has_auxiliary_audio", false)
                .put("transcript", transcript(record))
                .put("tag_ids", new JsonArray());
    }

    /** One row of the list of conversations. */
    static JsonObject row(ConversationRecord record) {
        JsonObject analysis = record.status().equals("done") ? Analysis.of(record) : null;
        Set<String> tools = new TreeSet<>();
        record.turns().forEach(turn -> turn.toolCalls()
                .forEach(call -> tools.add(((JsonObject) call).getString("tool_name"))));
        return new JsonObject()
                .put("agent_id", record.agentId())
                .put("branch_id", null)
                .put("version_id", null)
                .put("agent_name", record.agentName())
                .put("conversation_id", record.id())
                .put("start_time_unix_secs", record.startedAt().getEpochSecond())
                .put("call_duration_secs", record.secondsSoFar())
                .put("message_count", record.turns().size())
                .put("status", record.status())
                .put("termination_reason", record.terminationReason())
                .put("call_successful", Json.text(analysis, "call_successful", "unknown"))
                .put(
                        "call_success_score",
                        Json.at(analysis == null ? new JsonObject() : analysis, "call_success_score"))
                .put(
                        "transcript_summary",
                        Json.at(analysis == null ? new JsonObject() : analysis, "transcript_summary"))
                .put(
                        "call_summary_title",
                        Json.at(analysis == null ? new JsonObject() : analysis, "call_summary_title"))
                .put("main_language", "en")
                .put("conversation_initiation_source", source(record))
                .put("tool_names", new JsonArray(tools.stream().toList()))
                .put(
                        "direction",
                        record.phoneCall()
                                .map(call -> call.getString("direction"))
                                .orElse(null))
                .put("rating", null)
                .put("tag_ids", new JsonArray());
    }

    private static String source(ConversationRecord record) {
        return record.phoneCall().isPresent() ? "twilio" : "unknown";
    }

    private static JsonObject metadata(ConversationRecord record) {
        int seconds = record.secondsSoFar();
        int cost = record.textOnly() ? record.turns().size() : seconds * 7;
        return new JsonObject()
                .put("start_time_unix_secs", record.startedAt().getEpochSecond())
                .put("accepted_time_unix_secs", record.begunAt().getEpochSecond())
                .put("call_duration_secs", seconds)
                .put("queue_wait_secs", null)
                .put("cost", cost)
                .put("cost_fiat", Math.round(cost * 0.24) / 1000.0)
                .put(
                        "deletion_settings",
                        new JsonObject()
                                .put(
                                        "deletion_time_unix_secs",
                                        record.startedAt().getEpochSecond() + 63_072_000L)
                                .put("deleted_logs_at_time_unix_secs", null)
                                .put("deleted_audio_at_time_unix_secs", null)
                                .put("deleted_transcript_at_time_unix_secs", null)
                                .put("delete_transcript_and_pii", true)
                                .put("delete_audio", true))
                .put(
                        "feedback",
                        new JsonObject()
                                .put("type", null)
                                .put("overall_score", null)
                                .put("likes", 0)
                                .put("dislikes", 0)
                                .put("rating", null)
                                .put("comment", null))
                .put("authorization_method", record.authorization())
                .put("charging", charging(record, cost))
                .put("phone_call", record.phoneCall().map(JsonObject::copy).orElse(null))
                .put("batch_call", null)
                .put("termination_reason", record.terminationReason())
                .put("error", record.error().map(JsonObject::copy).orElse(null))
                .put("warnings", new JsonArray())
                .put("main_language", "en")
                .put("rag_usage", null)
                .put("text_only", record.textOnly())
                .put("features_usage", features())
                .put("eleven_assistant", new JsonObject().put("is_eleven_assistant", false))
                .put("initiator_id", null)
                .put("conversation_initiation_source", source(record))
                .put("conversation_initiation_source_version", null)
                .put("timezone", null)
                .put("async_metadata", null)
                .put("whatsapp", null)
                .put("sms", null)
                .put("agent_created_from", "api")
                .put("agent_last_updated_from", "api")
                .put("voice_rewards", new JsonArray());
    }

    private static JsonObject charging(ConversationRecord record, int cost) {
        JsonObject noUsage = new JsonObject().put("model_usage", new JsonObject());
        return new JsonObject()
                .put("dev_discount", false)
                .put("is_burst", false)
                .put("tier", "creator")
                .put(
                        "llm_usage",
                        new JsonObject()
                                .put("irreversible_generation", noUsage.copy())
                                .put("initiated_generation", noUsage.copy()))
                .put("llm_price", 0.0002)
                .put("llm_charge", 1)
                .put("call_charge", Math.max(0, cost - 1))
                .put("platform_charge", 0)
                .put("platform_usage", new JsonObject().put("category_usage", new JsonObject()))
                .put("platform_price", 0.0)
                .put("free_minutes_consumed", 0)
                .put("free_llm_dollars_consumed", 0)
                .put("tts_usage", null)
                .put("asr_usage", null)
                .put("analysis", null);
    }

    private static JsonObject features() {
        JsonObject features = new JsonObject();
        FEATURES.forEach(feature -> features.put(feature, unused()));
        return features.put("tool_dynamic_variable_updates", unused())
                .put("pii_zrm_workspace", false)
                .put("pii_zrm_agent", false)
                .put("is_livekit", false)
                .put(
                        "workflow",
                        new JsonObject()
                                .put("enabled", false)
                                .put("tool_node", unused())
                                .put("standalone_agent_node", unused())
                                .put("phone_number_node", unused())
                                .put("end_node", unused())
                                .put("override_agent_node", unused()))
                .put(
                        "agent_testing",
                        new JsonObject()
                                .put("enabled", false)
                                .put("tests_ran_after_last_modification", false)
                                .put("tests_ran_in_last_7_days", false));
    }

    private static JsonObject unused() {
        return new JsonObject().put("enabled", false).put("used", false);
    }

    private static JsonObject clientData(ConversationRecord record) {
        JsonObject sent = record.clientData();
        JsonObject override = Json.object(sent, "conversation_config_override");
        JsonObject agent = new JsonObject()
                .put("first_message", Json.at(override, "agent.first_message"))
                .put("language", Json.at(override, "agent.language"))
                .put("max_conversation_duration_message", null)
                .put("prompt", Json.at(override, "agent.prompt"));
        JsonObject variables = record.variables().copy().mergeIn(new Variables(record).system());
        for (String name : Set.copyOf(variables.fieldNames())) {
            if (name.startsWith("secret__")) {
                variables.put(name, "<REDACTED>");
            }
        }
        return new JsonObject()
                .put(
                        "conversation_config_override",
                        new JsonObject()
                                .put("asr", Json.at(override, "asr"))
                                .put("turn", Json.at(override, "turn"))
                                .put("tts", Json.at(override, "tts"))
                                .put(
                                        "conversation",
                                        new JsonObject()
                                                .put("text_only", Json.at(override, "conversation.text_only"))
                                                .put(
                                                        "max_duration_seconds",
                                                        Json.at(override, "conversation.max_duration_seconds")))
                                .put("agent", agent))
                .put("custom_llm_extra_body", Json.object(sent, "custom_llm_extra_body"))
                .put("user_id", sent.getValue("user_id"))
                .put(
                        "source_info",
                        new JsonObject()
                                .put("source", Json.at(sent, "source_info.source"))
                                .put("version", Json.at(sent, "source_info.version")))
                .put("branch_id", null)
                .put("environment", null)
                .put("starting_workflow_node_id", null)
                .put("procedure_ids", null)
                .put("dynamic_variables", variables);
    }

    private static JsonArray transcript(ConversationRecord record) {
        JsonArray lines = new JsonArray();
        int number = 0;
        for (Turn turn : record.turns()) {
            lines.add(line(record, turn, ++number));
        }
        return lines;
    }

    private static JsonObject line(ConversationRecord record, Turn turn, int number) {
        @Nullable JsonObject agent = turn.agent()
                ? new JsonObject()
                        .put("agent_id", record.agentId())
                        .put("branch_id", null)
                        .put("workflow_node_id", null)
                        .put("version_id", null)
                : null;
        return new JsonObject()
                .put("role", turn.agent() ? "agent" : "user")
                .put("agent_metadata", agent)
                .put("message", turn.message())
                .put("multivoice_message", null)
                .put("tool_calls", turn.toolCalls().copy())
                .put("tool_results", turn.toolResults().copy())
                .put("feedback", null)
                .put("llm_override", null)
                .put("producing_llm", turn.agent() ? MODEL : null)
                .put("time_in_call_secs", turn.timeInCallSecs())
                .put("conversation_turn_metrics", null)
                .put("rag_retrieval_info", null)
                .put("llm_usage", null)
                .put("interrupted", turn.originalMessage() != null)
                .put("ignored_as_backchannel", false)
                .put("platform_event", null)
                .put("original_message", turn.originalMessage())
                .put("reasoning", new JsonArray())
                .put("source_medium", turn.medium())
                .put("source_event_id", turn.eventId() == 0 ? null : turn.eventId())
                .put("used_static_kb_document_ids", new JsonArray())
                .put("user_identifier", null)
                .put("id", "turn_%04d".formatted(number))
                .put("triggered_guardrails", new JsonArray())
                .put("file_input", null)
                .put("file_inputs", new JsonArray())
                .put("contextual_update_info", null)
                .put("reasoned", false);
    }
}
