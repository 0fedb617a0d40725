package dev.throughline.localstack.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.http.Polling;
import dev.throughline.localstack.provisioning.TenantSetup;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** People with telephones, and the businesses they call or are called by. */
final class Phones {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Asks new tenants whether they can be called. */
    private static final String SOMEBODY = "+12025550199";

    private final StackUnderTest suite;

    Phones(StackUnderTest suite) {
        this.suite = suite;
    }

    // What somebody on a call does, in order; all waits are bounded.

    static Map<String, Object> agentFinished() {
        return until("agent-finished");
    }

    static Map<String, Object> until(String what) {
        return Map.of("wait", what, "timeoutMs", 60_000);
    }

    static Map<String, Object> untilWords(String words) {
        return Map.of("waitFor", words, "timeoutMs", 60_000);
    }

    static Map<String, Object> say(String clip) {
        return Map.of("say", clip);
    }

    static Map<String, Object> press(String keys) {
        return Map.of("dtmf", keys);
    }

    static Map<String, Object> pause(Duration length) {
        return Map.of("pause", length.toMillis());
    }

    static Map<String, Object> hangUp() {
        return Map.of("hangup", true);
    }

    /** Somebody calls; returns the CallSid. */
    String call(String from, String to, List<Map<String, Object>> steps) throws IOException {
        return suite.twilio().call(Map.of("from", from, "to", to, "steps", steps));
    }

    /** The same to its end, which comes once the caller has done everything, and without anything unexpected. */
    JsonNode callToTheEnd(String from, String to, List<Map<String, Object>> steps) throws Exception {
        String sid = call(from, to, steps);
        JsonNode call = suite.ended(sid);
        assertThat(call.path("problems")).as(call.toString()).isEmpty();
        assertThat(Polling.until(PATIENCE, () -> Optional.of(suite.twilio().callState(sid))
                        .filter(Phones::isThrough)))
                .as("the caller did everything: %s", call)
                .isPresent();
        return call;
    }

    private static boolean isThrough(JsonNode call) {
        return call.path("events")
                .valueStream()
                .anyMatch(event -> event.path("detail").asText().equals("script finished"));
    }

    /** Somebody we may call, who answers. */
    void callee(String number, List<Map<String, Object>> steps) throws IOException {
        callee(Map.of("number", number, "outcome", "answer", "ringMs", 500, "talkMs", 120_000, "steps", steps));
    }

    /** An answering machine; its greeting is a tone, and after the beep it records. */
    void machine(String number, Duration greeting, Duration records) throws IOException {
        callee(Map.of(
                "number",
                number,
                "outcome",
                "machine",
                "ringMs",
                500,
                "greetingMs",
                greeting.toMillis(),
                "recordMs",
                records.toMillis()));
    }

    /** Whoever or whatever we may call. */
    void callee(Map<String, Object> behaviour) throws IOException {
        suite.twilioControl().post("/_sim/callees", behaviour);
    }

    /** Has a tenant's operator call somebody; {@code query} may choose the way. Returns the order's data. */
    JsonNode callOut(UUID tenant, String to, String query, List<String> questions) throws IOException {
        return suite.operator(tenant)
                .post(
                        "/api/elevenlabs/outbound-call" + query,
                        Map.of("tenantId", tenant.toString(), "to", to, "questions", questions))
                .path("data");
    }

    /** A new business that can be called. */
    UUID tenant(String number, String voicePath, Map<String, Object> settings) throws Exception {
        suite.provisionedNumber(number);
        UUID tenant = UUID.fromString(
                suite.createTenant(number, voicePath, settings).path("id").asText());
        // The gateway hears of it within a second; a call before that would be told that the number is not in service.
        assertThat(Polling.until(PATIENCE, () -> Optional.of(firstTwiml(number))
                        .filter(twiml -> !twiml.contains("not in service"))))
                .isPresent();
        return tenant;
    }

    /** Has a business set up at the providers: agents, tools, its number. */
    void provision(UUID tenant) throws IOException {
        TenantSetup setup =
                new TenantSetup(suite.admin().within(PATIENCE), suite.settings().webhookSecretFile());
        assertThat(TenantSetup.failures(setup.apply(tenant, Set.of("ElevenLabs", "Twilio"), false)))
                .isEmpty();
    }

    /** Gives a tenant other {@code settings.calls}. */
    void change(UUID tenant, Map<String, Object> calls) throws IOException {
        JsonHttp admin = suite.admin();
        JsonNode now = admin.get("/api/tenants/" + tenant).path("settings");
        Map<String, Object> settings = new HashMap<>();
        now.properties().forEach(field -> settings.put(field.getKey(), field.getValue()));
        settings.put("calls", calls);
        admin.patch("/api/tenants/" + tenant, Map.of("settings", settings));
    }

    /** The texts somebody has got from a number. */
    List<String> textsTo(String customer, String from) throws IOException {
        return suite.twilio().messages(customer).stream()
                .filter(message -> message.path("from").asText().equals(from))
                .map(message -> message.path("body").asText())
                .toList();
    }

    private String firstTwiml(String number) throws IOException, InterruptedException {
        String sid = suite.twilio().call(Map.of("from", SOMEBODY, "to", number, "script", "listen"));
        JsonNode twiml = Polling.until(PATIENCE, () -> Optional.of(
                                suite.twilio().callState(sid).path("twiml"))
                        .filter(answers -> !answers.isEmpty()))
                .orElseThrow();
        suite.twilio().hangUp(sid);
        return twiml.toString();
    }
}
