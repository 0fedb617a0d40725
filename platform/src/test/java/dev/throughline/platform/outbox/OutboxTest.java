package dev.throughline.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.throughline.platform.kafka.KafkaClients;
import dev.throughline.platform.kafka.Publishing;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaProbe;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.unchecked.Unchecked;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** The outbox and its relay on a real PostgreSQL and a real Kafka. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
class OutboxTest {

    private static final Duration WAIT = Duration.ofSeconds(30);

    @Inject
    Outbox outbox;

    @Inject
    OutboxStore store;

    @Inject
    Pool pool;

    @Inject
    KafkaClients clients;

    @Test
    void shouldPublishInCommitOrderPerKeyUnderConcurrency() throws Exception {
        String topic = KafkaProbe.topic("order", 3);
        List<String> keys = List.of("k0", "k1", "k2", "k3");
        Map<String, List<String>> committed = new HashMap<>();
        keys.forEach(key -> committed.put(key, new CopyOnWriteArrayList<>()));
        AtomicInteger numbers = new AtomicInteger();
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int writer = 0; writer < 12; writer++) {
                all.add(CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < 12; i++) {
                                String key =
                                        keys.get(ThreadLocalRandom.current().nextInt(keys.size()));
                                String other =
                                        keys.get(ThreadLocalRandom.current().nextInt(keys.size()));
                                String value = Integer.toString(numbers.incrementAndGet());
                                // The lock is held from append to commit: who notes its number inside it, notes it in
                                // commit order.
                                transaction(tx -> outbox.appendRecords(
                                                tx, List.of(record(topic, key, value), record(topic, other, value)))
                                        .invoke(() -> {
                                            committed.get(key).add(value);
                                            committed.get(other).add(value);
                                        }));
                            }
                        },
                        writers));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                    .get(60, java.util.concurrent.TimeUnit.SECONDS);
        }
        List<ConsumerRecord<String, byte[]>> published = KafkaProbe.read(topic, records -> records.size() >= 288, WAIT);
        assertThat(published).hasSize(288);
        Map<String, List<String>> byKey = new HashMap<>();
        published.forEach(record ->
                byKey.computeIfAbsent(record.key(), key -> new ArrayList<>()).add(text(record)));
        assertThat(byKey).isEqualTo(new HashMap<>(committed));
        awaitEmpty();
    }

    @Test
    void shouldPublishNothingOfATransactionThatFails() {
        String topic = KafkaProbe.topic("rollback", 1);
        try {
            transaction(tx -> outbox.appendRecords(tx, List.of(record(topic, "k", "never")))
                    .chain(() -> Uni.createFrom().failure(new IllegalStateException("business rule"))));
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("business rule");
        }
        transaction(tx -> outbox.appendRecords(tx, List.of(record(topic, "k", "after"))));
        assertThat(KafkaProbe.read(topic, records -> !records.isEmpty(), WAIT))
                .hasSize(1)
                .allMatch(r -> text(r).equals("after"));
    }

    @Test
    void shouldWakeAtOnce() {
        String topic = KafkaProbe.topic("wake", 1);
        transaction(tx -> outbox.appendRecords(tx, List.of(record(topic, "k", "warm"))));
        assertThat(KafkaProbe.read(topic, records -> records.size() == 1, WAIT)).hasSize(1);
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            int expected = i + 2;
            long committed = System.currentTimeMillis();
            transaction(tx -> outbox.appendRecords(tx, List.of(record(topic, "k", "x"))));
            ConsumerRecord<String, byte[]> last = KafkaProbe.read(topic, records -> records.size() == expected, WAIT)
                    .getLast();
            // The time the relay handed it to the producer.
            millis.add(last.timestamp() - committed);
        }
        millis.sort(null);
        assertThat(millis.get(millis.size() / 2)).as("median of %s", millis).isLessThan(200);
    }

    @Test
    void shouldKeepHeadersTombstonesAndBytes() {
        String topic = KafkaProbe.topic("headers", 1);
        byte[] bytes = {0, -1, 7};
        transaction(tx -> outbox.appendRecords(
                tx,
                List.of(
                        new OutboxRecord(topic, "k", Map.of("ce_type", "é", "x", "1"), bytes),
                        OutboxRecord.of(topic, "k", null))));
        List<ConsumerRecord<String, byte[]>> records = KafkaProbe.read(topic, all -> all.size() == 2, WAIT);
        assertThat(records.get(0).value()).isEqualTo(bytes);
        assertThat(new String(records.get(0).headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
                .isEqualTo("é");
        assertThat(records.get(1).value()).isNull();
    }

    @Test
    void shouldWaitWhileAnotherReplicaLeads() {
        String topic = KafkaProbe.topic("leader", 1);
        List<String> whileOtherLeads = transaction(leader -> leader.query("SELECT pg_advisory_xact_lock(7061737)")
                .execute()
                .chain(() -> pool.withTransaction(tx -> outbox.appendRecords(tx, List.of(record(topic, "k", "once")))))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(done -> KafkaProbe.read(topic, all -> !all.isEmpty(), Duration.ofMillis(500)).stream()
                        .map(OutboxTest::text)
                        .toList()));
        assertThat(whileOtherLeads).isEmpty();
        assertThat(KafkaProbe.read(topic, all -> !all.isEmpty(), WAIT)).hasSize(1);
        awaitEmpty();
    }

    @Test
    void shouldPublishAgainAfterACrashBetweenPublishAndDelete() throws Exception {
        String topic = KafkaProbe.topic("crash", 1);
        // A round of another replica whose transaction never commits: Kafka has the record, the row is still there.
        try (Publishing publishing = Publishing.open(clients, "crashing", Duration.ofSeconds(20))) {
            transaction(leader -> leader.query("SELECT pg_advisory_xact_lock(7061737)")
                    .execute()
                    .chain(() ->
                            pool.withTransaction(tx -> outbox.appendRecords(tx, List.of(record(topic, "k", "twice")))))
                    .chain(() -> Uni.createFrom()
                            .completionStage(() -> publishing.inOrderPerKey(List.of(new Publishing.Numbered(
                                    1, topic, "k", Map.of(), "twice".getBytes(StandardCharsets.UTF_8)))))));
        }
        List<ConsumerRecord<String, byte[]>> records = KafkaProbe.read(topic, all -> all.size() >= 2, WAIT);
        assertThat(records).hasSize(2).allMatch(record -> text(record).equals("twice"));
        awaitEmpty();
    }

    @Test
    void shouldCountWhatWaitsButNotAllOfALongOutage() throws Exception {
        awaitEmpty();
        OutboxStore.Waiting waiting = transaction(leader -> leader.query("SELECT pg_advisory_xact_lock(7061737)")
                .execute()
                .chain(() -> pool.query("""
                                INSERT INTO outbox (topic, key, headers, created_at)
                                SELECT 'nowhere', 'k', '{}', now() - interval '1 hour' FROM generate_series(1, 10050)""").execute())
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(Unchecked.function(put -> store.waiting()))
                .call(() ->
                        pool.query("DELETE FROM outbox WHERE topic = 'nowhere'").execute()));
        assertThat(waiting.rows()).isEqualTo(10_000);
        assertThat(waiting.oldestAgeMillis()).isBetween(3_600_000L, 3_700_000L);
        assertThat(store.waiting()).isEqualTo(new OutboxStore.Waiting(0, 0));
    }

    private void awaitEmpty() {
        await().atMost(WAIT)
                .until(() -> transaction(tx -> tx.query("SELECT count(*) FROM outbox")
                                .execute()
                                .map(rows -> rows.iterator().next().getLong(0)))
                        == 0);
    }

    private <T> T transaction(Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(work).await().atMost(WAIT);
    }

    private static OutboxRecord record(String topic, String key, String value) {
        return OutboxRecord.of(topic, key, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ConsumerRecord<String, byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }
}
