package dev.throughline.simulator.elevenlabs.postcall;

import dev.throughline.simulator.elevenlabs.account.Json;
import dev.throughline.simulator.elevenlabs.brain.Brain;
import dev.throughline.simulator.elevenlabs.conversation.ConversationRecord;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The provider's analysis of a finished conversation, decided by the script instead of a language model. */
final class Analysis {

    private Analysis() {}

    /** {@code analysis} for {@code record}; null for a conversation in which nobody said anything. */
    static @Nullable JsonObject of(ConversationRecord record) {
        Optional<Brain> brain = record.brain();
        if (brain.isEmpty() || record.turns().isEmpty()) {
            return null;
        }
        JsonObject criteria = criteria(record, brain.get());
        JsonObject collected = collected(record, brain.get());
        String overall = record.error().isPresent() ? "failure" : "success";
        String summary = brain.get().summary();
        return new JsonObject()
                .put("evaluation_criteria_results", criteria)
                .put("data_collection_results", collected)
                .put("evaluation_criteria_results_list", values(criteria))
                .put("data_collection_results_list", values(collected))
                .put("call_successful", overall)
                .put("call_success_score", overall.equals("success") ? 1.0 : 0.0)
                .put("transcript_summary", summary)
                .put("call_summary_title", summary.length() > 60 ? summary.substring(0, 60) : summary)
                .put("scoped", new JsonArray());
    }

    private static JsonObject criteria(ConversationRecord record, Brain brain) {
        JsonObject results = new JsonObject();
        for (Object row : Json.array(record.agent(), "platform_settings.evaluation.criteria")) {
            JsonObject criterion = (JsonObject) row;
            String id = criterion.getString("id");
            boolean met = brain.met(id).orElse(record.error().isEmpty());
            double max = Json.number(criterion, "max_score", 1);
            results.put(
                    id,
                    new JsonObject()
                            .put("criteria_id", id)
                            .put("result", met ? "success" : "failure")
                            .put("rationale", met ? "The transcript shows it." : "The transcript does not show it.")
                            .put("scoring_mode", criterion.getString("scoring_mode", "binary"))
                            .put("score", met ? max : 0.0)
                            .put("max_score", max));
        }
        return results;
    }

    private static JsonObject collected(ConversationRecord record, Brain brain) {
        JsonObject wanted = Json.object(record.agent(), "platform_settings.data_collection");
        JsonObject results = new JsonObject();
        for (String id : wanted.fieldNames()) {
            JsonObject schema = wanted.getJsonObject(id);
            String type = schema.getString("type", "string");
            Object value = brain.collected(id).map(text -> typed(type, text)).orElse(null);
            results.put(
                    id,
                    new JsonObject()
                            .put("data_collection_id", id)
                            .put("name", id)
                            .put("value", value)
                            .put(
                                    "json_schema",
                                    new JsonObject()
                                            .put("type", type)
                                            .put("description", schema.getString("description", ""))
                                            .put("enum", null)
                                            .put("is_system_provided", false)
                                            .put("dynamic_variable", "")
                                            .put("allowed_values", null)
                                            .put("constant_value", "")
                                            .put("is_omitted", false))
                            .put("rationale", value == null ? "Not mentioned." : "Stated by the caller."));
        }
        return results;
    }

    private static @Nullable Object typed(String type, String text) {
        try {
            return switch (type) {
                case "integer" -> Long.valueOf(text);
                case "number" -> Double.valueOf(text);
                case "boolean" -> Boolean.valueOf(text);
                default -> text;
            };
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static JsonArray values(JsonObject map) {
        JsonArray list = new JsonArray();
        map.fieldNames().forEach(id -> list.add(map.getJsonObject(id).copy()));
        return list;
    }
}
