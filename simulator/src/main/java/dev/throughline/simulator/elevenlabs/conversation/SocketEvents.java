package dev.throughline.simulator.elevenlabs.conversation;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages from the server, as the AsyncAPI of the socket has them. The payload key does not follow from the type. */
final class SocketEvents {

    private SocketEvents() {}

    static JsonObject metadata(String conversationId, String output, String input) {
        return event(
                "conversation_initiation_metadata",
                "conversation_initiation_metadata_event",
                new JsonObject()
                        .put("conversation_id", conversationId)
                        .put("agent_output_audio_format", output)
                        .put("user_input_audio_format", input));
    }

    static JsonObject ping(int eventId, @Nullable Integer lastRoundTripMillis) {
        return event(
                "ping", "ping_event", new JsonObject().put("event_id", eventId).put("ping_ms", lastRoundTripMillis));
    }

    static JsonObject audio(byte[] audio, int eventId) {
        return event(
                "audio",
                "audio_event",
                new JsonObject()
                        .put("audio_base_64", Base64.getEncoder().encodeToString(audio))
                        .put("event_id", eventId));
    }

    static JsonObject userTranscript(String text, int eventId) {
        return event(
                "user_transcript",
                "user_transcription_event",
                new JsonObject().put("user_transcript", text).put("event_id", eventId));
    }

    static JsonObject tentativeTranscript(String text, int eventId) {
        return event(
                "tentative_user_transcript",
                "tentative_user_transcription_event",
                new JsonObject().put("user_transcript", text).put("event_id", eventId));
    }

    static JsonObject agentResponse(String text, int eventId) {
        return event(
                "agent_response",
                "agent_response_event",
                new JsonObject().put("agent_response", text).put("event_id", eventId));
    }

    static JsonObject correction(AgentAudio.Cut cut) {
        return event(
                "agent_response_correction",
                "agent_response_correction_event",
                new JsonObject()
                        .put("original_agent_response", cut.original())
                        .put("corrected_agent_response", cut.heard())
                        .put("event_id", cut.eventId()));
    }

    static JsonObject responseComplete(int eventId) {
        return event(
                "agent_response_complete", "agent_response_complete_event", new JsonObject().put("event_id", eventId));
    }

    static JsonObject responsePart(String part, String text, int eventId) {
        return event(
                "agent_chat_response_part",
                "text_response_part",
                new JsonObject().put("text", text).put("type", part).put("event_id", eventId));
    }

    static JsonObject interruption(int eventId) {
        return event("interruption", "interruption_event", new JsonObject().put("event_id", eventId));
    }

    static JsonObject clientToolCall(JsonObject tool, String callId, JsonObject parameters, int eventId) {
        return event(
                "client_tool_call",
                "client_tool_call",
                new JsonObject()
                        .put("tool_name", tool.getString("name"))
                        .put("tool_call_id", callId)
                        .put("parameters", parameters)
                        .put("event_id", eventId)
                        .put("expects_response", tool.getBoolean("expects_response", false)));
    }

    static JsonObject toolRequest(JsonObject tool, String callId, int eventId) {
        return event(
                "agent_tool_request",
                "agent_tool_request",
                new JsonObject()
                        .put("tool_name", tool.getString("name"))
                        .put("tool_call_id", callId)
                        .put("tool_type", tool.getString("type", "webhook"))
                        .put("event_id", eventId));
    }

    static JsonObject toolResponse(JsonObject tool, String callId, boolean isError, int eventId) {
        return event("agent_tool_response", "agent_tool_response", toolAnswer(tool, callId, isError, eventId));
    }

    static JsonObject toolPayload(JsonObject tool, String callId, ToolOutcome outcome, int eventId) {
        return event(
                "agent_tool_response_full_payload",
                "agent_tool_response_full_payload",
                toolAnswer(tool, callId, outcome.isError(), eventId)
                        .put("full_tool_result", outcome.result())
                        .put("truncated", false));
    }

    static JsonObject error(int code, String type, String message, String reason, List<String> variables) {
        JsonObject payload = new JsonObject()
                .put("code", code)
                .put("message", message)
                .put("error_type", type)
                .put("reason", reason);
        if (!variables.isEmpty()) {
            payload.put("details", new JsonObject().put("variables", new JsonArray(variables)));
        }
        return event("error", "error_event", payload);
    }

    static JsonObject clientError(int code, String name, String message) {
        return event(
                "client_error",
                "error_event",
                new JsonObject().put("code", code).put("error_name", name).put("message", message));
    }

    static JsonObject queueTimedOut() {
        return event("queue_status", "queue_status_event", new JsonObject().put("status", "timed_out"));
    }

    /** A message of exactly {@code bytes} bytes (at least 64) of a type nobody knows. */
    static JsonObject ofSize(int bytes) {
        JsonObject message = unknown().put("filler", "");
        int rest = bytes - message.encode().length();
        return message.put("filler", "x".repeat(Math.max(0, rest)));
    }

    /** No event of today: clients have to take no notice of it. */
    static JsonObject unknown() {
        return event("some_future_event", "some_future_event", new JsonObject().put("anything", 1));
    }

    private static JsonObject toolAnswer(JsonObject tool, String callId, boolean isError, int eventId) {
        return new JsonObject()
                .put("tool_name", tool.getString("name"))
                .put("tool_call_id", callId)
                .put("tool_type", tool.getString("type", "webhook"))
                .put("is_error", isError)
                .put("is_called", true)
                .put("event_id", eventId);
    }

    private static JsonObject event(String type, String key, JsonObject payload) {
        return new JsonObject().put("type", type).put(key, payload);
    }
}
