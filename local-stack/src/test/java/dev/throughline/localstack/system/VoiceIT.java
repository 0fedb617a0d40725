package dev.throughline.localstack.system;

import static dev.throughline.localstack.system.Histories.is;
import static dev.throughline.localstack.system.Histories.tells;
import static dev.throughline.localstack.system.Histories.turnOf;
import static dev.throughline.localstack.system.Phones.agentFinished;
import static dev.throughline.localstack.system.Phones.hangUp;
import static dev.throughline.localstack.system.Phones.pause;
import static dev.throughline.localstack.system.Phones.press;
import static dev.throughline.localstack.system.Phones.say;
import static dev.throughline.localstack.system.Phones.until;
import static dev.throughline.localstack.system.Phones.untilWords;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.http.HttpFailure;
import dev.throughline.localstack.http.Polling;
import dev.throughline.localstack.parts.ServiceModule;
import dev.throughline.localstack.provisioning.DemoTenant;
import dev.throughline.localstack.secrets.OperatorTokens;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Calls in, out, in rooms and to humans, from outside: telephones and what the operator's page is told of them. Calls take their time and
 * little else, so a few are made at once, each between numbers of its own.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VoiceIT {

    private static final Path ROOT = Path.of(System.getProperty("throughline.root", ".."));
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MARIA = "+12025550161";

    @TempDir
    private static Path home;

    private static StackUnderTest suite;
    private static Phones phones;
    private static Histories histories;
    private static DemoTenant salon;

    /** A call beside which others are made. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface AmongOthers {}

    @BeforeAll
    static void start() throws Exception {
        suite = StackUnderTest.start(ROOT, home);
        phones = new Phones(suite);
        histories = new Histories(suite);
        salon = suite.demo();
        phones.change(salon.tenantId(), Map.of("humans", List.of(Map.of("name", "Maria", "number", MARIA))));
    }

    @AfterAll
    static void stop() throws IOException {
        try {
            shouldHaveKeptToTheProvidersRules();
        } finally {
            suite.close();
        }
    }

    private static void shouldHaveKeptToTheProvidersRules() throws IOException {
        assertThat(suite.twilioControl().get("/_sim/report").path("violations"))
                // A room may end by itself between our seeing that it should and our ending it.
                .filteredOn(violation -> !violation.path("detail").asText().startsWith("conferences request refused"))
                .isEmpty();
        assertThat(suite.elevenLabsControl().get("/_sim/report").path("violations"))
                .isEmpty();
    }

    @Nested
    class AmongOtherCalls {

        // ---------------------------------------------------------------------------------------------- calls out

        @AmongOthers
        void shouldCallALeadWithQuestionsAndShowTheAnswers() throws Exception {
            String customer = "+12025550151";
            phones.callee(customer, List.of(agentFinished(), say("around-ten-thousand"), agentFinished(), hangUp()));

            JsonNode order = phones.callOut(salon.tenantId(), customer, "", List.of("What is your budget?"));

            JsonNode asked = salons(order, is("kind", "QUESTIONS").and(is("status", "answered")))
                    .path("detail")
                    .path("questions")
                    .get(0);
            assertThat(asked.path("question").asText()).isEqualTo("What is your budget?");
            assertThat(asked.path("answer").asText()).containsIgnoringCase("ten thousand");
        }

        @AmongOthers
        void shouldTellWhenNobodyAnswersACallOut() throws Exception {
            String customer = "+12025550152";
            phones.callee(Map.of("number", customer, "outcome", "no-answer", "ringMs", 1000));

            JsonNode order = phones.callOut(salon.tenantId(), customer, "?via=bridge", List.of());

            salons(order, tells("Nobody answered"));
        }

        @AmongOthers
        void shouldTalkToALeadOverOurOwnBridge() throws Exception {
            String customer = "+12025550154";
            phones.callee(customer, List.of(agentFinished(), say("thank-you-goodbye"), until("hangup")));

            JsonNode order = phones.callOut(salon.tenantId(), customer, "?via=bridge", List.of());

            salons(order, turnOf("CUSTOMER"));
        }

        // ---------------------------------------------------------------------------------------------- machines that
        // answer

        @AmongOthers
        void shouldHangUpOnAnAnsweringMachine() throws Exception {
            String customer = "+12025550153";
            phones.machine(customer, Duration.ofSeconds(3), Duration.ofSeconds(60));

            JsonNode order = phones.callOut(salon.tenantId(), customer, "?via=bridge", List.of());

            salons(order, tells("answering machine"));
            salons(order, tells("Call ended"));
        }

        @AmongOthers
        void shouldLeaveTheTenantsMessageAfterTheBeepAndNothingBefore() throws Exception {
            String customer = "+12025550166";
            UUID tenant = phones.tenant(
                    "+12025550177",
                    "BRIDGE",
                    withCalls(Map.of(
                            "answeringMachine", "LEAVE_MESSAGE", "answeringMachineMessage", "Please call us back.")));
            // Longer than a person's silence is waited for: a machine is one however long it speaks.
            phones.machine(customer, Duration.ofSeconds(8), Duration.ofSeconds(60));

            JsonNode order = phones.callOut(tenant, customer, "?via=bridge", List.of());
            JsonNode leg = suite.ended(order.path("callId").asText());

            assertThat(StackUnderTest.heardBy(leg)).isEqualTo("Please call us back.\n");
            assertThat(leg.path("events").valueStream().map(VoiceIT::event))
                    .containsSubsequence("caller says its greeting", "caller says beep", "verb Say", "verb Hangup");
            String lead = order.path("leadId").asText();
            histories.line(tenant, lead, tells("answering machine"));
            histories.line(tenant, lead, tells("Call ended"));
            assertThat(histories.lines(tenant, lead, turnOf("AGENT"))).isEmpty();
        }

        @AmongOthers
        void shouldLetTheAgentTalkToAMachineWhereTheTenantWantsThat() throws Exception {
            String customer = "+12025550167";
            UUID tenant = phones.tenant("+12025550179", "BRIDGE", withCalls(Map.of("answeringMachine", "GO_ON")));
            phones.callee(Map.of(
                    "number",
                    customer,
                    "answeredBy",
                    "machine_start",
                    "steps",
                    List.of(say("are-you-there"), agentFinished(), hangUp())));

            JsonNode order = phones.callOut(tenant, customer, "?via=bridge", List.of());
            JsonNode leg = suite.ended(order.path("callId").asText());

            assertThat(StackUnderTest.heardBy(leg)).isNotBlank();
            // The machine had enough, not we.
            assertThat(leg.path("events").valueStream().map(VoiceIT::event)).contains("caller script finished");
            String lead = order.path("leadId").asText();
            histories.line(tenant, lead, tells("answering machine"));
            histories.line(tenant, lead, turnOf("AGENT"));
        }

        // ---------------------------------------------------------------------------------------------- a human

        @AmongOthers
        void shouldHandACallToAHumanAndTakeItBack() throws Exception {
            phones.callee(
                    MARIA,
                    List.of(
                            untilWords("press 1"),
                            press("1"),
                            pause(Duration.ofSeconds(3)),
                            say("are-you-there"),
                            pause(Duration.ofSeconds(2)),
                            press("*"),
                            pause(Duration.ofMillis(500)),
                            hangUp()));

            String customer = "+12025550155";
            phones.callToTheEnd(
                    customer,
                    DemoTenant.NUMBER,
                    List.of(
                            agentFinished(),
                            say("speak-to-a-human"),
                            untilWords("where were we"),
                            agentFinished(),
                            say("thank-you-goodbye"),
                            until("hangup")));

            String lead = histories.leadOf(salon.tenantId(), customer);
            histories.line(salon.tenantId(), lead, is("status", "returned"));
            assertThat(histories.lines(salon.tenantId(), lead, is("kind", "HAND_OVER")).stream()
                            .map(line -> line.path("status").asText()))
                    .containsSubsequence("ringing", "accepted", "returned");
            assertThat(histories
                            .conversation(lead)
                            .path("variables")
                            .path("conversation_context")
                            .asText())
                    .as("what the agent knew when the call came back")
                    .contains("spoke with Maria");
        }

        @AmongOthers
        void shouldKeepTheCallerWhenTheHumanIsBusy() throws Exception {
            String number = "+12025550174";
            String customer = "+12025550156";
            String jo = "+12025550162";
            UUID tenant = phones.tenant(
                    number, "BRIDGE", withCalls(Map.of("humans", List.of(Map.of("name", "Jo", "number", jo)))));
            phones.callee(Map.of("number", jo, "outcome", "busy", "ringMs", 500));
            String sid = phones.call(customer, number, List.of(until("hangup")));
            assertThat(Polling.until(PATIENCE, () -> Optional.of(suite.twilio().callState(sid))
                            .filter(call -> !StackUnderTest.heardBy(call).isBlank())))
                    .as("the agent speaks")
                    .isPresent();
            suite.operator(tenant).post("/api/twilio/calls/" + sid + "/transfer", Map.of("reason", "a complaint"));

            histories.line(tenant, histories.leadOf(tenant, customer), is("status", "busy"));
            assertThat(suite.twilio().callState(sid).path("ended").asBoolean()).isFalse();
            suite.twilio().hangUp(sid);
            suite.ended(sid);
        }

        // ---------------------------------------------------------------------------------------------- rooms

        @AmongOthers
        void shouldBringAPhoneAndTheAgentIntoARoom() throws Exception {
            String customer = "+12025550157";
            phones.callee(
                    customer, List.of(agentFinished(), say("what-are-your-opening-hours"), agentFinished(), hangUp()));

            JsonNode room = suite.operator(salon.tenantId())
                    .post(
                            "/api/twilio/start-conference",
                            Map.of("tenantId", salon.tenantId().toString(), "to", customer))
                    .path("data");

            salons(room, tells("phone joined"));
            salons(room, tells("ai joined"));
            salons(room, is("text", "Conference ended"));
            assertThat(salons(room, turnOf("CUSTOMER")).path("text").asText()).containsIgnoringCase("opening hours");
        }

        @AmongOthers
        void shouldLetAnOperatorsBrowserIntoTheRoomAndEndItWithTheCustomer() throws Exception {
            String customer = "+12025550181";
            phones.callee(customer, List.of(pause(Duration.ofSeconds(8)), hangUp()));
            JsonNode room = suite.operator(salon.tenantId())
                    .post(
                            "/api/twilio/start-conference",
                            Map.of("tenantId", salon.tenantId().toString(), "to", customer, "agent", false))
                    .path("data");
            salons(room, tells("phone joined"));

            String token = suite.operator(salon.tenantId())
                    .post("/api/twilio/token", Map.of())
                    .path("data")
                    .path("token")
                    .asText();
            suite.twilioControl()
                    .post(
                            "/_sim/calls",
                            Map.of(
                                    "token",
                                    token,
                                    "params",
                                    Map.of("conference", room.path("room").asText()),
                                    "steps",
                                    List.of(until("hangup"))));

            salons(room, tells("browser joined"));
            salons(room, tells("phone left"));
            salons(room, is("text", "Conference ended"));
        }

        // ---------------------------------------------------------------------------------------------- other ways

        @AmongOthers
        void shouldLetElevenLabsCarryARegisteredCall() throws Exception {
            String number = "+12025550175";
            phones.tenant(number, "REGISTER", withCalls(Map.of()));

            JsonNode call = phones.callToTheEnd("+12025550158", number, List.of(agentFinished(), hangUp()));

            assertThat(StackUnderTest.heardBy(call)).isNotBlank();
            assertThat(call.path("twiml").toString()).contains("elevenlabs");
        }

        @AmongOthers
        void shouldTakeAMessageOutsideTheHours() throws Exception {
            String number = "+12025550176";
            String customer = "+12025550159";
            UUID tenant = phones.tenant(
                    number, "BRIDGE", closed("VOICEMAIL", "We are closed. Please leave a message.", Map.of()));
            suite.ended(phones.call(
                    customer,
                    number,
                    List.of(
                            untilWords("leave a message"),
                            pause(Duration.ofMillis(1500)),
                            Map.of("say", "colouring-on-tuesday", "anyway", true),
                            hangUp())));

            JsonNode message = histories.line(tenant, histories.leadOf(tenant, customer), is("kind", "VOICE_MESSAGE"));
            String recording = message.path("detail").path("recordingSid").asText();
            var request = HttpRequest.newBuilder(URI.create(suite.info().url() + "/api/twilio/recordings/" + recording))
                    .header(
                            "Authorization",
                            "Bearer " + suite.token(OperatorTokens.Role.OPERATOR, Optional.of(tenant)));
            try (var client = HttpClient.newHttpClient()) {
                var answer = client.send(request.build(), BodyHandlers.ofByteArray());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).hasSizeGreaterThan(8_000);
            }
        }

        @AmongOthers
        void shouldTextBackACallerWhoWasOnlyToldThatItIsClosed() throws Exception {
            String number = "+12025550170";
            String customer = "+12025550168";
            Map<String, Object> rules =
                    Map.of("missedCall", Map.of("minutes", List.of(0), "text", "Sorry, we were closed. {business}"));
            UUID tenant =
                    phones.tenant(number, "BRIDGE", closed("MESSAGE", "We are closed.", Map.of("followUps", rules)));

            JsonNode call = phones.callToTheEnd(customer, number, List.of(until("hangup")));

            assertThat(StackUnderTest.heardBy(call)).contains("We are closed.");
            String lead = histories.leadOf(tenant, customer);
            histories.line(tenant, lead, tells("spoke with nobody"));
            histories.line(tenant, lead, tells("Follow-up done"));
            assertThat(phones.textsTo(customer, number))
                    .singleElement()
                    .asString()
                    .startsWith("Sorry, we were closed.");
        }

        @AmongOthers
        void shouldKnowThatTheBusinessTookTheCallItself() throws Exception {
            String number = "+12025550180";
            String customer = "+12025550169";
            String business = "+12025550185";
            Map<String, Object> settings = Map.of(
                    "fallbackNumber",
                    business,
                    "followUps",
                    Map.of("missedCall", Map.of("minutes", List.of(0), "text", "Sorry, we were closed. {business}")));
            UUID tenant = phones.tenant(number, "BRIDGE", closed("RING", "One moment.", settings));
            phones.callee(business, List.of(pause(Duration.ofSeconds(3)), hangUp()));

            phones.callToTheEnd(customer, number, List.of(until("bridged"), until("hangup")));

            String lead = histories.leadOf(tenant, customer);
            JsonNode end = histories.line(tenant, lead, tells("Call ended"));
            assertThat(end.path("text").asText()).doesNotContain("spoke with nobody");
            assertThat(histories.lines(tenant, lead, is("kind", "FOLLOW_UP"))).isEmpty();
        }

        @AmongOthers
        void shouldLetElevenLabsAnswerANumberItHasAndKeepWhatWasSaid() throws Exception {
            String number = "+12025550178";
            String customer = "+12025550163";
            UUID tenant = phones.tenant(
                    number,
                    "NATIVE",
                    Map.of(
                            "aiGreeting",
                            "Hello, this is the harbour.",
                            "businessHours",
                            Map.of("monday", Map.of("open", "09:00", "close", "17:00", "enabled", true))));
            phones.provision(tenant);
            suite.twilio().text(customer, number, "My name is Anna");
            String lead = histories.leadOf(tenant, customer);
            histories.line(tenant, lead, is("text", "My name is Anna"));

            String sid = phones.callToTheEnd(
                            customer,
                            number,
                            List.of(agentFinished(), say("what-are-your-opening-hours"), agentFinished(), hangUp()))
                    .path("callSid")
                    .asText();

            // What conversation-initiation answered before the agent's first word.
            JsonNode variables = histories.conversation(lead).path("variables");
            assertThat(variables.path("customer_phone").asText()).isEqualTo(customer);
            assertThat(variables.path("call_sid").asText()).isEqualTo(sid);
            assertThat(variables.path("greeting").asText()).isEqualTo("Hello, this is the harbour.");
            assertThat(variables.path("business_hours_summary").asText()).contains("Monday");
            assertThat(variables.path("conversation_context").asText()).contains("My name is Anna");
            // The agent asked our tools on behalf of this very call.
            JsonNode tool = histories.line(tenant, lead, is("kind", "TOOL"));
            assertThat(tool.path("callId").asText()).isEqualTo(sid);
            assertThat(tool.path("status").asText()).isEqualTo("ok");
            // Nobody of us heard the call: its words are those of the post-call webhook.
            assertThat(histories
                            .line(tenant, lead, turnOf("CUSTOMER"))
                            .path("text")
                            .asText())
                    .containsIgnoringCase("opening hours");
            assertThat(histories.lines(tenant, lead, turnOf("AGENT"))).isNotEmpty();
            histories.line(tenant, lead, tells("Call ended"));
        }

        // ---------------------------------------------------------------------------------------------- live calls

        @AmongOthers
        void shouldTellTheAgentWithinASecondWhatAnOperatorWhispersAndMeasureTheCall() throws Exception {
            String customer = "+12025550164";
            String sid = phones.call(
                    customer,
                    DemoTenant.NUMBER,
                    List.of(
                            agentFinished(),
                            say("what-are-your-opening-hours"),
                            agentFinished(),
                            pause(Duration.ofMinutes(1))));
            String lead = histories.leadOf(salon.tenantId(), customer);
            histories.line(salon.tenantId(), lead, turnOf("CUSTOMER"));

            List<Duration> gaps = new ArrayList<>();
            for (String words : List.of("Offer ten percent", "She likes Mia", "The car park is closed")) {
                Instant whispered = Instant.now();
                suite.operator(salon.tenantId()).post("/api/leads/" + lead + "/whispers", Map.of("text", words));
                gaps.add(Duration.between(whispered, histories.told(lead, words)));
            }
            // The quickest of three: what else the machine does may hold one up.
            assertThat(gaps).anySatisfy(gap -> assertThat(gap).isLessThan(Duration.ofSeconds(1)));
            suite.twilio().hangUp(sid);
            suite.ended(sid);

            JsonNode flight = histories
                    .line(salon.tenantId(), lead, is("kind", "QUALITY").and(line -> line.path("detail")
                            .path("costCredits")
                            .isNumber()))
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
    }

    /** Something breaks that other calls need too. */
    @Nested
    class Alone {

        @Test
        void shouldLookForACallWhoseAnswerWasLostAndCallNobodyTwice() throws Exception {
            Map<String, Object> lost = Map.of("kind", "rest-error", "status", 503, "effect", "after", "count", 1);
            suite.elevenLabsControl().post("/_sim/faults", and(lost, "match", "outbound-call"));
            assertIsCalledOnce("native", "+12025550182");
            // Only now: ElevenLabs places its calls at Twilio too.
            suite.twilioControl().post("/_sim/faults", and(lost, "match", "calls"));
            assertIsCalledOnce("bridge", "+12025550183");
        }

        private void assertIsCalledOnce(String via, String customer) throws Exception {
            phones.callee(customer, List.of(agentFinished(), hangUp()));
            Map<String, Object> order = Map.of("to", customer, "via", via, "idempotencyKey", "lost-" + via);
            JsonNode first = ordered(order);
            // The look-up may take longer than the answer waits for it: the same order tells what became of it.
            JsonNode placed = Polling.until(PATIENCE, () -> Optional.of(ordered(order))
                            .filter(call -> call.path("status").asText().equals("placed")))
                    .orElseThrow();

            assertThat(placed.path("outboundCallId")).isEqualTo(first.path("outboundCallId"));
            suite.ended(placed.path("callId").asText());
            assertThat(suite.twilioControl().get("/_sim/calls").path("calls"))
                    .filteredOn(call -> call.path("to").asText().equals(customer))
                    .hasSize(1);
        }

        @Test
        void shouldNameTheCureOfWhatElevenLabsRefuses() throws Exception {
            for (int status : List.of(401, 403, 404, 422, 429)) {
                suite.elevenLabsControl()
                        .post(
                                "/_sim/faults",
                                Map.of("kind", "rest-error", "match", "outbound-call", "status", status, "count", 2));
                try {
                    assertThatThrownBy(() -> ordered(Map.of("to", "+12025550184")))
                            .as("ElevenLabs answers %d", status)
                            .isInstanceOf(HttpFailure.class)
                            .hasMessageContaining("\"cure\"");
                } finally {
                    suite.elevenLabsControl().delete("/_sim/faults");
                }
            }
            assertThat(suite.twilioControl().get("/_sim/calls").path("calls"))
                    .noneMatch(call -> call.path("to").asText().equals("+12025550184"));
        }

        @Test
        void shouldGoOnWhereTheLineBroke() throws Exception {
            suite.twilioControl()
                    .post(
                            "/_sim/faults",
                            Map.of("kind", "socket-drop", "match", "socket", "afterMs", 9000, "count", 1));
            String customer = "+12025550160";

            phones.callToTheEnd(customer, DemoTenant.NUMBER, goesOn());

            String lead = histories.leadOf(salon.tenantId(), customer);
            histories.line(salon.tenantId(), lead, tells("Call ended"));
            assertThat(histories.lines(salon.tenantId(), lead, tells("Call ended")))
                    .hasSize(1);
        }

        @Test
        void shouldTakeUpAConversationTheAgentDropped() throws Exception {
            suite.elevenLabsControl()
                    .post("/_sim/faults", Map.of("kind", "drop-tcp", "match", "voice", "afterTurns", 1, "count", 1));
            String customer = "+12025550186";

            JsonNode call = phones.callToTheEnd(customer, DemoTenant.NUMBER, goesOn());

            // The caller's line was never touched, and the agent that came back knows what was said.
            assertThat(call.path("streams")).hasSize(1);
            String lead = histories.leadOf(salon.tenantId(), customer);
            assertThat(histories
                            .conversation(lead)
                            .path("variables")
                            .path("conversation_context")
                            .asText())
                    .containsIgnoringCase("opening hours");
            histories.line(salon.tenantId(), lead, tells("Call ended"));
        }

        @Test
        void shouldGoOnWithAnotherBridgeWhenTheOneThatHasTheCallIsKilled() throws Exception {
            String customer = "+12025550165";
            String other = suite.stack().startReplica(ServiceModule.MEDIA_BRIDGE);
            try {
                String sid = phones.call(customer, DemoTenant.NUMBER, goesOn());
                String lead = histories.leadOf(salon.tenantId(), customer);
                histories.line(salon.tenantId(), lead, turnOf("CUSTOMER"));
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
                assertThat(histories
                                .conversation(lead)
                                .path("variables")
                                .path("conversation_context")
                                .asText())
                        .containsIgnoringCase("opening hours");
            } finally {
                suite.stack().restart(ServiceModule.MEDIA_BRIDGE);
                suite.stack().stopReplica(ServiceModule.MEDIA_BRIDGE);
            }
        }
    }

    // ---------------------------------------------------------------------------------------------- helpers

    /** A caller whose line breaks after a question, and who is asked where the two were. */
    private static List<Map<String, Object>> goesOn() {
        return List.of(
                agentFinished(),
                say("what-are-your-opening-hours"),
                untilWords("where were we"),
                agentFinished(),
                say("thank-you-goodbye"),
                until("hangup"));
    }

    /** The line on the timeline of the salon's lead an answer names. */
    private static JsonNode salons(JsonNode answer, Predicate<JsonNode> wanted) throws Exception {
        return histories.line(salon.tenantId(), answer.path("leadId").asText(), wanted);
    }

    /** Has the salon's operator call somebody. */
    private static JsonNode ordered(Map<String, Object> order) throws IOException {
        return suite.operator(salon.tenantId())
                .post("/api/elevenlabs/outbound-call", order)
                .path("data");
    }

    private static Map<String, Object> and(Map<String, Object> some, String name, Object value) {
        Map<String, Object> more = new HashMap<>(some);
        more.put(name, value);
        return more;
    }

    private static Map<String, Object> withCalls(Map<String, Object> calls) {
        return Map.of("elevenLabsAgentId", salon.agentId(), "calls", calls);
    }

    /** A business that is closed all week. */
    private static Map<String, Object> closed(String answer, String words, Map<String, Object> more) {
        Map<String, Object> settings =
                new HashMap<>(withCalls(Map.of("outsideHours", Map.of("kind", answer, "message", words))));
        settings.put("businessHours", Map.of("monday", Map.of("open", "09:00", "close", "17:00", "enabled", false)));
        settings.putAll(more);
        return settings;
    }

    private static String event(JsonNode event) {
        return event.path("what").asText() + " " + event.path("detail").asText();
    }

    private static long sum(JsonNode of, String... steps) {
        return Stream.of(steps).mapToLong(step -> of.path(step).asLong()).sum();
    }
}
