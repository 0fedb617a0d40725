package dev.throughline.localstack.bench.ordinary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Twilio's Media Streams on one side, ElevenLabs' conversations on the other, Jackson trees between them. */
public final class OrdinaryBridge {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_SOCKETS = 10_000;

    private final WebSocketClient client;
    private final URI agents;

    private OrdinaryBridge(Vertx vertx, URI agents) {
        this.client = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxConnections(MOST_SOCKETS).setTcpNoDelay(true));
        this.agents = agents;
    }

    /** Takes its port and the base address of the agents. */
    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx();
        OrdinaryBridge bridge = new OrdinaryBridge(vertx, URI.create(arguments[1]));
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(Integer.parseInt(arguments[0]))
                .setTcpNoDelay(true)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
        DeploymentOptions onEveryLoop =
                new DeploymentOptions().setInstances(2 * Runtime.getRuntime().availableProcessors());
        vertx.deployVerticle(
                () -> new AbstractVerticle() {
                    @Override
                    public void start(Promise<Void> started) {
                        vertx.createHttpServer(options)
                                .webSocketHandler(socket -> bridge.new Call(socket))
                                .listen()
                                .<Void>mapEmpty()
                                .onComplete(started);
                    }
                },
                onEveryLoop);
    }

    private static String text(JsonNode tree) {
        try {
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Call {

        private final ServerWebSocket caller;
        private final List<String> early = new ArrayList<>();
        private String streamSid = "";
        private boolean ready;
        private @Nullable WebSocket agent;

        private Call(ServerWebSocket caller) {
            this.caller = caller;
            caller.textMessageHandler(this::onCaller);
            caller.closeHandler(closed -> {
                if (agent != null) {
                    agent.close();
                }
            });
        }

        private void onCaller(String message) {
            JsonNode frame = tree(message);
            switch (frame.path("event").asText()) {
                case "start" -> start(frame.path("start"));
                case "media" -> {
                    ObjectNode chunk = JSON.createObjectNode()
                            .put("user_audio_chunk", frame.at("/media/payload").asText());
                    if (agent != null && ready) {
                        agent.writeTextMessage(text(chunk));
                    } else {
                        early.add(text(chunk));
                    }
                }
                default -> {}
            }
        }

        private void start(JsonNode start) {
            streamSid = start.path("streamSid").asText();
            WebSocketConnectOptions options = new WebSocketConnectOptions();
            options.setHost(agents.getHost())
                    .setPort(agents.getPort())
                    .setURI("/v1/convai/conversation?agent_id="
                            + start.at("/customParameters/agent_id").asText());
            client.connect(options).onSuccess(socket -> {
                agent = socket;
                socket.textMessageHandler(this::onAgent);
                socket.closeHandler(closed -> caller.close());
                socket.writeTextMessage("{\"type\":\"conversation_initiation_client_data\"}");
            });
        }

        private void onAgent(String message) {
            JsonNode event = tree(message);
            switch (event.path("type").asText()) {
                case "conversation_initiation_metadata" -> {
                    ready = true;
                    if (agent != null) {
                        early.forEach(agent::writeTextMessage);
                    }
                    early.clear();
                }
                case "ping" -> {
                    ObjectNode pong = JSON.createObjectNode().put("type", "pong");
                    pong.set("event_id", event.at("/ping_event/event_id"));
                    if (agent != null) {
                        agent.writeTextMessage(text(pong));
                    }
                }
                case "audio" -> {
                    ObjectNode media =
                            JSON.createObjectNode().put("event", "media").put("streamSid", streamSid);
                    media.putObject("media")
                            .put(
                                    "payload",
                                    event.at("/audio_event/audio_base_64").asText());
                    caller.writeTextMessage(text(media));
                }
                default -> {}
            }
        }
    }
}
