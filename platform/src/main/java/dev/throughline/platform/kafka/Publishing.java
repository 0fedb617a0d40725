package dev.throughline.platform.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes numbered records with strict order per key: the next record of a key is sent only after the one before was acknowledged, so
 * a failure in the middle can never let a later record overtake. Keys do not wait for each other; the first failure ends the batch.
 */
public final class Publishing implements AutoCloseable {

    /** A record with the number its caller knows it by. */
    public record Numbered(
            long number, String topic, String key, Map<String, String> headers, byte @Nullable [] value) {}

    /**
     * One call's results; after the first failure nothing more of it is sent.
     *
     * @param open keys that are not done
     */
    private record Batch(
            AtomicInteger open,
            Queue<Long> acknowledged,
            Queue<Throwable> failures,
            CompletableFuture<List<Long>> done) {

        void endOfKey() {
            if (open.decrementAndGet() > 0) {
                return;
            }
            if (acknowledged.isEmpty() && !failures.isEmpty()) {
                done.completeExceptionally(new PublishException("Kafka acknowledged nothing", failures.peek()));
            } else {
                done.complete(List.copyOf(acknowledged));
            }
        }
    }

    private static final Duration MAX_BLOCK = Duration.ofSeconds(2);
    private static final Duration MIN_DELIVERY = Duration.ofSeconds(11);
    /** As long as it takes to hand over a batch, so that it does not go in a dozen requests. */
    private static final Duration LINGER = Duration.ofMillis(2);

    private final KafkaProducer<String, byte[]> producer;
    private final ExecutorService sender;

    private Publishing(KafkaProducer<String, byte[]> producer, String name) {
        this.producer = producer;
        this.sender = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("publishing-" + name).daemon().factory());
    }

    /** @param timeout how long one record may wait for its acknowledgement, at least 11 s */
    public static Publishing open(KafkaClients clients, String name, Duration timeout) {
        Duration delivery = timeout.compareTo(MIN_DELIVERY) < 0 ? MIN_DELIVERY : timeout;
        return new Publishing(clients.producer(name, MAX_BLOCK, delivery, LINGER), name);
    }

    /**
     * Publishes the records, of one key in list order.
     *
     * @return the numbers that were acknowledged; fails with {@link PublishException} when none was and there was at least one record
     */
    public CompletableFuture<List<Long>> inOrderPerKey(List<Numbered> records) {
        Map<String, Deque<Numbered>> byKey = new LinkedHashMap<>();
        records.forEach(record ->
                byKey.computeIfAbsent(record.key(), key -> new ArrayDeque<>()).add(record));
        Batch batch = new Batch(
                new AtomicInteger(byKey.size()),
                new ConcurrentLinkedQueue<>(),
                new ConcurrentLinkedQueue<>(),
                new CompletableFuture<>());
        if (records.isEmpty()) {
            batch.done().complete(List.of());
        }
        // The first of each key, together; the others follow as they are acknowledged.
        sender.execute(() -> byKey.values().forEach(ofOneKey -> send(ofOneKey, batch)));
        return batch.done();
    }

    /** Sends the next of a key. {@code producer.send} may block while the broker is unknown, so only on the sender's thread. */
    private void send(Deque<Numbered> ofOneKey, Batch batch) {
        if (!batch.failures().isEmpty()) {
            // Each record would block for as long as the first: with the broker away a batch must not take hours.
            batch.endOfKey();
            return;
        }
        Numbered record = ofOneKey.remove();
        try {
            producer.send(
                    Records.of(record.topic(), record.key(), record.headers(), record.value()),
                    (metadata, failure) -> sent(record, failure, ofOneKey, batch));
        } catch (RuntimeException e) {
            batch.failures().add(e);
            batch.endOfKey();
        }
    }

    private void sent(Numbered record, @Nullable Exception failure, Deque<Numbered> ofOneKey, Batch batch) {
        if (failure == null) {
            batch.acknowledged().add(record.number());
        } else {
            batch.failures().add(failure);
        }
        if (ofOneKey.isEmpty() || failure != null) {
            batch.endOfKey();
        } else {
            sender.execute(() -> send(ofOneKey, batch));
        }
    }

    @Override
    public void close() {
        sender.shutdownNow();
        producer.close(Duration.ofSeconds(2));
    }
}
