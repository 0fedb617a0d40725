package dev.throughline.platform.context;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.throughline.platform.security.ServiceToken;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Which conversations are those of chats on tenants' pages, and of which lead: {@code GET
 * /internal/widget-conversations/{tenantId}/{conversationId}} of conversation-context. A browser writes the variables of its conversation
 * itself, so whom it says it is counts for nothing; the conversation's id is the provider's. An answer never changes and is remembered.
 */
@Singleton
public class VisitorConversations {

    private static final Logger LOG = Logger.getLogger(VisitorConversations.class);
    private static final String SUBJECT = "widget-conversations";
    private static final int REMEMBERED = 10_000;

    private final LeadContextsConfig config;
    private final ServiceToken tokens;
    private final HttpClient http;
    private final Cache<String, Optional<UUID>> known = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    VisitorConversations(LeadContextsConfig config, ServiceToken tokens, Vertx vertx) {
        this.config = config;
        this.tokens = tokens;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) config.timeout().toMillis())
                .setMaxPoolSize(32)
                .setMaxWaitQueueSize(128));
    }

    /**
     * The visitor's lead. Empty for every other conversation, and when the service that knows is not there in time: phone calls go on
     * without it, and no page can begin a chat then.
     */
    public Uni<Optional<UUID>> leadOf(UUID tenantId, String conversationId) {
        String key = tenantId + "|" + conversationId;
        Optional<UUID> remembered = known.getIfPresent(key);
        Optional<String> base = config.url().filter(url -> !url.isBlank());
        if (remembered != null || base.isEmpty()) {
            return Uni.createFrom().item(remembered == null ? Optional.empty() : remembered);
        }
        return Uni.createFrom()
                .completionStage(() -> http.request(options(base.get(), tenantId, conversationId))
                        // Nested, so that the body is asked for on the event loop, before it can have passed by.
                        .compose(request -> request.send().compose(VisitorConversations::read))
                        .toCompletionStage())
                .ifNoItem()
                .after(config.timeout())
                .fail()
                .invoke(lead -> known.put(key, lead))
                .onFailure()
                .invoke(failure -> LOG.infof(
                        "whose conversation it is was not there in time, conversationId=%s reason=%s",
                        conversationId, failure.getClass().getSimpleName()))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    @PreDestroy
    void close() {
        http.close();
    }

    private RequestOptions options(String base, UUID tenantId, String conversationId) {
        return new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(base + "/internal/widget-conversations/" + tenantId + "/"
                        + URLEncoder.encode(conversationId, StandardCharsets.UTF_8))
                .setTimeout(config.timeout().toMillis())
                .putHeader(ServiceToken.HEADER, tokens.mint(ServiceToken.CONVERSATION_CONTEXT, SUBJECT, tenantId));
    }

    private static Future<Optional<UUID>> read(HttpClientResponse response) {
        return switch (response.statusCode()) {
            case 404 -> Future.succeededFuture(Optional.empty());
            case 200 ->
                response.body()
                        .map(body ->
                                Optional.of(UUID.fromString(body.toJsonObject().getString("leadId"))));
            default -> Future.failedFuture("HTTP " + response.statusCode());
        };
    }
}
