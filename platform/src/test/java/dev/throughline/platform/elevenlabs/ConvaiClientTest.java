package dev.throughline.platform.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.throughline.platform.Configs;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConvaiClientTest {

    private static final Duration WAIT = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Consumer<HttpServerRequest> answer =
            request -> request.response().end("{\"signed_url\":\"wss://api.example.test/x?conversation_signature=s\"}");
    private HttpServer server;
    private ConvaiClient client;

    @BeforeEach
    void start() {
        server = vertx.createHttpServer()
                .requestHandler(request -> {
                    requests.incrementAndGet();
                    answer.accept(request);
                })
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        client = client(Map.of("throughline.elevenlabs.api-key", "xi-key"));
    }

    @AfterEach
    void stop() {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldFetchASignedUrlWithTheKey() {
        StringBuilder seen = new StringBuilder();
        Consumer<HttpServerRequest> ok = answer;
        answer = request -> {
            seen.append(request.uri()).append(' ').append(request.getHeader("xi-api-key"));
            ok.accept(request);
        };
        assertThat(signedUrl())
                .isEqualTo(new ConvaiAnswer.Success<>("wss://api.example.test/x?conversation_signature=s"));
        assertThat(seen).hasToString("/v1/convai/conversation/get-signed-url?agent_id=agent+1 xi-key");
    }

    @Test
    void shouldRetryASignedUrlTwiceAfterTransientFailures() {
        Consumer<HttpServerRequest> ok = answer;
        answer = request -> {
            if (requests.get() < 3) {
                request.response().setStatusCode(503).end("<html>");
            } else {
                ok.accept(request);
            }
        };
        assertThat(signedUrl()).isInstanceOf(ConvaiAnswer.Success.class);
        assertThat(requests).hasValue(3);
        answer = request -> request.response().setStatusCode(503).end();
        assertThat(failure(signedUrl()).reason()).isEqualTo(ConvaiFailure.UNAVAILABLE);
        assertThat(requests).hasValue(6);
    }

    @Test
    void shouldNotRetryWhatCannotHelp() {
        answer = request -> request.response().setStatusCode(401).end(fixture("rest_error_401"));
        assertThat(failure(signedUrl()).reason()).isEqualTo(ConvaiFailure.UNAUTHENTICATED);
        assertThat(requests).hasValue(1);
    }

    @Test
    void shouldNeverRepeatAPost() {
        answer = request -> request.response().setStatusCode(429).end(fixture("rest_error_429"));
        ConvaiAnswer<JsonNode> answered = client.post(
                        "/v1/convai/twilio/outbound-call", new ObjectMapper().createObjectNode())
                .await()
                .atMost(WAIT);
        assertThat(failure(answered).reason()).isEqualTo(ConvaiFailure.RATE_LIMITED);
        assertThat(requests).hasValue(1);
    }

    @Test
    void shouldEndInTimeWhenNobodyAnswers() {
        answer = request -> {};
        assertThat(failure(signedUrl()).reason()).isEqualTo(ConvaiFailure.TIMEOUT);
        server.close().toCompletionStage().toCompletableFuture().join();
        assertThat(failure(client.get("/v1/x").await().atMost(WAIT)).reason()).isEqualTo(ConvaiFailure.UNREACHABLE);
    }

    @Test
    void shouldReadAllShapesOfErrors() {
        Map<String, ConvaiFailure> files = Map.of(
                "rest_error_402", ConvaiFailure.PAYMENT_REQUIRED,
                "rest_error_403", ConvaiFailure.FORBIDDEN,
                "rest_error_422_validation", ConvaiFailure.UNPROCESSABLE,
                "rest_error_detail_legacy", ConvaiFailure.NOT_FOUND,
                "rest_error_detail_object", ConvaiFailure.CONFLICT,
                "rest_error_detail_string", ConvaiFailure.INVALID_REQUEST);
        Map<ConvaiFailure, Integer> statuses = Map.of(
                ConvaiFailure.PAYMENT_REQUIRED, 402,
                ConvaiFailure.FORBIDDEN, 403,
                ConvaiFailure.UNPROCESSABLE, 422,
                ConvaiFailure.NOT_FOUND, 404,
                ConvaiFailure.CONFLICT, 409,
                ConvaiFailure.INVALID_REQUEST, 400);
        files.forEach((file, reason) -> {
            answer = request ->
                    request.response().setStatusCode(statuses.get(reason)).end(fixture(file));
            ConvaiAnswer.Failure<JsonNode> failure =
                    failure(client.get("/v1/x").await().atMost(WAIT));
            assertThat(failure.reason()).as(file).isEqualTo(reason);
            assertThat(failure.message()).as(file).isNotBlank();
            assertThat(failure.reason().cure()).isNotBlank();
        });
        assertThat(ErrorBody.parse(fixture("rest_error_422_validation").getBytes(StandardCharsets.UTF_8))
                        .message())
                .contains("body.");
    }

    @Test
    void shouldSayThatItIsNotConfigured() {
        ConvaiClient unconfigured = client(Map.of());
        assertThat(unconfigured.isConfigured()).isFalse();
        assertThat(failure(unconfigured.signedUrl("a").await().atMost(WAIT)).reason())
                .isEqualTo(ConvaiFailure.NOT_CONFIGURED);
        unconfigured.close();
        assertThat(requests).hasValue(0);
    }

    private ConvaiAnswer<String> signedUrl() {
        return client.signedUrl("agent 1").await().atMost(WAIT);
    }

    private static <T> ConvaiAnswer.Failure<T> failure(ConvaiAnswer<T> answer) {
        assertThat(answer).isInstanceOf(ConvaiAnswer.Failure.class);
        return (ConvaiAnswer.Failure<T>) answer;
    }

    private ConvaiClient client(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("throughline.elevenlabs.api-base-url", "http://localhost:" + server.actualPort());
        all.put("throughline.elevenlabs.request-timeout", "1s");
        return new ConvaiClient(Configs.of(ElevenLabsConfig.class, all), vertx);
    }

    private static String fixture(String name) {
        try (InputStream in = ConvaiClientTest.class.getResourceAsStream("/elevenlabs/" + name + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
