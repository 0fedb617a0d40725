package dev.throughline.platform.elevenlabs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Requests to ElevenLabs' REST API: made on the event loop, never failing, always ending within their time. Only what is safe to ask
 * twice goes through {@link #retried}.
 */
final class ConvaiTransport {

    private static final Logger LOG = Logger.getLogger(ConvaiTransport.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int RETRIES = 2;
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(150);

    private final ElevenLabsConfig config;
    private final HttpClient http;
    private final String base;

    ConvaiTransport(ElevenLabsConfig config, Vertx vertx) {
        this.config = config;
        String url = config.apiBaseUrl();
        this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setMaxPoolSize(64)
                .setMaxWaitQueueSize(256));
    }

    /**
     * A body that came with a 2xx.
     *
     * @param requestId null when it gave none
     */
    record Reply(byte[] body, @Nullable String requestId) {

        ConvaiAnswer<JsonNode> json() {
            try {
                return new ConvaiAnswer.Success<>(body.length == 0 ? MAPPER.createObjectNode() : MAPPER.readTree(body));
            } catch (IOException notJson) {
                return unreadable();
            }
        }

        <T> ConvaiAnswer<T> unreadable() {
            return new ConvaiAnswer.Failure<>(ConvaiFailure.UNREADABLE, 200, "", "", requestId);
        }
    }

    Optional<String> apiKey() {
        return config.apiKey().filter(key -> !key.isBlank());
    }

    void close() {
        http.close();
    }

    /** One request whose answer is JSON. */
    Uni<ConvaiAnswer<JsonNode>> json(
            HttpMethod method, String pathAndQuery, @Nullable JsonNode body, Duration timeout) {
        return reply(method, pathAndQuery, body, timeout).map(answer -> switch (answer) {
            case ConvaiAnswer.Success<Reply>(Reply reply) -> reply.json();
            case ConvaiAnswer.Failure<Reply> failure -> failure.as();
        });
    }

    /** One request; the answer as it comes. */
    Uni<ConvaiAnswer<Reply>> reply(HttpMethod method, String pathAndQuery, @Nullable JsonNode body, Duration timeout) {
        Optional<String> key = apiKey();
        if (key.isEmpty()) {
            return Uni.createFrom().item(failure(ConvaiFailure.NOT_CONFIGURED));
        }
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(base + pathAndQuery)
                .setTimeout(timeout.toMillis())
                .putHeader("xi-api-key", key.get())
                .putHeader("Accept", "*/*");
        return Uni.createFrom()
                .<ConvaiAnswer<Reply>>completionStage(() -> http.request(options)
                        // Nested, so that the body is asked for on the event loop, before it can have passed by.
                        .compose(request -> sent(request, body).compose(ConvaiTransport::read))
                        .toCompletionStage())
                .ifNoItem()
                .after(timeout)
                .fail()
                .onFailure()
                .recoverWithItem(ConvaiTransport::unanswered)
                .invoke(answer -> log(method, pathAndQuery, answer));
    }

    /** Asks again, at most twice, after failures that may pass; all of it within {@code atMost}. */
    <T> Uni<ConvaiAnswer<T>> retried(Supplier<Uni<ConvaiAnswer<T>>> request, Duration atMost) {
        return attempt(request, RETRIES, FIRST_BACKOFF)
                .ifNoItem()
                .after(atMost)
                .recoverWithItem(() -> failure(ConvaiFailure.TIMEOUT));
    }

    static <T> ConvaiAnswer<T> failure(ConvaiFailure reason) {
        return new ConvaiAnswer.Failure<>(reason, 0, "", "", null);
    }

    private static <T> Uni<ConvaiAnswer<T>> attempt(
            Supplier<Uni<ConvaiAnswer<T>>> request, int retriesLeft, Duration backoff) {
        return request.get().flatMap(answer -> {
            if (!(answer instanceof ConvaiAnswer.Failure<T> failure)
                    || !failure.reason().retryable()
                    || retriesLeft == 0) {
                return Uni.createFrom().item(answer);
            }
            Duration told = failure.retryAfter();
            return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(told == null || told.compareTo(backoff) < 0 ? backoff : told)
                    .chain(() -> attempt(request, retriesLeft - 1, backoff.multipliedBy(3)));
        });
    }

    private static Future<HttpClientResponse> sent(HttpClientRequest request, @Nullable JsonNode body) {
        return body == null
                ? request.send()
                : request.putHeader("Content-Type", "application/json")
                        .send(Buffer.buffer(body.toString(), StandardCharsets.UTF_8.name()));
    }

    private static Future<ConvaiAnswer<Reply>> read(HttpClientResponse response) {
        return response.body().map(body -> {
            int status = response.statusCode();
            byte[] bytes = body.getBytes();
            if (status / 100 == 2) {
                return new ConvaiAnswer.Success<>(new Reply(bytes, response.getHeader("request-id")));
            }
            ErrorBody error = ErrorBody.parse(bytes);
            String requestId = error.requestId() == null ? response.getHeader("request-id") : error.requestId();
            return new ConvaiAnswer.Failure<>(
                    ConvaiFailure.ofStatus(status),
                    status,
                    error.code(),
                    error.message(),
                    requestId,
                    retryAfter(response.getHeader("Retry-After"), Instant.now()));
        });
    }

    /** Seconds or a date (RFC 9110, Retry-After); null when absent or neither. */
    static @Nullable Duration retryAfter(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        try {
            Duration wait = header.strip().matches("[0-9]{1,6}")
                    ? Duration.ofSeconds(Long.parseLong(header.strip()))
                    : Duration.between(now, Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header.strip())));
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException neither) {
            return null;
        }
    }

    private static ConvaiAnswer<Reply> unanswered(Throwable failure) {
        // A connection that never was tells for certain that nothing was asked; a lost one does not.
        if (failure instanceof ConnectException
                || failure instanceof UnknownHostException
                || failure instanceof SSLException
                || failure instanceof ConnectionPoolTooBusyException) {
            return failure(ConvaiFailure.UNREACHABLE);
        }
        boolean timedOut = failure instanceof TimeoutException
                || failure instanceof io.smallrye.mutiny.TimeoutException
                || failure.getClass().getSimpleName().contains("Timeout");
        return failure(timedOut ? ConvaiFailure.TIMEOUT : ConvaiFailure.CUT_OFF);
    }

    private static void log(HttpMethod method, String pathAndQuery, ConvaiAnswer<?> answer) {
        if (answer instanceof ConvaiAnswer.Failure<?> failure) {
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
}
