package dev.throughline.platform.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads every partition of a topic, for ever, on a thread of its own, without a consumer group: each replica sees everything. Starts
 * without a broker and outlives its absence; partitions added later are picked up. A handler that throws is logged and the record
 * skipped, because one bad record must not stop the view.
 */
public final class TopicView implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(TopicView.class);
    private static final Duration POLL_COLD = Duration.ofMillis(250);
    /** Records end a poll at once, and so does closing; an empty one costs a bridge as much as a hundred frames. */
    private static final Duration POLL = Duration.ofSeconds(10);

    /** An idle view asks so often whether there is something new, beside live calls. */
    private static final Duration FETCH = Duration.ofSeconds(5);

    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration PARTITION_CHECK = Duration.ofSeconds(30);
    private static final int MAX_POLL_RECORDS = 1_000;

    private final KafkaClients clients;
    private final String topic;
    private final @Nullable Instant from;
    private final Consumer<ConsumerRecord<String, byte[]>> handler;
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean closing;
    private volatile @Nullable KafkaConsumer<String, byte[]> current;

    private TopicView(
            KafkaClients clients,
            String topic,
            @Nullable Instant from,
            Consumer<ConsumerRecord<String, byte[]>> handler) {
        this.clients = clients;
        this.topic = topic;
        this.from = from;
        this.handler = handler;
        this.thread = Thread.ofPlatform().name("view-" + topic).daemon().unstarted(this::run);
    }

    /**
     * Starts reading from the beginning.
     *
     * @param handler called for each record, in order per partition, on the view's thread; a null value is a tombstone
     */
    public static TopicView start(
            KafkaClients clients, String topic, Consumer<ConsumerRecord<String, byte[]>> handler) {
        return started(new TopicView(clients, topic, null, handler));
    }

    /** As {@link #start}, from the first record not older than {@code from}. */
    public static TopicView startAt(
            KafkaClients clients, String topic, Instant from, Consumer<ConsumerRecord<String, byte[]>> handler) {
        return started(new TopicView(clients, topic, from, handler));
    }

    /** Completes when everything that stood on the topic when the broker was first reached has been handled. */
    public CompletableFuture<Void> caughtUp() {
        return caughtUp.copy();
    }

    /** Whether {@link #caughtUp()} has completed. */
    public boolean isCaughtUp() {
        return caughtUp.isDone();
    }

    /** Stops reading; waits a moment for the record in hand. */
    @Override
    public void close() {
        closing = true;
        KafkaConsumer<String, byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(Duration.ofSeconds(3));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static TopicView started(TopicView view) {
        view.thread.start();
        return view;
    }

    private void run() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        while (!closing) {
            try {
                read(positions);
            } catch (WakeupException closed) {
                return;
            } catch (KafkaException e) {
                LOG.warnf("topic view interrupted, reading again, topic=%s reason=%s", topic, e.getMessage());
                pause(RETRY);
            } catch (RuntimeException e) {
                LOG.errorf(e, "topic view failed, reading again, topic=%s", topic);
                pause(RETRY);
            }
        }
    }

    private void read(Map<TopicPartition, Long> positions) {
        KafkaConsumer<String, byte[]> consumer = clients.consumer("view-" + topic, null, MAX_POLL_RECORDS, FETCH);
        current = consumer;
        try {
            follow(consumer, positions);
        } finally {
            // A goodbye would wait behind the fetch the broker keeps, and who is in no group has nobody to say it to.
            consumer.close(Duration.ZERO);
        }
    }

    private void follow(KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> positions) {
        Map<TopicPartition, Long> ends = assign(consumer, positions);
        long nextCheck = System.nanoTime() + PARTITION_CHECK.toNanos();
        while (!closing) {
            // Before the first poll too: on an empty topic that would only wait.
            if (!caughtUp.isDone() && hasReached(consumer, ends)) {
                LOG.infof("topic view is warm, topic=%s", topic);
                caughtUp.complete(null);
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(caughtUp.isDone() ? POLL : POLL_COLD)) {
                handle(record);
                positions.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            }
            if (System.nanoTime() - nextCheck > 0) {
                nextCheck = System.nanoTime() + PARTITION_CHECK.toNanos();
                if (partitions(consumer).size() != consumer.assignment().size()) {
                    assign(consumer, positions);
                }
            }
        }
    }

    private Map<TopicPartition, Long> assign(
            KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> positions) {
        List<TopicPartition> partitions = partitions(consumer);
        while (partitions.isEmpty() && !closing) {
            pause(RETRY);
            partitions = partitions(consumer);
        }
        consumer.assign(partitions);
        Collection<TopicPartition> fresh = partitions.stream()
                .filter(partition -> !positions.containsKey(partition))
                .toList();
        seek(consumer, fresh);
        partitions.forEach(partition -> {
            Long position = positions.get(partition);
            if (position != null) {
                consumer.seek(partition, position);
            }
        });
        return consumer.endOffsets(partitions);
    }

    private void seek(KafkaConsumer<String, byte[]> consumer, Collection<TopicPartition> fresh) {
        if (from == null) {
            consumer.seekToBeginning(fresh);
            return;
        }
        long millis = from.toEpochMilli();
        // Before the search: what is written after it and missed by it still lies behind these ends.
        Map<TopicPartition, Long> ends = consumer.endOffsets(fresh);
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(
                fresh.stream().collect(Collectors.toMap(partition -> partition, partition -> millis)));
        fresh.forEach(partition -> {
            OffsetAndTimestamp offset = found.get(partition);
            consumer.seek(partition, offset == null ? ends.get(partition) : offset.offset());
        });
    }

    private static boolean hasReached(KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private List<TopicPartition> partitions(KafkaConsumer<String, byte[]> consumer) {
        List<PartitionInfo> infos = consumer.partitionsFor(topic);
        return infos == null
                ? List.of()
                : infos.stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
    }

    private void handle(ConsumerRecord<String, byte[]> record) {
        try {
            handler.accept(record);
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "record of a view skipped, topic=%s partition=%d offset=%d",
                    record.topic(),
                    record.partition(),
                    record.offset());
        }
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
