package dev.throughline.context.widget;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.events.EventJson;
import dev.throughline.platform.tenant.VisitorMechanism;
import dev.throughline.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/elevenlabs/signed-url} of telephony-gateway, asked with the visitor's own token. */
@Singleton
class ConversationUrls {

    private final WidgetConfig config;
    private final HttpClient http;

    ConversationUrls(WidgetConfig config, Vertx vertx) {
        this.config = config;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) config.timeout().toMillis())
                .setMaxPoolSize(32)
                .setMaxWaitQueueSize(256));
    }

    @PreDestroy
    void close() {
        http.close();
    }

    /**
     * What a conversation is begun with, as the gateway describes it.
     *
     * @param medium {@code text} or {@code voice}
     * @return fails with a {@link Problem}: 429 and 422 as the gateway says, else 503
     */
    Uni<JsonNode> fresh(String token, String medium) {
        String base = config.telephonyUrl().filter(url -> !url.isBlank()).orElseThrow(() -> away(null));
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(base + "/api/elevenlabs/signed-url?medium=" + medium)
                .setTimeout(config.timeout().toMillis())
                .putHeader(VisitorMechanism.HEADER, token);
        return Uni.createFrom()
                .completionStage(() -> http.request(options)
                        // Nested, so that the body is asked for on the event loop, before it can have passed by.
                        .compose(request -> request.send()
                                .compose(answer -> answer.body().map(body -> read(answer, body.toString()))))
                        .toCompletionStage())
                .ifNoItem()
                .after(config.timeout())
                .fail()
                .onFailure(failure -> !(failure instanceof Problem))
                .transform(failure -> away(null));
    }

    private static JsonNode read(HttpClientResponse answer, String body) {
        JsonNode json;
        try {
            json = EventJson.mapper().readTree(body);
        } catch (JsonProcessingException unreadable) {
            throw away(null);
        }
        return switch (answer.statusCode()) {
            case 200 -> json.path("data");
            case 429 ->
                throw Problem.tooManyRequests("Too many conversations at once: try again in a minute.")
                        .retryAfter(Duration.ofMinutes(1));
            case 422 ->
                throw Problem.of(422, "NO_AGENT", "Nobody answers this chat yet.")
                        .cure("Set the tenant's agent: the console, Settings, Provisioning.");
            default -> throw away(answer.getHeader("Retry-After"));
        };
    }

    private static Problem away(@Nullable String retryAfter) {
        Duration wait = retryAfter != null && retryAfter.matches("\\d{1,4}")
                ? Duration.ofSeconds(Long.parseLong(retryAfter))
                : Duration.ofSeconds(5);
        return Problem.unavailable("The agent cannot be reached just now: try again.")
                .retryAfter(wait);
    }
}
