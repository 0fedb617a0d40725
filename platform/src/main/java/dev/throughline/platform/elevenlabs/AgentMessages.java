package dev.throughline.platform.elevenlabs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What we say to an agent's socket (ElevenLabs, <i>Agent WebSockets</i>, client to server), each as one text frame. Pure. */
public final class AgentMessages {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What stands around the base64 of {@link #userAudioChunk}. */
    static final byte[] AUDIO_HEAD = "{\"user_audio_chunk\":\"".getBytes(StandardCharsets.US_ASCII);

    static final byte[] AUDIO_TAIL = "\"}".getBytes(StandardCharsets.US_ASCII);

    private AgentMessages() {}

    /**
     * The first message, sent once.
     *
     * @param variables every dynamic variable the agent uses; a missing one ends the conversation (1008)
     * @param overrides dotted path to value, e.g. {@code agent.first_message}; only those the agent has enabled, since a
     *     disabled one ends the conversation. Empty: the member is left out
     * @param userId comes back in the post-call webhook; null to leave it out
     */
    public static String initiation(
            Map<String, String> variables, Map<String, Object> overrides, @Nullable String userId) {
        ObjectNode root = message("conversation_initiation_client_data");
        clientData(root, variables, overrides, userId);
        return root.toString();
    }

    /** Writes the same members, without the type, where a REST request carries them. */
    static void clientData(ObjectNode target, ConversationData data) {
        clientData(target, data.variables(), data.overrides(), data.userId());
    }

    /** As {@link #initiation(Map, Map, String)} without overrides and user id. */
    public static String initiation(Map<String, String> variables) {
        return initiation(variables, Map.of(), null);
    }

    /**
     * Caller audio; the only message without a type.
     *
     * @param base64 in the announced input format, spliced as it is
     * @throws IllegalArgumentException when it holds a character that would break out of the JSON string
     */
    public static String userAudioChunk(String base64) {
        if (base64.indexOf('"') >= 0 || base64.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("audio is not base64");
        }
        return "{\"user_audio_chunk\":\"" + base64 + "\"}";
    }

    /** Answers a ping; {@link AgentSocket} does so itself. */
    public static String pong(long eventId) {
        return "{\"type\":\"pong\",\"event_id\":" + eventId + "}";
    }

    /** The customer writes. The agent answers. */
    public static String userMessage(String text) {
        return message("user_message").put("text", text).toString();
    }

    /** The user is busy (typing): the agent should not start to speak. */
    public static String userActivity() {
        return message("user_activity").toString();
    }

    /** Silent background information: no answer follows. */
    public static String contextualUpdate(String text) {
        return message("contextual_update").put("text", text).toString();
    }

    /** As {@link #contextualUpdate(String)}; a later one with the same {@code contextId} supersedes it. */
    public static String contextualUpdate(String text, String contextId) {
        return message("contextual_update")
                .put("text", text)
                .put("context_id", contextId)
                .toString();
    }

    /** The result of a {@link AgentEvent.ClientToolCall}; objects are sent as JSON text. */
    public static String clientToolResult(String toolCallId, String result, boolean error) {
        return message("client_tool_result")
                .put("tool_call_id", toolCallId)
                .put("result", result)
                .put("is_error", error)
                .toString();
    }

    private static ObjectNode message(String type) {
        return MAPPER.createObjectNode().put("type", type);
    }

    private static void clientData(
            ObjectNode root, Map<String, String> variables, Map<String, Object> overrides, @Nullable String userId) {
        if (!overrides.isEmpty()) {
            ObjectNode target = root.putObject("conversation_config_override");
            overrides.forEach((path, value) -> put(target, path, value));
        }
        ObjectNode all = root.putObject("dynamic_variables");
        variables.forEach(all::put);
        if (userId != null) {
            root.put("user_id", userId);
        }
    }

    private static void put(ObjectNode target, String path, Object value) {
        ObjectNode node = target;
        String[] names = path.split("\\.", -1);
        for (int i = 0; i < names.length - 1; i++) {
            node = node.withObjectProperty(names[i]);
        }
        node.putPOJO(names[names.length - 1], value);
    }
}
