package dev.throughline.context.followup;

import dev.throughline.context.followup.FollowUp.State;
import dev.throughline.context.followup.FollowUpRows.Kept;
import dev.throughline.context.followup.Reason.Asked;
import dev.throughline.context.lead.LeadRepository;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.tenant.FollowUpChannel;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What operators do to follow-ups. */
@Singleton
class FollowUpActs {

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("EEE d MMM HH:mm zzz", Locale.ENGLISH);

    private final Pool pool;
    private final FollowUpRepository repository;
    private final LeadRepository leads;
    private final Outbox outbox;
    private final FollowUpWorker worker;
    private final Clock clock;

    FollowUpActs(
            Pool pool,
            FollowUpRepository repository,
            LeadRepository leads,
            Outbox outbox,
            FollowUpWorker worker,
            Clock clock) {
        this.pool = pool;
        this.repository = repository;
        this.leads = leads;
        this.outbox = outbox;
        this.worker = worker;
        this.clock = clock;
    }

    /** Schedules what an operator asks for, behind quiet hours; gives the earlier one for a repeat under the same key. */
    Uni<Kept> schedule(Tenant tenant, FollowUp asked) {
        return context(tenant.id(), asked.leadId()).chain(context -> {
            if (context.phone() == null) {
                throw Problem.of(422, "NUMBER_NOT_KNOWN", "No phone number is known of this lead.");
            }
            Gone.why(asked, context, clock.instant()).ifPresent(why -> {
                throw optedOut();
            });
            Instant due = Quiet.until(tenant, asked.channel(), context.phone().value(), asked.dueAt())
                    .orElse(asked.dueAt());
            return insert(asked.at(due));
        });
    }

    private Uni<Kept> insert(FollowUp followUp) {
        return pool.withTransaction(tx -> repository
                        .insert(tx, followUp)
                        .chain(fresh -> fresh
                                ? outbox.append(tx, FollowUpEvents.scheduled(followUp, clock.instant()))
                                : Uni.createFrom().voidItem()))
                .chain(() -> repository.find(followUp.tenantId(), followUp.id()))
                .map(kept -> same(kept, followUp))
                .invoke(worker::wake);
    }

    private static Kept same(@Nullable Kept kept, FollowUp asked) {
        if (kept == null || !isSame(kept.followUp(), asked)) {
            throw Problem.conflict(
                    "IDEMPOTENCY_KEY_REUSED", "This Idempotency-Key was used for something else; choose a new one.");
        }
        return kept;
    }

    private static boolean isSame(FollowUp kept, FollowUp asked) {
        return kept.leadId().equals(asked.leadId())
                && kept.channel() == asked.channel()
                && kept.questions().equals(asked.questions())
                && java.util.Objects.equals(kept.words(), asked.words())
                && kept.reason() instanceof Asked first
                && asked.reason() instanceof Asked again
                && first.at().equals(again.at());
    }

    /** Cancels it. @return fails with 404 or 409 */
    Uni<Kept> cancel(UUID tenantId, UUID id, String author) {
        String why = "cancelled by " + author;
        return found(tenantId, id)
                .chain(kept -> pool.withTransaction(tx -> repository
                        .end(tx, id, State.CANCELLED, why, null, List.of(State.SCHEDULED), null)
                        .chain(ended -> ended
                                ? outbox.append(tx, FollowUpEvents.skipped(kept.followUp(), why, clock.instant()))
                                : Uni.createFrom().failure(FollowUpActs::tooLate))))
                .chain(() -> found(tenantId, id));
    }

    /** Has it done now. @return fails with 404, or 409 in quiet hours, without consent or when it is not to be done any more */
    Uni<Kept> hasten(Tenant tenant, UUID id) {
        return found(tenant.id(), id)
                .chain(kept -> context(tenant.id(), kept.followUp().leadId())
                        .invoke(context -> checkNow(tenant, kept.followUp(), context)))
                .chain(() -> pool.withTransaction(tx -> repository
                        .hasten(tx, id, clock.instant().truncatedTo(ChronoUnit.MICROS))
                        .invoke(hastened -> {
                            if (!hastened) {
                                throw tooLate();
                            }
                        })))
                .invoke(worker::wake)
                .chain(() -> found(tenant.id(), id));
    }

    private void checkNow(Tenant tenant, FollowUp followUp, LeadContext context) {
        Instant now = clock.instant();
        Gone.why(followUp, context, now).ifPresent(why -> {
            throw Problem.conflict("NO_REASON", "There is no reason for it any more: " + why + ".");
        });
        if (followUp.channel() != FollowUpChannel.HOOK && context.phone() != null) {
            Quiet.until(tenant, followUp.channel(), context.phone().value(), now)
                    .ifPresent(until -> {
                        throw Problem.conflict(
                                "QUIET_HOURS",
                                "It is quiet time for the customer until " + WHEN.format(until.atZone(tenant.zone()))
                                        + ".");
                    });
        }
    }

    private Uni<LeadContext> context(UUID tenantId, UUID leadId) {
        return leads.find(tenantId, leadId)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("There is no such lead."))
                .map(found -> found.context());
    }

    private Uni<Kept> found(UUID tenantId, UUID id) {
        return repository
                .find(tenantId, id)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("There is no such follow-up."));
    }

    private static Problem tooLate() {
        return Problem.conflict("TOO_LATE", "It is being done, or is over already.");
    }

    private static Problem optedOut() {
        return Problem.conflict(
                "OPTED_OUT",
                "The customer has forbidden texts (STOP); only a START from the customer allows them again.");
    }
}
