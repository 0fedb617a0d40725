package dev.throughline.platform.elevenlabs;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;

/** Opens {@link AgentSocket}s. Frames may have 1 MB and messages 4 MB: a whole sentence of PCM can come as one message. */
@Singleton
public final class AgentSockets {

    private static final int MAX_FRAME_BYTES = 1 << 20;
    private static final int MAX_MESSAGE_BYTES = 4 << 20;
    /** Per host. Not unlimited: -1 makes this client wait for ever (Vert.x 4.5.25, measured). */
    private static final int MAX_SOCKETS = 10_000;

    private final Vertx vertx;
    private final ElevenLabsConfig config;
    private final WebSocketClient client;

    @Inject
    AgentSockets(Vertx vertx, ElevenLabsConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setMaxFrameSize(MAX_FRAME_BYTES)
                .setMaxMessageSize(MAX_MESSAGE_BYTES)
                .setMaxConnections(MAX_SOCKETS)
                .setTcpNoDelay(true));
    }

    /**
     * Opens a socket. The listener is called on the event loop of the caller's Vert.x context, or on one of its own when the caller
     * has none; it may be called before the Uni's item is seen.
     *
     * @param url a signed URL, or the public one of an open agent; {@code ws} or {@code wss}
     * @return fails with {@link AgentConnectException} within {@code throughline.elevenlabs.connect-timeout}
     */
    public Uni<AgentSocket> connect(String url, AgentSocket.Listener listener) {
        return Uni.createFrom().emitter(emitter -> {
            WebSocketConnectOptions options = options(url);
            AgentSocket agent = new AgentSocket(listener, config.socketQueueMessages());
            // From the event loop itself: elsewhere the first frames could arrive before the handlers are set.
            vertx.getOrCreateContext()
                    .runOnContext(onEventLoop -> client.connect(options).onComplete(result -> {
                        if (result.succeeded()) {
                            listen(result.result(), agent);
                            emitter.complete(agent);
                        } else {
                            emitter.fail(refused(result.cause()));
                        }
                    }));
        });
    }

    private static void listen(WebSocket socket, AgentSocket agent) {
        agent.attach(socket);
        socket.textMessageHandler(agent::onFrame);
        socket.closeHandler(ignored -> agent.onClosed());
        // Broken frames and resets: the close handler follows and tells the listener.
        socket.exceptionHandler(ignored -> {});
    }

    @PreDestroy
    void close() {
        client.close();
    }

    private WebSocketConnectOptions options(String url) {
        URI uri = URI.create(url);
        boolean secure = "wss".equals(uri.getScheme());
        if (!secure && !"ws".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new AgentConnectException("not a socket URL", 0, null);
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        WebSocketConnectOptions options = new WebSocketConnectOptions();
        options.setHost(uri.getHost());
        options.setPort(uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80);
        options.setSsl(secure);
        options.setURI(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
        options.setTimeout(config.connectTimeout().toMillis());
        return options;
    }

    private static AgentConnectException refused(Throwable cause) {
        return cause instanceof UpgradeRejectedException rejected
                ? new AgentConnectException("the agent's socket was refused", rejected.getStatus(), cause)
                : new AgentConnectException("the agent's socket did not open", 0, cause);
    }
}
