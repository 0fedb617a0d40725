package dev.throughline.context.projection;

import dev.throughline.context.followup.FollowUps;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Topics;
import dev.throughline.events.context.LeadContextCodec;
import dev.throughline.platform.kafka.PoisonRecordException;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.platform.outbox.OutboxRecord;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.ArrayList;
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
    private final FollowUps followUps;
    private final Event<LeadsChanged> changed;
    private final FoldMetrics metrics;

    Projection(
            Pool pool,
            ProjectionRepository repository,
            Folding folding,
            Outbox outbox,
            FollowUps followUps,
            Event<LeadsChanged> changed,
            FoldMetrics metrics) {
        this.pool = pool;
        this.repository = repository;
        this.folding = folding;
        this.outbox = outbox;
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
                                .replaceWith(new Taken(folded.tenants(), planned, events(folded)))))))
                .invoke(taken -> {
                    if (!taken.leads().isEmpty()) {
                        changed.fire(new LeadsChanged(taken.leads()));
                    }
                    followUps.committed(taken.planned());
                    metrics.count(taken.events());
                })
                .replaceWithVoid();
    }

    /** What a batch changed. @param leads with their tenants @param events that were not known before */
    private record Taken(Map<UUID, UUID> leads, List<RecordedEvent> planned, List<RecordedEvent> events) {}

    private static List<RecordedEvent> events(FoldedBatch folded) {
        return folded.leads().stream()
                .flatMap(lead -> lead.news().stream())
                .toList();
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
        List<OutboxRecord> out = new ArrayList<>();
        folded.leads()
                .forEach(fold -> out.add(OutboxRecord.of(
                        Topics.LEAD_CONTEXTS, fold.context().leadId().toString(), fold.published())));
        folded.partners()
                .forEach(partner -> out.add(OutboxRecord.of(
                        Topics.LEAD_CONTEXTS,
                        partner.context().leadId().toString(),
                        LeadContextCodec.encode(partner.context()))));
        Stream.concat(folded.leads().stream().flatMap(fold -> fold.told().stream()), planned.stream())
                .map((RecordedEvent event) -> OutboxRecord.of(event))
                .forEach(out::add);
        return repository
                .notify(tx, folded.tenants())
                .chain(() -> repository.supersede(tx, folded.tenants().keySet()))
                .chain(() -> outbox.appendRecords(tx, out));
    }
}
