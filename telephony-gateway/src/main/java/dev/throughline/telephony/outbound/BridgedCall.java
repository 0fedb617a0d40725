package dev.throughline.telephony.outbound;

import dev.throughline.events.tenant.CallSettings.AnsweringMachine;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.logging.LogIds;
import dev.throughline.telephony.briefing.Briefings;
import dev.throughline.telephony.call.Bounded;
import dev.throughline.telephony.call.CallConfig;
import dev.throughline.telephony.call.CallMetrics;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.call.CallWebhook;
import dev.throughline.telephony.call.CalledTenant;
import dev.throughline.telephony.stream.Invitation;
import dev.throughline.telephony.stream.StreamInvitation;
import dev.throughline.telephony.twilio.Sentence;
import dev.throughline.telephony.twilio.VoiceTwiml;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** A call of the bridge, from Twilio's side. */
@Singleton
final class BridgedCall {

    private static final Logger LOG = Logger.getLogger(BridgedCall.class);

    private final OutboundRepository rows;
    private final OutboundOutcomes outcomes;
    private final Briefings briefings;
    private final CalledTenant tenants;
    private final StreamInvitation invitation;
    private final CallConfig config;
    private final CallMetrics metrics;
    private final Pool pool;

    BridgedCall(
            OutboundRepository rows,
            OutboundOutcomes outcomes,
            Briefings briefings,
            CalledTenant tenants,
            StreamInvitation invitation,
            CallConfig config,
            CallMetrics metrics,
            Pool pool) {
        this.rows = rows;
        this.outcomes = outcomes;
        this.briefings = briefings;
        this.tenants = tenants;
        this.invitation = invitation;
        this.config = config;
        this.metrics = metrics;
        this.pool = pool;
    }

    /** The TwiML for a customer who has answered. Never fails: somebody is listening. */
    Uni<String> answer(UUID id, CallWebhook call) {
        return Bounded.within(config.databaseWait(), rows.byId(pool, id))
                .chain(found -> found.isPresent()
                        ? known(found.get(), call)
                        : Uni.createFrom().item(nobodys()))
                .onFailure()
                .recoverWithItem(failure -> withoutRow(call, failure));
    }

    /** Twilio tells of a call: if nobody knew whether there is one, there is. Never fails. */
    Uni<Void> heardOf(UUID id, String callSid) {
        return Bounded.within(config.databaseWait(), rows.byId(pool, id))
                .chain(found -> found.isEmpty() || found.get().progress().callSid() != null
                        ? Uni.createFrom().voidItem()
                        : outcomes.placed(found.get(), callSid, null).replaceWithVoid())
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf(
                            "a call out is heard of but could not be noted, reason=%s",
                            failure.getClass().getSimpleName());
                    return null;
                });
    }

    private Uni<String> known(OutboundRow row, CallWebhook call) {
        Optional<Tenant> tenant = tenants.of(parties(row, call));
        if (tenant.isEmpty()) {
            return Uni.createFrom().item(nobodys());
        }
        LogIds.of().tenant(row.plan().tenantId()).lead(row.plan().leadId());
        Invitation plain = Invitation.outbound(
                        parties(row, call),
                        tenant.get(),
                        row.plan().agentId(),
                        row.plan().customer(),
                        call.receivedAt())
                .briefed();
        // Where a message is to be left after the beep, the agent would talk into the machine's greeting.
        boolean messageLeft = row.plan().machinePolicy() == AnsweringMachine.LEAVE_MESSAGE;
        String twiml = invitation.twiml(messageLeft ? plain.silentUntilDetected() : plain);
        return outcomes.placed(row, call.callSid(), null)
                .chain(() -> Bounded.within(
                        config.databaseWait(),
                        briefings.put(pool, call.callSid(), row.plan().tenantId(), variables(row), null)))
                .invoke(() -> metrics.answered("outbound-answered"))
                .replaceWith(twiml);
    }

    /** The operator's variables too; those of every conversation the bridge has itself. */
    private static Map<String, String> variables(OutboundRow row) {
        Map<String, String> variables = new HashMap<>(row.plan().variables());
        variables.putAll(Questions.variables(row.plan().questions()));
        return variables;
    }

    private static CallParties parties(OutboundRow row, CallWebhook call) {
        return new CallParties(call.callSid(), row.plan().tenantId(), row.plan().leadId());
    }

    /** The database does not answer, a person has: the agent of the number that called comes, and may yet get its briefing. */
    private String withoutRow(CallWebhook call, Throwable failure) {
        LOG.errorf(failure, "a customer has answered and the call's plan cannot be read");
        metrics.answered("outbound-unbriefed");
        return tenants.of(call)
                .flatMap(tenant -> invitation
                        .agentOf(tenant)
                        .map(agent -> invitation.twiml(Invitation.outbound(
                                        CallParties.of(call.callSid(), tenant, call.customer()),
                                        tenant,
                                        agent,
                                        call.customer(),
                                        call.receivedAt())
                                .briefed())))
                .orElseGet(() -> VoiceTwiml.sayAndHangUp(Sentence.ERROR.words()));
    }

    private String nobodys() {
        LOG.warn("a call was answered that nobody asked for");
        metrics.answered("outbound-not-asked-for");
        return VoiceTwiml.hangUp();
    }
}
