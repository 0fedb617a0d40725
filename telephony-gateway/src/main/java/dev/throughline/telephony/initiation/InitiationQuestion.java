package dev.throughline.telephony.initiation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.platform.web.Problem;

/**
 * What ElevenLabs tells of a conversation that is about to begin (ElevenLabs, <i>Twilio personalization</i>). Every text may be empty.
 *
 * @param callerId who calls; on a call we made, our own number
 * @param calledNumber who is called; on a call we made, the customer
 * @param tenantId only in the older shape, where it stands in {@code dynamic_variables}
 */
record InitiationQuestion(
        String callerId, String calledNumber, String callSid, String conversationId, String tenantId) {

    /**
     * Reads the flat shape of today; what it lacks is taken from the {@code dynamic_variables} of the older one.
     *
     * @throws Problem 400 when the body is no object, or a field no text
     */
    static InitiationQuestion of(JsonNode body) {
        if (!body.isObject()) {
            throw Problem.invalid("body", "must be a JSON object");
        }
        JsonNode variables = body.path("dynamic_variables");
        return new InitiationQuestion(
                text(body, "caller_id", variables, "caller_number"),
                text(body, "called_number", variables, "called_number"),
                text(body, "call_sid", variables, "call_sid"),
                text(body, "conversation_id", variables, "conversation_id"),
                text(variables, "tenant_id", variables, "tenant_id"));
    }

    private static String text(JsonNode today, String name, JsonNode older, String olderName) {
        JsonNode value = today.hasNonNull(name) ? today.path(name) : older.path(olderName);
        if (value.isContainerNode()) {
            throw Problem.invalid(name, "must be a text");
        }
        return value.isNull() ? "" : value.asText("");
    }
}
