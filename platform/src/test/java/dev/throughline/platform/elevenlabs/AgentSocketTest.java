package dev.throughline.platform.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.throughline.platform.Configs;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.impl.WebSocketInternal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a plain server that plays the agent. */
class AgentSocketTest {

    private static final Duration WAIT = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<ServerWebSocket> accepted = new LinkedBlockingQueue<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final Recording listener = new Recording();
    private HttpServer server;
    private AgentSockets sockets;

    private static final class Recording implements AgentSocket.Listener {
        final List<AgentEvent> events = new CopyOnWriteArrayList<>();
        final List<String> closes = new CopyOnWriteArrayList<>();

        @Override
        public void onEvent(AgentEvent event) {
            events.add(event);
        }

        @Override
        public void onClosed(int code, String reason) {
            closes.add(code + " " + reason);
        }
    }

    @BeforeEach
    void start() {
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setMaxWebSocketFrameSize(1 << 20)
                        .setMaxWebSocketMessageSize(8 << 20))
                // Not webSocketHandler: Quarkus switches that off for the whole JVM.
                .requestHandler(request -> {
                    if (request.path().startsWith("/refused")) {
                        request.response().setStatusCode(403).end();
                        return;
                    }
                    request.toWebSocket().onSuccess(socket -> {
                        socket.textMessageHandler(received::add);
                        accepted.add(socket);
                    });
                })
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        sockets = new AgentSockets(
                vertx,
                Configs.of(
                        ElevenLabsConfig.class,
                        Map.of(
                                "throughline.elevenlabs.connect-timeout", "2s",
                                "throughline.elevenlabs.socket-queue-messages", "50")));
    }

    @AfterEach
    void stop() {
        sockets.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldAnswerAPingItselfAndTellTheListener() throws InterruptedException {
        open("/x?conversation_signature=a%2Fb");
        ServerWebSocket agent = agent();
        assertThat(agent.uri()).isEqualTo("/x?conversation_signature=a%2Fb");
        agent.writeTextMessage("{\"type\":\"ping\",\"ping_event\":{\"event_id\":5}}");
        agent.writeTextMessage("{\"type\":\"interruption\",\"interruption_event\":{\"event_id\":6}}");
        await().atMost(WAIT).until(() -> listener.events.size() == 2);
        await().atMost(WAIT).until(() -> received.contains(AgentMessages.pong(5)));
        assertThat(listener.events).containsExactly(new AgentEvent.Ping(5, null), new AgentEvent.Interruption(6));
    }

    @Test
    void shouldHearWhatTheAgentSaysBeforeTheCallerSeesTheSocket() throws InterruptedException {
        HttpServer eager = vertx.createHttpServer()
                .requestHandler(request -> request.toWebSocket().onSuccess(socket -> {
                    for (int i = 0; i < 20; i++) {
                        socket.writeTextMessage(
                                "{\"type\":\"interruption\",\"interruption_event\":{\"event_id\":" + i + "}}");
                    }
                }))
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        for (int i = 0; i < 50; i++) {
            Recording heard = new Recording();
            sockets.connect("ws://localhost:" + eager.actualPort() + "/", heard)
                    .await()
                    .atMost(WAIT);
            await().atMost(WAIT).until(() -> heard.events.size() == 20);
        }
    }

    @Test
    void shouldNotOfferCompression() throws InterruptedException {
        open("/x");
        assertThat(agent().headers().contains("Sec-WebSocket-Extensions")).isFalse();
    }

    @Test
    void shouldSendInOrderFromAnyThread() throws InterruptedException {
        AgentSocket socket = open("/x");
        agent();
        for (int i = 0; i < 500; i++) {
            socket.send(AgentMessages.contextualUpdate("note " + i));
        }
        await().atMost(WAIT).until(() -> received.size() == 500);
        for (int i = 0; i < 500; i++) {
            assertThat(received.get(i)).isEqualTo(AgentMessages.contextualUpdate("note " + i));
        }
    }

    @Test
    void shouldCloseOnAMessageThatIsTooLarge() throws InterruptedException {
        open("/x");
        ServerWebSocket agent = agent();
        agent.writeTextMessage("\"" + "A".repeat(5 << 20) + "\"");
        await().atMost(WAIT).until(() -> agent.closeStatusCode() != null);
        assertThat(agent.closeStatusCode()).isEqualTo((short) 1009);
        assertThat(listener.events).isEmpty();
    }

    @Test
    void shouldEndAConnectionWhoseOtherSideDoesNotAnswerTheClose() throws InterruptedException {
        AgentSocket socket = open("/x");
        ServerWebSocket agent = agent();
        agent.pause();
        while (socket.droppedAudio() == 0) {
            socket.sendAudio("A".repeat(60_000));
        }
        socket.close(1000, "enough");
        await().atMost(WAIT).until(() -> !listener.closes.isEmpty());
    }

    @Test
    void shouldTellTheCloseCodeAndReasonOnce() throws InterruptedException {
        AgentSocket socket = open("/x");
        agent().close((short) 1008, "override_error");
        await().atMost(WAIT).until(() -> !listener.closes.isEmpty());
        assertThat(listener.closes).containsExactly("1008 override_error");
        assertThat(socket.isOpen()).isFalse();
        socket.send(AgentMessages.userMessage("late"));
        socket.close(1000, "again");
        assertThat(listener.closes).hasSize(1);
    }

    @Test
    void shouldCloseWithOurCodeAndReason() throws InterruptedException {
        AgentSocket socket = open("/x");
        ServerWebSocket agent = agent();
        socket.close(1000, "caller hung up");
        await().atMost(WAIT).until(() -> agent.closeStatusCode() != null);
        assertThat(agent.closeStatusCode()).isEqualTo((short) 1000);
        assertThat(agent.closeReason()).isEqualTo("caller hung up");
        await().atMost(WAIT).until(() -> listener.closes.size() == 1);
    }

    @Test
    void shouldTell1006WhenTheTransportIsLost() throws InterruptedException {
        open("/x");
        ServerWebSocket agent = agent();
        ((WebSocketInternal) agent).channelHandlerContext().close();
        await().atMost(WAIT).until(() -> !listener.closes.isEmpty());
        assertThat(listener.closes).containsExactly("1006 ");
    }

    @Test
    void shouldDropTheOldestAudioAndNothingElseWhenTheAgentDoesNotRead() throws InterruptedException {
        AgentSocket socket = open("/x");
        ServerWebSocket agent = agent();
        agent.pause();
        String frame = "A".repeat(60_000);
        int frames = 0;
        while (socket.droppedAudio() == 0 && frames < 5_000) {
            socket.sendAudio(frame);
            frames++;
        }
        assertThat(socket.droppedAudio()).as("a paused reader is noticed").isPositive();
        for (int i = 0; i < 200; i++) {
            socket.sendAudio("B".repeat(60_000));
        }
        for (int i = 0; i < 20; i++) {
            socket.send(AgentMessages.contextualUpdate("note " + i));
        }
        socket.sendAudio("Cend");
        agent.resume();
        await().atMost(WAIT).until(() -> received.contains(AgentMessages.userAudioChunk("Cend")));
        List<String> notes =
                received.stream().filter(text -> text.contains("note ")).toList();
        assertThat(notes).hasSize(20);
        assertThat(notes.getFirst()).contains("note 0");
        long heard = received.stream()
                .filter(text -> text.contains("user_audio_chunk"))
                .count();
        assertThat(heard + socket.droppedAudio())
                .as("all audio is heard or counted as dropped")
                .isEqualTo(frames + 200 + 1);
    }

    @Test
    void shouldTakeAMessageOfManyFrames() throws InterruptedException {
        open("/x");
        agent().writeTextMessage("{\"type\":\"audio\",\"audio_event\":{\"audio_base_64\":\"" + "A".repeat(3 << 20)
                + "\",\"event_id\":1}}");
        await().atMost(WAIT).until(() -> !listener.events.isEmpty());
        assertThat(listener.events.getFirst()).isInstanceOf(AgentEvent.Audio.class);
    }

    @Test
    void shouldFailWhenTheSocketIsRefusedOrUnreachable() {
        assertThatThrownBy(() -> open("/refused"))
                .isInstanceOfSatisfying(AgentConnectException.class, e -> assertThat(e.httpStatus())
                        .isEqualTo(403));
        assertThatThrownBy(() ->
                        sockets.connect("ws://localhost:1/", listener).await().atMost(WAIT))
                .isInstanceOf(AgentConnectException.class);
        assertThatThrownBy(() ->
                        sockets.connect("https://localhost/", listener).await().atMost(WAIT))
                .isInstanceOf(AgentConnectException.class);
        assertThat(listener.closes).isEmpty();
    }

    private AgentSocket open(String pathAndQuery) {
        return sockets.connect("ws://localhost:" + server.actualPort() + pathAndQuery, listener)
                .await()
                .atMost(WAIT);
    }

    private ServerWebSocket agent() throws InterruptedException {
        return accepted.poll(WAIT.toSeconds(), TimeUnit.SECONDS);
    }
}
