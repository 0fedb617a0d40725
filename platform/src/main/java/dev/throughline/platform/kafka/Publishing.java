package dev.throughline.platform.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Publishes numbered records with strict order per key: the next record of a key is sent only after the one before was acknowledged, so
 * a failure in the middle can never let a later record overtake. Keys do not wait for each other; the first failure ends the batch.
 */
public final class Publishing implements AutoCloseable {

    /** A record with the number its caller knows it by. */
    public record Numbered(
            long number, String topic, String key, Map<String, String> headers, byte @Nullable [] value) {}

    /** One call's results; after the first failure nothing more of it is sent. */
    private record Batch(ConcurrentLinkedQueue<Long> acknowledged, ConcurrentLinkedQueue<Throwable> failures) {}

    private static final Duration MAX_BLOCK = Duration.ofSeconds(2);
    private static final Duration MIN_DELIVERY = Duration.ofSeconds(11);

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
        return new Publishing(clients.producer(name, MAX_BLOCK, delivery), name);
    }

    /**
     * Publishes the records, of one key in list order.
     *
     * @return the numbers that were acknowledged; fails with {@link PublishException} when none was and there was at least one record
     */
    public CompletableFuture<List<Long>> inOrderPerKey(List<Numbered> records) {
        Map<String, List<Numbered>> byKey = new LinkedHashMap<>();
        records.forEach(record ->
                byKey.computeIfAbsent(record.key(), key -> new ArrayList<>()).add(record));
        Batch batch = new Batch(new ConcurrentLinkedQueue<>(), new ConcurrentLinkedQueue<>());
        CompletableFuture<?>[] chains = byKey.values().stream()
                .map(ofOneKey -> chain(ofOneKey, 0, batch).exceptionally(failure -> {
                    batch.failures().add(failure);
                    return null;
                }))
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(chains).thenApply(ignored -> {
            if (batch.acknowledged().isEmpty() && !batch.failures().isEmpty()) {
                throw new PublishException(
                        "Kafka acknowledged nothing", batch.failures().peek());
            }
            return List.copyOf(batch.acknowledged());
        });
    }

    private CompletableFuture<Void> chain(List<Numbered> records, int index, Batch batch) {
        if (index == records.size()) {
            return CompletableFuture.completedFuture(null);
        }
        Numbered record = records.get(index);
        return send(record, batch)
                .thenComposeAsync(
                        ignored -> {
                            batch.acknowledged().add(record.number());
                            return chain(records, index + 1, batch);
                        },
                        sender);
    }

    /** {@code producer.send} may block while the broker is unknown, so it runs on the sender's thread only. */
    private CompletableFuture<Void> send(Numbered record, Batch batch) {
        ProducerRecord<String, byte[]> outgoing =
                Records.of(record.topic(), record.key(), record.headers(), record.value());
        CompletableFuture<Void> done = new CompletableFuture<>();
        sender.execute(() -> {
            if (!batch.failures().isEmpty()) {
                // Each record would block for as long as the first: with the broker away a batch must not take hours.
                done.completeExceptionally(new PublishException("given up with its batch", null));
                return;
            }
            try {
                producer.send(outgoing, (metadata, failure) -> {
                    if (failure == null) {
                        done.complete(null);
                    } else {
                        batch.failures().add(failure);
                        done.completeExceptionally(failure);
                    }
                });
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    @Override
    public void close() {
        sender.shutdownNow();
        producer.close(Duration.ofSeconds(2));
    }
}
