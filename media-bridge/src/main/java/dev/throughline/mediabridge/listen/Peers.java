package dev.throughline.mediabridge.listen;

import dev.throughline.platform.security.ServiceToken;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The other replicas. All are asked at once for a call, and the one that has it answers with a socket of what is heard there. */
@Singleton
final class Peers {

    private static final Logger LOG = Logger.getLogger(Peers.class);
    private static final int MOST_SOCKETS = 1_000;

    private final ListenConfig config;
    private final ServiceToken tokens;
    private final Vertx vertx;
    private final WebSocketClient client;

    Peers(ListenConfig config, ServiceToken tokens, Vertx vertx) {
        this.config = config;
        this.tokens = tokens;
        this.vertx = vertx;
        this.client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setConnectTimeout((int) config.peerTimeout().toMillis())
                .setMaxConnections(MOST_SOCKETS)
                .setTcpNoDelay(true));
    }

    /**
     * The call as one of them hears it; fails when none of them has it.
     *
     * @param tenantId whose call it must be; null for whosever
     * @param operator who listens, for the other's log
     */
    Future<WebSocket> listen(String callSid, @Nullable UUID tenantId, String operator) {
        List<String> peers = config.peers().orElse(List.of());
        if (peers.isEmpty()) {
            return Future.failedFuture("no peers");
        }
        String token =
                tokens.mint(ServiceToken.MEDIA_BRIDGE_LISTENING, callSid, tenantId, Map.of("operator", operator));
        return vertx.executeBlocking(() -> addresses(peers), false)
                .compose(addresses -> addresses.isEmpty()
                        ? Future.failedFuture("no peer has an address")
                        : firstOf(addresses.stream()
                                .map(address -> ask(address, callSid, token))
                                .toList()));
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /** The first that answers with a socket; a second one, which cannot be unless a call moves this very moment, is closed. */
    private static Future<WebSocket> firstOf(List<Future<WebSocket>> asked) {
        Future<WebSocket> first = Future.any(asked).map(all -> {
            for (Future<WebSocket> one : asked) {
                if (one.succeeded()) {
                    return one.result();
                }
            }
            throw new IllegalStateException("none of them");
        });
        return first.onSuccess(taken -> asked.forEach(one -> one.onSuccess(socket -> {
            if (socket != taken) {
                socket.close();
            }
        })));
    }

    private Future<WebSocket> ask(SocketAddress address, String callSid, String token) {
        WebSocketConnectOptions options = new WebSocketConnectOptions();
        options.setHost(address.host());
        options.setPort(address.port());
        options.setURI("/internal/calls/" + callSid + "/listen");
        options.setTimeout(config.peerTimeout().toMillis());
        options.putHeader(ServiceToken.HEADER, token);
        // What it says at once must not pass by before somebody hears it.
        return client.connect(options).onSuccess(WebSocket::pause);
    }

    private static List<SocketAddress> addresses(List<String> peers) {
        List<SocketAddress> addresses = new ArrayList<>();
        for (String peer : peers) {
            int colon = peer.lastIndexOf(':');
            try {
                int port = Integer.parseInt(peer.substring(colon + 1));
                for (InetAddress address : InetAddress.getAllByName(peer.substring(0, Math.max(0, colon)))) {
                    addresses.add(SocketAddress.inetSocketAddress(port, address.getHostAddress()));
                }
            } catch (UnknownHostException | NumberFormatException unusable) {
                LOG.warnf("a peer cannot be asked, peer=%s reason=%s", peer, unusable.getMessage());
            }
        }
        return addresses;
    }
}
