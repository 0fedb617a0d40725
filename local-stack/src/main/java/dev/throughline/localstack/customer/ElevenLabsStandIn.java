package dev.throughline.localstack.customer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.http.JsonHttp;
import java.io.IOException;
import java.util.Map;

/** What can be seen at the ElevenLabs stand-in. */
public final class ElevenLabsStandIn {

    private final JsonHttp api;

    /** The stand-in at {@code url}. */
    public ElevenLabsStandIn(String url) {
        this.api = new JsonHttp(url, Map.of());
    }

    /** The conversations, shortly. */
    public JsonNode conversations() throws IOException {
        JsonNode answer = api.get("/_sim/conversations");
        return answer.isArray() ? answer : answer.path("conversations");
    }

    /** One conversation with its messages, variables and turns. */
    public JsonNode conversation(String id) throws IOException {
        return api.get("/_sim/conversations/" + id);
    }

    /** Delay of the caller's audio frames from the Twilio stand-in to here: {@code count, p50, p99, max} in milliseconds. */
    public JsonNode frameDelays() throws IOException {
        return api.get("/_sim/frame-delays");
    }

    /** What the real ElevenLabs would have rejected or silently ignored. */
    public JsonNode violations() throws IOException {
        return api.get("/_sim/report").path("violations");
    }
}
