package dev.throughline.mediabridge.session;

import dev.throughline.mediabridge.agent.EventLoop;
import dev.throughline.mediabridge.carrier.CarrierSocket;
import dev.throughline.platform.twilio.TwilioVerifier;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The upgrade of Twilio's Media Streams socket: 403 without a valid signature over {@code wss} address and path, 503 when there is no
 * place. On Vert.x itself and not on WebSockets Next, see the module's decision on it.
 */
@Singleton
public class StreamEndpoint {

    /** Where streams arrive; with or without a slash at the end. */
    static final List<String> PATHS = List.of("/media-stream", "/api/twilio/media-stream");

    private static final Logger LOG = Logger.getLogger(StreamEndpoint.class);
    private static final int UPGRADE_REQUIRED = 426;

    private final TwilioVerifier verifier;
    private final BridgeParts parts;

    protected StreamEndpoint(TwilioVerifier verifier, BridgeParts parts) {
        this.verifier = verifier;
        this.parts = parts;
    }

    void register(@Observes Router router) {
        for (String path : PATHS) {
            router.route(HttpMethod.GET, path).handler(this::upgrade);
            router.route(HttpMethod.GET, path + "/").handler(this::upgrade);
            router.route(HttpMethod.GET, path + "/:opening").handler(this::upgrade);
        }
    }

    private void upgrade(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            context.response()
                    .setStatusCode(UPGRADE_REQUIRED)
                    .putHeader(HttpHeaders.UPGRADE, "websocket")
                    .end();
        } else if (!verifier.acceptsUpgrade(request)) {
            LOG.warnf("upgrade refused: no valid signature, path=%s", request.path());
            context.response().setStatusCode(403).end();
        } else if (!parts.registry().takePlace()) {
            LOG.warn("upgrade refused: no place for another stream");
            context.response().setStatusCode(503).end();
        } else {
            request.toWebSocket().onSuccess(this::begin).onFailure(failure -> {
                parts.registry().givePlaceBack();
                LOG.warnf("upgrade failed, reason=%s", failure.getMessage());
            });
        }
    }

    private void begin(ServerWebSocket socket) {
        BridgeConfig config = parts.config();
        CarrierSocket carrier = new CarrierSocket(
                socket,
                new CarrierSocket.Limits(config.maxMessageBytes(), config.maxQueuedAudio(), config.writeTimeout()));
        new BridgeSession(carrier, EventLoop.current(), parts).begin();
    }
}
