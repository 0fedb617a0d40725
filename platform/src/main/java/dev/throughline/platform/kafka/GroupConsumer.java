package dev.throughline.platform.kafka;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A member of a consumer group: polls, hands batches to one handler at a time, and remembers what is done. At least once: a handler
 * makes repeats harmless.
 *
 * <ul>
 *   <li>A handler that fails with {@link PoisonRecordException}, or for another reason that is not transient
 *       {@link Settings#attempts()} times on the same single record, loses that record to {@code <topic>-dlq}, with the reason in headers.
 *   <li>A transient failure (database or broker away, time-out) is repeated with back-off for as long as it takes: the partition
 *       waits, nothing is lost, and the member stays in its group meanwhile.
 *   <li>Offsets are committed to Kafka after the batch, or belong to the handler, see {@link OffsetStore}.
 * </ul>
 */
public final class GroupConsumer implements AutoCloseable {

    /** Handles one batch; completes when its effects are durable. Subscribed to on the consumer's virtual thread. */
    @FunctionalInterface
    public interface BatchHandler {

        Uni<Void> handle(List<ConsumerRecord<String, byte[]>> batch);
    }

    /** Handles one batch, blocking, on the consumer's virtual thread; returns when its effects are durable. */
    @FunctionalInterface
    public interface BlockingHandler {

        void handle(List<ConsumerRecord<String, byte[]>> batch) throws Exception;
    }

    /**
     * Where a handler keeps its offsets, in the transaction of their effects. Called on the consumer's thread at each assignment; may
     * block. A partition without a row is read from the beginning.
     */
    @FunctionalInterface
    public interface OffsetStore {

        /** The next offset to read of each partition that has one. */
        Map<TopicPartition, Long> load(Set<TopicPartition> partitions);
    }

    /**
     * What to consume and how.
     *
     * @param topic subscribed to
     * @param group the consumer group; by custom the service's name
     * @param maxBatch records per batch
     * @param attempts how often a single record may fail before it is a dead letter
     * @param offsets null: committed to Kafka
     * @param onRevoked told which partitions went, after the batch in hand ended
     * @param transientFailure failures to repeat for ever, beside the known ones
     */
    public record Settings(
            String topic,
            String group,
            int maxBatch,
            int attempts,
            @Nullable OffsetStore offsets,
            Consumer<Collection<TopicPartition>> onRevoked,
            Predicate<Throwable> transientFailure) {

        /** Batches of 100, 5 attempts, offsets in Kafka. */
        public static Settings of(String topic, String group) {
            return new Settings(topic, group, 100, 5, null, gone -> {}, failure -> false);
        }

        public Settings withMaxBatch(int records) {
            return new Settings(topic, group, records, attempts, offsets, onRevoked, transientFailure);
        }

        public Settings withAttempts(int times) {
            return new Settings(topic, group, maxBatch, times, offsets, onRevoked, transientFailure);
        }

        public Settings withOffsets(OffsetStore store) {
            return new Settings(topic, group, maxBatch, attempts, store, onRevoked, transientFailure);
        }

        public Settings withOnRevoked(Consumer<Collection<TopicPartition>> hook) {
            return new Settings(topic, group, maxBatch, attempts, offsets, hook, transientFailure);
        }

        public Settings withTransientFailure(Predicate<Throwable> predicate) {
            return new Settings(topic, group, maxBatch, attempts, offsets, onRevoked, predicate);
        }
    }

    private final GroupLoop loop;

    private GroupConsumer(GroupLoop loop) {
        this.loop = loop;
    }

    /** Starts consuming on threads of its own; needs no broker yet. */
    public static GroupConsumer start(KafkaClients clients, Settings settings, BatchHandler handler) {
        return startBlocking(
                clients, settings, batch -> handler.handle(batch).await().indefinitely());
    }

    /** As {@link #start} with a blocking handler. */
    public static GroupConsumer startBlocking(KafkaClients clients, Settings settings, BlockingHandler handler) {
        GroupLoop loop = new GroupLoop(clients, settings, handler);
        loop.start();
        return new GroupConsumer(loop);
    }

    /** Whether the member has partitions, i.e. reached the broker and was taken into the group. */
    public boolean isAssigned() {
        return loop.isAssigned();
    }

    /** Stops: the batch in hand may finish for {@code timeout}, its offsets are committed, the member leaves its group. */
    public void close(Duration timeout) {
        loop.close(timeout);
    }

    /** As {@link #close(Duration)} with 5 s. */
    @Override
    public void close() {
        close(Duration.ofSeconds(5));
    }
}
