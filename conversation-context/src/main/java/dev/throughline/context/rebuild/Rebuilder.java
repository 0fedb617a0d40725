package dev.throughline.context.rebuild;

import dev.throughline.context.projection.ContextPublisher;
import dev.throughline.context.projection.Folding;
import dev.throughline.events.Topics;
import dev.throughline.platform.kafka.KafkaClients;
import dev.throughline.platform.kafka.PoisonRecordException;
import dev.throughline.platform.kafka.TopicReplay;
import dev.throughline.platform.outage.DatabaseAway;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Works at the rebuild that was asked for, on a virtual thread of one replica.
 *
 * <pre>
 *  asked ──▶ copy begun ──▶ reading … ──▶ as far as the live tables ──▶ nobody folds ──▶ the last records ──▶ compared ──▶ swapped
 *                 ▲              │ replica dies, database or broker away: another replica, or this one, goes on
 *                 └──────────────┘ where the copy's own offsets say
 * </pre>
 */
@ApplicationScoped
class Rebuilder {

    private static final Logger LOG = Logger.getLogger(Rebuilder.class);
    private static final int BATCH = 1_000;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration STEP = Duration.ofSeconds(60);
    /** The comparison reads every lead twice. */
    private static final Duration LAST_STEP = Duration.ofMinutes(10);
    /** As close as this to the live tables, what is left is read while nobody folds. */
    private static final long CLOSE = 500;

    private final Pool pool;
    private final RebuildStore store;
    private final Folding folding;
    private final KafkaClients clients;
    private final ContextPublisher publisher;
    private final AtomicBoolean working = new AtomicBoolean();
    private volatile boolean stopping;

    Rebuilder(Pool pool, RebuildStore store, Folding folding, KafkaClients clients, ContextPublisher publisher) {
        this.pool = pool;
        this.store = store;
        this.folding = folding;
        this.clients = clients;
        this.publisher = publisher;
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    /** Looks whether there is something to do that nobody does. */
    @Scheduled(every = "${throughline.rebuild.look:2s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return store.latest()
                .invoke(latest -> latest.filter(rebuild -> rebuild.state().equals("running"))
                        .ifPresent(rebuild -> begin()))
                .replaceWithVoid();
    }

    private void begin() {
        if (working.compareAndSet(false, true)) {
            Thread.ofVirtual().name("rebuild").start(() -> {
                try {
                    holding();
                } finally {
                    working.set(false);
                }
            });
        }
    }

    private void holding() {
        SqlConnection connection = pool.getConnection().await().atMost(STEP);
        try {
            if (store.hold(connection).await().atMost(STEP)) {
                try {
                    work();
                } finally {
                    store.release(connection).await().atMost(STEP);
                }
            }
        } catch (RuntimeException e) {
            LOG.warnf("rebuild interrupted, it goes on in a moment, reason=%s", e.getMessage());
        } finally {
            connection.close().subscribe().with(closed -> {}, failure -> {});
        }
    }

    private void work() {
        Rebuild rebuild = store.latest().await().atMost(STEP).orElseThrow();
        if (!rebuild.state().equals("running")) {
            return;
        }
        try (TopicReplay topic = TopicReplay.open(clients, Topics.CHANNEL_EVENTS, BATCH)) {
            if (rebuild.startedAt() == null) {
                store.begin(rebuild.id(), records(topic)).await().atMost(STEP);
                LOG.infof("rebuild begun, rebuildId=%s", rebuild.id());
            }
            Map<Integer, Long> here = store.offsets(pool, "rebuild").await().atMost(STEP);
            refuseWhatWouldLose(rebuild, topic);
            topic.beginnings().forEach((partition, first) -> here.merge(partition, first, Math::max));
            topic.seek(here);
            while (isWanted(rebuild.id())) {
                Map<Integer, Long> live = store.offsets(pool, "public").await().atMost(STEP);
                if (left(here, live) <= CLOSE) {
                    last(rebuild, topic, here);
                    return;
                }
                read(rebuild.id(), topic, here, live);
            }
        } catch (RuntimeException e) {
            store.problem(rebuild.id(), e.getClass().getSimpleName() + ": " + e.getMessage())
                    .await()
                    .atMost(STEP);
            throw e;
        }
    }

    /** What the topic does not hold any more only the live tables know. */
    private static void refuseWhatWouldLose(Rebuild rebuild, TopicReplay topic) {
        topic.beginnings().forEach((partition, first) -> {
            if (first > 0 && rebuild.swap()) {
                throw new IllegalStateException("the records of partition " + partition + " before offset " + first
                        + " are gone from the topic and the copy would lack them; cancel, or ask with swap=false");
            }
        });
    }

    private boolean isWanted(UUID id) {
        return !stopping
                && store.latest()
                        .await()
                        .atMost(STEP)
                        .filter(latest ->
                                latest.id().equals(id) && latest.state().equals("running"))
                        .isPresent();
    }

    private void last(Rebuild rebuild, TopicReplay topic, Map<Integer, Long> here) {
        pool.withTransaction(tx -> store.standStill(tx)
                        .chain(() -> store.offsets(tx, "public"))
                        .emitOn(command -> Thread.ofVirtual().start(command))
                        .invoke(live -> {
                            while (left(here, live) > 0) {
                                read(rebuild.id(), topic, here, live);
                            }
                        })
                        .chain(() -> store.compare(tx, rebuild.id()))
                        .chain(() -> store.finish(tx, rebuild)))
                .await()
                .atMost(LAST_STEP);
        publisher.wake();
        LOG.infof("rebuild done, rebuildId=%s swapped=%b", rebuild.id(), rebuild.swap());
    }

    /** Takes the next records, none that the live tables do not have, and moves {@code here} behind them. */
    private void read(UUID id, TopicReplay topic, Map<Integer, Long> here, Map<Integer, Long> live) {
        List<ConsumerRecord<String, byte[]>> known = new ArrayList<>();
        Map<Integer, Long> again = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : topic.poll(POLL)) {
            if (record.offset() < live.getOrDefault(record.partition(), 0L)) {
                known.add(record);
            } else {
                again.putIfAbsent(record.partition(), record.offset());
            }
        }
        // What the live tables do not have yet comes again. Only then: going back throws away what was fetched ahead.
        topic.seek(again);
        if (!known.isEmpty()) {
            take(id, known);
            known.forEach(record -> here.merge(record.partition(), record.offset() + 1, Math::max));
        }
    }

