package dev.throughline.context.projection;

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
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Turns a batch of records into what is known, and tells it, in one transaction. Repeats change nothing. */
@Singleton
class Projection {

    private final Pool pool;
    private final ProjectionRepository repository;
    private final Folding folding;
    private final Outbox outbox;
    private final Event<LeadsChanged> changed;

    Projection(
            Pool pool, ProjectionRepository repository, Folding folding, Outbox outbox, Event<LeadsChanged> changed) {
        this.pool = pool;
        this.repository = repository;
        this.folding = folding;
        this.outbox = outbox;
        this.changed = changed;
    }

    /**
     * Takes a batch; completes when it is committed.
     *
     * @return fails with {@link PoisonRecordException} when a record can never be taken; nothing of the batch is kept then
     */
    Uni<Void> take(List<ConsumerRecord<String, byte[]>> batch) {
        List<Arrived> arrived = batch.stream().map(Arrived::of).toList();
        return pool.withTransaction(tx -> repository
                        .live(tx)
                        .chain(() -> folding.fold(tx, arrived, Folding.nextOffsets(batch)))
                        .chain(folded -> tell(tx, folded).replaceWith(folded.tenants())))
                .invoke(leads -> {
                    if (!leads.isEmpty()) {
                        changed.fire(new LeadsChanged(leads));
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> tell(SqlConnection tx, FoldedBatch folded) {
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
        folded.leads().stream()
                .flatMap(fold -> fold.told().stream())
                .map((RecordedEvent event) -> OutboxRecord.of(event))
                .forEach(out::add);
        return repository.notify(tx, folded.tenants()).chain(() -> outbox.appendRecords(tx, out));
    }
}
