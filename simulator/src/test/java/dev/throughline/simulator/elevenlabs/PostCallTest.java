package dev.throughline.simulator.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.throughline.simulator.elevenlabs.conversation.Timing;
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
    void shouldListConversationsByAgentAndTimePageByPage() {
        long before = java.time.Instant.now().getEpochSecond() - 1;
        for (int i = 0; i < 3; i++) {
            talkShortly();
        }
        await().until(() -> standIn.countReceived(HOOK) == 3);
        String filter = "/v1/convai/conversations?agent_id=" + standIn.agentId + "&call_start_after_unix=" + before;
        JsonObject first = standIn.get(filter + "&page_size=2");
        assertThat(first.getJsonArray("conversations")).hasSize(2);
        assertThat(first.getBoolean("has_more")).isTrue();
        JsonObject second = standIn.get(filter + "&page_size=2&cursor=" + first.getString("next_cursor"));
        assertThat(second.getJsonArray("conversations")).hasSize(1);
        assertThat(second.getBoolean("has_more")).isFalse();
        assertThat(standIn.get(filter + "&call_successful=success").getJsonArray("conversations"))
                .hasSize(3);
        for (String none : new String[] {
            "agent_id=agent_none",
            "call_start_after_unix=" + (before + 60),
            "call_start_before_unix=" + before,
            "call_successful=failure",
            "text_only=false"
        }) {
            assertThat(standIn.get("/v1/convai/conversations?" + none).getJsonArray("conversations"))
                    .as(none)
                    .isEmpty();
        }
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
