package dev.throughline.simulator.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.throughline.simulator.elevenlabs.conversation.Timing;
import dev.throughline.simulator.speech.AgentVoice;
import dev.throughline.simulator.speech.SpeechClips;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationSocketTest {

    private static final String TEXTED = "Customer (SMS): Hi, do you have time for a colouring on Tuesday?";

    @TempDir
    private Path state;

    private StandIn standIn;

    @BeforeEach
    void start() throws Exception {
        start(Timing.REAL, agent -> agent);
    }

    private void start(Timing timing, UnaryOperator<JsonObject> change) throws Exception {
        standIn = new StandIn(state, timing).withAgent(change);
    }

    private void restart(Timing timing, UnaryOperator<JsonObject> change) throws Exception {
        standIn.close();
        java.nio.file.Files.deleteIfExists(state.resolve("elevenlabs.json"));
        start(timing, change);
    }

    @AfterEach
    void stop() throws Exception {
        standIn.close();
    }

    @Test
    void shouldHoldTheDemoConversationByVoice() {
        SocketClient caller = standIn.connect().send(DemoAgent.initiation(TEXTED));
        assertThat(caller.awaitEvent("conversation_initiation_metadata")
                        .getJsonObject("conversation_initiation_metadata_event")
                        .getString("user_input_audio_format"))
                .isEqualTo("ulaw_8000");
        caller.awaitResponse("You texted us about a colouring on Tuesday.");

        caller.speak("yes-what-times").awaitResponse("ten thirty");
        caller.speak("second-one-please").awaitResponse("May I have your name");
        caller.speak("my-name-is-anna-berger").awaitResponse("You are booked");
        caller.speak("thank-you-goodbye").awaitResponse("Goodbye");

        assertThat(caller.awaitClose()).isEqualTo(1000);
        assertThat(caller.all("agent_tool_response")
                        .getLast()
                        .getJsonObject("agent_tool_response")
                        .getString("tool_name"))
                .isEqualTo("end_call");
        JsonObject booking =
                standIn.received("/api/tools/book_appointment").orElseThrow().json();
        assertThat(booking.getString("startTime")).isEqualTo("2026-11-24T10:30:00-05:00");
        assertThat(booking.getString("customerName")).isEqualTo("Anna Berger");
        assertThat(caller.all("user_transcript"))
                .extracting(
                        event -> event.getJsonObject("user_transcription_event").getString("user_transcript"))
                .containsExactly(
                        "Yes please, what times do you have?",
                        "The second one, please.",
                        "My name is Anna Berger.",
                        "Thank you, goodbye.");
        assertThat(standIn.violations()).isEmpty();
    }

    @Test
    void shouldCallToolsWithTheDeclaredParametersAndHeadersOnly() {
        SocketClient client = standIn.connect().send(DemoAgent.textInitiation());
        client.say("Hi, do you have time for a colouring on Tuesday?").awaitResponse("nine o'clock");

        StandIn.Received request =
                standIn.received("/api/tools/check_availability").orElseThrow();
        String conversationId = client.awaitEvent("conversation_initiation_metadata")
                .getJsonObject("conversation_initiation_metadata_event")
                .getString("conversation_id");
        LocalDate tuesday =
                LocalDate.now(ZoneId.of("America/New_York")).with(TemporalAdjusters.next(DayOfWeek.TUESDAY));
        assertThat(request.headers())
                .containsEntry("X-Tool-Secret", StandIn.SECRET)
                .containsEntry("X-Conversation-Id", conversationId);
        assertThat(request.json())
                .isEqualTo(new JsonObject()
                        .put("tenantId", "7f1c0000-0000-4000-8000-000000000001")
                        .put("leadId", "lead-42")
                        .put("callSid", "CA00000000000000000000000000000001")
                        .put("customerPhone", "+12025550142")
                        .put("date", tuesday.toString())
                        .put("service", "Colouring"));
        assertThat(client.all("audio")).isEmpty();
        assertThat(client.responses()).hasSize(1);
        client.awaitEvent("agent_response_complete");
    }

    @Test
    void shouldTakeTheSecondOfferInANewTextSessionFromTheContext() {
        JsonObject initiation = DemoAgent.textInitiation();
        initiation.getJsonObject("dynamic_variables").put("conversation_context", TEXTED);
        SocketClient client = standIn.connect().send(initiation);
        client.say("The second one please").awaitResponse("May I have your name");
        client.say("My name is Tom Novak").awaitResponse("You are booked");
        assertThat(standIn.received("/api/tools/book_appointment")
                        .orElseThrow()
                        .json()
                        .getString("startTime"))
                .isEqualTo("2026-11-24T10:30:00-05:00");
    }

    @Test
    void shouldSayTheErrorAndOfferAgainWhenABookingIsRefused() {
        standIn.answers = request -> request.path().endsWith("book_appointment")
                ? new JsonObject()
                        .put("success", false)
                        .put("code", "SLOT_TAKEN")
                        .put("error", "That time has just been taken.")
                : DemoAnswers.to(request);
        SocketClient client = standIn.connect().send(DemoAgent.textInitiation());
        client.say("A colouring on Tuesday please").awaitResponse("nine o'clock");
        client.say("the first one").awaitResponse("name");
        client.say("My name is Anna Berger").awaitResponse("just been taken");
        await().until(() -> standIn.countReceived("/api/tools/check_availability") == 2);
    }

    @Test
    void shouldRefuseAnOverrideTheAgentDoesNotAllow() {
        JsonObject initiation = DemoAgent.initiation("")
                .put(
                        "conversation_config_override",
                        new JsonObject().put("tts", new JsonObject().put("voice_id", "voice_example_1")));
        SocketClient client = standIn.connect().send(initiation);
        assertThat(client.awaitClose()).isEqualTo(1008);
        assertThat(client.awaitEvent("client_error")
                        .getJsonObject("error_event")
                        .getString("error_name"))
                .isEqualTo("override_error");
        assertThat(standIn.violations()).containsExactly("override_error");
    }

    @Test
    void shouldReportANullOverrideAndAnUnknownMember() {
        JsonObject initiation = DemoAgent.initiation("")
                .put("lead_id", "lead-42")
                .put(
                        "conversation_config_override",
                        new JsonObject()
                                .put("agent", new JsonObject().putNull("language"))
                                .put("text_only", true));
        SocketClient client = standIn.connect().send(initiation);
        client.awaitEvent("agent_response");
        assertThat(standIn.violations()).containsExactly("ignored", "ignored", "ignored");
    }

    @Test
    void shouldNameTheMissingVariable() {
        JsonObject initiation = DemoAgent.initiation("");
        initiation.getJsonObject("dynamic_variables").remove("lead_id");
        SocketClient client = standIn.connect().send(initiation);
        assertThat(client.awaitClose()).isEqualTo(1008);
        JsonObject error = client.awaitEvent("error").getJsonObject("error_event");
        assertThat(error.getString("error_type")).isEqualTo("missing_dynamic_variable");
        assertThat(error.getString("reason")).isEqualTo("lead_id");
    }

    @Test
    void shouldRefuseReservedVariableNames() {
        JsonObject initiation = DemoAgent.initiation("");
        initiation.getJsonObject("dynamic_variables").put("system__caller_id", "+12025550142");
        assertThat(standIn.connect().send(initiation).awaitClose()).isEqualTo(1008);
    }

    @Test
    void shouldRefuseASecondInitiation() {
        SocketClient client = standIn.connect().send(DemoAgent.initiation("")).send(DemoAgent.initiation(""));
        assertThat(client.awaitClose()).isEqualTo(1008);
    }

    @Test
    void shouldRefuseAnyOtherFirstMessage() {
        assertThat(standIn.connect().audio(AgentVoice.silence(160)).awaitClose())
                .isEqualTo(1008);
        assertThat(standIn.connect().say("Hello").awaitClose()).isEqualTo(1008);
        assertThat(standIn.connect()
                        .send(new JsonObject().put("type", "nonsense"))
                        .awaitClose())
                .isEqualTo(1008);
    }

    @Test
    void shouldRefuseAPrivateAgentWithoutASignature() {
        String url = "ws://127.0.0.1:" + standIn.server.port() + "/v1/convai/conversation?agent_id=" + standIn.agentId;
        assertThat(new SocketClient(standIn.vertx, url).awaitClose()).isEqualTo(1008);
        assertThat(new SocketClient(standIn.vertx, url + "&conversation_signature=cvtkn_wrong").awaitClose())
                .isEqualTo(1008);
    }

    @Test
    void shouldUseASingleUseUrlOnlyOnce() {
        String url = standIn.get("/v1/convai/conversation/get-signed-url?include_conversation_id=true&agent_id="
                        + standIn.agentId)
                .getString("signed_url");
        String promised = url.replaceAll(".*[?&]conversation_id=([^&]+).*", "$1");
        SocketClient first = new SocketClient(standIn.vertx, url).send(DemoAgent.initiation(""));
        assertThat(first.awaitEvent("conversation_initiation_metadata")
                        .getJsonObject("conversation_initiation_metadata_event")
                        .getString("conversation_id"))
                .isEqualTo(promised);
        assertThat(new SocketClient(standIn.vertx, url).awaitClose()).isEqualTo(1008);
    }

    @Test
    void shouldInterruptAndCorrectWhenTheCallerSpeaksOverTheAgent() {
        SocketClient caller = standIn.connect().send(DemoAgent.initiation(""));
        JsonObject greeting = caller.awaitEvent("agent_response").getJsonObject("agent_response_event");
        caller.awaitEvent("audio");
        caller.speak("hello");

        int interruption = caller.awaitEvent("interruption")
                .getJsonObject("interruption_event")
                .getInteger("event_id");
        assertThat(interruption).isGreaterThan(greeting.getInteger("event_id"));
        JsonObject correction =
                caller.awaitEvent("agent_response_correction").getJsonObject("agent_response_correction_event");
        assertThat(correction.getString("original_agent_response")).isEqualTo(greeting.getString("agent_response"));
        assertThat(correction.getString("corrected_agent_response"))
                .hasSizeLessThan(greeting.getString("agent_response").length());
        await().until(() -> caller.responses().size() == 2);
        int next = caller.all("agent_response")
                .getLast()
                .getJsonObject("agent_response_event")
                .getInteger("event_id");
        assertThat(next).isGreaterThan(interruption);
        await().until(() -> caller.all("audio").stream()
                .anyMatch(event -> event.getJsonObject("audio_event").getInteger("event_id") == next));
    }

    @Test
    void shouldNotInterruptWhenTheAgentLeavesTheEventOut() throws Exception {
        restart(Timing.REAL, agent -> {
            agent.getJsonObject("conversation_config")
                    .getJsonObject("conversation")
                    .put(
                            "client_events",
                            new JsonArray().add("audio").add("agent_response").add("user_transcript"));
            return agent;
        });
        SocketClient caller = standIn.connect().send(DemoAgent.initiation(""));
        caller.awaitEvent("audio");
        caller.speak("hello").awaitEvent("user_transcript");
        assertThat(caller.all("interruption")).isEmpty();
        assertThat(caller.all("agent_response_correction")).isEmpty();
    }

    @Test
    void shouldSendLateAudioOnDemandAfterAnInterruption() {
        standIn.fault(new JsonObject().put("kind", "late-audio").put("match", "voice"));
        SocketClient caller = standIn.connect().send(DemoAgent.initiation(""));
        caller.awaitEvent("audio");
        caller.speak("hello").awaitEvent("interruption");
        int interruption = caller.awaitEvent("interruption")
                .getJsonObject("interruption_event")
                .getInteger("event_id");
        int at = caller.events.indexOf(caller.awaitEvent("interruption"));
        await().until(() -> caller.events.subList(at, caller.events.size()).stream()
                .filter(event -> event.getString("type").equals("audio"))
                .anyMatch(event -> event.getJsonObject("audio_event").getInteger("event_id") < interruption));
    }

    @Test
    void shouldReportDamagedAudioAndSaySo() {
        byte[] damaged = SpeechClips.load().callerAudio("yes-what-times");
        for (int i = 0; i < damaged.length; i++) {
            damaged[i] = (byte) (damaged[i] ^ 0x55);
        }
        SocketClient caller = standIn.connect().send(DemoAgent.initiation(TEXTED));
        caller.awaitEvent("agent_response");
        caller.audio(damaged).audio(AgentVoice.silence(6400));
        caller.awaitResponse("did not understand");
        assertThat(caller.awaitEvent("user_transcript")
                        .getJsonObject("user_transcription_event")
                        .getString("user_transcript"))
                .isEqualTo("(unintelligible)");
        assertThat(standIn.violations()).containsExactly("unintelligible_audio");
    }

    @Test
    void shouldReportAPongThatNeverCame() throws Exception {
        restart(Timing.REAL.withPing(Duration.ofMillis(50), Duration.ofMillis(150)), agent -> agent);
        SocketClient client = standIn.connect();
        client.answersPings = false;
        client.send(DemoAgent.initiation(""));
        await().until(() -> standIn.violations().contains("pong_missing"));
        client.send(new JsonObject().put("type", "pong").put("event_id", 999));
        await().until(() -> standIn.violations().contains("ignored"));
    }

    @Test
    void shouldEndAnIdleConversation() throws Exception {
        restart(Timing.REAL.withIdle(Duration.ofMillis(400)), agent -> agent);
        SocketClient client = standIn.connect();
        client.answersPings = false;
        client.send(DemoAgent.textInitiation());
        assertThat(client.awaitClose()).isEqualTo(1002);
        assertThat(client.awaitEvent("error").getJsonObject("error_event").getString("error_type"))
                .isEqualTo("transport_receive_timeout");
    }

    @Test
    void shouldEndAConversationThatLastsTooLong() {
        JsonObject initiation = DemoAgent.textInitiation();
        initiation
                .getJsonObject("conversation_config_override")
                .getJsonObject("conversation")
                .put("max_duration_seconds", 1);
        assertThat(standIn.connect().send(initiation).awaitClose()).isEqualTo(1000);
    }

    @Test
    void shouldWithholdMetadataAnnouncePcmAndMisbehaveOnDemand() {
        standIn.fault(new JsonObject().put("kind", "announce-format"));
        standIn.fault(new JsonObject().put("kind", "unknown-events"));
        SocketClient odd = standIn.connect().send(DemoAgent.initiation(""));
        assertThat(odd.awaitEvent("conversation_initiation_metadata")
                        .getJsonObject("conversation_initiation_metadata_event")
                        .getString("agent_output_audio_format"))
                .isEqualTo("pcm_16000");
        odd.awaitEvent("some_future_event");

        standIn.fault(new JsonObject().put("kind", "withhold-metadata"));
        SocketClient silent = standIn.connect().send(DemoAgent.initiation(""));
        silent.awaitEvent("agent_response");
        assertThat(silent.all("conversation_initiation_metadata")).isEmpty();
        silent.audio(AgentVoice.silence(160));
        await().until(() -> standIn.violations().contains("ignored"));
    }

    @Test
    void shouldDropTheConnectionAndCloseWith1011OnDemand() {
        standIn.fault(new JsonObject().put("kind", "drop-tcp").put("afterMillis", 100));
        assertThat(standIn.connect().send(DemoAgent.initiation("")).awaitClose())
                .isEqualTo(1006);
        standIn.fault(new JsonObject().put("kind", "close").put("code", 1011).put("afterMillis", 100));
        assertThat(standIn.connect().send(DemoAgent.initiation("")).awaitClose())
                .isEqualTo(1011);
        standIn.fault(new JsonObject().put("kind", "refuse-override"));
        assertThat(standIn.connect().send(DemoAgent.textInitiation()).awaitClose())
                .isEqualTo(1008);
    }

    @Test
    void shouldTimeTheFramesItReceives() {
        byte[] audio = SpeechClips.load().callerAudio("hello");
        byte[] frame = java.util.Arrays.copyOfRange(audio, 800, 960);
        standIn.frames.sent(frame);
        SocketClient client = standIn.connect().send(DemoAgent.initiation(""));
        client.awaitEvent("conversation_initiation_metadata");
        client.audio(frame);
        await().until(() -> standIn.get("/_sim/frame-delays").getInteger("count") == 1);
    }

    @Test
    void shouldLearnOfATextFromAContextualUpdate() {
        SocketClient client = standIn.connect().send(DemoAgent.textInitiation());
        client.send(
                new JsonObject().put("type", "contextual_update").put("text", "Customer (SMS): a haircut on Friday?"));
        client.say("What times do you have?").awaitResponse("nine o'clock");
        assertThat(standIn.received("/api/tools/check_availability")
                        .orElseThrow()
                        .json()
                        .getString("service"))
                .isEqualTo("Haircut");
    }
}