    private void take(UUID id, List<ConsumerRecord<String, byte[]>> batch) {
        try {
            fold(id, batch);
        } catch (RuntimeException failure) {
            if (isTransient(failure)) {
                throw failure;
            }
            if (batch.size() == 1) {
                refuse(id, batch.getFirst());
            } else {
                batch.forEach(record -> take(id, List.of(record)));
            }
        }
    }

    private static boolean isTransient(Throwable failure) {
        if (failure instanceof PoisonRecordException) {
            return false;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (DatabaseAway.isCause(cause) || cause instanceof TimeoutException || cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    private void fold(UUID id, List<ConsumerRecord<String, byte[]>> batch) {
        pool.withTransaction(tx -> store.useCopy(tx)
                        .chain(() -> folding.apply(tx, batch))
                        .chain(() -> store.advance(tx, id, batch.size(), 0)))
                .await()
                .atMost(STEP);
    }

    /** The live tables do not have it either: it is a dead letter. */
    private void refuse(UUID id, ConsumerRecord<String, byte[]> record) {
        pool.withTransaction(tx -> store.useCopy(tx)
                        .chain(() -> folding.pass(tx, record))
                        .chain(() -> store.advance(tx, id, 1, 1)))
                .await()
                .atMost(STEP);
    }

    private static long records(TopicReplay topic) {
        Map<Integer, Long> beginnings = topic.beginnings();
        return topic.ends().entrySet().stream()
                .mapToLong(end -> end.getValue() - Objects.requireNonNull(beginnings.getOrDefault(end.getKey(), 0L)))
                .sum();
    }

    /** How many offsets the live tables are ahead. */
    private static long left(Map<Integer, Long> here, Map<Integer, Long> live) {
        return live.entrySet().stream()
                .mapToLong(next -> Math.max(0, next.getValue() - here.getOrDefault(next.getKey(), 0L)))
                .sum();
    }
}
