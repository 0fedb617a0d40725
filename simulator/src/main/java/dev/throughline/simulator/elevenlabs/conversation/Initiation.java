package dev.throughline.simulator.elevenlabs.conversation;

import dev.throughline.simulator.elevenlabs.account.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges {@code conversation_initiation_client_data} against the agent it is for: which overrides the agent allows, whether every
 * variable in use is supplied, and what the provider would take no notice of.
 */
public final class Initiation {

    private static final Set<String> MEMBERS = Set.of(
            "type",
            "conversation_config_override",
            "dynamic_variables",
            "custom_llm_extra_body",
            "user_id",
            "source_info",
            "branch_id",
            "environment",
            "starting_workflow_node_id",
            "procedure_ids",
            "tool_mock_config");
    private static final Set<String> OVERRIDES = Set.of(
            "agent.first_message",
            "agent.language",
            "agent.max_conversation_duration_message",
            "agent.prompt.prompt",
            "agent.prompt.llm",
            "agent.prompt.tool_ids",
            "agent.prompt.tool_ids_strict",
            "agent.prompt.native_mcp_server_ids",
            "agent.prompt.knowledge_base",
            "tts.model_id",
            "tts.voice_id",
            "tts.supported_voices",
            "tts.stability",
            "tts.speed",
            "tts.similarity_boost",
            "tts.pronunciation_dictionary_locators",
            "asr.keywords",
            "turn.soft_timeout_config.message",
            "turn.soft_timeout_config.additional_soft_timeout_messages",
            "conversation.text_only",
            "conversation.max_duration_seconds");

    private Initiation() {}

    /** The verdict. */
    public sealed interface Verdict {

        /**
         * Let in.
         *
         * @param override the overrides that take effect
         * @param variables the custom variables
         * @param ignored sentences about what the provider would have ignored in silence
         */
        record Accepted(JsonObject override, JsonObject variables, List<String> ignored) implements Verdict {}

        /**
         * Refused with close code 1008.
         *
         * @param name the provider's error name
         * @param message what it says
         * @param variables the missing variables, empty for another reason
         * @param ignored as in {@link Accepted}
         */
        record Refused(String name, String message, List<String> variables, List<String> ignored) implements Verdict {}
    }

    /** Judges {@code message} for {@code agent}, whose tools have the configurations {@code tools}. */
    public static Verdict judge(JsonObject agent, List<JsonObject> tools, JsonObject message) {
        List<String> ignored = new ArrayList<>();
        for (String member : message.fieldNames()) {
            if (!MEMBERS.contains(member)) {
                ignored.add("the member " + member + " of the initiation message is ignored");
            }
        }
        Object sent = message.getValue("conversation_config_override");
        if (message.containsKey("conversation_config_override") && !(sent instanceof JsonObject)) {
            ignored.add("conversation_config_override is not an object");
        }
        JsonObject effective = new JsonObject();
        for (Map.Entry<String, Object> leaf : leaves(sent instanceof JsonObject given ? given : new JsonObject())) {
            String path = leaf.getKey();
            if (!OVERRIDES.contains(path)) {
                ignored.add("there is no override " + path);
            } else if (leaf.getValue() == NULL) {
                ignored.add("the override " + path + " is null; leave it out");
            } else if (path.equals("asr.keywords") && !allowed(agent, path)) {
                ignored.add("the override asr.keywords is not enabled and ignored");
            } else if (!allowed(agent, path)) {
                String field = path.substring(path.lastIndexOf('.') + 1);
                return new Verdict.Refused(
                        "override_error",
                        "Override for field '" + field + "' is not allowed by config.",
                        List.of(),
                        ignored);
            } else if (!valid(path, leaf.getValue())) {
                return new Verdict.Refused(
                        "value_error", "Invalid value for override '" + path + "'.", List.of(), ignored);
            } else {
                put(effective, path, leaf.getValue());
            }
        }
        if (message.getValue("custom_llm_extra_body") instanceof JsonObject body
                && !body.isEmpty()
                && !Json.isTrue(agent, "platform_settings.overrides.custom_llm_extra_body")) {
            return new Verdict.Refused(
                    "override_error",
                    "Override for field 'custom_llm_extra_body' is not allowed by config.",
                    List.of(),
                    ignored);
        }
        return variables(agent, tools, message, effective, ignored);
    }

