package dev.throughline.tools.texting;

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
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** {@code POST /internal/texts} of sms-service. One attempt: a repeat of the tool call comes with the same key and sends nothing twice. */
@Singleton
public class Texting {

    private static final Logger LOG = Logger.getLogger(Texting.class);

    private final TextingConfig config;
    private final ServiceToken tokens;
    private final HttpClient http;

    Texting(TextingConfig config, ServiceToken tokens, Vertx vertx) {
        this.config = config;
        this.tokens = tokens;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) config.timeout().toMillis())
                .setMaxPoolSize(16)
                .setMaxWaitQueueSize(128));
    }

    /**
     * Asks for a text to the customer the agent speaks with. In quiet hours it is scheduled to their end. Never fails.
     *
     * @param key the same for the same text, whatever is repeated
     * @param leadId the customer; null when only the number is known
     * @param number E.164; null when only the lead is known
     */
    public Uni<TextOutcome> send(
            UUID tenantId, String key, @Nullable UUID leadId, @Nullable String number, String words) {
        Optional<String> base = config.smsUrl().filter(url -> !url.isBlank());
        if (base.isEmpty()) {
            LOG.warn("a text was asked for and SMS_SERVICE_URL is not set");
            return Uni.createFrom().item(new TextOutcome.Away());
        }
        JsonObject body = new JsonObject()
                .put("tenantId", tenantId.toString())
                .put("body", words)
                .put("purpose", "agent-tool")
                .put("inQuietHours", "schedule");
        if (number != null) {
            body.put("to", number);
        } else {
            body.put("leadId", String.valueOf(leadId));
        }
        return Uni.createFrom()
                .completionStage(() -> http.request(options(base.get(), key, tenantId))
                        // Nested, so that the body is asked for on the event loop, before it can have passed by.
                        .compose(request -> request.send(body.toBuffer()).compose(Texting::read))
                        .toCompletionStage())
                .ifNoItem()
                .after(config.timeout())
                .fail()
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "text not asked for, reason=%s", failure.getClass().getSimpleName()))
                .onFailure()
                .recoverWithItem(new TextOutcome.Away());
    }

    @PreDestroy
    void close() {
        http.close();
    }

    private RequestOptions options(String base, String key, UUID tenantId) {
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(base + "/internal/texts")
                .setTimeout(config.timeout().toMillis())
                .putHeader(ServiceToken.HEADER, tokens.mint(ServiceToken.SMS_SERVICE, key, tenantId))
                .putHeader("Content-Type", "application/json");
    }

    private static Future<TextOutcome> read(HttpClientResponse response) {
        return response.body().map(body -> outcome(response.statusCode(), body.toString()));
    }

    private static TextOutcome outcome(int status, String body) {
        try {
            JsonObject answer = new JsonObject(body);
            if (status == 202) {
                JsonObject data = answer.getJsonObject("data", new JsonObject());
                return "scheduled".equals(data.getString("status"))
                        ? new TextOutcome.Scheduled(Instant.parse(data.getString("sendAt")))
                        : new TextOutcome.Queued();
            }
            if (status >= 400 && status < 500 && status != 401 && status != 403) {
                return new TextOutcome.Refused(answer.getString("code", "REFUSED"));
            }
        } catch (DecodeException | ClassCastException | DateTimeParseException unreadable) {
            LOG.warnf("answer about a text not understood, status=%d", status);
            return new TextOutcome.Away();
        }
        LOG.warnf("text not taken, status=%d", status);
        return new TextOutcome.Away();
    }
}
