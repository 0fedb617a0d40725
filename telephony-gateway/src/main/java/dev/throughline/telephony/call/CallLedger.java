package dev.throughline.telephony.call;

import dev.throughline.events.RecordedEvent;
import dev.throughline.platform.kafka.EventPublisher;
import dev.throughline.platform.outbox.Outbox;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Writes what happened to a call so that it cannot be lost: the change and its events in one transaction, or, where the database does
 * not answer within {@code throughline.telephony.call.database-wait}, the events straight to Kafka. Both may happen for one event when
 * the database answers too late; its id is the same, so it is one event.
 */
@Singleton
public final class CallLedger {

    private static final Logger LOG = Logger.getLogger(CallLedger.class);

    private final Pool pool;
    private final Outbox outbox;
    private final EventPublisher publisher;
    private final CallConfig config;
    private final Counter withoutDatabase;

    CallLedger(Pool pool, Outbox outbox, EventPublisher publisher, CallConfig config, MeterRegistry metrics) {
        this.pool = pool;
        this.outbox = outbox;
        this.publisher = publisher;
        this.config = config;
        this.withoutDatabase = metrics.counter("throughline.calls.recorded.without.database");
    }

    /**
     * Makes a change durable.
     *
     * @param change runs in a transaction and gives the events it makes true, possibly none
     * @param otherwise the events as far as they are known without the database; empty when nothing is
     * @return completes when the change is committed or the events are acknowledged; fails when neither could be had
     */
    public Uni<Void> record(Function<SqlConnection, Uni<List<RecordedEvent>>> change, List<RecordedEvent> otherwise) {
        return recordOrPublish(change, otherwise).replaceWithVoid();
    }

    /** As {@link #record}; true when the change is committed, false when Kafka alone has the events. */
    public Uni<Boolean> recordOrPublish(
            Function<SqlConnection, Uni<List<RecordedEvent>>> change, List<RecordedEvent> otherwise) {
        Uni<Void> transaction = pool.withTransaction(tx -> change.apply(tx).chain(events -> outbox.append(tx, events)));
        return Bounded.within(config.databaseWait(), transaction)
                .replaceWith(true)
                .onFailure()
                .recoverWithUni(failure -> publish(otherwise, failure).replaceWith(false));
    }

    private Uni<Void> publish(List<RecordedEvent> events, Throwable failure) {
        if (events.isEmpty()) {
            // Whose call it is stands in the database alone: nothing was kept, and nobody may believe so.
            return Uni.createFrom().failure(failure);
        }
        LOG.warnf(
                "the database did not take %d call event(s), Kafka gets them directly, reason=%s",
                events.size(), failure.getClass().getSimpleName());
        withoutDatabase.increment();
        Uni<Void> all = Uni.createFrom().voidItem();
        for (RecordedEvent event : events) {
            all = all.chain(() -> publisher.publish(event));
        }
        return Bounded.within(config.kafkaWait(), all);
    }
}
