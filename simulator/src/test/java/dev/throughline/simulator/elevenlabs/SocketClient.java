package dev.throughline.simulator.elevenlabs;

import dev.throughline.simulator.speech.AgentVoice;
import dev.throughline.simulator.speech.SpeechClips;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A client of the conversation socket that answers pings (unless told not to) and keeps what it gets. */
final class SocketClient {

    private static final int ATTEMPTS = 10;

    final List<JsonObject> events = new CopyOnWriteArrayList<>();
    private final ClientWebSocket socket;
    volatile boolean answersPings = true;
    volatile boolean closed;

    SocketClient(Vertx vertx, String url) {
        this(vertx, url, 1 << 18);
    }

    /** A client that takes messages of up to {@code maxBytes}. */
    static SocketClient of(Vertx vertx, String url, int maxBytes) {
        return new SocketClient(vertx, url, maxBytes);
    }

    private SocketClient(Vertx vertx, String url, int maxBytes) {
        WebSocketClient client = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxMessageSize(maxBytes).setMaxFrameSize(maxBytes));
        ClientWebSocket connected = null;
        for (int i = 0; connected == null && i < ATTEMPTS; i++) {
            connected = connect(client, url);
        }
        if (connected == null) {
            throw new IllegalStateException("closed before it was told of, " + ATTEMPTS + " times");
        }
        socket = connected;
    }

    /** Null when the server closed it while the client's own handlers were being set: Vert.x then tells neither of it nor of the code. */
    private @Nullable ClientWebSocket connect(WebSocketClient client, String url) {
        events.clear();
        closed = false;
        // Handlers first: a refusal can close the socket before connect has told of it.
        ClientWebSocket attempt = client.webSocket();
        attempt.textMessageHandler(text -> {
            JsonObject event = new JsonObject(text);
            events.add(event);
            if (answersPings && event.getString("type").equals("ping")) {
                attempt.writeTextMessage(new JsonObject()
                        .put("type", "pong")
                        .put("event_id", event.getJsonObject("ping_event").getInteger("event_id"))
                        .encode());
            }
        });
        attempt.closeHandler(end -> closed = true);
        try {
            attempt.connect(new WebSocketConnectOptions().setAbsoluteURI(url))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            return attempt;
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof IllegalStateException) {
                return null;
            }
            throw new IllegalStateException(refused);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    SocketClient send(JsonObject message) {
        socket.writeTextMessage(message.encode());
        return this;
    }

    SocketClient say(String text) {
        return send(new JsonObject().put("type", "user_message").put("text", text));
    }

    /** Sends the caller's clip and the silence that ends it, in frames of 20 ms, as fast as they go. */
    SocketClient speak(String clip) {
        byte[] audio = SpeechClips.load().callerAudio(clip);
        return audio(audio).audio(AgentVoice.silence(6400));
    }

    SocketClient audio(byte[] audio) {
        for (int at = 0; at < audio.length; at += 160) {
            byte[] frame = Arrays.copyOfRange(audio, at, Math.min(audio.length, at + 160));
            send(new JsonObject().put("user_audio_chunk", Base64.getEncoder().encodeToString(frame)));
        }
        return this;
    }

    JsonObject awaitEvent(String type) {
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !all(type)
                .isEmpty());
        return all(type).getFirst();
    }

    List<JsonObject> all(String type) {
        return events.stream()
                .filter(event -> event.getString("type").equals(type))
                .toList();
    }

    List<String> responses() {
        return all("agent_response").stream()
                .map(event -> event.getJsonObject("agent_response_event").getString("agent_response"))
                .toList();
    }

    String awaitResponse(String part) {
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> responses().stream()
                .anyMatch(text -> text.contains(part)));
        return responses().stream()
                .filter(text -> text.contains(part))
                .findFirst()
                .orElseThrow();
    }

    int awaitClose() {
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> closed);
        Short code = socket.closeStatusCode();
        return code == null ? 1006 : code;
    }

    /** Whether what is sent is not taken off the wire: writes until the queue is full and stays full. */
    boolean backsUp() {
        String filler = new JsonObject()
                .put("type", "contextual_update")
                .put("text", "x".repeat(64 * 1024))
                .encode();
        for (int i = 0; i < 500 && !socket.writeQueueFull(); i++) {
            socket.writeTextMessage(filler);
        }
        return socket.writeQueueFull();
    }

    void close() {
        socket.close((short) 1000);
    }
}
