package dev.throughline.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.throughline.platform.Configs;
import dev.throughline.platform.testing.KafkaProbe;
import dev.throughline.platform.testing.KafkaTestResource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Views, group consumers and the publisher on a real broker. */
class KafkaTest {

    private static final Duration WAIT = Duration.ofSeconds(60);
    private static KafkaProbe probe;
    private static KafkaClients clients;

    @BeforeAll
    static void start() {
        clients = clients(KafkaTestResource.bootstrapServers());
        probe = new KafkaProbe();
    }

    @AfterAll
    static void stop() {
        probe.close();
    }

    @Test
    void shouldShowAWholeTopicAndThenWhatComes() {
        String topic = KafkaProbe.topic("view", 3);
        for (int i = 0; i < 30; i++) {
            probe.send(topic, "k" + i, bytes("before"));
        }
        List<String> seen = new CopyOnWriteArrayList<>();
        try (TopicView view = TopicView.start(clients, topic, record -> {
            if (text(record).equals("broken")) {
                throw new IllegalStateException("bad record");
            }
            seen.add(text(record));
        })) {
            view.caughtUp().orTimeout(60, TimeUnit.SECONDS).join();
            assertThat(seen).hasSize(30);
            probe.send(topic, "k", bytes("broken"));
            probe.send(topic, "k", bytes("after"));
            await().atMost(WAIT).until(() -> seen.contains("after"));
        }
    }

    @Test
    void shouldShowATopicFromATime() {
        String topic = KafkaProbe.topic("view-from", 2);
        Instant now = Instant.now();
        probe.send(new ProducerRecord<>(topic, 0, now.minusSeconds(7_200).toEpochMilli(), "k", bytes("old")));
        probe.send(new ProducerRecord<>(topic, 0, now.toEpochMilli(), "k", bytes("new")));
        List<String> seen = new CopyOnWriteArrayList<>();
        try (TopicView view =
                TopicView.startAt(clients, topic, now.minusSeconds(3_600), record -> seen.add(text(record)))) {
            view.caughtUp().orTimeout(60, TimeUnit.SECONDS).join();
            assertThat(seen).containsExactly("new");
        }
    }

    @Test
    void shouldStartWithoutABroker() {
        KafkaClients nowhere = clients("localhost:1");
        try (TopicView view = TopicView.start(nowhere, "any", record -> {})) {
            assertThat(view.isCaughtUp()).isFalse();
        }
        try (GroupConsumer consumer =
                GroupConsumer.startBlocking(nowhere, GroupConsumer.Settings.of("any", "g"), batch -> {})) {
            assertThat(consumer.isAssigned()).isFalse();
        }
    }

    @Test
    void shouldFailPublishingInTimeAndAtOnceWhenFullWithoutABroker() throws Exception {
        Map<String, String> config = Map.of(
                "throughline.kafka.bootstrap-servers", "localhost:1",
                "throughline.kafka.client-id", "test",
                "throughline.kafka.publish-buffer", "2",
                "throughline.kafka.publish-timeout", "1s");
        KafkaConfig settings = Configs.of(KafkaConfig.class, config);
        EventPublisher publisher = new EventPublisher(new KafkaClients(settings), settings, new SimpleMeterRegistry());
        long start = System.nanoTime();
        List<Uni<Void>> sent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sent.add(publisher.send(new ProducerRecord<>("t", "k", bytes("x"))));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("never blocks")
                .isLessThan(Duration.ofSeconds(1));
        assertThatThrownBy(() -> sent.getLast().await().atMost(Duration.ofMillis(500)))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("full");
        assertThatThrownBy(() -> sent.getFirst().await().atMost(Duration.ofSeconds(20)))
                .isInstanceOf(PublishException.class);
        publisher.close();
    }

