package dev.throughline.telephony.initiation;

import dev.throughline.events.CallEvent.Path;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.telephony.call.CallAnnouncer;
import dev.throughline.telephony.call.CallOrigin;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.call.CallSids;
import dev.throughline.telephony.call.CallStatus;
import dev.throughline.telephony.stream.StreamInvitation;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Tells of calls that ElevenLabs carries by itself: its question how to begin is the only word we get of them. How they end, nobody says;
 * the reaper asks.
 */
@Singleton
final class NativeCalls {

    private static final Logger LOG = Logger.getLogger(NativeCalls.class);

    private final CallAnnouncer announcer;
    private final StreamInvitation agents;

    NativeCalls(CallAnnouncer announcer, StreamInvitation agents) {
        this.announcer = announcer;
        this.agents = agents;
    }

    /**
     * Writes the call and {@code call.started}, unless it is known already; does nothing for a question without Twilio's CallSid. Never
     * fails: a call must not die because it could not be written down.
     */
    Uni<Void> announce(InitiationQuestion question, Tenant tenant, UUID leadId, boolean outbound) {
        if (!CallSids.valid(question.callSid())) {
            return Uni.createFrom().voidItem();
        }
        CallParties parties = new CallParties(question.callSid(), tenant.id(), leadId);
        String agent = agents.agentOf(tenant).orElse(null);
        CallOrigin origin = outbound
                ? CallOrigin.outbound(Path.NATIVE, question.callerId(), question.calledNumber(), agent)
                : CallOrigin.inbound(Path.NATIVE, question.callerId(), question.calledNumber(), agent);
        return announcer
                .announce(parties, origin, CallStatus.RINGING)
                .onFailure()
                .invoke(failure -> LOG.error("a call of ElevenLabs' own could not be announced", failure))
                .onFailure()
                .recoverWithNull();
    }
}
