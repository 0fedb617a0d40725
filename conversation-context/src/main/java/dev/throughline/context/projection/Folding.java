package dev.throughline.context.projection;

import dev.throughline.context.call.CallRepository;
import dev.throughline.context.call.CallSummary;
import dev.throughline.context.projection.ProjectionRepository.Standing;
import dev.throughline.events.LeadEvent;
import dev.throughline.events.Topics;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.tenant.ScoreSettings;
import dev.throughline.platform.kafka.PoisonRecordException;
import dev.throughline.platform.tenant.TenantDirectory;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a batch of records does to the read model's tables, and nothing else: nobody is told. The tables are those of the connection's
 * search path, so the same code fills a copy beside the live one.
 */
@Singleton
public class Folding {

    private final ProjectionRepository repository;
    private final CallRepository calls;
    private final TenantDirectory tenants;
    private final Clock clock;

    Folding(ProjectionRepository repository, CallRepository calls, TenantDirectory tenants, Clock clock) {
        this.repository = repository;
        this.calls = calls;
        this.tenants = tenants;
        this.clock = clock;
    }

    /**
     * Applies a batch and stores where to read on.
     *
     * @throws PoisonRecordException when a record can never be taken; the transaction must not commit then
     */
    public Uni<Void> apply(SqlConnection tx, List<ConsumerRecord<String, byte[]>> batch) {
        return fold(tx, batch.stream().map(Arrived::of).toList(), nextOffsets(batch))
                .replaceWithVoid();
    }

    /** Leaves a record out: only where to read on is stored. */
    public Uni<Void> pass(SqlConnection tx, ConsumerRecord<String, byte[]> record) {
        return repository.storeOffsets(tx, Topics.CHANNEL_EVENTS, nextOffsets(List.of(record)));
    }

    /** As {@link #apply}, telling what came of it. */
    Uni<FoldedBatch> fold(SqlConnection tx, List<Arrived> arrived, Map<Integer, Long> next) {
        return repository
                .lock(tx, mentioned(arrived))
                .invoke(standing -> refuseForeign(arrived, standing))
                .chain(standing -> repository
                        .insert(tx, arrived)
                        .map(fresh -> FoldedBatch.of(fold(fresh(arrived, fresh), standing), standing)))
                .chain(folded -> write(tx, folded, next).replaceWith(folded));
    }

    private Uni<Void> write(SqlConnection tx, FoldedBatch folded, Map<Integer, Long> next) {
        // Sent together, answered together: on one connection they keep their order and cost one wait.
        return Uni.join()
                .all(
                        repository.storeOffsets(tx, Topics.CHANNEL_EVENTS, next),
                        repository.upsert(tx, folded.leads()),
                        repository.join(tx, folded.partners()),
                        repository.snapshot(tx, folded.leads()),
                        calls.upsert(tx, calls(folded)))
                .andFailFast()
                .invoke(() -> repository.remember(folded.leads()))
                .replaceWithVoid();
    }

    private static List<CallSummary> calls(FoldedBatch folded) {
        return folded.leads().stream()
                .flatMap(lead -> CallSummary.of(lead.context(), lead.news()).stream())
                .toList();
    }

    /** The leads of the batch and those they are linked with by it. */
    private static Set<UUID> mentioned(List<Arrived> arrived) {
        Set<UUID> leads = new HashSet<>();
        for (Arrived one : arrived) {
            leads.add(one.event().leadId());
            if (one.event().event() instanceof LeadEvent.Linked link) {
                leads.add(link.linkedLeadId());
            }
        }
        return leads;
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
                            entry.getKey(), new Standing(LeadContext.empty(tenant, entry.getKey()), -1, 0, 0));
                    return LeadFold.of(before, entry.getValue(), clock.instant(), weights(tenant));
                })
                .toList();
    }

    private ScoreSettings weights(UUID tenantId) {
        return tenants.byId(tenantId).map(tenant -> tenant.settings().score()).orElse(ScoreSettings.standard());
    }

    static Map<Integer, Long> nextOffsets(List<ConsumerRecord<String, byte[]>> batch) {
        Map<Integer, Long> next = new HashMap<>();
        batch.forEach(record -> next.merge(record.partition(), record.offset() + 1, Math::max));
        return next;
    }
}
