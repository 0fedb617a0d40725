package dev.throughline.tools.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.events.EventJson;
import dev.throughline.platform.web.ApiAnswer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a tool answers.
 *
 * @param data for the model; on success with {@code message}
 * @param sentence for the customer's ear
 * @param code null on success
 */
record ToolAnswer(
        boolean success,
        JsonNode data,
        String sentence,
        @Nullable String code) {

    /** Success; the sentence also stands in the data as {@code message}. */
    static ToolAnswer done(Map<String, ?> data, String sentence) {
        ObjectNode json = EventJson.mapper().valueToTree(data);
        return new ToolAnswer(true, json.put("message", sentence), sentence, null);
    }

    /** A refusal with something to go on with, for example other times. */
    static ToolAnswer refused(String code, String sentence, Map<String, ?> data) {
        return new ToolAnswer(false, EventJson.mapper().valueToTree(data), sentence, code);
    }

    /** A refusal. */
    static ToolAnswer refused(String code, String sentence) {
        return refused(code, sentence, Map.of());
    }

    /** The shape on the wire. */
    ApiAnswer toApi() {
        return success ? ApiAnswer.ok(data) : new ApiAnswer(false, data.isEmpty() ? null : data, sentence, code);
    }
}