    private static Verdict variables(
            JsonObject agent, List<JsonObject> tools, JsonObject message, JsonObject effective, List<String> ignored) {
        Object sent = message.getValue("dynamic_variables");
        if (sent != null && !(sent instanceof JsonObject)) {
            return new Verdict.Refused("invalid_message", "dynamic_variables must be an object.", List.of(), ignored);
        }
        JsonObject variables = sent instanceof JsonObject given ? given : new JsonObject();
        for (Map.Entry<String, Object> entry : variables) {
            if (entry.getKey().startsWith("system__")) {
                return new Verdict.Refused(
                        "value_error",
                        "Dynamic variable names beginning with system__ are reserved.",
                        List.of(),
                        ignored);
            }
            if (!(entry.getValue() instanceof String
                    || entry.getValue() instanceof Number
                    || entry.getValue() instanceof Boolean)) {
                return new Verdict.Refused(
                        "value_error",
                        "Dynamic variable '" + entry.getKey() + "' must be a string, number or boolean.",
                        List.of(),
                        ignored);
            }
        }
        Set<String> needed = Variables.used(
                Json.text(
                        effective,
                        "agent.prompt.prompt",
                        Json.text(agent, "conversation_config.agent.prompt.prompt", "")),
                Json.text(
                        effective,
                        "agent.first_message",
                        Json.text(agent, "conversation_config.agent.first_message", "")),
                tools);
        List<String> missing =
                needed.stream().filter(name -> !variables.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            return new Verdict.Refused(
                    "missing_dynamic_variable", "Missing required dynamic variables", missing, ignored);
        }
        return new Verdict.Accepted(effective, variables.copy(), ignored);
    }

    private static boolean allowed(JsonObject agent, String path) {
        return Json.isTrue(agent, "platform_settings.overrides.conversation_config_override." + path);
    }

    private static boolean valid(String path, Object value) {
        return switch (path) {
            case "conversation.text_only" -> value instanceof Boolean;
            case "conversation.max_duration_seconds" -> value instanceof Number number && number.intValue() > 0;
            case "tts.stability", "tts.similarity_boost" -> between(value, 0, 1);
            case "tts.speed" -> between(value, 0.7, 1.2);
            case "agent.first_message",
                    "agent.language",
                    "agent.prompt.prompt",
                    "agent.prompt.llm",
                    "tts.voice_id",
                    "tts.model_id" -> value instanceof String;
            default -> true;
        };
    }

    private static boolean between(Object value, double min, double max) {
        return value instanceof Number number && number.doubleValue() >= min && number.doubleValue() <= max;
    }

    /** Stands for a JSON null, which a map entry's value could not be told from an absent one. */
    private static final Object NULL = new Object();

    private static List<Map.Entry<String, Object>> leaves(JsonObject override) {
        List<Map.Entry<String, Object>> found = new ArrayList<>();
        collect("", override, found);
        return found;
    }

    private static void collect(String prefix, JsonObject object, List<Map.Entry<String, Object>> found) {
        for (String name : object.fieldNames()) {
            Object value = object.getValue(name);
            String path = prefix + name;
            if (value instanceof JsonObject nested && !OVERRIDES.contains(path)) {
                collect(path + ".", nested, found);
            } else {
                found.add(Map.entry(path, value == null ? NULL : value));
            }
        }
    }

    private static void put(JsonObject target, String path, Object value) {
        JsonObject here = target;
        String[] steps = path.split("\\.");
        for (int i = 0; i < steps.length - 1; i++) {
            if (!(here.getValue(steps[i]) instanceof JsonObject)) {
                here.put(steps[i], new JsonObject());
            }
            here = here.getJsonObject(steps[i]);
        }
        here.put(steps[steps.length - 1], value instanceof JsonArray array ? array.copy() : value);
    }
}
