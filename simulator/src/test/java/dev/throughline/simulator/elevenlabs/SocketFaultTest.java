package dev.throughline.simulator.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.throughline.simulator.elevenlabs.conversation.Timing;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of the conversation socket that a bridge has to survive. */
class SocketFaultTest {

    @TempDir
    private Path state;

    private StandIn standIn;

    @BeforeEach
    void start() throws Exception {
        standIn = new StandIn(state, Timing.REAL).withAgent(agent -> agent);
    }

    @AfterEach
    void stop() throws Exception {
        standIn.close();
    }

    @Test
    void shouldRefuseTheUpgradeOnce() {
        standIn.fault(fault("refuse-upgrade").put("status", 429));
        assertThatThrownBy(() -> standIn.connect())
                .hasRootCauseInstanceOf(UpgradeRejectedException.class)
                .hasMessageContaining("429");
        standIn.connect().send(DemoAgent.initiation("")).awaitEvent("conversation_initiation_metadata");
    }

    @ParameterizedTest
    @ValueSource(ints = {1002, 1008, 1011, 4300})
    void shouldCloseWithTheCodeAskedForAfterATurn(int code) {
        standIn.fault(fault("close").put("code", code).put("afterTurns", 1));
        SocketClient client = standIn.connect().send(DemoAgent.initiation(""));
        client.awaitEvent("agent_response");
        assertThat(client.closed).isFalse();
        client.speak("hello");
        assertThat(client.awaitClose()).isEqualTo(code);
    }

    @Test
    void shouldCloseBeforeAWordWhenTheMomentIsNow() {
        standIn.fault(fault("drop-tcp").put("afterMillis", 0));
        assertThat(standIn.connect().send(DemoAgent.initiation("")).awaitClose())
                .isEqualTo(1006);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pcm_8000", "pcm_22050"})
    void shouldAnnounceAndSpeakTheFormatAskedFor(String format) {
        standIn.fault(fault("announce-format").put("format", format));
        SocketClient client = standIn.connect().send(DemoAgent.initiation(""));
        JsonObject metadata = client.awaitEvent("conversation_initiation_metadata")
                .getJsonObject("conversation_initiation_metadata_event");
        assertThat(metadata.getString("agent_output_audio_format")).isEqualTo(format);
        assertThat(metadata.getString("user_input_audio_format")).isEqualTo(format);
        client.awaitEvent("audio");
    }

    @Test
    void shouldStopReadingSoThatTheClientBacksUp() {
        standIn.fault(fault("never-reads"));
        SocketClient client = standIn.connect().send(DemoAgent.initiation(""));
        client.awaitEvent("agent_response");
        await().atMost(Duration.ofSeconds(10)).until(client::backsUp);
        assertThat(standIn.violations()).isEmpty();
    }

    @Test
    void shouldSendOneMessageOfTheSizeAskedFor() {
        standIn.fault(fault("huge-message").put("bytes", 1 << 20).put("afterMillis", 0));
        SocketClient client =
                SocketClient.of(standIn.vertx, standIn.signedUrl(), 2 << 20).send(DemoAgent.initiation(""));
        JsonObject huge = client.awaitEvent("some_future_event");
        assertThat(huge.encode()).hasSize(1 << 20);
        client.awaitEvent("agent_response");
    }

    @Test
    void shouldSendLateAudioWhenAskedTo() {
        standIn.fault(fault("late-audio").put("chunks", 3).put("afterMillis", 200));
        SocketClient caller = standIn.connect().send(DemoAgent.initiation(""));
        caller.awaitEvent("audio");
        caller.speak("hello").awaitEvent("interruption");
        int interruption = caller.awaitEvent("interruption")
                .getJsonObject("interruption_event")
                .getInteger("event_id");
        int at = caller.events.indexOf(caller.awaitEvent("interruption"));
        await().until(() -> caller.events.stream()
                        .skip(at)
                        .filter(event -> event.getString("type").equals("audio"))
                        .filter(event -> event.getJsonObject("audio_event").getInteger("event_id") < interruption)
                        .count()
                == 3);
    }

    private static JsonObject fault(String kind) {
        return new JsonObject().put("kind", kind);
    }
}
