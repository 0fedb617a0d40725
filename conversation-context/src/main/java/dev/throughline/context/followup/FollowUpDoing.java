package dev.throughline.context.followup;

import dev.throughline.context.followup.FollowUp.State;
import dev.throughline.context.followup.FollowUpRows.Kept;
import dev.throughline.context.lead.LeadRepository;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.platform.tenant.TenantDirectory;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Does one follow-up. What is asked of another service is kept before it is asked; a worker that dies in between leaves it to another,
 * which asks the same under the same key. Its end and what is told of it are one transaction.
 */
@Singleton
class FollowUpDoing {

    private static final Logger LOG = Logger.getLogger(FollowUpDoing.class);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(10);

    private final Pool pool;
    private final FollowUpRepository repository;
    private final LeadRepository leads;
    private final TenantDirectory tenants;
    private final ServiceRequests services;
    private final HookRequests hooks;
    private final Outbox outbox;
    private final FollowUpConfig config;
    private final Clock clock;

    FollowUpDoing(
            Pool pool,
            FollowUpRepository repository,
            LeadRepository leads,
            TenantDirectory tenants,
            ServiceRequests services,
            HookRequests hooks,
            Outbox outbox,
            FollowUpConfig config,
            Clock clock) {
        this.pool = pool;
        this.repository = repository;
        this.leads = leads;
        this.tenants = tenants;
        this.services = services;
        this.hooks = hooks;
        this.outbox = outbox;
        this.config = config;
        this.clock = clock;
    }

    /** What is known when a follow-up is due. */
    private record Known(
            Kept taken, @Nullable Tenant tenant, @Nullable LeadContext context) {

        FollowUp followUp() {
            return taken.followUp();
        }
    }

    /** Does it, puts it off or ends it. Never fails: what goes wrong is tried again when the lease is over. */
    Uni<Void> one(Kept taken) {
        FollowUp followUp = taken.followUp();
        @Nullable Tenant tenant = tenants.byId(followUp.tenantId()).orElse(null);
        return leads.find(followUp.tenantId(), followUp.leadId())
                .map(found -> new Known(taken, tenant, found == null ? null : found.context()))
                .chain(this::act)
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "follow-up %s: to be tried again, reason=%s",
                        followUp.id(), failure.getClass().getSimpleName()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> act(Known known) {
        return switch (Step.of(known.followUp(), known.tenant(), known.context(), clock.instant())) {
            case Step.Ask ask ->
                repository
                        .ask(known.taken(), ask.request())
                        .chain(request -> request == null
                                ? Uni.createFrom().voidItem()
                                : ask(known, request).chain(outcome -> after(known, outcome)));
            case Step.Wait wait -> putOff(known, wait.until(), wait.until(), wait.why());
            case Step.Skip skip -> end(known, State.SKIPPED, skip.why(), null);
            case Step.Fail fail -> end(known, State.FAILED, fail.why(), null);
        };
    }

    private Uni<Outcome> ask(Known known, String request) {
        FollowUp followUp = known.followUp();
        return switch (followUp.channel()) {
            case TEXT -> services.text(followUp, request);
            case CALL -> services.call(followUp, request);
            case HOOK ->
                known.tenant() == null
                        ? Uni.createFrom().item(new Outcome.Refused("the business is not known any more"))
                        : hooks.tell(followUp, known.tenant(), request);
        };
    }

    private Uni<Void> after(Known known, Outcome outcome) {
        Instant now = clock.instant();
        Instant due = known.followUp().dueAt();
        return switch (outcome) {
            case Outcome.Taken taken -> end(known, State.DONE, null, taken.reference());
            case Outcome.Forbidden forbidden -> end(known, State.SKIPPED, forbidden.why(), null);
            case Outcome.Refused refused -> end(known, State.FAILED, refused.why(), null);
            case Outcome.Later later
            when later.quiet() -> putOff(known, now.plus(later.pause()), now.plus(later.pause()), "quiet hours");
            case Outcome.Later later -> again(known, due, now.plus(later.pause()), "too much at once");
            case Outcome.Away away -> again(known, due, now.plus(backoff(known.taken())), away.why());
        };
    }

    private Uni<Void> again(Known known, Instant due, Instant next, String why) {
        return next.isAfter(due.plus(config.giveUpAfter()))
                ? end(known, State.FAILED, "given up: " + why, null)
                : putOff(known, due, next, why);
    }

    private Duration backoff(Kept taken) {
        Duration wait = config.backoff().multipliedBy(1L << Math.min(taken.attempts() - 1, 10));
        return wait.compareTo(LONGEST_BACKOFF) < 0 ? wait : LONGEST_BACKOFF;
    }

    /** Told only where people were told another time before. */
    private Uni<Void> putOff(Known known, Instant due, Instant wake, String why) {
        FollowUp followUp = known.followUp();
        boolean moved = !due.equals(followUp.dueAt());
        return pool.withTransaction(tx -> repository
                .putOff(tx, known.taken(), due, wake, why)
                .chain(done -> done && moved
                        ? outbox.append(tx, FollowUpEvents.scheduled(followUp.at(due), clock.instant()))
                        : Uni.createFrom().voidItem()));
    }

    private Uni<Void> end(Known known, State state, @Nullable String why, @Nullable String reference) {
        FollowUp followUp = known.followUp();
        return pool.withTransaction(tx -> repository
                .end(
                        tx,
                        followUp.id(),
                        state,
                        why,
                        reference,
                        List.of(State.DOING),
                        known.taken().attempts())
                .chain(ended ->
                        ended ? tell(tx, known, state, why) : Uni.createFrom().voidItem()));
    }

    private Uni<Void> tell(SqlConnection tx, Known known, State state, @Nullable String why) {
        Instant now = clock.instant();
        FollowUp followUp = known.followUp();
        List<RecordedEvent> events = new ArrayList<>();
        events.add(
                state == State.DONE
                        ? FollowUpEvents.done(followUp, now)
                        : FollowUpEvents.skipped(followUp, why == null ? "" : why, now));
        Optional<FollowUp> next = state == State.FAILED && known.tenant() != null
                ? Raising.next(known.tenant(), followUp, known.context(), now)
                : Optional.empty();
        if (next.isEmpty()) {
            return outbox.append(tx, events);
        }
        return repository.insert(tx, next.get()).chain(fresh -> {
            if (fresh) {
                events.add(FollowUpEvents.scheduled(next.get(), now));
            }
            return outbox.append(tx, events);
        });
    }
}
