package dev.throughline.context.projection;

import dev.throughline.context.projection.ProjectionRepository.Standing;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Topics;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.LeadContextCodec;
import dev.throughline.platform.kafka.PoisonRecordException;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.platform.outbox.OutboxRecord;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Turns a batch of records into what is known, in one transaction. Repeats change nothing. */
@Singleton
class Projection {

    private final Pool pool;
    private final ProjectionRepository repository;
    private final Outbox outbox;
    private final Event<LeadsChanged> changed;
    private final Clock clock;

    Projection(Pool pool, ProjectionRepository repository, Outbox outbox, Event<LeadsChanged> changed, Clock clock) {
        this.pool = pool;
        this.repository = repository;
        this.outbox = outbox;
        this.changed = changed;
        this.clock = clock;
    }

    /**
     * Takes a batch; completes when it is committed.
     *
     * @return fails with {@link PoisonRecordException} when a record can never be taken; nothing of the batch is kept then
     */
    Uni<Void> take(List<ConsumerRecord<String, byte[]>> batch) {
        List<Arrived> arrived = batch.stream().map(Arrived::of).toList();
        return pool.withTransaction(tx -> apply(tx, arrived, nextOffsets(batch)))
                .invoke(leads -> {
                    if (!leads.isEmpty()) {
                        changed.fire(new LeadsChanged(leads));
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Map<UUID, UUID>> apply(SqlConnection tx, List<Arrived> arrived, Map<Integer, Long> next) {
        Set<UUID> leadIds = arrived.stream().map(one -> one.event().leadId()).collect(Collectors.toSet());
        return repository
                .lock(tx, leadIds)
                .invoke(standing -> refuseForeign(arrived, standing))
                .chain(standing -> repository.insert(tx, arrived).map(fresh -> fold(fresh(arrived, fresh), standing)))
                .chain(folds -> Uni.join()
                        .all(repository.storeOffsets(tx, Topics.CHANNEL_EVENTS, next), write(tx, folds))
                        .andFailFast()
                        .replaceWith(tenants(folds)));
    }

    /** A lead belongs to one tenant for ever: its id follows from the tenant's. */
    private static void refuseForeign(List<Arrived> arrived, Map<UUID, Standing> standing) {
        Map<UUID, UUID> tenants = new HashMap<>();
        standing.forEach((lead, known) -> tenants.put(lead, known.context().tenantId()));
        for (Arrived one : arrived) {
            UUID tenant = tenants.putIfAbsent(one.event().leadId(), one.event().tenantId());
            if (tenant != null && !tenant.equals(one.event().tenantId())) {
                throw new PoisonRecordException("the lead belongs to another tenant", null);
            }
        }
    }

    private static Map<UUID, List<Arrived>> fresh(List<Arrived> arrived, Set<UUID> freshIds) {
        Map<UUID, List<Arrived>> byLead = new LinkedHashMap<>();
        Set<UUID> left = new HashSet<>(freshIds);
        for (Arrived one : arrived) {
            // The same event twice in one batch is inserted once and must be folded once; folding it twice would not
            // hurt either.
            if (left.remove(one.event().id())) {
                byLead.computeIfAbsent(one.event().leadId(), lead -> new ArrayList<>())
                        .add(one);
            }
        }
        return byLead;
    }

    private Collection<LeadFold> fold(Map<UUID, List<Arrived>> byLead, Map<UUID, Standing> standing) {
        return byLead.entrySet().stream()
                .map(entry -> {
                    UUID tenant = entry.getValue().getFirst().event().tenantId();
                    Standing before = standing.getOrDefault(
                            entry.getKey(), new Standing(LeadContext.empty(tenant, entry.getKey()), -1));
                    return LeadFold.of(before.context(), before.lastOffset(), entry.getValue(), clock.instant());
                })
                .toList();
    }

    private Uni<Void> write(SqlConnection tx, Collection<LeadFold> folds) {
        if (folds.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<OutboxRecord> out = new ArrayList<>();
        folds.forEach(fold -> out.add(OutboxRecord.of(
                Topics.LEAD_CONTEXTS, fold.context().leadId().toString(), LeadContextCodec.encode(fold.context()))));
        folds.stream()
                .flatMap(fold -> fold.told().stream())
                .map((RecordedEvent event) -> OutboxRecord.of(event))
                .forEach(out::add);
        // Sent together, answered together: on one connection they keep their order and cost one wait instead of two.
        return Uni.join()
                .all(repository.upsert(tx, folds), repository.notify(tx, tenants(folds)))
                .andFailFast()
                .chain(() -> outbox.appendRecords(tx, out));
    }

    private static Map<UUID, UUID> tenants(Collection<LeadFold> folds) {
        return folds.stream().collect(Collectors.toMap(fold -> fold.context().leadId(), fold -> fold.context()
                .tenantId()));
    }

    private static Map<Integer, Long> nextOffsets(List<ConsumerRecord<String, byte[]>> batch) {
        Map<Integer, Long> next = new HashMap<>();
        batch.forEach(record -> next.merge(record.partition(), record.offset() + 1, Math::max));
        return next;
    }
}
