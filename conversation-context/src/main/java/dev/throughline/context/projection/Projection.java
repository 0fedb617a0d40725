package dev.throughline.context.projection;

import dev.throughline.context.followup.FollowUps;
import dev.throughline.events.RecordedEvent;
import dev.throughline.platform.kafka.PoisonRecordException;
import dev.throughline.platform.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Turns a batch of records into what is known, and tells it, in one transaction. Repeats change nothing. */
@Singleton
class Projection {

    private final Pool pool;
    private final ProjectionRepository repository;
    private final Folding folding;
    private final Outbox outbox;
    private final DueContexts due;
    private final ContextPublisher publisher;
    private final ChangeNotices notices;
    private final ProjectionConfig config;
    private final FollowUps followUps;
    private final Event<LeadsChanged> changed;
    private final FoldMetrics metrics;

    Projection(
            Pool pool,
            ProjectionRepository repository,
            Folding folding,
            Outbox outbox,
            DueContexts due,
            ContextPublisher publisher,
            ChangeNotices notices,
            ProjectionConfig config,
            FollowUps followUps,
            Event<LeadsChanged> changed,
            FoldMetrics metrics) {
        this.pool = pool;
        this.repository = repository;
        this.folding = folding;
        this.outbox = outbox;
        this.due = due;
        this.publisher = publisher;
        this.notices = notices;
        this.config = config;
        this.followUps = followUps;
        this.changed = changed;
        this.metrics = metrics;
    }

    /**
     * Takes a batch; completes when it is committed.
     *
     * @return fails with {@link PoisonRecordException} when a record can never be taken; nothing of the batch is kept then
     */
    Uni<Void> take(List<ConsumerRecord<String, byte[]>> batch) {
        List<Arrived> arrived = batch.stream().map(Arrived::of).toList();
        return followUps
                .ready()
                .chain(() -> pool.withTransaction(tx -> repository
                        .live(tx)
                        .chain(() -> folding.fold(tx, arrived, Folding.nextOffsets(batch)))
                        .chain(folded -> followUps.decide(tx, news(folded)).chain(planned -> tell(tx, folded, planned)
                                .replaceWith(new Taken(folded.changed(), planned, events(folded)))))))
                // It may have been committed all the same.
                .onFailure()
                .invoke(() -> changed.fire(leadsOf(arrived)))
                .invoke(taken -> told(taken, batch.size() < config.batch()))
                .replaceWithVoid();
    }

    /** @param upToDate there was nothing more to read; otherwise more news about the same leads may follow at once */
    private void told(Taken taken, boolean upToDate) {
        if (!taken.changed().tenantByLead().isEmpty()) {
            changed.fire(taken.changed());
            if (upToDate) {
                publisher.wake();
            } else {
                publisher.wakeInAMoment();
            }
        }
        followUps.committed(taken.planned());
        metrics.count(taken.events());
    }

    /** What a batch changed. @param events that were not known before */
    private record Taken(LeadsChanged changed, List<RecordedEvent> planned, List<RecordedEvent> events) {}

    private static List<RecordedEvent> events(FoldedBatch folded) {
        return folded.leads().stream().flatMap(lead -> lead.news().stream()).toList();
    }

    private static LeadsChanged leadsOf(List<Arrived> arrived) {
        Map<UUID, UUID> tenants = new HashMap<>();
        arrived.forEach(one -> tenants.put(one.event().leadId(), one.event().tenantId()));
        return new LeadsChanged(tenants);
    }

    private static List<FollowUps.News> news(FoldedBatch folded) {
        return folded.leads().stream()
                .map(lead -> new FollowUps.News(lead.context(), lead.news()))
                .toList();
    }

    private Uni<Void> tell(SqlConnection tx, FoldedBatch folded, List<RecordedEvent> planned) {
        if (folded.leads().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<RecordedEvent> events = Stream.concat(
                        folded.leads().stream().flatMap(fold -> fold.told().stream()), planned.stream())
                .toList();
        LeadsChanged leads = folded.changed();
        return Uni.join()
                .all(
                        repository.notify(tx, notices.of(leads)),
                        due.put(tx, leads.tenantByLead().keySet()),
                        outbox.append(tx, events))
                .andFailFast()
                .replaceWithVoid();
    }
}
