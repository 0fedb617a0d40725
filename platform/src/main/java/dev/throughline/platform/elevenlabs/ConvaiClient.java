package dev.throughline.platform.elevenlabs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * ElevenLabs' Agents REST API. Requests are made on the event loop, never fail and always end within their time-out; the
 * {@link ConvaiAnswer} says what happened. Only the signed URL is retried: it is safe to ask twice, a POST is not.
 */
@Singleton
public final class ConvaiClient {

    private static final Logger LOG = Logger.getLogger(ConvaiClient.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int SIGNED_URL_RETRIES = 2;
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(150);

    private final ElevenLabsConfig config;
    private final HttpClient http;
    private final String base;

    @Inject
    ConvaiClient(ElevenLabsConfig config, Vertx vertx) {
        this.config = config;
        String url = config.apiBaseUrl();
        this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setMaxPoolSize(64)
                .setMaxWaitQueueSize(256));
    }

    /** Whether there is an API key. Without one every request answers {@link ConvaiFailure#NOT_CONFIGURED}. */
    public boolean isConfigured() {
        return apiKey().isPresent();
    }

    /** The agent of tenants that name none. */
    public Optional<String> defaultAgentId() {
        return config.agentId().filter(id -> !id.isBlank());
    }

    /**
     * A URL that opens one conversation with the agent, valid for 15 minutes: fetch one per conversation, never keep it. Two retries
     * of transient failures within {@code throughline.elevenlabs.signed-url-timeout} altogether.
     */
    public Uni<ConvaiAnswer<String>> signedUrl(String agentId) {
        String path = "/v1/convai/conversation/get-signed-url?agent_id=" + encoded(agentId);
        return signedUrl(path, SIGNED_URL_RETRIES, FIRST_BACKOFF)
                .ifNoItem()
                .after(config.signedUrlTimeout())
                .recoverWithItem(() -> failure(ConvaiFailure.TIMEOUT));
    }

    /** One GET. {@code pathAndQuery} begins with {@code /v1/…} and is already encoded. */
    public Uni<ConvaiAnswer<JsonNode>> get(String pathAndQuery) {
        return request(HttpMethod.GET, pathAndQuery, null);
    }

    /** One POST of a JSON body, one attempt. */
    public Uni<ConvaiAnswer<JsonNode>> post(String pathAndQuery, JsonNode body) {
        return request(HttpMethod.POST, pathAndQuery, body);
    }

    /** One PATCH of a JSON body, one attempt. */
    public Uni<ConvaiAnswer<JsonNode>> patch(String pathAndQuery, JsonNode body) {
        return request(HttpMethod.PATCH, pathAndQuery, body);
    }

    @PreDestroy
    void close() {
        http.close();
    }

    private Uni<ConvaiAnswer<String>> signedUrl(String path, int retriesLeft, Duration backoff) {
        return get(path).map(ConvaiClient::urlOf).flatMap(answer -> {
            boolean again = answer instanceof ConvaiAnswer.Failure<String> failure
                    && failure.reason().retryable()
                    && retriesLeft > 0;
            if (!again) {
                return Uni.createFrom().item(answer);
            }
            return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(backoff)
                    .chain(() -> signedUrl(path, retriesLeft - 1, backoff.multipliedBy(3)));
        });
    }

    private static ConvaiAnswer<String> urlOf(ConvaiAnswer<JsonNode> answer) {
        return switch (answer) {
            case ConvaiAnswer.Success<JsonNode>(JsonNode body)
            when body.path("signed_url").isTextual() ->
                new ConvaiAnswer.Success<>(body.path("signed_url").textValue());
            case ConvaiAnswer.Success<JsonNode> other -> failure(ConvaiFailure.UNREADABLE);
            case ConvaiAnswer.Failure<JsonNode> failure -> failure.as();
        };
    }

    private Uni<ConvaiAnswer<JsonNode>> request(HttpMethod method, String pathAndQuery, @Nullable JsonNode body) {
        Optional<String> key = apiKey();
        if (key.isEmpty()) {
            return Uni.createFrom().item(failure(ConvaiFailure.NOT_CONFIGURED));
        }
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(base + pathAndQuery)
                .setTimeout(config.requestTimeout().toMillis())
                .putHeader("xi-api-key", key.get())
                .putHeader("Accept", "application/json");
        return Uni.createFrom()
                .<ConvaiAnswer<JsonNode>>completionStage(() -> http.request(options)
                        // Nested, so that the body is asked for on the event loop, before it can have passed by.
                        .compose(request -> sent(request, body).compose(ConvaiClient::read))
                        .toCompletionStage())
                .ifNoItem()
                .after(config.requestTimeout())
                .fail()
                .onFailure()
                .recoverWithItem(ConvaiClient::unanswered)
                .invoke(answer -> log(method, pathAndQuery, answer));
    }

    private static io.vertx.core.Future<HttpClientResponse> sent(HttpClientRequest request, @Nullable JsonNode body) {
        return body == null
                ? request.send()
                : request.putHeader("Content-Type", "application/json")
                        .send(Buffer.buffer(body.toString(), StandardCharsets.UTF_8.name()));
    }

    private static io.vertx.core.Future<ConvaiAnswer<JsonNode>> read(HttpClientResponse response) {
        return response.body().map(body -> {
            int status = response.statusCode();
            byte[] bytes = body.getBytes();
            if (status / 100 != 2) {
                ErrorBody error = ErrorBody.parse(bytes);
                String requestId = error.requestId() == null ? response.getHeader("request-id") : error.requestId();
                return new ConvaiAnswer.Failure<>(
                        ConvaiFailure.ofStatus(status), status, error.code(), error.message(), requestId);
            }
            try {
                JsonNode json = bytes.length == 0 ? MAPPER.createObjectNode() : MAPPER.readTree(bytes);
                return new ConvaiAnswer.Success<>(json);
            } catch (IOException notJson) {
                return new ConvaiAnswer.Failure<>(
                        ConvaiFailure.UNREADABLE, status, "", "", response.getHeader("request-id"));
            }
        });
    }

    private static ConvaiAnswer<JsonNode> unanswered(Throwable failure) {
        boolean timedOut = failure instanceof TimeoutException
                || failure instanceof io.smallrye.mutiny.TimeoutException
                || failure.getClass().getSimpleName().contains("Timeout")
                        && !(failure instanceof java.net.ConnectException);
        return failure(timedOut ? ConvaiFailure.TIMEOUT : ConvaiFailure.UNREACHABLE);
    }

    private static void log(HttpMethod method, String pathAndQuery, ConvaiAnswer<JsonNode> answer) {
        if (answer instanceof ConvaiAnswer.Failure<JsonNode> failure) {
            int query = pathAndQuery.indexOf('?');
            LOG.warnf(
                    "ElevenLabs request failed, method=%s path=%s reason=%s status=%d code=%s requestId=%s",
                    method,
                    query < 0 ? pathAndQuery : pathAndQuery.substring(0, query),
                    failure.reason(),
                    failure.httpStatus(),
                    failure.code(),
                    failure.requestId());
        }
    }

    private static <T> ConvaiAnswer<T> failure(ConvaiFailure reason) {
        return new ConvaiAnswer.Failure<>(reason, 0, "", "", null);
    }

    private Optional<String> apiKey() {
        return config.apiKey().filter(key -> !key.isBlank());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
