package dev.throughline.tools.callback;

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
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** {@code POST /internal/follow-ups} of conversation-context. One attempt: asking again is for the agent to decide. */
@Singleton
public class Callbacks {

    private static final Logger LOG = Logger.getLogger(Callbacks.class);

    private final CallbackConfig config;
    private final ServiceToken tokens;
    private final HttpClient http;

    Callbacks(CallbackConfig config, ServiceToken tokens, Vertx vertx) {
        this.config = config;
        this.tokens = tokens;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) config.timeout().toMillis())
                .setMaxPoolSize(16)
                .setMaxWaitQueueSize(128));
    }

    /**
     * Has a lead called. Never fails.
     *
     * @param key the same for the same promise
     * @param questions what the call is for, may be empty
     */
    public Uni<CallbackAnswer> ask(UUID tenantId, UUID leadId, Instant at, List<String> questions, String key) {
        Optional<String> base = config.contextUrl().filter(url -> !url.isBlank());
        if (base.isEmpty()) {
            LOG.warn("a call back was asked for and CONVERSATION_CONTEXT_URL is not set");
            return Uni.createFrom().item(new CallbackAnswer.Away());
        }
        JsonObject body = new JsonObject()
                .put("leadId", leadId.toString())
                .put("at", at.toString())
                .put("questions", new JsonArray(questions));
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(base.get() + "/internal/follow-ups")
                .setTimeout(config.timeout().toMillis())
                .putHeader(ServiceToken.HEADER, tokens.mint(ServiceToken.CONVERSATION_CONTEXT, key, tenantId))
                .putHeader("Content-Type", "application/json");
        return Uni.createFrom()
                .completionStage(() -> http.request(options)
                        // Nested, so that the body is asked for on the event loop, before it can have passed by.
                        .compose(request -> request.send(body.toBuffer()).compose(answer -> read(answer, at)))
                        .toCompletionStage())
                .ifNoItem()
                .after(config.timeout())
                .fail()
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "call back not asked for, reason=%s", failure.getClass().getSimpleName()))
                .onFailure()
                .recoverWithItem(new CallbackAnswer.Away());
    }

    @PreDestroy
    void close() {
        http.close();
    }

    private static Future<CallbackAnswer> read(HttpClientResponse response, Instant at) {
        return switch (response.statusCode()) {
            case 201 -> response.body().map(body -> promised(body.toString()));
            // The same promise, in other words.
            case 409 -> Future.succeededFuture(new CallbackAnswer.Promised(at));
            case 400 -> Future.succeededFuture(new CallbackAnswer.BadTime());
            case 422 -> Future.succeededFuture(new CallbackAnswer.NoNumber());
            default -> {
                LOG.warnf("call back not taken, status=%d", response.statusCode());
                yield Future.succeededFuture(new CallbackAnswer.Away());
            }
        };
    }

    private static CallbackAnswer promised(String body) {
        try {
            return new CallbackAnswer.Promised(Instant.parse(new JsonObject(body).getString("dueAt", "")));
        } catch (DecodeException | DateTimeException unreadable) {
            return new CallbackAnswer.Away();
        }
    }
}
