package dev.throughline.simulator.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.throughline.simulator.elevenlabs.conversation.Timing;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls ElevenLabs carries itself, over the Twilio stand-in. */
class NativeCallTest {

    private static final String INITIATION = "/api/webhooks/elevenlabs/conversation-initiation";
    private static final JsonObject LISTEN = new JsonObject().put("wait", "agent-finished");
    private static final JsonObject GOODBYE = new JsonObject().put("say", "thank-you-goodbye");

    @TempDir
    private Path state;

    private StandIn standIn;
    private String number = "";

    @BeforeEach
    void start() throws Exception {
        standIn = new StandIn(state, Timing.REAL).withAgent(agent -> agent);
        number = standIn.importNumber();
    }

    @AfterEach
    void stop() throws Exception {
        standIn.close();
    }

    @Test
    void shouldCallSomebodyWhoHearsTheAgentAndIsHeard() {
        standIn.callee(
                "answer",
                LISTEN,
                new JsonObject().put("say", "what-are-your-opening-hours"),
                LISTEN,
                GOODBYE,
                new JsonObject().put("wait", "hangup"));
        JsonObject placed = standIn.post("/v1/convai/twilio/outbound-call", standIn.outbound(number));
        assertThat(placed.fieldNames()).containsExactlyInAnyOrder("success", "message", "conversation_id", "callSid");
        assertThat(placed.getBoolean("success")).isTrue();
        assertThat(placed.getString("callSid")).startsWith("CA");

        JsonObject call = standIn.finishedCall(placed.getString("callSid"));
        assertThat(call.encode()).contains("we are open monday to saturday").contains("Goodbye.");
        JsonObject data = standIn.postCall();
        assertThat(data.getString("conversation_id")).isEqualTo(placed.getString("conversation_id"));
        assertThat(data.getJsonArray("transcript").stream()
                        .map(row -> ((JsonObject) row).getString("message"))
                        .filter(java.util.Objects::nonNull))
                .containsExactly(
                        "Hello, this is Harbour Salon. How can I help?",
                        "What are your opening hours?",
                        "We are open Monday to Saturday, nine to five.",
                        "Thank you, goodbye.",
                        "Thank you for calling. Goodbye.");
        JsonObject leg = data.getJsonObject("metadata").getJsonObject("phone_call");
        assertThat(leg.getString("stream_sid")).startsWith("MZ");
        leg.remove("stream_sid");
        assertThat(leg)
                .isEqualTo(new JsonObject()
                        .put("type", "twilio")
                        .put("direction", "outbound")
                        .put("phone_number_id", number)
                        .put("agent_number", StandIn.OURS)
                        .put("external_number", StandIn.CUSTOMER)
                        .put("call_sid", placed.getString("callSid"))
                        .put("call_result", "answered"));
        assertThat(data.getJsonObject("metadata").getString("termination_reason"))
                .isEqualTo("end_call tool was called");
        assertThat(standIn.violations()).isEmpty();
        assertThat(standIn.twilioViolations()).isEmpty();
    }

    @Test
    void shouldFallSilentWhenInterruptedAndTakeKeys() {
        standIn.callee(
                "answer",
                new JsonObject().put("bargeIn", "hello").put("afterMs", 800),
                LISTEN,
                new JsonObject().put("dtmf", "1"),
                LISTEN,
                new JsonObject().put("hangup", true));
        JsonObject placed = standIn.post("/v1/convai/twilio/outbound-call", standIn.outbound(number));
        JsonObject call = standIn.finishedCall(placed.getString("callSid"));
        assertThat(call.getJsonArray("streams").getJsonObject(0).getJsonArray("clears"))
                .hasSize(1);
        JsonObject data = standIn.postCall();
        JsonArray transcript = data.getJsonArray("transcript");
        assertThat(transcript.getJsonObject(0).getBoolean("interrupted")).isTrue();
        assertThat(transcript.stream()
                        .map(row -> (JsonObject) row)
                        .filter(line -> "dtmf".equals(line.getString("source_medium")))
                        .map(line -> line.getString("message")))
                .containsExactly("1");
        assertThat(data.getJsonObject("metadata").getString("termination_reason"))
                .isEqualTo("Call ended by remote party");
        assertThat(standIn.twilioViolations()).isEmpty();
    }

