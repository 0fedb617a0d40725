package dev.throughline.localstack.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.throughline.localstack.http.HttpFailure;
import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.http.Polling;
import dev.throughline.localstack.parts.ServiceModule;
import dev.throughline.localstack.provisioning.DemoTenant;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls in, out, in rooms and to humans, from outside: telephones and what the operator's page is told of them. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VoiceIT {

    private static final Path ROOT = Path.of(System.getProperty("throughline.root", ".."));
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MARIA = "+12025550161";

    @TempDir
    private static Path home;

    private static StackUnderTest suite;
    private static DemoTenant salon;

    @BeforeAll
    static void start() throws Exception {
        suite = StackUnderTest.start(ROOT, home);
        salon = suite.demo();
    }

    @AfterAll
    static void stop() throws IOException {
        suite.close();
    }

    @AfterEach
    void shouldHaveKeptToTheProvidersRules() throws IOException {
        assertThat(suite.twilioControl().get("/_sim/report").path("violations"))
                // A room may end by itself between our seeing that it should and our ending it.
                .filteredOn(violation -> !violation.path("detail").asText().startsWith("conferences request refused"))
                .isEmpty();
        assertThat(suite.elevenLabsControl().get("/_sim/report").path("violations"))
                .isEmpty();
    }

    // ---------------------------------------------------------------------------------------------- calls out

    @Test
    void shouldCallALeadWithQuestionsAndShowTheAnswers() throws Exception {
        String customer = "+12025550151";
        callee(customer, "answer", List.of(agentFinished(), say("around-ten-thousand"), agentFinished(), hangUp()));

        JsonNode order = outbound(customer, "", List.of("What is your budget?"));
        JsonNode entry = line(
                salon.tenantId(),
                order.path("leadId").asText(),
                line -> line.path("kind").asText().equals("QUESTIONS")
                        && line.path("status").asText().equals("answered"));

        assertThat(entry.path("detail")
                        .path("questions")
                        .get(0)
                        .path("question")
                        .asText())
                .isEqualTo("What is your budget?");
        assertThat(entry.path("detail").path("questions").get(0).path("answer").asText())
                .containsIgnoringCase("ten thousand");
    }

    @Test
    void shouldTellWhenNobodyAnswersACallOut() throws Exception {
        String customer = "+12025550152";
        suite.twilioControl().post("/_sim/callees", Map.of("number", customer, "outcome", "no-answer", "ringMs", 1000));

        JsonNode order = outbound(customer, "?via=bridge", List.of());

        line(salon.tenantId(), order.path("leadId").asText(), line -> line.path("text")
                .asText()
                .startsWith("Nobody answered"));
    }

    @Test
    void shouldHangUpOnAnAnsweringMachine() throws Exception {
        String customer = "+12025550153";
        suite.twilioControl()
                .post("/_sim/callees", Map.of("number", customer, "outcome", "machine", "greetingMs", 3000));

        JsonNode order = outbound(customer, "?via=bridge", List.of());

        String lead = order.path("leadId").asText();
        line(salon.tenantId(), lead, line -> line.path("text").asText().contains("answering machine"));
        line(salon.tenantId(), lead, line -> line.path("text").asText().startsWith("Call ended"));
    }

    @Test
    void shouldTalkToALeadOverOurOwnBridge() throws Exception {
        String customer = "+12025550154";
        callee(customer, "answer", List.of(agentFinished(), say("thank-you-goodbye"), until("hangup")));

        JsonNode order = outbound(customer, "?via=bridge", List.of());

        line(
                salon.tenantId(),
                order.path("leadId").asText(),
                line -> line.path("kind").asText().equals("TURN")
                        && line.path("speaker").asText().equals("CUSTOMER"));
    }

    // ---------------------------------------------------------------------------------------------- a human

    @Test
    void shouldHandACallToAHumanAndTakeItBack() throws Exception {
        change(salon.tenantId(), Map.of("humans", List.of(Map.of("name", "Maria", "number", MARIA))));
        callee(
                MARIA,
                "answer",
                List.of(
                        Map.of("waitFor", "press 1", "timeoutMs", 30_000),
                        Map.of("dtmf", "1"),
                        Map.of("pause", 3000),
                        say("are-you-there"),
                        Map.of("pause", 2000),
                        Map.of("dtmf", "*"),
                        Map.of("pause", 500),
                        hangUp()));

        String customer = "+12025550155";
        String sid = suite.twilio()
                .call(Map.of(
                        "from",
                        customer,
                        "to",
                        DemoTenant.NUMBER,
                        "steps",
                        List.of(
                                agentFinished(),
                                say("speak-to-a-human"),
                                Map.of("waitFor", "are you", "timeoutMs", 60_000),
                                Map.of("pause", 6000),
                                agentFinished(),
                                say("thank-you-goodbye"),
                                until("hangup"))));

        JsonNode call = suite.ended(sid);
        assertThat(call.path("problems")).as(call.toString()).isEmpty();
        List<String> stages = new ArrayList<>();
        String lead = leadOf(salon.tenantId(), customer);
        line(salon.tenantId(), lead, line -> line.path("status").asText().equals("returned"));
        timeline(salon.tenantId(), lead).forEach(line -> {
            if (line.path("kind").asText().equals("HAND_OVER")) {
                stages.add(line.path("status").asText());
            }
        });
        assertThat(stages).containsSubsequence("ringing", "accepted", "returned");
    }

    @Test
    void shouldKeepTheCallerWhenTheHumanIsBusy() throws Exception {
        String number = "+12025550174";
        UUID tenant = tenant(
                number,
                "BRIDGE",
                Map.of(
                        "elevenLabsAgentId",
                        salon.agentId(),
                        "calls",
                        Map.of("humans", List.of(Map.of("name", "Jo", "number", "+12025550162")))));
        suite.twilioControl().post("/_sim/callees", Map.of("number", "+12025550162", "outcome", "busy", "ringMs", 500));
        String sid = suite.twilio().call(Map.of("from", "+12025550156", "to", number, "script", "listen"));
        assertThat(Polling.until(PATIENCE, () -> Optional.of(suite.twilio().callState(sid))
                        .filter(call -> !StackUnderTest.heardBy(call).isBlank())))
                .as("the agent speaks")
                .isPresent();
        suite.operator(tenant).post("/api/twilio/calls/" + sid + "/transfer", Map.of("reason", "a complaint"));

        String lead = leadOf(tenant, "+12025550156");
        line(tenant, lead, line -> line.path("status").asText().equals("busy"));
        assertThat(suite.twilio().callState(sid).path("ended").asBoolean()).isFalse();
        suite.twilio().hangUp(sid);
        suite.ended(sid);
    }

    // ---------------------------------------------------------------------------------------------- rooms

    @Test
    void shouldBringAPhoneAndTheAgentIntoARoom() throws Exception {
        String customer = "+12025550157";
        callee(
                customer,
                "answer",
                List.of(agentFinished(), say("what-are-your-opening-hours"), agentFinished(), hangUp()));

        JsonNode room = suite.operator(salon.tenantId())
                .post(
                        "/api/twilio/start-conference",
                        Map.of("tenantId", salon.tenantId().toString(), "to", customer))
                .path("data");

        String lead = room.path("leadId").asText();
        line(salon.tenantId(), lead, line -> line.path("text").asText().contains("phone joined"));
        line(salon.tenantId(), lead, line -> line.path("text").asText().contains("ai joined"));
        line(salon.tenantId(), lead, line -> line.path("text").asText().equals("Conference ended"));
        JsonNode turn = line(
                salon.tenantId(),
                lead,
                line -> line.path("kind").asText().equals("TURN")
                        && line.path("speaker").asText().equals("CUSTOMER"));
        assertThat(turn.path("text").asText()).containsIgnoringCase("opening hours");
    }

    // ---------------------------------------------------------------------------------------------- other ways

    @Test
    void shouldLetElevenLabsCarryARegisteredCall() throws Exception {
        String number = "+12025550175";
        tenant(number, "REGISTER", Map.of("elevenLabsAgentId", salon.agentId()));

        JsonNode call = listen("+12025550158", number);

        assertThat(StackUnderTest.heardBy(call)).isNotBlank();
        assertThat(call.path("twiml").toString()).contains("elevenlabs");
    }

    @Test
    void shouldTakeAMessageOutsideTheHours() throws Exception {
        String number = "+12025550176";
        UUID tenant = tenant(
                number,
                "BRIDGE",
                Map.of(
                        "elevenLabsAgentId",
                        salon.agentId(),
                        "businessHours",
                        closedAllWeek(),
                        "calls",
                        Map.of(
                                "outsideHours",
                                Map.of("kind", "VOICEMAIL", "message", "We are closed. Please leave a message."))));
        String sid = suite.twilio()
                .call(Map.of(
                        "from",
                        "+12025550159",
                        "to",
                        number,
                        "steps",
                        List.of(
                                Map.of("waitFor", "leave a message", "timeoutMs", 20_000),
                                Map.of("pause", 1500),
                                Map.of("say", "colouring-on-tuesday", "anyway", true),
                                hangUp())));
        suite.ended(sid);

        JsonNode message = line(tenant, leadOf(tenant, "+12025550159"), line -> line.path("kind")
                .asText()
                .equals("VOICE_MESSAGE"));
        String recording = message.path("detail").path("recordingSid").asText();
        var request = HttpRequest.newBuilder(URI.create(suite.info().url() + "/api/twilio/recordings/" + recording))
                .header(
                        "Authorization",
                        "Bearer "
                                + suite.token(
                                        dev.throughline.localstack.secrets.OperatorTokens.Role.OPERATOR,
                                        Optional.of(tenant)));
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request.build(), BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).hasSizeGreaterThan(8_000);
        }
    }

    @Test
    void shouldGoOnWhereTheLineBroke() throws Exception {
        suite.twilioControl()
                .post("/_sim/faults", Map.of("kind", "socket-drop", "match", "socket", "afterMs", 9000, "count", 1));
        String customer = "+12025550160";
        String sid = suite.twilio()
                .call(Map.of(
                        "from",
                        customer,
                        "to",
                        DemoTenant.NUMBER,
                        "steps",
                        List.of(
                                agentFinished(),
                                say("what-are-your-opening-hours"),
                                Map.of("waitFor", "where were we", "timeoutMs", 40_000),
                                agentFinished(),
                                say("thank-you-goodbye"),
                                until("hangup"))));

        JsonNode call = suite.ended(sid);

        assertThat(call.path("problems")).as(call.toString()).isEmpty();
        List<JsonNode> ends = new ArrayList<>();
        line(salon.tenantId(), leadOf(salon.tenantId(), customer), line -> line.path("text")
                .asText()
                .startsWith("Call ended"));
        timeline(salon.tenantId(), leadOf(salon.tenantId(), customer)).forEach(line -> {
            if (line.path("text").asText().startsWith("Call ended")) {
                ends.add(line);
            }
        });
        assertThat(ends).hasSize(1);
    }

    @Test
    void shouldLetElevenLabsAnswerANumberItHas() throws Exception {
        String customer = "+12025550163";
        suite.leadNumberToElevenLabs(DemoTenant.NUMBER, salon.agentId());
        suite.admin().patch("/api/tenants/" + salon.tenantId(), Map.of("voicePath", "NATIVE"));
        try {
            String sid = suite.twilio()
                    .call(Map.of(
                            "from",
                            customer,
                            "to",
                            DemoTenant.NUMBER,
                            "steps",
                            List.of(agentFinished(), say("what-are-your-opening-hours"), agentFinished(), hangUp())));
            JsonNode call = suite.ended(sid);

            assertThat(call.path("problems")).as(call.toString()).isEmpty();
            String lead = leadOf(salon.tenantId(), customer);
            JsonNode variables = conversation(lead).path("variables");
            assertThat(variables.path("customer_phone").asText()).isEqualTo(customer);
            assertThat(variables.path("business_hours_summary").asText()).isNotBlank();
            // The agent asked our tools on behalf of this very call.
            JsonNode tool = line(
                    salon.tenantId(), lead, line -> line.path("kind").asText().equals("TOOL"));
            assertThat(tool.path("callId").asText()).isEqualTo(sid);
            assertThat(tool.path("status").asText()).isEqualTo("ok");
            line(salon.tenantId(), lead, line -> line.path("text").asText().startsWith("Call ended"));
        } finally {
            suite.admin().patch("/api/tenants/" + salon.tenantId(), Map.of("voicePath", "BRIDGE"));
            suite.leadNumberToUs(salon.numberSid());
        }
    }

    // ---------------------------------------------------------------------------------------------- live calls

    @Test
    void shouldTellTheAgentWithinASecondWhatAnOperatorWhispersAndMeasureTheCall() throws Exception {
        String customer = "+12025550164";
        String sid = suite.twilio()
                .call(Map.of(
                        "from",
                        customer,
                        "to",
                        DemoTenant.NUMBER,
                        "steps",
                        List.of(
                                agentFinished(),
                                say("what-are-your-opening-hours"),
                                agentFinished(),
                                Map.of("pause", 60_000))));
        String lead = leadOf(salon.tenantId(), customer);
        line(salon.tenantId(), lead, line -> line.path("speaker").asText().equals("CUSTOMER"));

        List<Duration> gaps = new ArrayList<>();
        for (String words : List.of("Offer ten percent", "She likes Mia", "The car park is closed")) {
            Instant whispered = Instant.now();
            suite.operator(salon.tenantId()).post("/api/leads/" + lead + "/whispers", Map.of("text", words));
            gaps.add(Duration.between(whispered, told(lead, words)));
        }
        // The quickest of three: what else the machine does may hold one up.
        assertThat(gaps).anySatisfy(gap -> assertThat(gap).isLessThan(Duration.ofSeconds(1)));
        suite.twilio().hangUp(sid);
        suite.ended(sid);

        JsonNode flight = line(
                        salon.tenantId(),
                        lead,
                        line -> line.path("kind").asText().equals("QUALITY")
                                && line.path("detail").path("costCredits").isNumber())
                .path("detail")
                .path("quality")
                .path("flight");
        JsonNode setup = flight.path("setup");
        assertThat(sum(setup, "webhookMillis", "connectMillis", "startMillis", "agentMillis", "firstAudioMillis"))
                .isPositive()
                .isEqualTo(setup.path("totalMillis").asLong());
        assertThat(flight.path("turns")).isNotEmpty().allSatisfy(turn -> assertThat(
                        sum(turn, "transcriptMillis", "agentTextMillis", "audioInMillis", "audioOutMillis"))
                .isPositive()
                .isEqualTo(turn.path("responseMillis").asLong()));
    }

    @Test
    void shouldGoOnWithAnotherBridgeWhenTheOneThatHasTheCallIsKilled() throws Exception {
        String customer = "+12025550165";
        String other = suite.stack().startReplica(ServiceModule.MEDIA_BRIDGE);
        try {
            String sid = suite.twilio()
                    .call(Map.of(
                            "from",
                            customer,
                            "to",
                            DemoTenant.NUMBER,
                            "steps",
                            List.of(
                                    agentFinished(),
                                    say("what-are-your-opening-hours"),
                                    Map.of("waitFor", "where were we", "timeoutMs", 60_000),
                                    agentFinished(),
                                    say("thank-you-goodbye"),
                                    until("hangup"))));
            String lead = leadOf(salon.tenantId(), customer);
            line(salon.tenantId(), lead, line -> line.path("speaker").asText().equals("CUSTOMER"));
            // By the public address, and by a bridge that has to ask the one that has the call.
            for (String url : List.of(suite.info().url(), other)) {
                assertThat(suite.listen(url, salon.tenantId(), sid)).as(url).contains((byte) 0);
            }
            suite.stack()
                    .process(ServiceModule.MEDIA_BRIDGE.module())
                    .orElseThrow()
                    .destroyForcibly();

            JsonNode call = suite.ended(sid);

            // Nothing but the socket that was lost.
            assertThat(call.path("problems"))
                    .as(call.toString())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.asText()).contains("broke"));
            assertThat(call.path("streams")).hasSize(2);
            assertThat(conversation(lead)
                            .path("variables")
                            .path("conversation_context")
                            .asText())
                    .containsIgnoringCase("opening hours");
        } finally {
            suite.stack().restart(ServiceModule.MEDIA_BRIDGE);
            suite.stack().stopReplica(ServiceModule.MEDIA_BRIDGE);
        }
    }

    // ---------------------------------------------------------------------------------------------- helpers

    private static long sum(JsonNode of, String... steps) {
        return Stream.of(steps).mapToLong(step -> of.path(step).asLong()).sum();
    }

    /** The lead's newest conversation at the provider. */
    private static JsonNode conversation(String lead) throws IOException {
        JsonNode newest = MissingNode.getInstance();
        for (JsonNode one : suite.elevenLabsControl().get("/_sim/conversations")) {
            boolean later = newest.path("startedAt")
                            .asText()
                            .compareTo(one.path("startedAt").asText())
                    < 0;
            if (one.path("leadId").asText().equals(lead) && later) {
                newest = one;
            }
        }
        return suite.elevenLabsControl()
                .get("/_sim/conversations/" + newest.path("conversationId").asText());
    }

    /** When the lead's agent was told words, by the provider's clock, which is ours. */
    private static Instant told(String lead, String words) throws Exception {
        return Polling.until(PATIENCE, () -> {
                    JsonNode talk = conversation(lead);
                    for (JsonNode kept : talk.path("messages")) {
                        JsonNode message = kept.path("message");
                        if (message.path("type").asText().equals("contextual_update")
                                && message.path("text").asText().contains(words)) {
                            return Optional.of(
                                    Instant.parse(talk.path("startedAt").asText())
                                            .plusMillis(kept.path("atMillis").asLong()));
                        }
                    }
                    return Optional.empty();
                })
                .orElseThrow(() -> new AssertionError("the agent was not told: " + words));
    }

    private static Map<String, Object> closedAllWeek() {
        return Map.of("monday", Map.of("open", "09:00", "close", "17:00", "enabled", false));
    }

    private static Map<String, Object> agentFinished() {
        return until("agent-finished");
    }

    private static Map<String, Object> until(String what) {
        return Map.of("wait", what, "timeoutMs", 60_000);
    }

    private static Map<String, Object> say(String clip) {
        return Map.of("say", clip);
    }

    private static Map<String, Object> hangUp() {
        return Map.of("hangup", true);
    }

    private static void callee(String number, String outcome, List<Map<String, Object>> steps) throws IOException {
        suite.twilioControl()
                .post(
                        "/_sim/callees",
                        Map.of("number", number, "outcome", outcome, "ringMs", 500, "talkMs", 120_000, "steps", steps));
    }

    private static JsonNode outbound(String to, String query, List<String> questions) throws IOException {
        Map<String, Object> order = new HashMap<>();
        order.put("tenantId", salon.tenantId().toString());
        order.put("to", to);
        order.put("questions", questions);
        return suite.operator(salon.tenantId())
                .post("/api/elevenlabs/outbound-call" + query, order)
                .path("data");
    }

    private static UUID tenant(String number, String voicePath, Map<String, Object> settings) throws Exception {
        suite.provisionedNumber(number);
        UUID tenant = UUID.fromString(
                suite.createTenant(number, voicePath, settings).path("id").asText());
        // The gateway hears of it within a second; a call before that would be told that the number is not in service.
        assertThat(Polling.until(PATIENCE, () -> Optional.of(firstTwiml("+12025550199", number))
                        .filter(twiml -> !twiml.contains("not in service"))))
                .isPresent();
        return tenant;
    }

    private static void change(UUID tenant, Map<String, Object> calls) throws Exception {
        JsonHttp admin = suite.admin();
        JsonNode now = admin.get("/api/tenants/" + tenant).path("settings");
        Map<String, Object> settings = new HashMap<>();
        now.properties().forEach(field -> settings.put(field.getKey(), field.getValue()));
        settings.put("calls", calls);
        admin.patch("/api/tenants/" + tenant, Map.of("settings", settings));
    }

    private static String firstTwiml(String from, String to) throws IOException, InterruptedException {
        String sid = suite.twilio().call(Map.of("from", from, "to", to, "script", "listen"));
        JsonNode twiml = Polling.until(PATIENCE, () -> Optional.of(
                                suite.twilio().callState(sid).path("twiml"))
                        .filter(answers -> !answers.isEmpty()))
                .orElseThrow();
        suite.twilio().hangUp(sid);
        return twiml.toString();
    }

    /** A caller who says nothing and leaves after the first words. */
    private static JsonNode listen(String from, String to) throws IOException, InterruptedException {
        String sid = suite.twilio().call(Map.of("from", from, "to", to, "steps", List.of(agentFinished(), hangUp())));
        return suite.ended(sid);
    }

    private static String leadOf(UUID tenant, String number) throws Exception {
        return Polling.until(PATIENCE, () -> {
                    for (JsonNode lead :
                            suite.operator(tenant).get("/api/leads").path("leads")) {
                        if (lead.path("phone").asText().equals(number)) {
                            return Optional.of(lead.path("leadId").asText());
                        }
                    }
                    return Optional.empty();
                })
                .orElseThrow(() -> new AssertionError("no lead has the number"));
    }

    /** The newest entries of the lead's timeline, oldest first; none while nobody has heard of the lead. */
    private static JsonNode timeline(UUID tenant, String lead) throws IOException {
        try {
            return suite.operator(tenant)
                    .get("/api/leads/" + lead + "/timeline")
                    .path("entries");
        } catch (HttpFailure failure) {
            if (failure.status() == 404) {
                return MissingNode.getInstance();
            }
            throw failure;
        }
    }

    private static JsonNode line(UUID tenant, String lead, Predicate<JsonNode> wanted) throws Exception {
        return Polling.until(PATIENCE, () -> {
                    for (JsonNode entry : timeline(tenant, lead)) {
                        if (wanted.test(entry)) {
                            return Optional.of(entry);
                        }
                    }
                    return Optional.empty();
                })
                .orElseThrow(() -> new AssertionError("not on the timeline: " + timelineText(tenant, lead)));
    }

    private static String timelineText(UUID tenant, String lead) {
        try {
            return timeline(tenant, lead).toPrettyString();
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
