package dev.throughline.simulator.twilio.stream;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages Twilio sends, numbered as it numbers them: {@code sequenceNumber} from 1 at {@code start}, {@code chunk} per media
 * message of a track, both as strings. Source: Twilio, <i>Media Streams: WebSocket messages</i>.
 */
final class StreamFrames {

    private final StreamRequest request;
    private final List<String> tracks;
    private final Map<String, Long> chunks = new HashMap<>();
    private long sequenceNumber;

    /** @param tracks {@code inbound}, {@code outbound} or both */
    StreamFrames(StreamRequest request, List<String> tracks) {
        this.request = request;
        this.tracks = tracks;
    }

    String connected() {
        return new JsonObject()
                .put("event", "connected")
                .put("protocol", "Call")
                .put("version", "1.0.0")
                .encode();
    }

    String start() {
        JsonObject parameters = new JsonObject();
        request.customParameters().forEach(parameters::put);
        JsonObject start = new JsonObject()
                .put("accountSid", request.accountSid())
                .put("streamSid", request.streamSid())
                .put("callSid", request.callSid())
                .put("tracks", new JsonArray(new ArrayList<>(tracks)))
                .put(
                        "mediaFormat",
                        new JsonObject()
                                .put("encoding", "audio/x-mulaw")
                                .put("sampleRate", 8000)
                                .put("channels", 1))
                .put("customParameters", parameters);
        return numbered("start")
                .put("start", start)
                .put("streamSid", request.streamSid())
                .encode();
    }

    /** Fifty times a second, so it is written without building a tree; base64 needs no escaping. */
    String media(String track, String payload, long timestampMillis) {
        return "{\"event\":\"media\",\"sequenceNumber\":\"" + ++sequenceNumber
                + "\",\"media\":{\"track\":\"" + track
                + "\",\"chunk\":\"" + chunks.merge(track, 1L, Long::sum)
                + "\",\"timestamp\":\"" + timestampMillis
                + "\",\"payload\":\"" + payload
                + "\"},\"streamSid\":\"" + request.streamSid() + "\"}";
    }

    String dtmf(String digit) {
        return new JsonObject()
                .put("event", "dtmf")
                .put("streamSid", request.streamSid())
                .put("sequenceNumber", next())
                .put("dtmf", new JsonObject().put("track", "inbound_track").put("digit", digit))
                .encode();
    }

    String mark(String name) {
        return numbered("mark")
                .put("streamSid", request.streamSid())
                .put("mark", new JsonObject().put("name", name))
                .encode();
    }

    String stop() {
        return numbered("stop")
                .put(
                        "stop",
                        new JsonObject().put("accountSid", request.accountSid()).put("callSid", request.callSid()))
                .put("streamSid", request.streamSid())
                .encode();
    }

    private JsonObject numbered(String event) {
        return new JsonObject().put("event", event).put("sequenceNumber", next());
    }

    private String next() {
        return String.valueOf(++sequenceNumber);
    }
}