    @Test
    void shouldRefuseAStreamOfACallItDoesNotWaitFor() throws Exception {
        String url = "wss://elevenlabs.test/twilio/media-stream";
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(StandIn.TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        String signature = Base64.getEncoder().encodeToString(mac.doFinal(url.getBytes(StandardCharsets.UTF_8)));
        JsonObject start = new JsonObject()
                .put("event", "start")
                .put(
                        "start",
                        new JsonObject()
                                .put("accountSid", StandIn.ACCOUNT)
                                .put("callSid", "CA00000000000000000000000000000001")
                                .put(
                                        "mediaFormat",
                                        new JsonObject()
                                                .put("encoding", "audio/x-mulaw")
                                                .put("sampleRate", 8000))
                                .put("customParameters", new JsonObject().put("conversation_id", "conv_none")));
        for (JsonObject first : List.of(start, new JsonObject().put("event", "media"))) {
            ClientWebSocket socket = standIn.vertx.createWebSocketClient().webSocket();
            socket.connect(new WebSocketConnectOptions()
                            .setHost("127.0.0.1")
                            .setPort(standIn.server.port())
                            .setURI("/twilio/media-stream")
                            .addHeader("X-Twilio-Signature", signature))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(5, TimeUnit.SECONDS);
            socket.writeTextMessage(first.encode());
            await().until(() -> socket.closeStatusCode() != null && socket.closeStatusCode() == 1008);
        }
        assertThat(standIn.violations()).containsExactly("media_stream", "media_stream");
    }

    @Test
    void shouldTellWhyNobodyWasReachedInTwiliosOwnWords() {
        standIn.callee("busy");
        JsonObject placed = standIn.post("/v1/convai/twilio/outbound-call", standIn.outbound(number));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> standIn.received(StandIn.HOOK).isPresent());
        JsonObject envelope = standIn.received(StandIn.HOOK).orElseThrow().json();
        JsonObject documented = Fixture.json("webhook_call_initiation_failure_twilio.json");
        assertThat(envelope.fieldNames()).isEqualTo(documented.fieldNames());
        assertThat(envelope.getString("type")).isEqualTo("call_initiation_failure");
        JsonObject data = envelope.getJsonObject("data");
        assertThat(data.fieldNames()).isEqualTo(documented.getJsonObject("data").fieldNames());
        assertThat(data.getString("failure_reason")).isEqualTo("busy");
        assertThat(data.getString("conversation_id")).isEqualTo(placed.getString("conversation_id"));
        JsonObject body = data.getJsonObject("metadata").getJsonObject("body");
        assertThat(documented
                        .getJsonObject("data")
                        .getJsonObject("metadata")
                        .getJsonObject("body")
                        .fieldNames())
                .containsAll(body.fieldNames());
        assertThat(body)
                .isEqualTo(standIn
                        .twilio("GET", "/_sim/webhooks?subject=" + placed.getString("callSid"), "")
                        .getJsonArray("webhooks")
                        .stream()
                        .map(row -> ((JsonObject) row).getJsonObject("parameters"))
                        .filter(form -> form.getString("CallStatus").equals("busy"))
                        .findFirst()
                        .orElseThrow());
        assertThat(body.getString("CallSid")).isEqualTo(placed.getString("callSid"));
        assertThat(body.getString("CallStatus")).isEqualTo("busy");
        JsonObject document = standIn.get("/v1/convai/conversations/" + placed.getString("conversation_id"));
        assertThat(document.getString("status")).isEqualTo("failed");
        assertThat(document.getJsonObject("metadata")
                        .getJsonObject("phone_call")
                        .getString("call_result"))
                .isEqualTo("busy");
    }

