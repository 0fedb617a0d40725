package dev.throughline.context.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.context.stream.SseClient.Line;
import dev.throughline.context.testing.EventTopic;
import dev.throughline.context.testing.Story;
import dev.throughline.events.ConversationEvent.FinalTurn;
import dev.throughline.events.EventJson;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.platform.testing.TestTenants;
import dev.throughline.platform.testing.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
class StreamTest {

    /** As many as application.properties allows in tests. */
    private static final int CLIENTS = 100;

    private static final int CUTS = 100;
    private static final int A_CUT = 6;

    @TestHTTPResource("/")
    URI base;

    private final Pool pool;
    private final MeterRegistry metrics;
    private final Tenant salon = TestTenants.salon("+12025550103");
    private final Tenant other = TestTenants.salon(UUID.randomUUID(), "+12025550104", "another-tool-secret-of-a-test");
    private final Story anna = Story.of(salon.id(), "+12025550142");

    StreamTest(Pool pool, MeterRegistry metrics) {
        this.pool = pool;
        this.metrics = metrics;
    }

    @BeforeEach
    void publishTheTenants() {
        TestTenants.publish(salon, other);
    }

    /** Each cut lets some more be published, so that the line is cut while events are on their way. */
    @Test
    void shouldMissNothingAndRepeatNothingWhenTheLineIsCutManyTimesUnderLoad() {
        publish(anna.texts("first"));
        awaitEvents(1);
        Story crowd = Story.of(salon.id(), "+12025550145");
        List<RecordedEvent> events = new ArrayList<>();
        for (int i = 0; i < (CUTS + 3) * A_CUT; i++) {
            events.add(anna.texts("text " + i));
        }
        Semaphore ahead = new Semaphore(2 * A_CUT);
        CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> {
            try (EventTopic topic = new EventTopic()) {
                for (RecordedEvent event : events) {
                    ahead.acquireUninterruptibly();
                    topic.publish(event);
                    topic.publish(crowd.texts("beside it"));
                }
            }
        });

