package dev.throughline.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.customer.ElevenLabsStandIn;
import dev.throughline.localstack.customer.TwilioStandIn;
import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.http.Polling;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the steps share: the two sides they look at, and what earlier steps have found. Used by one thread. */
final class Story {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    final TwilioStandIn twilio;
    final ElevenLabsStandIn elevenLabs;
    final JsonHttp operator;
    final String token;
    final String business;
    final String customer;

    private @Nullable String leadId;
    private @Nullable String callSid;
    private @Nullable LiveEvents live;
    private final List<String> measurements = new ArrayList<>();

    Story(
            TwilioStandIn twilio,
            ElevenLabsStandIn elevenLabs,
            JsonHttp operator,
            String token,
            String business,
            String customer) {
        this.twilio = twilio;
        this.elevenLabs = elevenLabs;
        this.operator = operator;
        this.token = token;
        this.business = business;
        this.customer = customer;
    }

    /** What {@code look} sees within the patience; otherwise the step has failed with {@code otherwise}. */
    <T> T await(Supplier<String> otherwise, Polling.Look<T> look)
            throws Step.NotSeen, IOException, InterruptedException {
        return await(PATIENCE, otherwise, look);
    }

    /** As {@link #await(Supplier, Polling.Look)} with a patience of its own. */
    <T> T await(Duration patience, Supplier<String> otherwise, Polling.Look<T> look)
            throws Step.NotSeen, IOException, InterruptedException {
        Optional<T> seen = Polling.until(patience, look);
        if (seen.isEmpty()) {
            throw new Step.NotSeen(otherwise.get() + " (waited " + patience.toSeconds() + " s)");
        }
        return seen.get();
    }

    /** The lead's timeline, oldest entry first. */
    List<JsonNode> timeline() throws IOException {
        JsonNode answer = data(operator.get("/api/leads/" + leadId() + "/timeline"));
        List<JsonNode> entries = new ArrayList<>();
        (answer.isArray() ? answer : answer.path("entries")).forEach(entries::add);
        return entries;
    }

    /** The simulated call as the Twilio stand-in knows it. */
    JsonNode call() throws IOException {
        return twilio.callState(callSid());
    }

    String leadId() {
        return known(leadId, "the lead");
    }

    void leadId(String id) {
        leadId = id;
    }

    String callSid() {
        return known(callSid, "the call");
    }

    void callSid(String sid) {
        callSid = sid;
    }

    LiveEvents live() {
        return known(live, "the live stream");
    }

    void live(LiveEvents events) {
        live = events;
    }

    boolean hasLive() {
        return live != null;
    }

    void measured(String line) {
        measurements.add(line);
    }

    List<String> measurements() {
        return List.copyOf(measurements);
    }

    /** The seeds' envelope opened, where an answer has it. */
    static JsonNode data(JsonNode answer) {
        return answer.has("data") ? answer.path("data") : answer;
    }

    private static <T> T known(@Nullable T value, String what) {
        if (value == null) {
            throw new IllegalStateException(what + " is not known yet: an earlier step has failed");
        }
        return value;
    }
}
