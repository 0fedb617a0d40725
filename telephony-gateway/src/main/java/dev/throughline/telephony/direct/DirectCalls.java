package dev.throughline.telephony.direct;

import dev.throughline.events.CallEvent.Path;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.logging.Masked;
import dev.throughline.telephony.answer.Replies;
import dev.throughline.telephony.answer.Reply;
import dev.throughline.telephony.call.CallAnnouncer;
import dev.throughline.telephony.call.CallMetrics;
import dev.throughline.telephony.call.CallOrigin;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.call.CallWebhook;
import dev.throughline.telephony.call.CalledTenant;
import dev.throughline.telephony.twilio.Sentence;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jboss.logging.Logger;

/** Answers a call to a number without AI. */
@Singleton
public final class DirectCalls {

    private static final Logger LOG = Logger.getLogger(DirectCalls.class);

    private final CalledTenant tenants;
    private final CallAnnouncer announcer;
    private final Replies replies;
    private final CallMetrics metrics;
    private final Clock clock;

    DirectCalls(CalledTenant tenants, CallAnnouncer announcer, Replies replies, CallMetrics metrics, Clock clock) {
        this.tenants = tenants;
        this.announcer = announcer;
        this.replies = replies;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The TwiML for a call. Never fails: what breaks is told to the caller. */
    public Uni<String> answer(CallWebhook call) {
        LOG.infof("incoming call without AI from %s to %s", Masked.number(call.from()), Masked.number(call.to()));
        return tenants.of(call)
                .map(tenant -> greet(call, tenant))
                .orElseGet(() -> said(Sentence.NOT_IN_SERVICE))
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.error("call could not be answered", failure);
                    return said(Sentence.ERROR);
                });
    }

    private Uni<String> greet(CallWebhook call, Tenant tenant) {
        CallParties parties = CallParties.of(call.callSid(), tenant, call.from());
        LogIds.of().lead(parties.leadId()).tenant(parties.tenantId());
        Reply reply = DirectAnswer.of(tenant, call.from(), clock.instant());
        metrics.answered(outcome(reply));
        String twiml = replies.twiml(reply, parties);
        CallOrigin origin = CallOrigin.inbound(Path.DIRECT, call.from(), call.to(), null);
        return announcer.announce(parties, origin, call.status()).replaceWith(twiml);
    }

    private Uni<String> said(Sentence sentence) {
        return Uni.createFrom().item(() -> replies.twiml(new Reply.Say(sentence.words()), null));
    }

    private static String outcome(Reply reply) {
        return switch (reply) {
            case Reply.Ring ignored -> "rung";
            case Reply.TakeMessage ignored -> "message-taken";
            case Reply.Say ignored -> "told-hours";
            case Reply.Reject ignored -> "rejected";
        };
    }
}