        List<Line> seen = new ArrayList<>();
        String last = Long.toString(firstOffset());
        for (int cut = 0; cut < CUTS; cut++) {
            try (SseClient client = open(last)) {
                await().atMost(Duration.ofSeconds(10))
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> !client.lines().isEmpty());
                // The server may tell more until it sees the cut: what was not read is told again.
                List<Line> got = List.copyOf(client.lines());
                seen.addAll(got);
                last = String.valueOf(got.getLast().id());
                ahead.release(A_CUT);
            }
        }
        ahead.release(events.size());
        publishing.join();
        try (SseClient client = open(last)) {
            int missing = events.size() - seen.size();
            await().atMost(Duration.ofSeconds(20)).until(() -> client.lines().size() >= missing);
            seen.addAll(client.lines());
        }

        assertThat(seen)
                .extracting(StreamTest::text)
                .containsExactlyElementsOf(events.stream()
                        .map(event -> ((SmsEvent.Received) event.event()).text())
                        .toList());
        assertThat(seen)
                .extracting(line -> Long.parseLong(String.valueOf(line.id())))
                .isSorted();
    }

    @Test
    void shouldTellOnlyWhatComesFromNowOnWithoutAnIdAndSayWhereTheClientStands() {
        publish(anna.texts("before"));
        awaitEvents(1);

        try (SseClient client = open(null)) {
            await().until(() -> client.lastId() != null);
            publish(anna.texts("after"));
            await().until(() -> client.lines().size() == 1);

            assertThat(text(client.lines().getFirst())).isEqualTo("after");
        }
    }

    @Test
    void shouldCarryEntriesToPutInPlaceAndWhatTheySupersede() throws IOException {
        publish(anna.isAnswered("SM-stream", "Hello!"));
        awaitEvents(1);

        try (SseClient client = open(null)) {
            await().until(() -> client.lastId() != null);
            publish(anna.delivery("SM-stream", "delivered"), anna.says(0, Speaker.CUSTOMER, "Hi"));
            publish(anna.isAnalysed(List.of(new FinalTurn(Speaker.CUSTOMER, "Hi.", 1, false, null))));
            await().until(() -> client.lines().size() >= 3);

            JsonNode delivered = json(client.lines().get(0));
            assertThat(delivered.at("/entries/0/text").asText()).isEqualTo("Hello!");
            assertThat(delivered.at("/entries/0/status").asText()).isEqualTo("delivered");
            assertThat(json(client.lines().get(1)).at("/entries/0/provisional").asBoolean())
                    .isTrue();
            JsonNode analysed = json(client.lines().get(2));
            assertThat(analysed.path("supersedes").asText()).isEqualTo(anna.conversationId());
            assertThat(analysed.at("/entries/0/provisional").asBoolean()).isFalse();
        }
    }

    @Test
    void shouldTellTheSameOfAnEventWheneverItIsRead() {
        publish(anna.delivery("SM-again", "sent"), anna.isAnswered("SM-again", "Hello!"));
        awaitEvents(2);
        List<String> live = readFromTheBeginning(2);
        assertThat(live.getLast()).contains("\"status\":\"sent\"");

        publish(anna.delivery("SM-again", "delivered"));
        awaitEvents(3);

        assertThat(readFromTheBeginning(3)).startsWith(live.toArray(String[]::new));
    }

    private List<String> readFromTheBeginning(int events) {
        try (SseClient client = open("-1")) {
            await().until(() -> client.lines().size() >= events);
            return client.lines().stream().map(SseClient.Line::data).toList();
        }
    }

    @Test
    void shouldBeSeenByAPageThatReadsOnMessageAsTheFirstOnesDid() throws IOException {
        Line line = oneText("");

        assertThat(line.name()).isNull();
        assertThat(json(line).path("type").asText()).isEqualTo("sms_received");
        assertThat(json(line).path("event").asText()).isEqualTo("sms.received");
        assertThat(json(line).at("/message/content").asText()).isEqualTo("Is Tuesday free?");
    }

    @Test
    void shouldNameEachEventForWhoeverAsksForIt() throws IOException {
        assertThat(oneText("?named=true").name()).isEqualTo("sms.received");
    }

    private Line oneText(String query) {
        publish(anna.texts("before"));
        awaitEvents(1);
        URI stream = base.resolve("/api/stream/conversation/" + anna.leadId() + query);
        try (SseClient client = SseClient.open(stream, token(salon), null)) {
            await().until(() -> client.lastId() != null);
            publish(anna.texts("Is Tuesday free?"));
            await().until(() -> client.lines().size() == 1);
            return client.lines().getFirst();
        }
    }

    @Test
    void shouldTellTheBoardWhichLeadsChangeAndNothingOfAnotherTenant() throws IOException {
        Story stranger = Story.of(other.id(), "+12025550144");
        try (SseClient client = SseClient.open(base.resolve("/api/stream/leads"), token(salon), null)) {
            await().until(() -> client.lastId() != null);
            publish(stranger.texts("not for you"), anna.texts("for you"), anna.calls());

            await().untilAsserted(() -> {
                assertThat(client.lines()).isNotEmpty();
                JsonNode last = json(client.lines().getLast());
                assertThat(last.path("leadId").asText()).isEqualTo(anna.leadId().toString());
                assertThat(last.path("onThePhone").asBoolean()).isTrue();
            });
            assertThat(client.lines()).allSatisfy(line -> assertThat(line.data())
                    .contains(anna.leadId().toString()));
        }
    }

    @Test
    void shouldTellTheBoardOfEveryLeadThatChangedWhileNobodyListened() throws IOException {
        URI board = base.resolve("/api/stream/leads");
        String last;
        try (SseClient client = SseClient.open(board, token(salon), null)) {
            await().until(() -> client.lastId() != null);
            publish(anna.texts("seen"));
            await().until(() -> !client.lines().isEmpty());
            last = client.lastId();
        }
        List<Story> crowd = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            Story one = Story.of(salon.id(), "+1202555" + (1_000 + i));
            crowd.add(one);
            publish(one.texts("meanwhile"));
        }

        try (SseClient client = SseClient.open(board, token(salon), last)) {
            // A lead that changes while it is told is told again.
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(client.lines())
                    .extracting(StreamTest::leadOf)
                    .containsOnly(
                            crowd.stream().map(one -> one.leadId().toString()).toArray(String[]::new)));
        }
        try (SseClient garbled = SseClient.open(board, token(salon), "nonsense")) {
            assertThat(garbled.status()).isEqualTo(400);
        }
    }

    /** Reads nothing for as long as the server is patient, then whatever still came. */
    @Test
    void shouldDropAClientThatDoesNotReadAndMissNothingWhenItResumes() throws Exception {
        publish(anna.texts("first"));
        awaitEvents(1);
        String from = Long.toString(firstOffset());
        List<RecordedEvent> events = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            events.add(anna.texts(i + " " + "x".repeat(40_000)));
        }
        String got;
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress(base.getHost(), base.getPort()));
            socket.getOutputStream()
                    .write(("GET /api/stream/conversation/" + anna.leadId() + " HTTP/1.1\r\nHost: x\r\nLast-Event-ID: "
                                    + from + "\r\nAuthorization: Bearer " + token(salon) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            publish(events.toArray(RecordedEvent[]::new));
            awaitEvents(1 + events.size());
            await().atMost(Duration.ofSeconds(30)).until(() -> openClients() == 0);
            got = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        String last = from;
        Matcher id = Pattern.compile("(?m)^id:\\s*(\\d+)$").matcher(got.substring(0, got.lastIndexOf("\n\n") + 2));
        while (id.find()) {
            last = id.group(1);
        }
        long seen = Pattern.compile("(?m)^data:")
                .matcher(got.substring(0, got.lastIndexOf("\n\n") + 2))
                .results()
                .count();
        assertThat(seen).isLessThan(events.size());
        try (SseClient client = open(last)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> client.lines().size() >= events.size() - seen);
            assertThat(client.lines()).hasSize((int) (events.size() - seen));
        }
    }

    @Test
    void shouldTurnClientsAwayBeyondWhatAServerCanTakeAndLetThemInAgain() {
        publish(anna.texts("first"));
        awaitEvents(1);
        List<SseClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i <= CLIENTS; i++) {
                clients.add(open(null));
            }
            assertThat(clients.getLast().status()).isEqualTo(503);
            assertThat(clients.subList(0, CLIENTS / 2))
                    .allSatisfy(client -> assertThat(client.status()).isEqualTo(200));
        } finally {
            clients.forEach(SseClient::close);
        }
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            try (SseClient again = open(null)) {
                assertThat(again.status()).isEqualTo(200);
            }
        });
    }

    private double openClients() {
        return metrics.get("throughline.stream.clients").gauge().value();
    }

    private static String leadOf(Line line) {
        try {
            return json(line).path("leadId").asText();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldOpenNoStreamForStrangersAndOtherTenants() {
        publish(anna.texts("secret"));
        awaitEvents(1);
        URI stream = base.resolve("/api/stream/conversation/" + anna.leadId());

        try (SseClient nobody = SseClient.open(stream, "", "0");
                SseClient foreigner = SseClient.open(stream, token(other), "0");
                SseClient board = SseClient.open(base.resolve("/api/stream/leads"), "", null);
                SseClient garbled = SseClient.open(stream, token(salon), "nonsense")) {
            assertThat(nobody.status()).isEqualTo(401);
            assertThat(foreigner.status()).isEqualTo(404);
            assertThat(board.status()).isEqualTo(401);
            assertThat(garbled.status()).isEqualTo(400);
            await().until(() -> nobody.hasEnded() && foreigner.hasEnded() && garbled.hasEnded());
            assertThat(foreigner.lines()).isEmpty();
        }
    }

    private SseClient open(@Nullable String lastEventId) {
        return SseClient.open(base.resolve("/api/stream/conversation/" + anna.leadId()), token(salon), lastEventId);
    }

    private static String token(Tenant tenant) {
        return Tokens.operator(tenant.id(), "viewer");
    }

    private static void publish(RecordedEvent... events) {
        try (EventTopic topic = new EventTopic()) {
            topic.publish(List.of(events));
        }
    }

    private void awaitEvents(int count) {
        await().until(() -> pool.preparedQuery("select count(*)::int from event where lead_id = $1")
                        .execute(Tuple.of(anna.leadId()))
                        .await()
                        .indefinitely()
                        .iterator()
                        .next()
                        .getInteger(0)
                == count);
    }

    private long firstOffset() {
        return pool.preparedQuery("select min(kafka_offset) from event where lead_id = $1")
                .execute(Tuple.of(anna.leadId()))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }

    private static String text(Line line) {
        try {
            return json(line).at("/data/text").asText();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(Line line) throws IOException {
        return EventJson.mapper().readTree(line.data());
    }
}
