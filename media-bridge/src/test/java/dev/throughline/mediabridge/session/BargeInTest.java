package dev.throughline.mediabridge.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.throughline.events.CallEvent;
import dev.throughline.events.Speaker;
import dev.throughline.mediabridge.testing.EventsOf;
import dev.throughline.mediabridge.testing.FakeTwilioStream;
import dev.throughline.mediabridge.testing.OtherEnds;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a caller hears, does not hear, and presses. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
@QuarkusTestResource(OtherEnds.class)
class BargeInTest extends AbstractCallTest {

    /** Ten seconds in one message: far more than any test takes, so that the time since its beginning decides nothing. */
    private static final byte[] TEN_SECONDS = new byte[80_000];

    @Test
    void shouldPublishTheWordsThatWereHeardWhereNoCorrectionComes() throws Exception {
        try (EventsOf events = new EventsOf(leadId)) {
            FakeTwilioStream stream = call();
            talk().says("one two three four five six seven eight nine ten", 3);
            talk().audio(base64(TEN_SECONDS), 3);
            talk().audio(base64(TEN_SECONDS), 3);
            eventually(() -> assertThat(stream.marks()).containsExactly("u1-1", "u1-2"));
            stream.echo("u1-1");
            stream.press("5");
            // Keys are told in order after the echo: it was seen.
            eventually(() -> assertThat(talk().messages("user_message")).hasSize(1));
            talk().interrupts(4);

            eventually(() -> assertThat(events.all(CallEvent.Turn.class))
                    .singleElement()
                    .satisfies(turn -> {
                        assertThat(turn.speaker()).isEqualTo(Speaker.AGENT);
                        assertThat(turn.interrupted()).isTrue();
                        assertThat(turn.text()).startsWith("one two three four").doesNotContain("nine");
                    }));
            assertThat(stream.frames("clear")).hasSize(1);
        }
    }

    @Test
    void shouldNotMindAnInterruptionAfterTheLastWord() throws Exception {
        try (EventsOf events = new EventsOf(leadId)) {
            FakeTwilioStream stream = call();
            talk().says("How can I help?", 3);
            talk().audio(base64(frame(1)), 3);
            eventually(() -> assertThat(stream.marks()).containsExactly("u1-1"));
            stream.echo("u1-1");
            stream.press("#");
            eventually(() -> assertThat(talk().messages("user_message")).hasSize(1));
            talk().interrupts(4);
            talk().audio(base64(frame(2)), 5);

            eventually(() -> assertThat(stream.marks()).containsExactly("u1-1", "u2-1"));
            eventually(() -> assertThat(events.all(CallEvent.Turn.class))
                    .singleElement()
                    .satisfies(turn -> {
                        assertThat(turn.text()).isEqualTo("How can I help?");
                        assertThat(turn.interrupted()).isFalse();
                    }));
            assertThat(stream.isClosed()).isFalse();
        }
    }

    @Test
    void shouldHangUpAfterAGoodByeThatWasCutShort() throws Exception {
        FakeTwilioStream stream = call();
        talk().audio(base64(TEN_SECONDS), 3);
        eventually(() -> assertThat(stream.marks()).containsExactly("u1-1"));
        endCall();
        await().during(Duration.ofMillis(700)).until(() -> !stream.isClosed());
        talk().interrupts(4);
        talk().audio(base64(frame(3)), 4);
        eventually(() -> assertThat(stream.marks()).containsExactly("u1-1", "u2-1"));
        // What a clear sends back at once means nothing.
        stream.echo("u1-1");
        await().during(Duration.ofMillis(700)).until(() -> !stream.isClosed());
        stream.echo("u2-1");

        closes(stream, 1000, "the agent ended the conversation");
    }

    @Test
    void shouldPlayOutAGoodByeAfterTheAgentsSocketHasClosed() throws Exception {
        FakeTwilioStream stream = call();
        talk().audio(base64(frame(1)), 1);
        talk().close(1000, "");
        eventually(() -> assertThat(stream.marks()).containsExactly("u1-1"));
        await().during(Duration.ofMillis(600)).until(() -> !stream.isClosed());
        stream.echo("u1-1");

        closes(stream, 1000, "the agent ended the conversation");
        assertThat(outcomes()).containsExactly("COMPLETED");
    }

    @Test
    void shouldTellANumberTypedInOneGoInOneMessage() throws Exception {
        FakeTwilioStream stream = call();
        for (String key : List.of("4", "2", "*", "0", "#")) {
            stream.press(key);
        }

        eventually(() -> assertThat(talk().messages("user_message"))
                .singleElement()
                .satisfies(message -> assertThat(message.getString("text")).contains("4 2 * 0 #")));
    }

    @Test
    void shouldPlayKeysInOrderWithTheAgentsWords() throws Exception {
        FakeTwilioStream stream = call();
        talk().audio(base64(frame(1)), 1);
        tool("tc_1", "1w2#");
        talk().audio(base64(frame(2)), 2);
        tool("tc_2", "1?");

        eventually(() -> assertThat(talk().messages("client_tool_result")).hasSize(2));
        eventually(() -> assertThat(stream.audio()).endsWith(base64(frame(2))).startsWith(base64(frame(1))));
        // Three keys of 200 ms and half a second of silence between the agent's words.
        assertThat(bytes(stream.audio())).hasSize(160 + 3 * 1_600 + 4_000 + 160);
        assertThat(result("tc_1").getBoolean("is_error")).isFalse();
        assertThat(result("tc_2").getBoolean("is_error")).isTrue();
        assertThat(result("tc_2").getString("result")).contains("no such key");
    }

    private void endCall() {
        talk().event(
                        "agent_tool_response",
                        "agent_tool_response",
                        new JsonObject()
                                .put("tool_name", "end_call")
                                .put("is_error", false)
                                .put("tool_call_id", "t"));
    }

    private void tool(String id, String keys) {
        talk().event(
                        "client_tool_call",
                        "client_tool_call",
                        new JsonObject()
                                .put("tool_name", "play_keypad_touch_tone")
                                .put("tool_call_id", id)
                                .put("parameters", new JsonObject().put("dtmf_tones", keys)));
    }

    private JsonObject result(String id) {
        return talk().messages("client_tool_result").stream()
                .filter(result -> id.equals(result.getString("tool_call_id")))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] bytes(List<String> chunks) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        chunks.forEach(chunk -> all.writeBytes(Base64.getDecoder().decode(chunk)));
        return all.toByteArray();
    }
}
