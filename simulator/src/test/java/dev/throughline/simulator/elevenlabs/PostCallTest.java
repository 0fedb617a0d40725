package dev.throughline.simulator.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.throughline.simulator.elevenlabs.conversation.Timing;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostCallTest {

    private static final String HOOK = StandIn.HOOK;

    @TempDir
    private Path state;

    private StandIn standIn;

    @BeforeEach
    void start() throws Exception {
        standIn = new StandIn(state, Timing.REAL.withRetryUnit(Duration.ofMillis(5))).withAgent(agent -> agent);
    }

    @AfterEach
    void stop() throws Exception {
        standIn.close();
    }

    @Test
    void shouldDeliverTheWholeConversationSigned() throws Exception {
        bookByText();
        StandIn.Received webhook = awaitHook();

        assertThat(webhook.headers().get("ElevenLabs-Signature")).isEqualTo(expectedSignature(webhook));
        JsonObject envelope = webhook.json();
        assertThat(envelope.getString("type")).isEqualTo("post_call_transcription");
        JsonObject data = envelope.getJsonObject("data");
        assertThat(data.getString("status")).isEqualTo("done");
        assertThat(data.getJsonObject("conversation_initiation_client_data")
                        .getJsonObject("dynamic_variables")
                        .getString("lead_id"))
                .isEqualTo("lead-42");
        JsonObject analysis = data.getJsonObject("analysis");
        assertThat(analysis.getJsonObject("evaluation_criteria_results")
                        .getJsonObject("booked")
                        .getString("result"))
                .isEqualTo("success");
        JsonObject collected = analysis.getJsonObject("data_collection_results");
        assertThat(collected.getJsonObject("service").getString("value")).isEqualTo("Colouring");
        assertThat(collected.getJsonObject("customer_name").getString("value")).isEqualTo("Anna Berger");
        assertThat(collected.getJsonObject("budget").getValue("value")).isNull();
        assertThat(standIn.get("/v1/convai/conversations/" + data.getString("conversation_id")))
                .isEqualTo(data);
        assertThat(standIn.get("/v1/convai/conversations?agent_id=" + standIn.agentId)
                        .getJsonArray("conversations"))
                .hasSize(1);
    }

    @Test
    void shouldSignWronglyDuplicateAndThinOutOnDemand() throws Exception {
        standIn.fault(new JsonObject().put("kind", "wrong-signature").put("match", "post-call"));
        talkShortly();
        StandIn.Received wrong = awaitHook();
        assertThat(wrong.headers().get("ElevenLabs-Signature")).isNotEqualTo(expectedSignature(wrong));

        standIn.received.clear();
        standIn.fault(new JsonObject().put("kind", "duplicate").put("match", "post-call"));
        talkShortly();
        await().until(() -> standIn.countReceived(HOOK) == 2);
        assertThat(standIn.distinctBodies(HOOK)).hasSize(1);

        standIn.received.clear();
        standIn.fault(new JsonObject().put("kind", "sparse").put("match", "post-call"));
        talkShortly();
        assertThat(awaitHook().json().getJsonObject("data").getValue("analysis"))
                .isNull();
    }

    @Test
    void shouldRetryTheSameBodyOnlyWhenEnabled() {
        standIn.hookStatus = 503;
        talkShortly();
        awaitHook();
        standIn.received.clear();
        standIn.patch(
                "/v1/workspace/webhooks/" + standIn.webhookId,
                new JsonObject()
                        .put("is_disabled", false)
                        .put("name", "post-call")
                        .put("retry_enabled", true));
        talkShortly();
        await().until(() -> standIn.countReceived(HOOK) == 3);
        standIn.hookStatus = 200;
        await().until(() -> standIn.countReceived(HOOK) == 4);
        assertThat(standIn.distinctBodies(HOOK)).hasSize(1);
    }

    @Test
    void shouldNotReportAConversationThatWasRefusedAtTheDoor() {
        JsonObject initiation = DemoAgent.initiation("");
        initiation.getJsonObject("dynamic_variables").remove("tenant_id");
        standIn.connect().send(initiation).awaitClose();
        talkShortly();
        awaitHook();
        assertThat(standIn.countReceived(HOOK)).isEqualTo(1);
    }

    @Test
    void shouldCallOutAndTellTheResult() {
        String number = importNumber();
        standIn.post(
                "/_sim/outbound",
                new JsonObject()
                        .put(
                                "lines",
                                new JsonArray()
                                        .add("Hello.")
                                        .add("Do you have time for a haircut on Friday?")
                                        .add("Thank you, goodbye.")));
        JsonObject answer = standIn.post("/v1/convai/twilio/outbound-call", outbound(number));
        assertThat(answer.getBoolean("success")).isTrue();
        assertThat(answer.getString("callSid")).startsWith("CA");

        JsonObject data = awaitHook().json().getJsonObject("data");
        assertThat(data.getString("conversation_id")).isEqualTo(answer.getString("conversation_id"));
        JsonObject call = data.getJsonObject("metadata").getJsonObject("phone_call");
        assertThat(call.getString("external_number")).isEqualTo("+12025550142");
        assertThat(call.getString("call_sid")).isEqualTo(answer.getString("callSid"));
        assertThat(standIn.countReceived("/api/tools/check_availability")).isEqualTo(1);
    }

    @Test
    void shouldTellThatNobodyAnswered() {
        standIn.post("/_sim/outbound", new JsonObject().put("answer", "no-answer"));
        standIn.post("/v1/convai/twilio/outbound-call", outbound(importNumber()));
        JsonObject envelope = awaitHook().json();
        assertThat(envelope.getString("type")).isEqualTo("call_initiation_failure");
        assertThat(envelope.getJsonObject("data").getString("failure_reason")).isEqualTo("no-answer");
    }

    @Test
    void shouldRefuseAnOutboundCallWithWrongIds() {
        JsonObject call = outbound("phnum_none");
        assertThat(standIn.send("POST", "/v1/convai/twilio/outbound-call", call).statusCode())
                .isEqualTo(404);
        call.remove("agent_phone_number_id");
        assertThat(standIn.send("POST", "/v1/convai/twilio/outbound-call", call).statusCode())
                .isEqualTo(422);
    }

    @Test
    void shouldAskTheInitiationWebhookBeforeANativeCall() throws Exception {
        String number = importNumber();
        standIn.patch(
                "/v1/convai/settings",
                new JsonObject()
                        .put(
                                "conversation_initiation_client_data_webhook",
                                new JsonObject()
                                        .put(
                                                "url",
                                                "https://voice.example.test/api/webhooks/elevenlabs/conversation-initiation")
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
        standIn.answers = request ->
                request.path().endsWith("conversation-initiation") ? DemoAgent.initiation("") : DemoAnswers.to(request);
        standIn.post(
                "/_sim/native-calls",
                new JsonObject()
                        .put("phone_number_id", number)
                        .put(
                                "lines",
                                new JsonArray()
                                        .add("What are your opening hours?")
                                        .add("Goodbye")));

        StandIn.Received asked = await().until(
                        () -> standIn.received("/api/webhooks/elevenlabs/conversation-initiation")
                                .orElse(null),
                        one -> one != null);
        assertThat(asked.headers()).containsEntry("X-Tool-Secret", StandIn.SECRET);
        assertThat(asked.json().fieldNames())
                .containsExactlyInAnyOrder("caller_id", "agent_id", "called_number", "call_sid", "conversation_id");
        assertThat(awaitHook()
                        .json()
                        .getJsonObject("data")
                        .getJsonArray("transcript")
                        .encode())
                .contains("nine to five");
    }

    private String importNumber() {
        String number = standIn.post(
                        "/v1/convai/phone-numbers",
                        new JsonObject()
                                .put("provider", "twilio")
                                .put("phone_number", "+12025550100")
                                .put("label", "Main")
                                .put("sid", "AC00000000000000000000000000000001")
                                .put("token", "test-only")
                                .put("enable_sms", false))
                .getString("phone_number_id");
        standIn.patch("/v1/convai/phone-numbers/" + number, new JsonObject().put("agent_id", standIn.agentId));
        return number;
    }

    private JsonObject outbound(String number) {
        JsonObject data = DemoAgent.initiation("");
        data.remove("type");
        return new JsonObject()
                .put("agent_id", standIn.agentId)
                .put("agent_phone_number_id", number)
                .put("to_number", "+12025550142")
                .put("conversation_initiation_client_data", data);
    }

    private void bookByText() {
        SocketClient client = standIn.connect().send(DemoAgent.textInitiation());
        client.say("A colouring on Tuesday please").awaitResponse("nine o'clock");
        client.say("the second one").awaitResponse("name");
        client.say("My name is Anna Berger").awaitResponse("booked");
        client.say("Goodbye").awaitClose();
    }

    private void talkShortly() {
        SocketClient client = standIn.connect().send(DemoAgent.textInitiation());
        client.say("How much is a haircut?").awaitResponse("dollars");
        client.close();
    }

    private StandIn.Received awaitHook() {
        await().until(() -> standIn.received(HOOK).isPresent());
        return standIn.received(HOOK).orElseThrow();
    }

    private String expectedSignature(StandIn.Received webhook) throws Exception {
        String time = webhook.headers().get("ElevenLabs-Signature").replaceAll("t=(\\d+),.*", "$1");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(standIn.webhookSecret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] hash = mac.doFinal((time + "." + webhook.body()).getBytes(StandardCharsets.UTF_8));
        return "t=" + time + ",v0=" + HexFormat.of().formatHex(hash);
    }
}
