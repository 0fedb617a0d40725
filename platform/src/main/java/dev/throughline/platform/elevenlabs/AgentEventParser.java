package dev.throughline.platform.elevenlabs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.throughline.platform.json.JsonCursor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads {@link AgentEvent}s. Tolerant: unknown types and fields pass, missing optional fields get neutral values. Audio, fifty or more
 * messages a second, is scanned and never becomes a tree. Thread-safe.
 */
public final class AgentEventParser {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private AgentEventParser() {}

    /**
     * Reads one text frame.
     *
     * @return empty when it is no JSON object; the caller decides whether to tolerate that
     */
    public static Optional<AgentEvent> parse(String frame) {
        byte[] utf8 = frame.getBytes(StandardCharsets.UTF_8);
        return parse(utf8, utf8.length);
    }

    /** As {@link #parse(String)}, for the frame in {@code utf8[0..length)}, which is not kept. */
    static Optional<AgentEvent> parse(byte[] utf8, int length) {
        AgentEvent.Audio audio = AudioScanner.scan(utf8, length);
        return audio != null ? Optional.of(audio) : parseFully(utf8, length);
    }

    /** The tolerant parser for every frame; {@link #parse} gives the same for audio, only faster. */
    static Optional<AgentEvent> parseFully(byte[] utf8, int length) {
        try {
            JsonNode root = MAPPER.readTree(new String(utf8, 0, length, StandardCharsets.UTF_8));
            return root != null && root.isObject() ? Optional.of(event(root)) : Optional.empty();
        } catch (IOException malformed) {
            return Optional.empty();
        }
    }

    private static AgentEvent event(JsonNode root) {
        String type = root.path("type").asText("");
        return switch (type) {
            case "conversation_initiation_metadata" -> {
                JsonNode e = root.path("conversation_initiation_metadata_event");
                yield new AgentEvent.Metadata(
                        text(e, "conversation_id"),
                        text(e, "agent_output_audio_format"),
                        text(e, "user_input_audio_format"));
            }
            case "ping" -> {
                JsonNode e = root.path("ping_event");
                yield new AgentEvent.Ping(
                        id(e), e.path("ping_ms").isNumber() ? e.path("ping_ms").asInt() : null);
            }
            case "audio" -> {
                JsonNode e = root.path("audio_event");
                String base64 = text(e, "audio_base_64");
                yield new AgentEvent.Audio(JsonCursor.isBase64(base64) ? base64 : "", id(e));
            }
            case "vad_score" ->
                new AgentEvent.VoiceScore(
                        root.path("vad_score_event").path("vad_score").asDouble(0));
            case "user_transcript" -> {
                JsonNode e = root.path("user_transcription_event");
                yield new AgentEvent.UserTranscript(text(e, "user_transcript"), id(e));
            }
            case "agent_response" -> {
                JsonNode e = root.path("agent_response_event");
                yield new AgentEvent.AgentResponse(text(e, "agent_response"), id(e));
            }
            case "agent_response_correction" -> {
                JsonNode e = root.path("agent_response_correction_event");
                yield new AgentEvent.AgentResponseCorrection(
                        text(e, "original_agent_response"), text(e, "corrected_agent_response"), id(e));
            }
            case "agent_response_complete" ->
                new AgentEvent.AgentResponseComplete(id(root.path("agent_response_complete_event")));
            case "interruption" -> new AgentEvent.Interruption(id(root.path("interruption_event")));
            case "client_tool_call" -> {
                JsonNode e = root.path("client_tool_call");
                yield new AgentEvent.ClientToolCall(
                        text(e, "tool_name"),
                        text(e, "tool_call_id"),
                        e.path("parameters").isObject() ? e.path("parameters") : MAPPER.createObjectNode(),
                        e.path("expects_response").asBoolean(true),
                        id(e));
            }
            case "agent_tool_request" -> {
                JsonNode e = root.path("agent_tool_request");
                yield new AgentEvent.AgentToolRequest(
                        text(e, "tool_name"), text(e, "tool_call_id"), text(e, "tool_type"), id(e));
            }
            case "agent_tool_response", "agent_tool_response_full_payload" -> {
                JsonNode e = root.path(type);
                yield new AgentEvent.AgentToolResponse(
                        text(e, "tool_name"),
                        text(e, "tool_call_id"),
                        text(e, "tool_type"),
                        e.path("is_error").asBoolean(false),
                        id(e));
            }
            case "agent_chat_response_part" -> {
                JsonNode e = root.path("text_response_part");
                yield new AgentEvent.TextPart(text(e, "text"), text(e, "type"), id(e));
            }
            case "queue_status" -> new AgentEvent.QueueStatus(text(root.path("queue_status_event"), "status"));
            case "error", "client_error" -> failed(root.path("error_event"));
            default -> new AgentEvent.Unknown(type);
        };
    }

    /** {@code error} names itself in error_type, {@code client_error} in error_name; both may add a message or a reason. */
    private static AgentEvent.Failed failed(JsonNode e) {
        String name = text(e, "error_name").isEmpty() ? text(e, "error_type") : text(e, "error_name");
        String message = text(e, "message").isEmpty() ? text(e, "reason") : text(e, "message");
        return new AgentEvent.Failed(e.path("code").asInt(0), name, message);
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).isTextual() ? node.path(field).textValue() : "";
    }

    private static long id(JsonNode node) {
        return node.path("event_id").asLong(-1);
    }
}
