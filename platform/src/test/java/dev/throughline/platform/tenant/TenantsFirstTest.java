package dev.throughline.platform.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.throughline.platform.Configs;
import dev.throughline.platform.kafka.KafkaClients;
import dev.throughline.platform.kafka.KafkaConfig;
import dev.throughline.platform.web.ErrorAnswers;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TenantsFirstTest {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Directory tenants = new Directory();
    private final AtomicInteger arrived = new AtomicInteger();
    private HttpServer server;

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldKeepARequestAndItsBodyUntilTheTenantsAreKnown() {
        start("20s", 500);
        CompletableFuture<HttpResponse<String>> early = post("/api/webhooks/twilio/elevenlabs", "CallSid=CA1");
        await().untilAtomic(arrived, org.hamcrest.Matchers.is(1));
        assertThat(early).isNotDone();

        tenants.known.complete(null);

        assertThat(early.join().body()).isEqualTo("CallSid=CA1");
        assertThat(post("/api/webhooks/twilio/elevenlabs", "CallSid=CA2").join().body())
                .isEqualTo("CallSid=CA2");
    }

    @Test
    void shouldRefuseInTheShapeTheCallerReadsWhenTheyAreNotKnownInTime() throws Exception {
        start("50ms", 500);

        HttpResponse<String> webhook =
                post("/api/webhooks/twilio/elevenlabs", "CallSid=CA1").join();
        HttpResponse<String> operator = post("/api/leads", "{}").join();

        assertThat(webhook.statusCode()).isEqualTo(503);
        assertThat(webhook.headers().firstValue("Retry-After")).contains("1");
        assertThat(json(webhook).path("success").asBoolean(true)).isFalse();
        assertThat(operator.statusCode()).isEqualTo(503);
        assertThat(operator.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(operator).path("code").asText()).isEqualTo("UNAVAILABLE");
    }

    @Test
    void shouldKeepNoMoreThanItMay() {
        start("20s", 1);
        CompletableFuture<HttpResponse<String>> kept = post("/api/leads", "{}");
        await().untilAtomic(arrived, org.hamcrest.Matchers.is(1));

        assertThat(post("/api/leads", "{}").join().statusCode()).isEqualTo(503);
        tenants.known.complete(null);
        assertThat(kept.join().statusCode()).isEqualTo(200);
    }

    private void start(String patience, int mostWaiting) {
        TenantsFirst door = new TenantsFirst(
                tenants,
                new ErrorAnswers(Configs.of(ErrorAnswers.Config.class, Map.of())),
                new ObjectMapper(),
                Configs.of(
                        TenantsFirst.Config.class,
                        Map.of(
                                "throughline.tenants.patience",
                                patience,
                                "throughline.tenants.most-waiting",
                                String.valueOf(mostWaiting))));
        Router router = Router.router(vertx);
        // As the framework does: nothing of a body is read before somebody asks for it.
        router.route().handler(request -> {
            request.request().pause();
            arrived.incrementAndGet();
            request.next();
        });
        router.route().handler(door::admit);
        router.route().handler(request -> {
            request.request().bodyHandler(body -> request.response().end(body));
            request.request().resume();
        });
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private CompletableFuture<HttpResponse<String>> post(String path, String body) {
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path))
                        .timeout(Duration.ofSeconds(30))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body());
    }

    /** One that is told when it knows. */
    private static final class Directory extends TenantDirectory {

        private final CompletableFuture<Void> known = new CompletableFuture<>();

        Directory() {
            super(
                    new KafkaClients(Configs.of(
                            KafkaConfig.class,
                            Map.of(
                                    "throughline.kafka.bootstrap-servers",
                                    "127.0.0.1:1",
                                    "throughline.kafka.client-id",
                                    "test"))),
                    Clock.systemUTC());
        }

        @Override
        public boolean isWarm() {
            return known.isDone();
        }

        @Override
        CompletableFuture<Void> warm() {
            return known.copy();
        }
    }
}
