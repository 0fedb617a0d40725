package dev.throughline.platform.elevenlabs;

import dev.throughline.platform.socket.TextSocket;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.impl.WebSocketInternal;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;

/** Opens {@link AgentSocket}s. Messages may have 4 MB: a whole sentence of PCM can come as one. Compression is never offered. */
@Singleton
public final class AgentSockets {

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
            // From the event loop itself: elsewhere the first frames could arrive before the socket is taken over.
            vertx.getOrCreateContext()
                    .runOnContext(onEventLoop -> client.connect(options).onComplete(result -> {
                        if (result.succeeded()) {
                            emitter.complete(agent(result.result(), listener));
                        } else {
                            emitter.fail(refused(result.cause()));
                        }
                    }));
        });
    }

    private AgentSocket agent(WebSocket opened, AgentSocket.Listener listener) {
        AgentSocket agent = new AgentSocket(listener, config.socketQueueMessages());
        HttpConnection connection = ((WebSocketInternal) opened).connection();
        agent.attach(TextSocket.takeOver(connection, false, MAX_MESSAGE_BYTES, agent.incoming()));
        return agent;
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
