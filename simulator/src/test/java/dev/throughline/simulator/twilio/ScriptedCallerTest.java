package dev.throughline.simulator.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.throughline.simulator.twilio.audio.MuLaw;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripted callers in real time, against an agent that hums: it answers a caller who has fallen silent and can be interrupted. */
class ScriptedCallerTest {

    @TempDir
    Path stateDir;

    private TestBed bed;

    @BeforeEach
    void start() {
        bed = TestBed.withNumber(stateDir);
        bed.answerTwiml(
                "/voice",
                "<Response><Connect><Stream url=\"wss://voice.example.test/media-stream\"/></Connect></Response>");
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void shouldWorkThroughTheShippedStoryWithItsBargeIn() {
        bed.onSocket(socket -> new HummingAgent(socket, List.of(1_500, 6_000, 1_500, 1_500, 1_000)));

        String sid = bed.call(new JsonObject().put("script", "book-a-colouring"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> bed.get("/_sim/calls/" + sid).getBoolean("ended"));
        JsonObject call = bed.get("/_sim/calls/" + sid);

        assertThat(call.getJsonArray("problems")).isEmpty();
        assertThat(details(call, "caller"))
                .containsSubsequence(
                        "has said yes-what-times",
                        "barges in",
                        "says second-one-please",
                        "has said my-name-is-anna-berger",
                        "has said thank-you-goodbye");
        JsonArray heard = call.getJsonArray("heard");
        assertThat(heard).hasSize(5);
        assertThat(heard.getJsonObject(1).getBoolean("cut")).isTrue();
        assertThat(heard.getJsonObject(1).getLong("ms")).isBetween(2_400L, 5_900L);
        assertThat(heard.getJsonObject(4).getLong("ms")).isEqualTo(1_000);
        assertThat(bed.violationCodes()).isEmpty();
    }

    @Test
    void shouldHangUpWhenTheAgentNeverSpeaks() {
        bed.onSocket(socket -> socket.textMessageHandler(text -> {}));

        JsonObject call = bed.finished(bed.call(CallContractTest.steps(
                new JsonObject().put("wait", "agent-finished").put("timeoutMs", 500))));

        assertThat(call.getJsonArray("problems")).containsExactly("waited 500 ms for agent-finished");
        assertThat(call.getString("status")).isEqualTo("completed");
    }

    @Test
    void shouldRefuseARequestThatMakesNoSense() {
        for (JsonObject request : List.of(
                new JsonObject().put("script", "no-such-script"),
                new JsonObject().put("script", "../../secrets"),
                CallContractTest.steps(new JsonObject().put("say", "no-such-clip")),
                CallContractTest.steps(new JsonObject().put("wait", "for-godot")),
                CallContractTest.steps(new JsonObject().put("dance", true)))) {
            JsonObject answer = bed.refused(
                    "/_sim/calls", request.put("from", TestBed.CUSTOMER).put("to", TestBed.OURS));
            assertThat(answer.getString("error")).isNotEmpty();
        }
    }

    private static List<String> details(JsonObject call, String what) {
        return call.getJsonArray("events").stream()
                .map(JsonObject.class::cast)
                .filter(each -> what.equals(each.getString("what")))
                .map(each -> each.getString("detail"))
                .toList();
    }

    /** Hums for the given times: first as a greeting, then after each turn of the caller, then closes the socket. */
    private static final class HummingAgent {

        private static final int SILENT_FRAMES = 20;

        private final ServerWebSocket socket;
        private final List<Integer> turnsMillis;
        private String streamSid = "";
        private int turn;
        private int silentFrames;
        private boolean callerSpoke;

        HummingAgent(ServerWebSocket socket, List<Integer> turnsMillis) {
            this.socket = socket;
            this.turnsMillis = turnsMillis;
            socket.textMessageHandler(text -> on(new JsonObject(text)));
        }

        private void on(JsonObject message) {
            switch (message.getString("event")) {
                case "start" -> {
                    streamSid = message.getString("streamSid");
                    hum();
                }
                case "media" ->
                    hear(Base64.getDecoder()
                            .decode(message.getJsonObject("media").getString("payload")));
                case "mark" -> {
                    if (turn == turnsMillis.size()) {
                        socket.close((short) 1000, "goodbye");
                    }
                }
                default -> {}
            }
        }

        private void hear(byte[] frame) {
            if (!MuLaw.isSilent(frame)) {
                if (!callerSpoke) {
                    send(new JsonObject().put("event", "clear"));
                }
                callerSpoke = true;
                silentFrames = 0;
            } else if (callerSpoke && ++silentFrames == SILENT_FRAMES) {
                callerSpoke = false;
                hum();
            }
        }

        private void hum() {
            String payload = Base64.getEncoder().encodeToString(MuLaw.tone(200 + 40 * turn, turnsMillis.get(turn)));
            turn++;
            send(new JsonObject().put("event", "media").put("media", new JsonObject().put("payload", payload)));
            send(new JsonObject().put("event", "mark").put("mark", new JsonObject().put("name", "t" + turn)));
        }

        private void send(JsonObject message) {
            socket.writeTextMessage(message.put("streamSid", streamSid).encode());
        }
    }
}
