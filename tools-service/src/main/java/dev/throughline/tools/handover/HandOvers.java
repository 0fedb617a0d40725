package dev.throughline.tools.handover;

import dev.throughline.platform.security.ServiceToken;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** {@code POST /internal/hand-overs} of telephony-gateway. One attempt: asking twice is for the agent to decide. */
@Singleton
public class HandOvers {

    private static final Logger LOG = Logger.getLogger(HandOvers.class);

    private final HandOverConfig config;
    private final ServiceToken tokens;
    private final HttpClient http;

    HandOvers(HandOverConfig config, ServiceToken tokens, Vertx vertx) {
        this.config = config;
        this.tokens = tokens;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) config.timeout().toMillis())
                .setMaxPoolSize(16)
                .setMaxWaitQueueSize(128));
    }

    /**
     * Asks for a human on the agent's behalf. Never fails.
     *
     * @param callSid the customer's leg
     * @param reason why, in the agent's words
     * @param brief what the human hears before taking the call
     */
    public Uni<HandOverAnswer> ask(String callSid, UUID tenantId, @Nullable String reason, @Nullable String brief) {
        Optional<String> base = config.telephonyUrl().filter(url -> !url.isBlank());
        if (base.isEmpty()) {
            LOG.warn("a hand-over was asked for and TELEPHONY_GATEWAY_URL is not set");
            return Uni.createFrom().item(new HandOverAnswer.Away());
        }
        JsonObject body = new JsonObject()
                .put("callSid", callSid)
                .put("tenantId", tenantId.toString())
                .put("reason", reason)
                .put("brief", brief)
                .put("requestedBy", "agent");
        return Uni.createFrom()
                .completionStage(() -> http.request(options(base.get(), callSid, tenantId))
                        // Nested, so that the body is asked for on the event loop, before it can have passed by.
                        .compose(request -> request.send(body.toBuffer()).compose(HandOvers::read))
                        .toCompletionStage())
                .ifNoItem()
                .after(config.timeout())
                .fail()
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "hand-over not asked for, callId=%s reason=%s",
                        callSid, failure.getClass().getSimpleName()))
                .onFailure()
                .recoverWithItem(new HandOverAnswer.Away());
    }

    @PreDestroy
    void close() {
        http.close();
    }

    private RequestOptions options(String base, String callSid, UUID tenantId) {
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(base + "/internal/hand-overs")
                .setTimeout(config.timeout().toMillis())
                .putHeader(ServiceToken.HEADER, tokens.mint(ServiceToken.TELEPHONY_GATEWAY, callSid, tenantId))
                .putHeader("Content-Type", "application/json");
    }

    private static Future<HandOverAnswer> read(HttpClientResponse response) {
        return switch (response.statusCode()) {
            case 202 -> response.body().map(body -> new HandOverAnswer.Ringing(human(body.toString())));
            case 404 -> Future.succeededFuture(new HandOverAnswer.NoSuchCall());
            case 409 -> Future.succeededFuture(new HandOverAnswer.UnderWay());
            case 422 -> Future.succeededFuture(new HandOverAnswer.NobodyToRing());
            default -> {
                LOG.warnf("hand-over not taken, status=%d", response.statusCode());
                yield Future.succeededFuture(new HandOverAnswer.Away());
            }
        };
    }

    private static @Nullable String human(String body) {
        try {
            return new JsonObject(body).getValue("human") instanceof String name && !name.isBlank() ? name : null;
        } catch (DecodeException unreadable) {
            return null;
        }
    }
}
