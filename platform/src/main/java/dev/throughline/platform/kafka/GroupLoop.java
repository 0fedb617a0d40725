package dev.throughline.platform.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The poll loop of a {@link GroupConsumer}. One platform thread owns the Kafka consumer; the batch runs on a virtual thread. While it
 * runs all partitions are paused and polling goes on, so a slow or waiting handler never costs the group membership.
 */
final class GroupLoop implements ConsumerRebalanceListener {

    private static final Logger LOG = Logger.getLogger(GroupLoop.class);
    private static final Duration POLL = Duration.ofMillis(200);
    /** How often the broker hears of this member while a batch is in hand. */
    private static final Duration POLL_WHILE_BUSY = Duration.ofMillis(20);

    private static final Duration RETRY = Duration.ofSeconds(1);
    /** A rebalance waits this long for the batch in hand; then another member may repeat it. */
    private static final Duration REVOKE_GRACE = Duration.ofSeconds(5);

    private final KafkaClients clients;
    private final GroupConsumer.Settings settings;
    private final BatchRunner runner;
    private final ExecutorService batches;
    private final Thread thread;
    private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
    private volatile boolean closing;
    private volatile boolean assigned;
    private @Nullable KafkaConsumer<String, byte[]> consumer;
    private @Nullable CompletableFuture<Void> running;
    private Map<TopicPartition, OffsetAndMetadata> inHand = Map.of();

