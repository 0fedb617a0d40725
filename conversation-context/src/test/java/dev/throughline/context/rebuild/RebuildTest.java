package dev.throughline.context.rebuild;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.throughline.context.testing.EventTopic;
import dev.throughline.context.testing.Story;
import dev.throughline.events.ConversationEvent.FinalTurn;
import dev.throughline.events.EventCodec;
import dev.throughline.events.LeadEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.Topics;
import dev.throughline.platform.kafka.Records;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaProbe;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.platform.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
class RebuildTest {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final String REBUILD = "/api/admin/rebuild";
    private static final String DEAD_LETTERS = "/api/admin/dead-letters";

    /** Everything that follows from the topic, as text. */
    private static final Map<String, String> TABLES = Map.of(
            "event", "select e::text from event e order by event_id",
            "lead", "select l::text from lead l order by lead_id",
            "call", "select c::text from call c order by lead_id, call_id",
            "consumed", "select c::text from consumed c order by topic, kafka_partition",
            "indexes", "select indexname from pg_indexes where schemaname = 'public' order by 1");

    private final Pool pool;
    private final Story anna = Story.of(UUID.randomUUID(), "+12025550142");
    private final Story visitor = Story.of(anna.tenantId(), "+12025550143");

    RebuildTest(Pool pool) {
        this.pool = pool;
    }

    @Test
    void shouldMakeTheSameReadModelFromTheTopicAlsoAfterPoisonAndGoOn() {
        history();
        Map<String, List<String>> before = tables();

        JsonPath done = rebuilt("");

        assertThat(done.getLong("different")).isZero();
        assertThat(done.getLong("leads")).isEqualTo(before.get("lead").size());
        // One that nothing follows on its partition may be behind what the live tables have seen.
        assertThat(done.getLong("refused")).isPositive();
        assertThat(done.getLong("folded")).isGreaterThanOrEqualTo(done.getLong("total") - 2);
        assertThat(tables()).isEqualTo(before);

        publish(anna.texts("after"));
        await().untilAsserted(() -> assertThat(lead(anna, "last_text")).isEqualTo("after"));
    }

    @Test
    void shouldMendWhatIsWrongAndTellItToTheOthers() {
        publish(anna.isNamed("Anna Berger"), anna.texts("Hi"));
        await().untilAsserted(() -> assertThat(lead(anna, "name")).isEqualTo("Anna Berger"));
        damage("update lead set name = 'Wrong', context = convert_to(replace(convert_from(context, 'UTF8'),"
                + " 'Anna Berger', 'Wrong'), 'UTF8') where lead_id = $1");

        JsonPath compared = rebuilt("?swap=false");

        assertThat(compared.getList("examples", String.class))
                .contains(anna.leadId().toString());
        assertThat(lead(anna, "name")).isEqualTo("Wrong");

        rebuilt("");

        assertThat(lead(anna, "name")).isEqualTo("Anna Berger");
        await().untilAsserted(() ->
                assertThat(EventTopic.read(Topics.LEAD_CONTEXTS, anna.leadId())).hasSizeGreaterThanOrEqualTo(2));
    }

    @Test
    void shouldGoOnWhereAReplicaThatDiedWas() {
        publish(anna.texts("Hi"));
        await().untilAsserted(() -> assertThat(lead(anna, "last_text")).isEqualTo("Hi"));
        // As it stands when a replica dies after it has begun.
        pool.query("select rebuild_begin()").execute().await().indefinitely();
        pool.query("insert into rebuild (id, state, swap, asked_by, asked_at, started_at) values"
                        + " (gen_random_uuid(), 'running', true, 'somebody', now(), now())")
                .execute()
                .await()
                .indefinitely();

        JsonPath done = awaitDone();

        assertThat(done.getString("askedBy")).isEqualTo("somebody");
        assertThat(done.getLong("different")).isZero();
        assertThat(lead(anna, "last_text")).isEqualTo("Hi");
    }