    @Test
    void shouldPublishInOrder() throws Exception {
        String topic = KafkaProbe.topic("publish", 1);
        KafkaConfig settings = Configs.of(
                KafkaConfig.class,
                Map.of(
                        "throughline.kafka.bootstrap-servers",
                        KafkaTestResource.bootstrapServers(),
                        "throughline.kafka.client-id",
                        "test"));
        EventPublisher publisher = new EventPublisher(new KafkaClients(settings), settings, new SimpleMeterRegistry());
        List<Uni<Void>> all = IntStream.range(0, 100)
                .mapToObj(i -> publisher.send(new ProducerRecord<>(topic, "k", bytes(Integer.toString(i)))))
                .toList();
        Uni.join().all(all).andFailFast().await().atMost(WAIT);
        assertThat(KafkaProbe.read(topic, records -> records.size() == 100, WAIT).stream()
                        .map(KafkaTest::text))
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(Integer::toString).toList());
        publisher.close();
    }

    @Test
    void shouldResumeAfterTheLastCommittedRecord() {
        String topic = KafkaProbe.topic("group", 2);
        List<String> first = new CopyOnWriteArrayList<>();
        var settings = GroupConsumer.Settings.of(topic, "resume");
        for (int i = 0; i < 10; i++) {
            probe.send(topic, "k" + i, bytes("a" + i));
        }
        try (var consumer = GroupConsumer.start(clients, settings, batch -> {
            batch.forEach(record -> first.add(text(record)));
            return Uni.createFrom().voidItem();
        })) {
            await().atMost(WAIT).until(() -> first.size() == 10);
            assertThat(consumer.isAssigned()).isTrue();
        }
        probe.send(topic, "k", bytes("b"));
        List<String> second = new CopyOnWriteArrayList<>();
        try (var consumer = GroupConsumer.startBlocking(
                clients, settings, batch -> batch.forEach(record -> second.add(text(record))))) {
            await().atMost(WAIT).until(() -> second.contains("b"));
        }
        assertThat(second).containsExactly("b");
    }

    @Test
    void shouldBuryThePoisonAndGoOn() {
        String topic = KafkaProbe.topic("poison", 1);
        List<String> done = new CopyOnWriteArrayList<>();
        AtomicInteger bugs = new AtomicInteger();
        for (String value : List.of("1", "poison", "2", "bug", "3")) {
            probe.send(topic, "key-" + value, bytes(value));
        }
        try (var consumer = GroupConsumer.startBlocking(
                clients, GroupConsumer.Settings.of(topic, "poison").withAttempts(2), batch -> {
                    for (ConsumerRecord<String, byte[]> record : batch) {
                        if (text(record).equals("poison")) {
                            throw new PoisonRecordException("no event", null);
                        }
                        if (text(record).equals("bug")) {
                            bugs.incrementAndGet();
                            throw new IllegalStateException("division by zero");
                        }
                    }
                    batch.forEach(record -> done.add(text(record)));
                })) {
            await().atMost(WAIT).until(() -> done.contains("3"));
        }
        assertThat(done).containsExactly("1", "2", "3");
        assertThat(bugs.get()).isGreaterThanOrEqualTo(2);
        var letters = KafkaProbe.read(topic + "-dlq", records -> records.size() == 2, WAIT);
        assertThat(letters.stream().map(KafkaTest::text)).containsExactly("poison", "bug");
        Map<String, String> headers = Records.headers(letters.getFirst());
        assertThat(headers)
                .containsEntry("dead-letter-reason", "no event")
                .containsEntry("dead-letter-topic", topic)
                .containsEntry("dead-letter-partition", "0")
                .containsEntry("dead-letter-offset", "1")
                .containsEntry("dead-letter-group", "poison");
        assertThat(letters.getFirst().key()).isEqualTo("key-poison");
    }

    @Test
    void shouldWaitInPlaceWhileTheDownstreamIsAway() {
        String topic = KafkaProbe.topic("away", 1);
        AtomicInteger attempts = new AtomicInteger();
        List<String> done = new CopyOnWriteArrayList<>();
        probe.send(topic, "k", bytes("1"));
        probe.send(topic, "k", bytes("2"));
        try (var consumer = GroupConsumer.startBlocking(clients, GroupConsumer.Settings.of(topic, "away"), batch -> {
            if (attempts.incrementAndGet() < 8) {
                throw new IOException("connection refused");
            }
            batch.forEach(record -> done.add(text(record)));
        })) {
            await().atMost(WAIT).until(() -> done.size() == 2);
        }
        assertThat(done).containsExactly("1", "2");
        assertThat(KafkaProbe.read(topic + "-dlq", records -> !records.isEmpty(), Duration.ofMillis(500)))
                .isEmpty();
    }

    @Test
    void shouldReadFromTheHandlersOwnOffsets() {
        String topic = KafkaProbe.topic("own", 1);
        for (int i = 0; i < 6; i++) {
            probe.send(topic, "k", bytes(Integer.toString(i)));
        }
        Map<TopicPartition, Long> stored = new ConcurrentHashMap<>(Map.of(new TopicPartition(topic, 0), 4L));
        List<String> seen = new CopyOnWriteArrayList<>();
        List<TopicPartition> revoked = new CopyOnWriteArrayList<>();
        try (var consumer = GroupConsumer.startBlocking(
                clients,
                GroupConsumer.Settings.of(topic, "own")
                        .withOffsets(partitions -> new HashMap<>(stored))
                        .withOnRevoked(revoked::addAll),
                batch -> batch.forEach(record -> seen.add(text(record))))) {
            await().atMost(WAIT).until(() -> seen.size() == 2);
        }
        assertThat(seen).containsExactly("4", "5");
        assertThat(revoked).containsExactly(new TopicPartition(topic, 0));
    }

    @Test
    void shouldHandOverPartitionsToASecondMemberWithoutLosingARecord() throws Exception {
        String topic = KafkaProbe.topic("share", 4);
        Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
        CountDownLatch slow = new CountDownLatch(1);
        GroupConsumer.BlockingHandler handler = batch -> {
            batch.forEach(record -> seen.computeIfAbsent(text(record), key -> new AtomicInteger())
                    .incrementAndGet());
            slow.await(20, TimeUnit.MILLISECONDS);
        };
        var settings = GroupConsumer.Settings.of(topic, "share").withMaxBatch(3);
        List<String> expected = new ArrayList<>();
        try (var one = GroupConsumer.startBlocking(clients, settings, handler)) {
            for (int i = 0; i < 100; i++) {
                probe.send(topic, "k" + i, bytes("v" + i));
                expected.add("v" + i);
            }
            try (var two = GroupConsumer.startBlocking(clients, settings, handler)) {
                await().atMost(WAIT).until(two::isAssigned);
                for (int i = 100; i < 160; i++) {
                    probe.send(topic, "k" + i, bytes("v" + i));
                    expected.add("v" + i);
                }
                await().atMost(WAIT).until(() -> seen.keySet().containsAll(expected));
            }
        }
        assertThat(seen.keySet()).hasSize(160);
    }

    private static KafkaClients clients(String bootstrapServers) {
        return new KafkaClients(Configs.of(
                KafkaConfig.class,
                Map.of(
                        "throughline.kafka.bootstrap-servers",
                        bootstrapServers,
                        "throughline.kafka.client-id",
                        "test")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ConsumerRecord<String, byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }
}
