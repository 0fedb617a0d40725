package dev.throughline.platform.context;

import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.LeadContextCodec;
import dev.throughline.platform.security.ServiceToken;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.NoStackTraceThrowable;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * {@code GET /internal/lead-contexts/{tenantId}/{leadId}} of conversation-context: 200 with the context as on the topic, 404 when
 * nothing is known. Authenticated by a {@link ServiceToken}. One attempt; every failure is "nothing known".
 */
@Singleton
class LeadContextClient {

    private static final Logger LOG = Logger.getLogger(LeadContextClient.class);
    private static final String SUBJECT = "lead-contexts";

    private final LeadContextsConfig config;
    private final ServiceToken tokens;
    private final HttpClient http;

    LeadContextClient(LeadContextsConfig config, ServiceToken tokens, Vertx vertx) {
        this.config = config;
        this.tokens = tokens;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) config.timeout().toMillis())
                .setMaxPoolSize(32)
                .setMaxWaitQueueSize(128));
    }

    Uni<Optional<LeadContext>> find(UUID tenantId, UUID leadId) {
        Optional<String> base = config.url().filter(url -> !url.isBlank());
        if (base.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return Uni.createFrom()
                .completionStage(() -> http.request(options(base.get(), tenantId, leadId))
                        // Nested, so that the body is asked for on the event loop, before it can have passed by.
                        .compose(request -> request.send().compose(LeadContextClient::read))
                        .toCompletionStage())
                .ifNoItem()
                .after(config.timeout())
                .fail()
                .onFailure()
                .invoke(failure ->
                        LOG.infof("lead context not there in time, leadId=%s reason=%s", leadId, reason(failure)))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    @PreDestroy
    void close() {
        http.close();
    }

    private RequestOptions options(String base, UUID tenantId, UUID leadId) {
        return new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(base + "/internal/lead-contexts/" + tenantId + "/" + leadId)
                .setTimeout(config.timeout().toMillis())
                .putHeader(ServiceToken.HEADER, tokens.mint(ServiceToken.CONVERSATION_CONTEXT, SUBJECT, tenantId));
    }

    private static String reason(Throwable failure) {
        return failure instanceof NoStackTraceThrowable
                ? failure.getMessage()
                : failure.getClass().getSimpleName();
    }

    private static Future<Optional<LeadContext>> read(HttpClientResponse response) {
        if (response.statusCode() == 404) {
            return Future.succeededFuture(Optional.empty());
        }
        if (response.statusCode() != 200) {
            return Future.failedFuture("HTTP " + response.statusCode());
        }
        return response.body().compose(body -> {
            try {
                return Future.succeededFuture(Optional.of(LeadContextCodec.decode(body.getBytes())));
            } catch (IOException e) {
                return Future.failedFuture(e);
            }
        });
    }
}
