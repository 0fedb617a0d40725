package dev.throughline.platform.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.throughline.events.Topics;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.LeadContextCodec;
import dev.throughline.platform.Configs;
import dev.throughline.platform.kafka.KafkaClients;
import dev.throughline.platform.kafka.KafkaConfig;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.service.ServiceClient;
import dev.throughline.platform.testing.KafkaProbe;
import dev.throughline.platform.testing.KafkaTestResource;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeadContextsTest {

    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final String SECRET = "test-only-internal-secret-of-more-than-32-characters";

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger requests = new AtomicInteger();
    private final UUID tenant = UUID.randomUUID();
    private final UUID lead = UUID.randomUUID();
    private volatile Consumer<HttpServerRequest> answer =
            request -> request.response().setStatusCode(404).end();
    private HttpServer server;
    private LeadContexts contexts;

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
        KafkaClients clients = new KafkaClients(Configs.of(
                KafkaConfig.class,
                Map.of(
                        "throughline.kafka.bootstrap-servers",
                        KafkaTestResource.bootstrapServers(),
                        "throughline.kafka.client-id",
                        "test")));
        LeadContextsConfig config = Configs.of(
                LeadContextsConfig.class,
                Map.of("throughline.lead-contexts.url", "http://localhost:" + server.actualPort()));
        ServiceClient services = new ServiceClient(new ServiceToken(SECRET), vertx);
        contexts = new LeadContexts(clients, config, new LeadContextClient(new ContextService(config, services)));
        contexts.start();
    }

    @AfterEach
    void stop() {
        contexts.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldKnowWhatIsOnTheTopicWithoutAskingAnybody() {
        List<LeadContext> updates = new CopyOnWriteArrayList<>();
        contexts.onUpdate(updates::add);
        LeadContext context = LeadContext.empty(tenant, lead);
        try (KafkaProbe probe = new KafkaProbe()) {
            probe.send(Topics.LEAD_CONTEXTS, lead.toString(), LeadContextCodec.encode(context));
            await().atMost(WAIT).until(() -> contexts.peek(tenant, lead).isPresent());
            assertThat(contexts.find(tenant, lead).await().atMost(WAIT)).contains(context);
            assertThat(updates).contains(context);
            assertThat(contexts.peek(UUID.randomUUID(), lead))
                    .as("another tenant's lead")
                    .isEmpty();
            assertThat(requests).hasValue(0);
            probe.send(Topics.LEAD_CONTEXTS, lead.toString(), null);
            await().atMost(WAIT).until(() -> contexts.peek(tenant, lead).isEmpty());
        }
    }

    @Test
    void shouldAskOverHttpWithAServiceToken() {
        LeadContext context = LeadContext.empty(tenant, lead);
        answer = request -> {
            boolean allowed = new ServiceToken(SECRET)
                    .verify(String.valueOf(request.getHeader(ServiceToken.HEADER)), ServiceToken.CONVERSATION_CONTEXT)
                    .filter(claims -> tenant.equals(claims.tenantId()))
                    .isPresent();
            boolean right = request.path().equals("/internal/lead-contexts/" + tenant + "/" + lead);
            request.response()
                    .setStatusCode(allowed && right ? 200 : 403)
                    .end(Buffer.buffer(LeadContextCodec.encode(context)));
        };
        // The first request of a cold JVM may be late, which is a right answer too.
        await().atMost(WAIT)
                .until(() -> contexts.find(tenant, lead).await().atMost(WAIT).equals(java.util.Optional.of(context)));
    }

    @Test
    void shouldGoOnWithoutWhenNobodyKnowsOrAnswersInTime() {
        assertThat(contexts.find(tenant, lead).await().atMost(WAIT)).isEmpty();
        answer = request -> {};
        contexts.find(tenant, lead).await().atMost(WAIT);
        long start = System.nanoTime();
        assertThat(contexts.find(tenant, lead).await().atMost(WAIT)).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        answer = request -> request.response().end("not a context");
        assertThat(contexts.find(tenant, lead).await().atMost(WAIT)).isEmpty();
        server.close().toCompletionStage().toCompletableFuture().join();
        assertThat(contexts.find(tenant, lead).await().atMost(WAIT)).isEmpty();
    }
}
