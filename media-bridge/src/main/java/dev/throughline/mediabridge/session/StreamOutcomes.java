package dev.throughline.mediabridge.session;

import dev.throughline.platform.security.ServiceToken;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@code PUT /internal/calls/{callSid}/stream-outcome} of telephony-gateway: Connect's action, which Twilio requests once the socket has
 * closed, needs to know why it closed. Best effort within {@code throughline.bridge.outcome-timeout}; without it telephony-gateway
 * decides by what it knows itself.
 */
@Singleton
final class StreamOutcomes {

    private static final Logger LOG = Logger.getLogger(StreamOutcomes.class);
    private static final String AUDIENCE = "telephony-gateway";

    private final BridgeConfig config;
    private final ServiceToken tokens;
    private final HttpClient http;

    StreamOutcomes(BridgeConfig config, ServiceToken tokens, Vertx vertx) {
        this.config = config;
        this.tokens = tokens;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) config.outcomeTimeout().toMillis())
                .setMaxPoolSize(32)
                .setMaxWaitQueueSize(512));
    }

    /** Tells the outcome; {@code then} runs exactly once, on whatever thread, when it was told or could not be. */
    void tell(String callSid, @Nullable UUID tenantId, StreamOutcome outcome, Runnable then) {
        Optional<String> base = config.telephonyUrl().filter(url -> !url.isBlank());
        if (base.isEmpty()) {
            then.run();
            return;
        }
        put(base.get(), callSid, tenantId, outcome).onComplete(answer -> {
            if (answer.failed()) {
                LOG.warnf(
                        "stream outcome not told, callId=%s outcome=%s reason=%s",
                        callSid, outcome, answer.cause().getMessage());
            } else if (answer.result() / 100 != 2) {
                LOG.warnf(
                        "stream outcome not taken, callId=%s outcome=%s status=%d", callSid, outcome, answer.result());
            }
            then.run();
        });
    }

    @PreDestroy
    void close() {
        http.close();
    }

    private Future<Integer> put(String base, String callSid, @Nullable UUID tenantId, StreamOutcome outcome) {
        long timeout = config.outcomeTimeout().toMillis();
        try {
            RequestOptions options = new RequestOptions()
                    .setMethod(HttpMethod.PUT)
                    .setAbsoluteURI(base + "/internal/calls/" + callSid + "/stream-outcome")
                    .setTimeout(timeout)
                    .putHeader(ServiceToken.HEADER, tokens.mint(AUDIENCE, callSid, tenantId))
                    .putHeader("Content-Type", "application/json");
            return http.request(options)
                    .compose(request -> request.send(Buffer.buffer("{\"outcome\":\"" + outcome + "\"}")))
                    .map(response -> response.statusCode());
        } catch (IllegalStateException | IllegalArgumentException unusable) {
            return Future.failedFuture(unusable);
        }
    }
}
