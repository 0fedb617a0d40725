package dev.throughline.context.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.context.testing.EventTopic;
import dev.throughline.context.testing.Story;
import dev.throughline.events.ConversationEvent.FinalTurn;
import dev.throughline.events.EventCodec;
import dev.throughline.events.EventJson;
import dev.throughline.events.LeadEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.Topics;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.LeadContextCodec;
import dev.throughline.platform.kafka.Records;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
class ProjectionTest {

    private final Pool pool;
    private final ProjectionConsumer consumer;
    private final Story anna = Story.of(UUID.randomUUID(), "+12025550142");

    ProjectionTest(Pool pool, ProjectionConsumer consumer) {
        this.pool = pool;
        this.consumer = consumer;
    }

    @Test
    void shouldFoldEachEventOnceHoweverOftenItComesAndPublishTheContext() throws IOException {
        List<RecordedEvent> events = new ArrayList<>(List.of(
                anna.texts("Do you have time for a colouring?"),
                anna.isNamed("Anna Berger"),
                anna.calls(),
                anna.hangsUp()));
        List<RecordedEvent> withRepeats = new ArrayList<>(events);
        withRepeats.addAll(events);
        withRepeats.add(2, events.getFirst());

        try (EventTopic topic = new EventTopic()) {
            topic.publish(withRepeats);
        }

        LeadContext expected = LeadContext.of(anna.tenantId(), anna.leadId(), events);
        await().untilAsserted(() -> assertThat(stored()).isEqualTo(expected));
        assertThat(count("event")).isEqualTo(events.size());
        await().untilAsserted(() -> {
            List<ConsumerRecord<String, byte[]>> published = EventTopic.read(Topics.LEAD_CONTEXTS, anna.leadId());
            assertThat(published).isNotEmpty();
            assertThat(LeadContextCodec.decode(published.getLast().value())).isEqualTo(expected);
        });
    }

    @Test
    void shouldReadOnWhereItStoppedAndLoseNothingThatCameMeanwhile() {
        try (EventTopic topic = new EventTopic()) {
            topic.publish(anna.texts("before"));
            await().untilAsserted(() -> assertThat(count("event")).isEqualTo(1));
            String before = rowVersion();

            consumer.stop(new ShutdownEvent());
            long last = topic.publish(anna.texts("meanwhile")).offset();
            consumer.start(new StartupEvent());

            await().untilAsserted(() -> assertThat(count("event")).isEqualTo(2));
            assertThat(nextOffset(topic.publish(anna.texts("after")).partition()))
                    .isGreaterThan(last);
            await().untilAsserted(() -> assertThat(count("event")).isEqualTo(3));
            assertThat(rowVersion()).isEqualTo(before);
        }
    }

    @Test
    void shouldSetPoisonAsideWithItsReasonAndGoOn() {
        RecordedEvent good = anna.texts("good");
        EventCodec.Encoded encoded = EventCodec.encode(good);
        Story stranger = Story.of(UUID.randomUUID(), "+12025550143");
        RecordedEvent foreign = new RecordedEvent(
                UUID.randomUUID(), good.time(), "story", stranger.tenantId(), anna.leadId(), good.event());

        try (EventTopic topic = new EventTopic()) {
            topic.publish(anna.leadId().toString(), Map.of("ce_id", "nonsense"), new byte[] {'{'});
            topic.publish(anna.leadId().toString(), encoded.headers(), "{\"text\":1}".getBytes(StandardCharsets.UTF_8));
            topic.publish(good);
            topic.publish(
                    anna.leadId().toString(),
                    EventCodec.encode(stranger.texts("?")).headers(),
                    encoded.value());
            topic.publish(foreign);
            topic.publish(anna.texts("after"));
        }

        await().untilAsserted(() -> assertThat(count("event")).isEqualTo(2));
        await().untilAsserted(() -> assertThat(EventTopic.read(Topics.CHANNEL_EVENTS_DLQ, anna.leadId()))
                .extracting(record -> Records.headers(record).getOrDefault("dead-letter-reason", ""))
                .satisfiesExactlyInAnyOrder(
                        reason -> assertThat(reason).contains("ce_type"),
                        reason -> assertThat(reason).contains("sms.received"),
                        reason -> assertThat(reason).contains("key is not the lead"),
                        reason -> assertThat(reason).contains("another tenant")));
    }

    @Test
    void shouldKeepWordsThatPostgresDoesNotLike() {
        try (EventTopic topic = new EventTopic()) {
            topic.publish(anna.texts("a\u0000b ' ; drop table lead; -- \uD83D\uDE00 <script>alert(1)</script>"));
        }

        await().untilAsserted(() -> assertThat(count("event")).isEqualTo(1));
    }

