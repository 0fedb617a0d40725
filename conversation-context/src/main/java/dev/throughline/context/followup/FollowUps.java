package dev.throughline.context.followup;

import dev.throughline.context.followup.Decision.Cancel;
import dev.throughline.context.followup.Decision.Fail;
import dev.throughline.context.followup.Decision.Schedule;
import dev.throughline.context.followup.Decision.Settle;
import dev.throughline.context.followup.FollowUp.State;
import dev.throughline.context.followup.FollowUpRows.Kept;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.tenant.TenantDirectory;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * What the live projection asks with each batch, in the batch's transaction. Filling a fresh read model from the topic does not ask, so
 * nothing is scheduled by it.
 */
@Singleton
public class FollowUps {

    private static final Logger LOG = Logger.getLogger(FollowUps.class);

    private final FollowUpRepository repository;
    private final FollowUpWorker worker;
    private final TenantDirectory tenants;
    private final Deciding.Limits limits;
    private final Clock clock;

    FollowUps(
            FollowUpRepository repository,
            FollowUpWorker worker,
            TenantDirectory tenants,
            FollowUpConfig config,
            Clock clock) {
        this.repository = repository;
        this.worker = worker;
        this.tenants = tenants;
        this.limits = new Deciding.Limits(config.tooLate(), config.peace());
        this.clock = clock;
    }

    /**
     * News about a lead.
     *
     * @param context after them
     * @param news events that were not known before
     */
    public record News(LeadContext context, List<RecordedEvent> news) {}

    /** Completes when the tenants' rules are known; fails, to be asked again, while they are not. */
    public Uni<Void> ready() {
        return tenants.isWarm()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().failure(() -> new TimeoutException("the tenants are not read yet"));
    }

    /**
     * Schedules, cancels and raises what the news call for.
     *
     * @return what is to be told of it, in the same transaction and after everything else in it
     */
    public Uni<List<RecordedEvent>> decide(SqlConnection tx, Collection<News> leads) {
        if (leads.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Set<UUID> ids = new HashSet<>();
        Set<UUID> mentioned = new HashSet<>();
        leads.forEach(lead -> {
            ids.add(lead.context().leadId());
            mentioned.addAll(TextFailures.in(lead.news()).keySet());
        });
        return repository.standing(tx, ids, mentioned).chain(standing -> {
            Instant now = clock.instant();
            List<Decision> decisions = new ArrayList<>();
            leads.forEach(lead -> decisions.addAll(decisions(lead, standing, now)));
            return Multi.createFrom()
                    .iterable(decisions)
                    .onItem()
                    .transformToUniAndConcatenate(decision -> apply(tx, decision, now))
                    .filter(Optional::isPresent)
                    .map(Optional::get)
                    .collect()
                    .asList();
        });
    }

    /** To be called once the transaction has committed: the worker looks at what is new. */
    public void committed(List<RecordedEvent> told) {
        if (!told.isEmpty()) {
            worker.wake();
        }
    }

    private List<Decision> decisions(News lead, List<Kept> standing, Instant now) {
        LeadContext context = lead.context();
        Optional<Tenant> tenant = tenants.byId(context.tenantId());
        if (tenant.isEmpty()) {
            return List.of();
        }
        // A text to a number may be told of under the number's own lead.
        Set<UUID> failed = TextFailures.in(lead.news()).keySet();
        Map<UUID, Deciding.Standing> own = new HashMap<>();
        for (Kept kept : standing) {
            FollowUp followUp = kept.followUp();
            boolean isOwn = followUp.leadId().equals(context.leadId());
            if (followUp.tenantId().equals(context.tenantId()) && (isOwn || failed.contains(followUp.id()))) {
                own.put(followUp.id(), new Deciding.Standing(followUp, kept.state()));
            }
        }
        try {
            return Deciding.of(tenant.get(), context, lead.news(), own, now, limits);
        } catch (RuntimeException mistake) {
            // The history of a lead is worth more than what follows from it: it must not stop here, nor become a dead
            // letter.
            LOG.errorf(mistake, "follow-ups of lead %s were not decided", context.leadId());
            return List.of();
        }
    }

    /** Gives what is to be told, where the decision changed something. */
    private Uni<Optional<RecordedEvent>> apply(SqlConnection tx, Decision decision, Instant now) {
        return switch (decision) {
            case Schedule schedule ->
                repository
                        .insert(tx, schedule.followUp())
                        .map(fresh -> fresh
                                ? Optional.of(FollowUpEvents.scheduled(schedule.followUp(), now))
                                : Optional.empty());
            case Cancel cancel ->
                repository
                        .end(
                                tx,
                                cancel.followUp().id(),
                                State.CANCELLED,
                                cancel.why(),
                                null,
                                List.of(State.SCHEDULED),
                                null)
                        .map(ended -> ended
                                ? Optional.of(FollowUpEvents.skipped(cancel.followUp(), cancel.why(), now))
                                : Optional.empty());
            case Settle settle ->
                repository
                        .end(tx, settle.followUp().id(), State.DONE, null, null, List.of(State.SCHEDULED), null)
                        .replaceWith(Optional.empty());
            case Fail fail ->
                repository
                        .end(
                                tx,
                                fail.followUp().id(),
                                State.FAILED,
                                fail.why(),
                                null,
                                List.of(State.DONE, State.DOING),
                                null)
                        .replaceWith(Optional.empty());
        };
    }
}
