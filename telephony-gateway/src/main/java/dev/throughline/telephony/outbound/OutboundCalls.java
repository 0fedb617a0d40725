package dev.throughline.telephony.outbound;

import dev.throughline.events.context.LeadContext;
import dev.throughline.events.tenant.CallSettings;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.context.LeadContexts;
import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.logging.Masked;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.telephony.stream.StreamInvitation;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Has customers called: the row first, then the provider, once; then, where nobody answered, a look for what came of it. */
@Singleton
final class OutboundCalls {

    private static final Logger LOG = Logger.getLogger(OutboundCalls.class);

    private final TenantDirectory tenants;
    private final LeadContexts contexts;
    private final StreamInvitation agents;
    private final Reservations reservations;
    private final NativeLine elevenLabs;
    private final BridgeLine bridge;
    private final LookUp lookUp;
    private final OutboundOutcomes outcomes;
    private final OutboundConfig config;
    private final Clock clock;

    OutboundCalls(
            TenantDirectory tenants,
            LeadContexts contexts,
            StreamInvitation agents,
            Reservations reservations,
            NativeLine elevenLabs,
            BridgeLine bridge,
            LookUp lookUp,
            OutboundOutcomes outcomes,
            OutboundConfig config,
            Clock clock) {
        this.tenants = tenants;
        this.contexts = contexts;
        this.agents = agents;
        this.reservations = reservations;
        this.elevenLabs = elevenLabs;
        this.bridge = bridge;
        this.lookUp = lookUp;
        this.outcomes = outcomes;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Has the customer called.
     *
     * @return the row as it stands after it: placed, refused or unknown; of an earlier request under the same key, that one's
     * @throws dev.throughline.platform.web.Problem 4xx that names the cure, for an order that never reached a provider
     */
    Uni<OutboundRow> place(Order order) {
        // Before anything is looked at that may have changed since: the first answer stands.
        return reservations
                .earlier(order.tenant().id(), order.idempotencyKey())
                .chain(earlier -> earlier.isPresent()
                        ? reservations.settled(earlier.get(), order.fingerprint())
                        : placeAnew(order));
    }

    private Uni<OutboundRow> placeAnew(Order order) {
        return callee(order).chain(callee -> {
            LogIds.of().tenant(order.tenant().id()).lead(callee.leadId());
            LOG.infof("call out asked for, via=%s to %s", order.via().wire(), Masked.number(callee.number()));
            CallPolicy.against(order.tenant(), callee.number()).ifPresent(refusal -> {
                throw refusal.problem();
            });
            OutboundRow row = row(order, callee);
            return reservations
                    .reserve(row, order.idempotencyKey(), order.tenant())
                    .chain(reservation -> switch (reservation) {
                        case Reservation.Taken taken -> ask(taken.row(), order.tenant());
                        case Reservation.Earlier earlier -> reservations.settled(earlier.row(), order.fingerprint());
                        case Reservation.OverLimit over ->
                            Uni.createFrom()
                                    .failure(CallPolicy.overLimit(over.limit()).problem());
                    });
        });
    }

    private Uni<Callee> callee(Order order) {
        UUID leadId = order.leadId();
        Uni<Optional<LeadContext>> known = leadId == null
                ? Uni.createFrom().item(Optional.empty())
                : contexts.find(order.tenant().id(), leadId);
        return known.map(context -> Callee.of(order.tenant(), leadId, order.to(), context));
    }

    private OutboundRow row(Order order, Callee callee) {
        Tenant tenant = order.tenant();
        CallSettings settings = tenant.settings().calls();
        Plan plan = new Plan(
                tenant.id(),
                callee.leadId(),
                callee.number(),
                order.via(),
                agent(tenant, order.agentId()),
                order.agentId() != null,
                order.questions(),
                order.variables(),
                settings.answeringMachine(),
                settings.answeringMachineMessage());
        String from = order.via() == Via.BRIDGE ? tenant.twilioPhoneNumber() : null;
        return new OutboundRow(UUID.randomUUID(), plan, order.fingerprint(), Progress.begun(from), clock.instant());
    }

    /** The agent asked for, unless it is another tenant's; else the tenant's. */
    private String agent(Tenant tenant, @Nullable String asked) {
        Optional<String> own = agents.agentOf(tenant);
        if (asked == null) {
            return own.orElseThrow(() -> CallPolicy.noAgent().problem());
        }
        boolean anothers = own.filter(asked::equals).isEmpty()
                && tenants.all().stream()
                        .filter(other -> !other.id().equals(tenant.id()))
                        .anyMatch(other -> asked.equals(other.settings().elevenLabsAgentId())
                                || asked.equals(other.settings().elevenLabsTextAgentId()));
        if (anothers) {
            throw CallPolicy.unknownAgent().problem();
        }
        return asked;
    }

    private Uni<OutboundRow> ask(OutboundRow row, Tenant tenant) {
        return switch (row.plan().via()) {
            case NATIVE -> elevenLabs.call(row, tenant).chain(asked -> settle(asked.row(), asked.attempt()));
            case BRIDGE -> bridge.call(row).chain(attempt -> settle(row, attempt));
        };
    }

    private Uni<OutboundRow> settle(OutboundRow row, Attempt attempt) {
        return switch (attempt) {
            case Attempt.Placed placed -> placed(row, placed.callSid(), placed.conversationId());
            case Attempt.Refused refused ->
                kept(
                        outcomes.refused(row, refused.refusal()),
                        row.with(row.progress().ended(OutboundState.REFUSED, refused.refusal())));
            case Attempt.Unclear unclear -> {
                LOG.warnf("call out unclear, reason=%s: it is looked up", unclear.reason());
                yield kept(
                        find(row, System.nanoTime() + config.lookUpFor().toNanos()),
                        row.with(row.progress().ended(OutboundState.UNKNOWN, null)));
            }
        };
    }

    private Uni<OutboundRow> placed(OutboundRow row, @Nullable String callSid, @Nullable String conversationId) {
        return kept(
                outcomes.placed(row, callSid, conversationId),
                row.with(row.progress().placed(callSid, conversationId)));
    }

    /**
     * The provider has spoken: an operator who hears of our trouble instead of that would have the customer called twice. What could not
     * be written now the background finds out again.
     */
    private static Uni<OutboundRow> kept(Uni<OutboundRow> written, OutboundRow known) {
        return written.onFailure().recoverWithItem(failure -> {
            LOG.errorf(failure, "what became of a call out could not be written, state=%s", known.state());
            return known;
        });
    }

    private Uni<OutboundRow> find(OutboundRow row, long deadline) {
        // A witness that is slow in answering is asked again by the background; the operator does not wait for it.
        Uni<Trace> look = lookUp.of(row).ifNoItem().after(config.lookUpFor()).recoverWithItem(new Trace.Unasked());
        return look.chain(trace -> {
            if (trace instanceof Trace.Found found) {
                return placed(row, found.callSid(), found.conversationId());
            }
            if (System.nanoTime() + config.lookUpEvery().toNanos() > deadline) {
                return outcomes.unknown(row);
            }
            return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(config.lookUpEvery())
                    .chain(() -> find(row, deadline));
        });
    }
}
