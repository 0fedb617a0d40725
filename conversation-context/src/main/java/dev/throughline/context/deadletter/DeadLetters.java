package dev.throughline.context.deadletter;

import dev.throughline.events.Topics;
import dev.throughline.platform.kafka.EventPublisher;
import dev.throughline.platform.kafka.KafkaClients;
import dev.throughline.platform.kafka.Records;
import dev.throughline.platform.kafka.TopicReplay;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the dead letters and puts them back. Blocking: for virtual threads. */
@Singleton
class DeadLetters {

    private static final String HEADERS = "dead-letter-";
    private static final Duration DATABASE = Duration.ofSeconds(5);
    private static final Duration BROKER = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final String RETURNED = """
            select kafka_partition, kafka_offset, returned_at from dead_letter_returned
             where topic = $1 order by returned_at desc limit 10000""";
    private static final String CLAIM = """
            insert into dead_letter_returned (topic, kafka_partition, kafka_offset, returned_by, returned_at)
            values ($1, $2, $3, $4, now()) on conflict do nothing""";

    private final KafkaClients clients;
    private final EventPublisher publisher;
    private final Pool pool;

    DeadLetters(KafkaClients clients, EventPublisher publisher, Pool pool) {
        this.clients = clients;
        this.publisher = publisher;
        this.pool = pool;
    }

    /** The newest ones, the newest first. */
    List<DeadLetter> newest(int most) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (TopicReplay topic = open()) {
            Map<Integer, Long> beginnings = topic.beginnings();
            Map<Integer, Long> ends = topic.ends();
            Map<Integer, Long> from = new HashMap<>();
            ends.forEach((partition, end) ->
                    from.put(partition, Math.max(beginnings.getOrDefault(partition, 0L), end - most)));
            topic.seek(from);
            read(topic, from, ends, records);
        }
        Map<String, Instant> returned = returned();
        return records.stream()
                .sorted(Comparator.<ConsumerRecord<String, byte[]>>comparingLong(ConsumerRecord::timestamp)
                        .reversed())
                .limit(most)
                .map(record -> letter(record, returned))
                .toList();
    }

    /** Reads until {@code ends}, or until nothing comes. */
    private static void read(
            TopicReplay topic,
            Map<Integer, Long> from,
            Map<Integer, Long> ends,
            List<ConsumerRecord<String, byte[]>> into) {
        long until = System.nanoTime() + BROKER.toNanos();
        while (System.nanoTime() < until
                && ends.entrySet().stream().anyMatch(end -> from.getOrDefault(end.getKey(), 0L) < end.getValue())) {
            for (ConsumerRecord<String, byte[]> record : topic.poll(POLL)) {
                into.add(record);
                from.put(record.partition(), record.offset() + 1);
            }
        }
    }

    /** One dead letter's record; empty when there is none at this place. */
    Optional<ConsumerRecord<String, byte[]>> find(int partition, long offset) {
        try (TopicReplay topic = open()) {
            Long end = topic.ends().get(partition);
            Long first = topic.beginnings().get(partition);
            if (end == null || first == null || offset < first || offset >= end) {
                return Optional.empty();
            }
            topic.seek(topic.ends());
            topic.seek(Map.of(partition, offset));
            long until = System.nanoTime() + BROKER.toNanos();
            while (System.nanoTime() < until) {
                Optional<ConsumerRecord<String, byte[]>> found = topic.poll(POLL).stream()
                        .filter(record -> record.partition() == partition && record.offset() == offset)
                        .findFirst();
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }
    }

    /**
     * Puts a record back where it came from.
     *
     * @return false when that was done before
     */
    boolean putBack(ConsumerRecord<String, byte[]> record, String by) {
        Map<String, String> headers = new HashMap<>(Records.headers(record));
        headers.keySet().removeIf(name -> name.startsWith(HEADERS));
        return pool.withTransaction(tx -> tx.preparedQuery(CLAIM)
                        .execute(Tuple.of(Topics.CHANNEL_EVENTS_DLQ, record.partition(), record.offset(), by))
                        .chain(claimed -> claimed.rowCount() == 0
                                ? Uni.createFrom().item(false)
                                // Not committed before the broker has it: put back twice is harmless, lost is not.
                                : publisher
                                        .send(Records.of(Topics.CHANNEL_EVENTS, record.key(), headers, record.value()))
                                        .replaceWith(true)))
                .await()
                .atMost(Duration.ofSeconds(40));
    }

    private TopicReplay open() {
        return TopicReplay.open(clients, Topics.CHANNEL_EVENTS_DLQ, 500);
    }

    private Map<String, Instant> returned() {
        Map<String, Instant> returned = new HashMap<>();
        pool.preparedQuery(RETURNED)
                .execute(Tuple.of(Topics.CHANNEL_EVENTS_DLQ))
                .await()
                .atMost(DATABASE)
                .forEach(row -> returned.put(
                        row.getInteger(0) + "/" + row.getLong(1),
                        row.getOffsetDateTime(2).toInstant()));
        return returned;
    }

    private static DeadLetter letter(ConsumerRecord<String, byte[]> record, Map<String, Instant> returned) {
        Map<String, String> headers = Records.headers(record);
        return new DeadLetter(
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                record.key(),
                headers.get("ce_id"),
                headers.get("ce_type"),
                headers.get(HEADERS + "reason"),
                headers.get(HEADERS + "group"),
                headers.containsKey(HEADERS + "topic")
                        ? headers.get(HEADERS + "topic") + "/" + headers.get(HEADERS + "partition") + "/"
                                + headers.get(HEADERS + "offset")
                        : null,
                returned.get(record.partition() + "/" + record.offset()));
    }
}