    @Test
    void shouldListDeadLettersAndPutThemBack() {
        RecordedEvent event = anna.texts("Read by a newer version only");
        EventCodec.Encoded encoded = EventCodec.encode(event);
        Map<String, String> headers = new HashMap<>(encoded.headers());
        headers.put("dead-letter-reason", "not yet");
        headers.put("dead-letter-topic", Topics.CHANNEL_EVENTS);
        try (KafkaProbe probe = new KafkaProbe()) {
            probe.send(Records.of(Topics.CHANNEL_EVENTS_DLQ, encoded.key(), headers, encoded.value()));
        }

        JsonPath list =
                admin().get(DEAD_LETTERS).then().statusCode(200).extract().jsonPath();
        Map<String, Object> letter = list.getMap("deadLetters.find { it.eventId == '" + event.id() + "' }");
        assertThat(letter).containsEntry("reason", "not yet").containsEntry("type", "sms.received");
        assertThat(letter.toString()).doesNotContain("newer version");
        String place = DEAD_LETTERS + "/" + letter.get("partition") + "/" + letter.get("offset") + "/put-back";

        admin().post(place).then().statusCode(200).body("putBack", equalTo(1));

        await().untilAsserted(() -> assertThat(lead(anna, "last_text")).isEqualTo("Read by a newer version only"));
        admin().post(place).then().statusCode(409).body("code", equalTo("PUT_BACK_BEFORE"));
        admin().post(DEAD_LETTERS + "/0/999999/put-back").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {REBUILD, DEAD_LETTERS})
    void shouldServeNobodyButAnAdminOfTheInstallation(String path) {
        given().get(path).then().statusCode(401);
        given().auth()
                .oauth2(Tokens.operator(anna.tenantId(), "admin"))
                .get(path)
                .then()
                .statusCode(403);
        given().post(path.equals(REBUILD) ? REBUILD : DEAD_LETTERS + "/put-back")
                .then()
                .statusCode(401);
        given().auth()
                .oauth2(Tokens.operator(anna.tenantId(), "admin"))
                .post(path.equals(REBUILD) ? REBUILD : DEAD_LETTERS + "/put-back")
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(Tokens.operator(anna.tenantId(), "admin"))
                .delete(REBUILD)
                .then()
                .statusCode(403);
    }

    private void history() {
        List<RecordedEvent> events = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            events.add(anna.texts("text " + i));
        }
        publish(events.toArray(RecordedEvent[]::new));
        publish(
                anna.calls(),
                anna.conversationStarts(),
                anna.says(0, Speaker.CUSTOMER, "Hi"),
                anna.hangsUp(),
                anna.books("apt-rebuild-" + anna.leadId()),
                anna.isAnalysed(List.of(new FinalTurn(Speaker.CUSTOMER, "Hi.", 1, false, null))));
        publish(visitor.texts("Do you do highlights?"));
        publish(
                anna.event(new LeadEvent.Linked(visitor.leadId()), "link"),
                visitor.event(new LeadEvent.Linked(anna.leadId()), "link"));
        try (EventTopic topic = new EventTopic()) {
            topic.publish(anna.leadId().toString(), Map.of("ce_id", "nonsense"), new byte[] {'{'});
            topic.publish(visitor.leadId().toString(), Map.of(), new byte[] {0});
        }
        // The score comes by way of the topic, so it is the last to be folded.
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(lead(anna, "score")).isNotEqualTo("null");
            assertThat(lead(anna, "(joined is not null)")).isEqualTo("true");
            assertThat(lead(visitor, "(joined is not null)")).isEqualTo("true");
            assertThat(EventTopic.read(Topics.CHANNEL_EVENTS_DLQ, anna.leadId()))
                    .hasSize(1);
            assertThat(EventTopic.read(Topics.CHANNEL_EVENTS_DLQ, visitor.leadId()))
                    .hasSize(1);
        });
        // And then nothing comes any more.
        await().atMost(LONG).until(() -> {
            Map<String, List<String>> first = tables();
            return pool.query("select 1 from outbox")
                                    .execute()
                                    .await()
                                    .indefinitely()
                                    .size()
                            == 0
                    && first.equals(tables());
        });
    }

    private JsonPath rebuilt(String query) {
        admin().post(REBUILD + query).then().statusCode(202);
        return awaitDone();
    }

    private JsonPath awaitDone() {
        await().atMost(LONG)
                .untilAsserted(() -> admin().get(REBUILD).then().statusCode(200).body("state", equalTo("done")));
        return admin().get(REBUILD).then().extract().jsonPath();
    }

    private static RequestSpecification admin() {
        return given().auth().oauth2(Tokens.installationAdmin());
    }

    private Map<String, List<String>> tables() {
        Map<String, List<String>> tables = new HashMap<>();
        TABLES.forEach((name, sql) -> {
            List<String> rows = new ArrayList<>();
            pool.query(sql).execute().await().indefinitely().forEach(row -> rows.add(row.getString(0)));
            tables.put(name, rows);
        });
        return tables;
    }

    private String lead(Story story, String column) {
        var rows = pool.preparedQuery("select " + column + "::text from lead where lead_id = $1")
                .execute(Tuple.of(story.leadId()))
                .await()
                .indefinitely();
        return rows.size() == 0 ? "" : String.valueOf(rows.iterator().next().getString(0));
    }

    private void damage(String sql) {
        pool.preparedQuery(sql).execute(Tuple.of(anna.leadId())).await().indefinitely();
    }

    private static void publish(RecordedEvent... events) {
        try (EventTopic topic = new EventTopic()) {
            topic.publish(List.of(events));
        }
    }
}
