package dev.throughline.telephony.handover;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.telephony.call.CallOrigin;
import dev.throughline.telephony.call.CallRow;
import dev.throughline.telephony.call.KnownCalls;
import dev.throughline.telephony.stream.Invitation;
import dev.throughline.telephony.stream.Invitation.Resume;
import dev.throughline.telephony.stream.StreamInvitation;
import dev.throughline.telephony.stream.StreamOutcomes;
import dev.throughline.telephony.twilio.VoiceTwiml;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/** What a caller's leg is told when it comes back from a human. */
@Singleton
final class HandBack {

    private final KnownCalls calls;
    private final TenantDirectory tenants;
    private final StreamInvitation invitation;
    private final StreamOutcomes outcomes;
    private final Clock clock;

    HandBack(
            KnownCalls calls,
            TenantDirectory tenants,
            StreamInvitation invitation,
            StreamOutcomes outcomes,
            Clock clock) {
        this.calls = calls;
        this.tenants = tenants;
        this.invitation = invitation;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    /** TwiML that connects the caller to the agent again, which is told of the time in between; a good-bye where there is no agent. */
    Uni<String> twiml(HandOver handOver) {
        // How the last stream ended says nothing of the next one.
        return outcomes.forget(handOver.call().callSid())
                .onFailure()
                .recoverWithNull()
                .chain(() -> calls.find(handOver.call().callSid()))
                .map(call -> call.map(CallRow::origin).flatMap(origin -> invitation(handOver, origin)))
                .map(again ->
                        again.map(invitation::twiml).orElseGet(() -> VoiceTwiml.sayAndHangUp(HandOverWords.GOODBYE)));
    }

    private Optional<Invitation> invitation(HandOver handOver, CallOrigin origin) {
        Tenant tenant = tenants.byId(handOver.call().tenantId()).orElse(null);
        if (tenant == null || !invitation.agentsConfigured()) {
            return Optional.empty();
        }
        return Optional.ofNullable(origin.agentId())
                .or(() -> invitation.agentOf(tenant))
                .map(agent -> Invitation.of(
                                handOver.call(), tenant, agent, origin.customer(), origin.direction(), clock.instant())
                        .resumed(Resume.HANDED_BACK)
                        .briefed());
    }
}
