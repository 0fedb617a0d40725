package dev.throughline.telephony.inbound;

import dev.throughline.events.CallEvent.Path;
import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.logging.Masked;
import dev.throughline.telephony.call.CallAnnouncer;
import dev.throughline.telephony.call.CallMetrics;
import dev.throughline.telephony.call.CallOrigin;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.call.CallWebhook;
import dev.throughline.telephony.call.CalledTenant;
import dev.throughline.telephony.stream.Invitation;
import dev.throughline.telephony.stream.StreamInvitation;
import dev.throughline.telephony.twilio.Sentence;
import dev.throughline.telephony.twilio.VoiceTwiml;
import dev.throughline.telephony.twilio.VoiceTwiml.Fallback;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Answers a call to the agent. */
@Singleton
final class InboundCalls {

    private static final Logger LOG = Logger.getLogger(InboundCalls.class);

    private final CallerRate rate;
    private final CalledTenant tenants;
    private final StreamInvitation invitation;
    private final CallAnnouncer announcer;
    private final CallMetrics metrics;

    InboundCalls(
            CallerRate rate,
            CalledTenant tenants,
            StreamInvitation invitation,
            CallAnnouncer announcer,
            CallMetrics metrics) {
        this.rate = rate;
        this.tenants = tenants;
        this.invitation = invitation;
        this.announcer = announcer;
        this.metrics = metrics;
    }

    /** The TwiML for a call. Never fails: what breaks is told to the caller. */
    Uni<String> answer(CallWebhook call) {
        LogIds.of().call(call.callSid());
        LOG.infof("incoming call from %s to %s", Masked.number(call.from()), Masked.number(call.to()));
        return Uni.createFrom()
                .deferred(() -> decide(call))
                .onFailure()
                .recoverWithItem(failure -> failed(call, failure));
    }

    private Uni<String> decide(CallWebhook call) {
        if (!rate.admits(call.callSid(), call.from(), call.to())) {
            LOG.warn("call rejected: the caller's allowance is used up");
            metrics.answered("rate-limited");
            return Uni.createFrom().item(VoiceTwiml.rejectAsBusy());
        }
        InboundDecision decision =
                InboundDecision.of(tenants.of(call), invitation.agentsConfigured(), invitation::agentOf);
        Uni<String> twiml =
                switch (decision) {
                    case InboundDecision.Connect connect -> connect(call, connect);
                    case InboundDecision.Speak speak -> speak(call, speak);
                };
        return twiml.invoke(() -> {
            LOG.infof("call answered: %s", decision.outcome());
            metrics.answered(decision.outcome());
        });
    }

    private Uni<String> connect(CallWebhook call, InboundDecision.Connect connect) {
        CallParties parties = CallParties.of(call.callSid(), connect.tenant(), call.from());
        LogIds.of().lead(parties.leadId()).tenant(parties.tenantId());
        // Minted first: a call that cannot be connected is not announced as connected.
        String twiml = invitation.twiml(
                Invitation.inbound(parties, connect.tenant(), connect.agentId(), call.from(), call.receivedAt()));
        CallOrigin origin = CallOrigin.inbound(Path.BRIDGE, call.from(), call.to(), connect.agentId());
        return announcer.announce(parties, origin, call.status()).replaceWith(twiml);
    }

    private Uni<String> speak(CallWebhook call, InboundDecision.Speak speak) {
        if (speak.tenant() == null) {
            return Uni.createFrom()
                    .item(VoiceTwiml.sayAndHangUp(speak.sentence().words()));
        }
        CallParties parties = CallParties.of(call.callSid(), speak.tenant(), call.from());
        LogIds.of().lead(parties.leadId()).tenant(parties.tenantId());
        String twiml = VoiceTwiml.sayThenRing(speak.sentence().words(), Fallback.of(speak.tenant(), call.from()));
        CallOrigin origin = CallOrigin.inbound(Path.DIRECT, call.from(), call.to(), null);
        return announcer.announce(parties, origin, call.status()).replaceWith(twiml);
    }

    private String failed(CallWebhook call, Throwable failure) {
        LOG.error("call could not be connected", failure);
        metrics.answered("error");
        return VoiceTwiml.sayThenRing(
                Sentence.ERROR.words(),
                tenants.of(call).map(tenant -> Fallback.of(tenant, call.from())).orElse(null));
    }
}
