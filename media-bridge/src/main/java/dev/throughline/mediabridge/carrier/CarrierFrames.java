package dev.throughline.mediabridge.carrier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.throughline.platform.json.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads and writes Twilio's stream frames. Media and marks, the frequent ones, are scanned ({@link MediaScanner}); all others take the
 * tolerant full parser. Outgoing frames hold exactly the documented members, because Twilio ignores a message with a surplus one without telling us (warning 31951).
 * Pure and thread-safe.
 */
public final class CarrierFrames {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** What follows the payload of agent audio. */
    static final byte[] MEDIA_TAIL = "\"}}".getBytes(StandardCharsets.US_ASCII);

    private CarrierFrames() {}

    /** Reads the text message in {@code utf8[0..length)}, which is not kept; never throws, whatever it holds. */
    static CarrierFrame parse(MediaScanner scanner, byte[] utf8, int length) {
        CarrierFrame frequent = scanner.scan(utf8, length);
        return frequent != null ? frequent : parseFully(new String(utf8, 0, length, StandardCharsets.UTF_8));
    }

    /** The tolerant parser for every frame; {@link MediaScanner} gives the same for media and marks, only faster. */
    static CarrierFrame parseFully(String text) {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JsonProcessingException malformed) {
            return new CarrierFrame.Malformed("not JSON");
        }
        return root != null && root.isObject() ? frame(root) : new CarrierFrame.Malformed("not an object");
    }

    /**
     * Agent audio for the caller.
     *
     * @param payload base64 of mu-law, spliced as it is; the caller of this method vouches that it holds base64 characters only
     */
    public static String media(String streamSid, String payload) {
        return beforePayload(streamSid) + payload + "\"}}";
    }

    /** What precedes the payload of agent audio; the same for all of a stream. */
    static byte[] mediaHead(String streamSid) {
        return beforePayload(streamSid).getBytes(StandardCharsets.UTF_8);
    }

    private static String beforePayload(String streamSid) {
        return "{\"event\":\"media\",\"streamSid\":\"" + streamSid + "\",\"media\":{\"payload\":\"";
    }

    /** Asks for an echo once everything sent before it was played. {@code name} is ours and needs no escaping. */
    public static String mark(String streamSid, String name) {
        return "{\"event\":\"mark\",\"streamSid\":\"" + streamSid + "\",\"mark\":{\"name\":\"" + name + "\"}}";
    }

    /** Empties Twilio's queue; every pending mark comes back at once. */
    public static String clear(String streamSid) {
        return "{\"event\":\"clear\",\"streamSid\":\"" + streamSid + "\"}";
    }

    private static CarrierFrame frame(JsonNode root) {
        String event = root.path("event").asText("");
        return switch (event) {
            case "connected" -> new CarrierFrame.Connected();
            case "start" -> start(root);
            case "media" -> media(root);
            case "mark" -> new CarrierFrame.Mark(root.path("mark").path("name").asText(""));
            case "dtmf" -> new CarrierFrame.Dtmf(root.path("dtmf").path("digit").asText(""));
            case "stop" ->
                new CarrierFrame.Stop(root.path("stop").path("callSid").asText(""));
            case "" -> new CarrierFrame.Malformed("no event");
            default -> new CarrierFrame.Unknown(event);
        };
    }

    private static CarrierFrame media(JsonNode root) {
        String payload = root.path("media").path("payload").asText("");
        return JsonCursor.isBase64(payload)
                ? new CarrierFrame.Media(root.path("streamSid").asText(""), payload)
                : new CarrierFrame.Malformed("media without base64");
    }

    private static CarrierFrame start(JsonNode root) {
        JsonNode start = root.path("start");
        Map<String, String> parameters = new HashMap<>();
        start.path("customParameters").properties().forEach(p -> {
            if (p.getValue().isValueNode()) {
                parameters.put(p.getKey(), p.getValue().asText(""));
            }
        });
        String streamSid = start.path("streamSid").asText(root.path("streamSid").asText(""));
        return new CarrierFrame.Start(
                streamSid,
                start.path("callSid").asText(""),
                start.path("accountSid").asText(""),
                start.path("mediaFormat").path("encoding").asText(""),
                start.path("mediaFormat").path("sampleRate").asInt(0),
                parameters);
    }
}
