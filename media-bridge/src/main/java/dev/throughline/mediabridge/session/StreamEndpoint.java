package dev.throughline.mediabridge.session;

import dev.throughline.mediabridge.admission.CallFacts;
import dev.throughline.mediabridge.admission.StreamTokens;
import dev.throughline.mediabridge.agent.EventLoop;
import dev.throughline.mediabridge.carrier.CarrierSocket;
import dev.throughline.mediabridge.ending.DisconnectCause;
import dev.throughline.platform.twilio.TwilioVerifier;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The upgrade of Twilio's Media Streams socket: 403 without a valid signature over {@code wss} address and path, or with an opening token
 * that is none or was used; 503 when there is no place. With a good opening the agent is reached at once, without one at {@code start}.
 * On Vert.x itself and not on WebSockets Next, see the module's decision on it.
 */
@Singleton
public class StreamEndpoint {

    /** Where streams arrive; with or without a slash at the end. */
    static final List<String> PATHS = List.of("/media-stream", "/api/twilio/media-stream");

    private static final String OPENING = "opening";
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
            for (String form : List.of(path, path + "/", path + "/:" + OPENING, path + "/:" + OPENING + "/")) {
                router.route(HttpMethod.GET, form).handler(this::upgrade);
            }
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
            refuse(context, 403, "signature");
        } else {
            admit(context);
        }
    }

    private void admit(RoutingContext context) {
        CallFacts expected = null;
        String opening = context.pathParam(OPENING);
        if (opening != null) {
            switch (parts.tokens().expect(opening, Instant.now())) {
                case StreamTokens.Verdict.Accepted(CallFacts call) -> expected = call;
                case StreamTokens.Verdict.Refused(DisconnectCause cause) -> {
                    refuse(context, 403, "opening-" + cause.tag());
                    return;
                }
            }
        }
        if (parts.registry().takePlace(expected != null)) {
            upgrade(context.request(), expected);
        } else {
            refuse(context, 503, "no-place");
        }
    }

    private void upgrade(HttpServerRequest request, @Nullable CallFacts expected) {
        request.toWebSocket()
                .onSuccess(socket -> begin(request.connection(), expected))
                .onFailure(failure -> {
                    parts.registry().givePlaceBack(expected == null);
                    LOG.warnf("upgrade failed, reason=%s", failure.getMessage());
                });
    }

    private void refuse(RoutingContext context, int status, String reason) {
        LOG.warnf("upgrade refused, reason=%s", reason);
        parts.metrics().refused(reason);
        context.response().setStatusCode(status).end();
    }

    private void begin(HttpConnection upgraded, @Nullable CallFacts expected) {
        BridgeConfig config = parts.config();
        CarrierSocket carrier = new CarrierSocket(
                upgraded,
                new CarrierSocket.Limits(config.maxMessageBytes(), config.maxQueuedAudio(), config.writeTimeout()));
        new BridgeSession(carrier, EventLoop.current(), parts).begin(expected);
    }
}