    @Test
    void shouldNameTheOtherReasonsToo() {
        standIn.callee("no-answer");
        standIn.post("/v1/convai/twilio/outbound-call", standIn.outbound(number));
        standIn.callee("failed");
        standIn.post("/v1/convai/twilio/outbound-call", standIn.outbound(number));
        await().atMost(Duration.ofSeconds(10)).until(() -> standIn.countReceived(StandIn.HOOK) == 2);
        assertThat(standIn.received)
                .filteredOn(one -> one.path().equals(StandIn.HOOK))
                .extracting(one -> one.json().getJsonObject("data").getString("failure_reason"))
                .containsExactlyInAnyOrder("no-answer", "unknown");
    }

    @Test
    void shouldAnswerSuccessFalseWhenTwilioRefuses() {
        standIn.twilio(
                "POST",
                "/_sim/faults",
                new JsonObject()
                        .put("kind", "rest-error")
                        .put("match", "calls")
                        .put("status", 400)
                        .encode());
        JsonObject answer = standIn.post("/v1/convai/twilio/outbound-call", standIn.outbound(number));
        assertThat(answer.fieldNames())
                .isEqualTo(Fixture.json("rest_twilio_outbound_call_response_failed.json")
                        .fieldNames());
        assertThat(answer.getBoolean("success")).isFalse();
        assertThat(answer.getValue("callSid")).isNull();
        assertThat(answer.getValue("conversation_id")).isNull();
        assertThat(standIn.get("/v1/convai/conversations").getJsonArray("conversations"))
                .isEmpty();
    }

