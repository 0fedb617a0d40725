package dev.throughline.localstack.customer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.http.JsonHttp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The control side of the Twilio stand-in: what a customer does with a telephone, and what can be seen of it afterwards. */
public final class TwilioStandIn {

    private final JsonHttp api;

    /** The stand-in at {@code url}. */
    public TwilioStandIn(String url) {
        this.api = new JsonHttp(url, Map.of());
    }

    /** A customer's text; returns its MessageSid. */
    public String text(String from, String to, String body) throws IOException {
        return api.post("/_sim/messages", Map.of("from", from, "to", to, "body", body))
                .path("messageSid")
                .asText();
    }

    /** All texts to and from {@code customer}, oldest first. */
    public List<JsonNode> messages(String customer) throws IOException {
        JsonNode answer = api.get("/_sim/messages?with=" + JsonHttp.encoded(customer));
        List<JsonNode> messages = new ArrayList<>();
        (answer.isArray() ? answer : answer.path("messages")).forEach(messages::add);
        return messages;
    }

    /** A customer's call; {@code what} holds the script, the audio or the steps. Returns its CallSid. */
    public String call(Map<String, ?> what) throws IOException {
        return api.post("/_sim/calls", what).path("callSid").asText();
    }

    /** Everything known of a call. */
    public JsonNode callState(String callSid) throws IOException {
        return api.get("/_sim/calls/" + callSid);
    }

    /** The customer hangs up. */
    public void hangUp(String callSid) throws IOException {
        api.post("/_sim/calls/" + callSid + "/hangup", Map.of());
    }

    /** What the real Twilio would have rejected or silently ignored. */
    public JsonNode violations() throws IOException {
        return api.get("/_sim/report").path("violations");
    }
}
