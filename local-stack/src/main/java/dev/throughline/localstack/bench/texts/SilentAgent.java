package dev.throughline.localstack.bench.texts;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicInteger;

/** An ElevenLabs whose agents take text conversations and questions, and never say a word (ElevenLabs, <em>Conversation WebSocket</em>). */
final class SilentAgent implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final int port;

    SilentAgent() {
        HttpServer server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                .requestHandler(request -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(new JsonObject()
                                .put("signed_url", "ws://" + request.authority() + "/v1/convai/conversation?x=1")
                                .encode()))
                .webSocketHandler(this::converse);
        this.port = server.listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Conversations that were asked something and are open. */
    int asked() {
        return asked.get();
    }

    private void converse(ServerWebSocket socket) {
        int number = opened.incrementAndGet();
        socket.textMessageHandler(text -> {
            if (text.contains("conversation_initiation_client_data")) {
                socket.writeTextMessage(new JsonObject()
                        .put("type", "conversation_initiation_metadata")
                        .put(
                                "conversation_initiation_metadata_event",
                                new JsonObject()
                                        .put("conversation_id", "conv_bench_" + number)
                                        .put("agent_output_audio_format", "ulaw_8000")
                                        .put("user_input_audio_format", "ulaw_8000"))
                        .encode());
            } else if (text.contains("user_message")) {
                asked.incrementAndGet();
                socket.closeHandler(closed -> asked.decrementAndGet());
            }
        });
    }

    @Override
    public void close() {
        vertx.close();
    }
}
