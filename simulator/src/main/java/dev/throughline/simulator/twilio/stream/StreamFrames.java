package dev.throughline.simulator.twilio.stream;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * Messages Twilio sends, numbered as it numbers them: {@code sequenceNumber} from 1 at {@code start}, {@code chunk} per media
 * message, both as strings. Source: Twilio, <i>Media Streams: WebSocket messages</i>.
 */
final class StreamFrames {

    private final String accountSid;
    private final String callSid;
    private final String streamSid;
    private long sequenceNumber;
    private long chunk;

    StreamFrames(String accountSid, String callSid, String streamSid) {
        this.accountSid = accountSid;
        this.callSid = callSid;
        this.streamSid = streamSid;
    }

    String connected() {
        return new JsonObject()
                .put("event", "connected")
                .put("protocol", "Call")
                .put("version", "1.0.0")
                .encode();
    }

    String start(Map<String, String> customParameters) {
        JsonObject parameters = new JsonObject();
        customParameters.forEach(parameters::put);
        JsonObject start = new JsonObject()
                .put("accountSid", accountSid)
                .put("streamSid", streamSid)
                .put("callSid", callSid)
                .put("tracks", new JsonArray().add("inbound"))
                .put(
                        "mediaFormat",
                        new JsonObject()
                                .put("encoding", "audio/x-mulaw")
                                .put("sampleRate", 8000)
                                .put("channels", 1))
                .put("customParameters", parameters);
        return numbered("start").put("start", start).put("streamSid", streamSid).encode();
    }

    /** Fifty times a second, so it is written without building a tree; base64 needs no escaping. */
    String media(String payload, long timestampMillis) {
        return "{\"event\":\"media\",\"sequenceNumber\":\"" + ++sequenceNumber
                + "\",\"media\":{\"track\":\"inbound\",\"chunk\":\"" + ++chunk
                + "\",\"timestamp\":\"" + timestampMillis
                + "\",\"payload\":\"" + payload
                + "\"},\"streamSid\":\"" + streamSid + "\"}";
    }

    String dtmf(String digit) {
        return new JsonObject()
                .put("event", "dtmf")
                .put("streamSid", streamSid)
                .put("sequenceNumber", next())
                .put("dtmf", new JsonObject().put("track", "inbound_track").put("digit", digit))
                .encode();
    }

    String mark(String name) {
        return numbered("mark")
                .put("streamSid", streamSid)
                .put("mark", new JsonObject().put("name", name))
                .encode();
    }

    String stop() {
        return numbered("stop")
                .put("stop", new JsonObject().put("accountSid", accountSid).put("callSid", callSid))
                .put("streamSid", streamSid)
                .encode();
    }

    private JsonObject numbered(String event) {
        return new JsonObject().put("event", event).put("sequenceNumber", next());
    }

    private String next() {
        return String.valueOf(++sequenceNumber);
    }
}