    @Test
    void shouldPassWhatItDoesNotKnowThroughAndTakeEventsAsLongAsTheTopicDoes() throws IOException {
        RecordedEvent known = anna.texts("known");
        Map<String, String> headers =
                new HashMap<>(EventCodec.encode(anna.texts("?")).headers());
        headers.put("ce_type", "weather.changed");
        headers.put("ce_newer", "attribute");
        ObjectNode newer = (ObjectNode)
                EventJson.mapper().readTree(EventCodec.encode(known).value());
        newer.put("mood", "good");
        RecordedEvent large = anna.texts("x".repeat(1 << 20));

        try (EventTopic topic = new EventTopic()) {
            topic.publish(anna.leadId().toString(), headers, "{\"sun\":true}".getBytes(StandardCharsets.UTF_8));
            topic.publish(
                    anna.leadId().toString(),
                    EventCodec.encode(known).headers(),
                    EventJson.mapper().writeValueAsBytes(newer));
            topic.publish(large);
            topic.publish(anna.texts("after"));
        }

        await().untilAsserted(() -> assertThat(count("event")).isEqualTo(4));
        assertThat(count("event", "weather.changed")).isEqualTo(1);
        assertThat(stored().window().events()).extracting(RecordedEvent::event).contains(known.event());
        // What is longer than all an agent may be told is on the log and not in the context.
        assertThat(stored().window().events()).extracting(RecordedEvent::event).doesNotContain(large.event());
        assertThat(EventTopic.read(Topics.CHANNEL_EVENTS_DLQ, anna.leadId())).isEmpty();
    }

    @Test
    void shouldNotMindClocksThatDisagree() throws IOException {
        RecordedEvent now = anna.texts("now");
        RecordedEvent ahead = at(anna.texts("ahead"), now.time().plusSeconds(3_600));
        RecordedEvent behind = at(anna.texts("behind"), now.time().minusSeconds(86_400));
        List<RecordedEvent> events = List.of(ahead, now, behind);

        try (EventTopic topic = new EventTopic()) {
            topic.publish(events);
        }

        LeadContext expected = LeadContext.of(anna.tenantId(), anna.leadId(), events);
        await().untilAsserted(() -> assertThat(stored()).isEqualTo(expected));
        assertThat(expected.window().events()).containsExactly(behind, now, ahead);
    }

    private static RecordedEvent at(RecordedEvent event, Instant time) {
        return new RecordedEvent(event.id(), time, event.source(), event.tenantId(), event.leadId(), event.event());
    }

    @Test
    void shouldScoreOnceWhenAnAppointmentIsBookedAndNotAgainForTheScoreItself() {
        List<RecordedEvent> events = List.of(
                anna.texts("Hi"),
                anna.books("apt-" + anna.leadId()),
                anna.isAnalysed(List.of(new FinalTurn(Speaker.CUSTOMER, "Thanks", 1, false, null))));

        try (EventTopic topic = new EventTopic()) {
            topic.publish(events);
            await().untilAsserted(() -> {
                LeadContext context = stored();
                assertThat(context).isNotNull();
                assertThat(context.score()).isNotNull();
                assertThat(context.score().value().factors())
                        .extracting(LeadEvent.Factor::name)
                        .contains("booked", "conversation");
            });
            // Whatever the score's own event would cause comes before this one in the lead's order.
            topic.publish(anna.texts("bye"));
            topic.publish(anna.texts("bye again"));
        }
        await().untilAsserted(() -> assertThat(count("event", "sms.received")).isEqualTo(3));
        assertThat(count("event", "lead.scored")).isBetween(1, 2);
    }

    private @Nullable LeadContext stored() throws IOException {
        var rows = pool.preparedQuery("select context from lead where lead_id = $1")
                .execute(Tuple.of(anna.leadId()))
                .await()
                .indefinitely();
        return rows.size() == 0
                ? null
                : LeadContextCodec.decode(rows.iterator().next().getBuffer(0).getBytes());
    }

    private int count(String table, String... types) {
        Row row = pool.preparedQuery("select count(*)::int from " + table
                        + " where lead_id = $1 and ($2::text[] = '{}' or type = any($2::text[]))")
                .execute(Tuple.tuple().addUUID(anna.leadId()).addArrayOfString(types))
                .await()
                .indefinitely()
                .iterator()
                .next();
        return row.getInteger(0);
    }

    /** The first event's physical row: reading it again would write a new version. */
    private String rowVersion() {
        return pool.preparedQuery(
                        "select ctid::text || xmin::text from event where lead_id = $1 order by kafka_offset limit 1")
                .execute(Tuple.of(anna.leadId()))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getString(0);
    }

    private long nextOffset(int partition) {
        Map<Integer, Long> offsets = new HashMap<>();
        pool.query("select kafka_partition, next_offset from consumed")
                .execute()
                .await()
                .indefinitely()
                .forEach(row -> offsets.put(row.getInteger(0), row.getLong(1)));
        return offsets.getOrDefault(partition, -1L);
    }
}