    GroupLoop(KafkaClients clients, GroupConsumer.Settings settings, GroupConsumer.BlockingHandler handler) {
        this.clients = clients;
        this.settings = settings;
        this.runner = new BatchRunner(clients, settings, handler, () -> closing);
        String name = "group-" + settings.group() + "-" + settings.topic();
        this.batches = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name + "-batch-", 0).factory());
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    boolean isAssigned() {
        return assigned;
    }

    void close(Duration timeout) {
        closing = true;
        try {
            thread.join(timeout.plusSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        batches.shutdownNow();
        runner.close();
    }

    private void run() {
        while (!closing) {
            try (KafkaConsumer<String, byte[]> opened =
                    clients.consumer("group-" + settings.topic(), settings.group(), settings.maxBatch())) {
                consumer = opened;
                opened.subscribe(List.of(settings.topic()), this);
                pollUntilClosed(opened);
            } catch (WakeupException | org.apache.kafka.common.errors.InterruptException stopped) {
                return;
            } catch (KafkaException e) {
                LOG.warnf(
                        "group consumer interrupted, joining again, topic=%s reason=%s",
                        settings.topic(), e.getMessage());
                pause();
            } catch (RuntimeException e) {
                LOG.errorf(e, "group consumer failed, joining again, topic=%s", settings.topic());
                pause();
            } finally {
                assigned = false;
                done.clear();
            }
        }
    }

    private void pollUntilClosed(KafkaConsumer<String, byte[]> opened) {
        while (!closing) {
            ConsumerRecords<String, byte[]> records = opened.poll(POLL);
            if (!records.isEmpty()) {
                process(opened, records);
            }
        }
        awaitBatch(REVOKE_GRACE);
        commit(opened);
    }

    private void process(KafkaConsumer<String, byte[]> opened, ConsumerRecords<String, byte[]> records) {
        List<ConsumerRecord<String, byte[]>> batch =
                StreamSupport.stream(records.spliterator(), false).toList();
        Map<TopicPartition, OffsetAndMetadata> next = nextOffsets(batch);
        CompletableFuture<Void> task = CompletableFuture.runAsync(() -> runner.run(batch), batches);
        running = task;
        inHand = next;
        opened.pause(opened.assignment());
        // The wait is for the batch, not in the poll: what comes next is read as soon as it is done.
        while (!isDone(task) && !closing) {
            opened.poll(Duration.ZERO);
        }
        awaitBatch(REVOKE_GRACE);
        running = null;
        if (!task.isDone() || task.isCompletedExceptionally()) {
            // Closing, or stopped in the middle: nothing is committed and the batch comes again.
            rewind(opened, batch);
            return;
        }
        next.keySet().retainAll(opened.assignment());
        done.putAll(next);
        if (settings.offsets() == null) {
            commit(opened);
        } else {
            tellLag(opened);
        }
        opened.resume(opened.assignment());
    }

    private static boolean isDone(CompletableFuture<Void> task) {
        try {
            task.get(POLL_WHILE_BUSY.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException goesOn) {
            return false;
        } catch (ExecutionException failed) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** The handler has stored its offsets: Kafka's copy only shows how far the member is, and nobody waits for it. */
    private void tellLag(KafkaConsumer<String, byte[]> opened) {
        opened.commitAsync(new HashMap<>(done), (offsets, failure) -> {
            if (failure != null) {
                LOG.debugf("offsets not shown, topic=%s reason=%s", settings.topic(), failure.getMessage());
            }
        });
        done.clear();
    }

    private static Map<TopicPartition, OffsetAndMetadata> nextOffsets(List<ConsumerRecord<String, byte[]>> batch) {
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        batch.forEach(record -> next.put(
                new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1)));
        return next;
    }

    private static void rewind(KafkaConsumer<String, byte[]> opened, List<ConsumerRecord<String, byte[]>> batch) {
        Map<TopicPartition, Long> first = new HashMap<>();
        batch.forEach(
                record -> first.putIfAbsent(new TopicPartition(record.topic(), record.partition()), record.offset()));
        first.keySet().retainAll(opened.assignment());
        first.forEach(opened::seek);
        opened.resume(opened.assignment());
    }

    private void awaitBatch(Duration timeout) {
        CompletableFuture<Void> task = running;
        if (task == null) {
            return;
        }
        try {
            task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException unfinished) {
            LOG.debugf("batch did not finish in time, topic=%s", settings.topic());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void commit(KafkaConsumer<String, byte[]> opened) {
        if (done.isEmpty()) {
            return;
        }
        try {
            opened.commitSync(new HashMap<>(done), Duration.ofSeconds(5));
            done.clear();
        } catch (KafkaException e) {
            // The records may come again; handlers make that harmless. The offsets stay for the next commit.
            LOG.warnf("offsets not committed, topic=%s reason=%s", settings.topic(), e.getMessage());
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        KafkaConsumer<String, byte[]> open = consumer;
        if (open == null) {
            return;
        }
        GroupConsumer.OffsetStore store = settings.offsets();
        if (store != null && !partitions.isEmpty()) {
            Map<TopicPartition, Long> stored = store.load(Set.copyOf(partitions));
            partitions.forEach(partition -> {
                Long offset = stored.get(partition);
                if (offset == null) {
                    open.seekToBeginning(List.of(partition));
                } else {
                    open.seek(partition, offset);
                }
            });
        }
        if (running != null) {
            open.pause(partitions);
        }
        assigned = !open.assignment().isEmpty();
        LOG.infof("partitions assigned, topic=%s partitions=%s", settings.topic(), numbers(partitions));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        awaitBatch(REVOKE_GRACE);
        KafkaConsumer<String, byte[]> open = consumer;
        CompletableFuture<Void> task = running;
        if (open != null) {
            // Finished while polling: told before the partitions go, so that the next member does not repeat it.
            if (task != null && task.isDone() && !task.isCompletedExceptionally()) {
                done.putAll(inHand);
            }
            commit(open);
        }
        lost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        lost(partitions);
    }

    private void lost(Collection<TopicPartition> partitions) {
        done.keySet().removeAll(partitions);
        if (!partitions.isEmpty()) {
            settings.onRevoked().accept(List.copyOf(partitions));
            LOG.infof("partitions revoked, topic=%s partitions=%s", settings.topic(), numbers(partitions));
        }
    }

    private static Collection<Integer> numbers(Collection<TopicPartition> partitions) {
        Map<Integer, Integer> sorted = new TreeMap<>();
        partitions.forEach(partition -> sorted.put(partition.partition(), partition.partition()));
        return sorted.values();
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
