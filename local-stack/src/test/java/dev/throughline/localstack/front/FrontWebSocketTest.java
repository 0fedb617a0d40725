package dev.throughline.localstack.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.localstack.process.Ports;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FrontWebSocketTest {

    private static final int MEGABYTE = 1024 * 1024;

    private final Vertx vertx = Vertx.vertx();
    private final Ports ports = new Ports();
    private final BlockingQueue<ServerWebSocket> accepted = new LinkedBlockingQueue<>();
    private int port;
    private Front front;

    @BeforeEach
    void start() {
        int service = ports.free();
        vertx.createHttpServer(new HttpServerOptions()
                        .setMaxWebSocketFrameSize(2 * MEGABYTE)
                        .setMaxWebSocketMessageSize(2 * MEGABYTE))
                .webSocketHandshakeHandler(handshake -> {
                    if (handshake.headers().contains("X-Twilio-Signature")) {
                        handshake.accept();
                    } else {
                        handshake.reject(403);
                    }
                })
                .webSocketHandler(accepted::add)
                .listen(service, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        port = ports.free();
        front = new Front(
                new RouteTable(List.of(new Route("/media-stream", Route.Match.EXACT, "bridge"))),
                URI.create("https://voice.example.test"),
                Map.of("bridge", service),
                Map.of());
        front.listen(port);
    }

    @AfterEach
    void stop() {
        front.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldCarryPathQueryHostAndSignatureOfTheUpgrade() throws Exception {
        connect();
        ServerWebSocket inner = inner();

        assertThat(inner.uri()).isEqualTo("/media-stream?x=%2B1");
        assertThat(inner.headers().get("X-Twilio-Signature")).isEqualTo("sig/+=");
        assertThat(inner.headers().get("Host")).isEqualTo("voice.example.test");
        assertThat(inner.headers().get("X-Forwarded-Proto")).isEqualTo("https");
    }

    @Test
    void shouldKeepTheOrderOfAThousandMessagesEachWay() throws Exception {
        WebSocket outer = connect();
        ServerWebSocket inner = inner();
        BlockingQueue<String> atService = new LinkedBlockingQueue<>();
        BlockingQueue<String> atClient = new LinkedBlockingQueue<>();
        inner.textMessageHandler(atService::add);
        outer.textMessageHandler(atClient::add);

        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            sent.add("message " + i);
            outer.writeTextMessage("message " + i);
            inner.writeTextMessage("message " + i);
        }

        assertThat(take(atService, 1000)).isEqualTo(sent);
        assertThat(take(atClient, 1000)).isEqualTo(sent);
    }

    @Test
    void shouldCarryAMessageOfOneMegabyteEachWay() throws Exception {
        WebSocket outer = connect();
        ServerWebSocket inner = inner();
        BlockingQueue<String> atService = new LinkedBlockingQueue<>();
        BlockingQueue<String> atClient = new LinkedBlockingQueue<>();
        inner.textMessageHandler(atService::add);
        outer.textMessageHandler(atClient::add);
        String large = "x".repeat(MEGABYTE);

        outer.writeTextMessage(large);
        inner.writeTextMessage(large);

        assertThat(take(atService, 1).getFirst()).hasSize(MEGABYTE);
        assertThat(take(atClient, 1).getFirst()).hasSize(MEGABYTE);
    }

    @Test
    void shouldCarryTheServicesCloseCodeAndReasonToTheClient() throws Exception {
        WebSocket outer = connect();
        BlockingQueue<String> closes = new LinkedBlockingQueue<>();
        outer.closeHandler(closed -> closes.add(outer.closeStatusCode() + " " + outer.closeReason()));

        inner().close((short) 4401, "token already used");

        assertThat(closes.poll(5, TimeUnit.SECONDS)).isEqualTo("4401 token already used");
    }

    @Test
    void shouldCarryTheClientsCloseCodeAndReasonToTheService() throws Exception {
        WebSocket outer = connect();
        ServerWebSocket inner = inner();
        BlockingQueue<String> closes = new LinkedBlockingQueue<>();
        inner.closeHandler(closed -> closes.add(inner.closeStatusCode() + " " + inner.closeReason()));

        outer.close((short) 1000, "bye");

        assertThat(closes.poll(5, TimeUnit.SECONDS)).isEqualTo("1000 bye");
    }

    @Test
    void shouldPassOnARefusedUpgrade() throws Exception {
        BlockingQueue<String> failures = new LinkedBlockingQueue<>();
        vertx.createWebSocketClient()
                .connect(port, "127.0.0.1", "/media-stream")
                .onFailure(refused -> failures.add(String.valueOf(refused.getMessage())));

        assertThat(failures.poll(5, TimeUnit.SECONDS)).contains("403");
    }

    private WebSocket connect() {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/media-stream?x=%2B1")
                .addHeader("Host", "voice.example.test")
                .addHeader("X-Twilio-Signature", "sig/+=");
        return vertx.createWebSocketClient(new WebSocketClientOptions()
                        .setMaxFrameSize(2 * MEGABYTE)
                        .setMaxMessageSize(2 * MEGABYTE))
                .connect(options)
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
    }

    private ServerWebSocket inner() throws InterruptedException {
        ServerWebSocket socket = accepted.poll(5, TimeUnit.SECONDS);
        assertThat(socket).isNotNull();
        return socket;
    }

    private static List<String> take(BlockingQueue<String> queue, int count) throws InterruptedException {
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String message = queue.poll(10, TimeUnit.SECONDS);
            if (message == null) {
                break;
            }
            taken.add(message);
        }
        return taken;
    }
}