    @Test
    void shouldPassOnRingingTimeAndMachineDetection() {
        standIn.callee("no-answer");
        JsonObject request = standIn.outbound(number)
                .put(
                        "telephony_call_config",
                        new JsonObject()
                                .put("ringing_timeout_secs", 1000)
                                .put("twilio_machine_detection", new JsonObject().put("mode", "enable")));
        assertThat(standIn.send("POST", "/v1/convai/twilio/outbound-call", request)
                        .statusCode())
                .isEqualTo(422);
        request.getJsonObject("telephony_call_config").put("ringing_timeout_secs", 45);
        assertThat(standIn.post("/v1/convai/twilio/outbound-call", request).getBoolean("success"))
                .isTrue();
        request.getJsonObject("telephony_call_config")
                .put("twilio_machine_detection", new JsonObject().put("mode", "guess"));
        assertThat(standIn.send("POST", "/v1/convai/twilio/outbound-call", request)
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void shouldTellThatAMachineAnswered() {
        standIn.patch(
                "/v1/convai/settings",
                new JsonObject()
                        .put(
                                "webhooks",
                                new JsonObject()
                                        .put("post_call_webhook_id", standIn.webhookId)
                                        .put(
                                                "events",
                                                new JsonArray()
                                                        .add("transcript")
                                                        .add("answering_machine_detection"))));
        standIn.twilio(
                "POST",
                "/_sim/callees",
                new JsonObject()
                        .put("number", StandIn.CUSTOMER)
                        .put("outcome", "machine")
                        .put("ringMs", 50)
                        .put("detectMs", 200)
                        .put("greetingMs", 800)
                        .put("recordMs", 1500)
                        .encode());
        JsonObject request = standIn.outbound(number)
                .put(
                        "telephony_call_config",
                        new JsonObject().put("twilio_machine_detection", new JsonObject().put("mode", "enable")));
        JsonObject placed = standIn.post("/v1/convai/twilio/outbound-call", request);
        standIn.finishedCall(placed.getString("callSid"));
        await().atMost(Duration.ofSeconds(10)).until(() -> standIn.countReceived(StandIn.HOOK) == 2);
        assertThat(standIn.received)
                .filteredOn(one -> one.path().equals(StandIn.HOOK))
                .extracting(one -> one.json().getString("type"))
                .containsExactly("answering_machine_detection", "post_call_transcription");
        assertThat(standIn.get("/v1/convai/conversations/" + placed.getString("conversation_id"))
                        .getJsonObject("metadata")
                        .getJsonObject("phone_call")
                        .getString("call_result"))
                .isEqualTo("voicemail");
        assertThat(standIn.violations()).isEmpty();
    }

    @Test
    void shouldRefuseAnOutboundCallWithWrongIdsOrNumber() {
        JsonObject unknown = standIn.outbound("phnum_none");
        assertThat(standIn.send("POST", "/v1/convai/twilio/outbound-call", unknown)
                        .statusCode())
                .isEqualTo(404);
        unknown.remove("agent_phone_number_id");
        assertThat(standIn.send("POST", "/v1/convai/twilio/outbound-call", unknown)
                        .statusCode())
                .isEqualTo(422);
        JsonObject local = standIn.outbound(number).put("to_number", "5550142");
        assertThat(standIn.send("POST", "/v1/convai/twilio/outbound-call", local)
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void shouldTakeTheNumbersVoiceWebhookOverAndLeaveItsTextsAlone() {
        JsonObject atTwilio = standIn.twilioRest("/IncomingPhoneNumbers.json?PhoneNumber=%2B12025550100")
                .getJsonArray("incoming_phone_numbers")
                .getJsonObject(0);
        assertThat(atTwilio.getString("voice_url")).isEqualTo("https://elevenlabs.test/twilio/inbound_call");
        assertThat(String.valueOf(atTwilio.getString("sms_url"))).doesNotContain("elevenlabs");

        standIn.post("/v1/convai/phone-numbers", StandIn.number(true));
        assertThat(standIn.twilioRest("/IncomingPhoneNumbers.json?PhoneNumber=%2B12025550100")
                        .getJsonArray("incoming_phone_numbers")
                        .getJsonObject(0)
                        .getString("sms_url"))
                .isEqualTo("https://elevenlabs.test/twilio/inbound_sms");
        assertThat(standIn.violations()).containsExactly("sms_webhook_rewritten");
    }

    @Test
    void shouldListNumbersByAgentAndProvider() {
        String documented = "rest_phone_numbers_list_response.json";
        JsonObject listed = new JsonArray(standIn.send(
                                "GET", "/v1/convai/phone-numbers?provider=twilio&agent_id=" + standIn.agentId, null)
                        .body())
                .getJsonObject(0);
        assertThat(listed.fieldNames())
                .isEqualTo(
                        new JsonArray(Fixture.text(documented)).getJsonObject(0).fieldNames());
        assertThat(listed.getString("phone_number_id")).isEqualTo(number);
        assertThat(listed.getBoolean("supports_outbound")).isTrue();
        for (String none : new String[] {"provider=sip_trunk", "agent_id=agent_none"}) {
            assertThat(standIn.send("GET", "/v1/convai/phone-numbers?" + none, null)
                            .body())
                    .isEqualTo("[]");
        }
    }

    @Test
    void shouldRefuseANumberTheAccountDoesNotHave() {
        HttpResponse<String> answer = standIn.send(
                "POST", "/v1/convai/phone-numbers", StandIn.number(false).put("phone_number", "+12025550199"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getJsonObject("detail").getString("status"))
                .isEqualTo("invalid_provider_config");
    }

    @Test
    void shouldAskTheInitiationWebhookAndAnswerACallOnAnImportedNumber() {
        enableInitiation();
        standIn.answers = request -> request.path().equals(INITIATION)
                ? DemoAgent.initiation("")
                        .put(
                                "conversation_config_override",
                                new JsonObject()
                                        .put("agent", new JsonObject().put("first_message", "Hello again. Who is it?")))
                : DemoAnswers.to(request);
        String callSid = callIn(LISTEN, GOODBYE, new JsonObject().put("wait", "hangup"));

        JsonObject data = standIn.postCall();
        StandIn.Received asked = standIn.received(INITIATION).orElseThrow();
        assertThat(asked.headers()).containsEntry("X-Tool-Secret", StandIn.SECRET);
        assertThat(asked.json())
                .isEqualTo(new JsonObject()
                        .put("caller_id", StandIn.CUSTOMER)
                        .put("agent_id", standIn.agentId)
                        .put("called_number", StandIn.OURS)
                        .put("call_sid", callSid)
                        .put("conversation_id", data.getString("conversation_id")));
        assertThat(data.getJsonArray("transcript").getJsonObject(0).getString("message"))
                .isEqualTo("Hello again. Who is it?");
        JsonObject leg = data.getJsonObject("metadata").getJsonObject("phone_call");
        assertThat(leg.getString("direction")).isEqualTo("inbound");
        assertThat(leg.getString("external_number")).isEqualTo(StandIn.CUSTOMER);
        assertThat(standIn.twilioViolations()).isEmpty();
    }

    @Test
    void shouldLetACallDieInSilenceWhenTheInitiationWebhookAnswersWrongly() {
        enableInitiation();
        standIn.answers = request -> new JsonObject().put("dynamic_variables", new JsonObject());
        String callSid = callIn(new JsonObject().put("wait", "hangup"));

        JsonObject call = standIn.finishedCall(callSid);
        assertThat(call.getJsonArray("heard", new JsonArray()).encode()).doesNotContain("Hello");
        assertThat(standIn.postCall().getString("status")).isEqualTo("failed");
        assertThat(standIn.violations()).containsExactly("initiation_webhook");
    }

    @Test
    void shouldRegisterACallThatTwilioThenStreams() {
        JsonObject data = DemoAgent.initiation("");
        data.remove("type");
        HttpResponse<String> answer = standIn.send(
                "POST",
                "/v1/convai/twilio/register-call",
                new JsonObject()
                        .put("agent_id", standIn.agentId)
                        .put("from_number", StandIn.CUSTOMER)
                        .put("to_number", StandIn.OURS)
                        .put("direction", "inbound")
                        .put("conversation_initiation_client_data", data));
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/html");
        standIn.callee("answer", LISTEN, GOODBYE, new JsonObject().put("wait", "hangup"));
        String callSid = standIn.twilioForm(
                        "/Calls.json", Map.of("To", StandIn.CUSTOMER, "From", StandIn.OURS, "Twiml", answer.body()))
                .getString("sid");

        JsonObject call = standIn.finishedCall(callSid);
        assertThat(call.encode()).contains("Harbour Salon");
        JsonObject leg = standIn.postCall().getJsonObject("metadata").getJsonObject("phone_call");
        assertThat(leg.getString("call_sid")).isEqualTo(callSid);
        assertThat(leg.getString("agent_number")).isEqualTo(StandIn.OURS);
        assertThat(standIn.received(INITIATION)).isEmpty();
        assertThat(standIn.violations()).isEmpty();
    }

    @Test
    void shouldBelieveNothingTwilioDidNotSign() {
        standIn.callee("answer");
        JsonObject placed = standIn.post("/v1/convai/twilio/outbound-call", standIn.outbound(number));
        String path = "/twilio/status-callback?conversation_id=" + placed.getString("conversation_id");
        assertThat(standIn.send("POST", path, new JsonObject()).statusCode()).isEqualTo(403);
        assertThat(standIn.send("POST", "/twilio/inbound_call", new JsonObject())
                        .statusCode())
                .isEqualTo(403);
        assertThat(standIn.send("GET", "/twilio/media-stream", null).statusCode())
                .isEqualTo(403);
        assertThat(standIn.violations()).containsExactly("twilio_signature", "twilio_signature", "twilio_signature");
    }

    private void enableInitiation() {
        standIn.patch(
                "/v1/convai/settings",
                new JsonObject()
                        .put(
                                "conversation_initiation_client_data_webhook",
                                new JsonObject()
                                        .put("url", "https://voice.example.test" + INITIATION)
                                        .put(
                                                "request_headers",
                                                new JsonObject().put("X-Tool-Secret", StandIn.SECRET))));
        standIn.patch(
                "/v1/convai/agents/" + standIn.agentId,
                new JsonObject()
                        .put(
                                "platform_settings",
                                new JsonObject()
                                        .put(
                                                "overrides",
                                                new JsonObject()
                                                        .put(
                                                                "enable_conversation_initiation_client_data_from_webhook",
                                                                true))));
    }

    private String callIn(JsonObject... steps) {
        return standIn.twilio(
                        "POST",
                        "/_sim/calls",
                        new JsonObject()
                                .put("from", StandIn.CUSTOMER)
                                .put("to", StandIn.OURS)
                                .put("steps", new JsonArray(List.of(steps)))
                                .encode())
                .getString("callSid");
    }
}
