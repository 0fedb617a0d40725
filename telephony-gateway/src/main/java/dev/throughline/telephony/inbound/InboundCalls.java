package dev.throughline.telephony.inbound;

import dev.throughline.events.CallEvent.Path;
import dev.throughline.events.tenant.CallAnswer;
import dev.throughline.events.tenant.CallSettings;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.Tenant.VoicePath;
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
import dev.throughline.telephony.inbound.InboundDecision.Answer;
import dev.throughline.telephony.inbound.InboundDecision.Circumstances;
import dev.throughline.telephony.inbound.InboundDecision.Connect;
import dev.throughline.telephony.stream.Invitation;
import dev.throughline.telephony.stream.StreamInvitation;
import dev.throughline.telephony.twilio.Sentence;
import dev.throughline.telephony.twilio.VoiceTwiml.Fallback;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Answers a call to the agent. */
@Singleton
public final class InboundCalls {

    private static final Logger LOG = Logger.getLogger(InboundCalls.class);

    private final CalledTenant tenants;
    private final InboundCircumstances circumstances;
    private final RegisteredCalls registered;
    private final StreamInvitation invitation;
    private final CallAnnouncer announcer;
    private final Replies replies;
    private final CallMetrics metrics;

    InboundCalls(
            CalledTenant tenants,
            InboundCircumstances circumstances,
            RegisteredCalls registered,
            StreamInvitation invitation,
            CallAnnouncer announcer,
            Replies replies,
            CallMetrics metrics) {
        this.tenants = tenants;
        this.circumstances = circumstances;
        this.registered = registered;
        this.invitation = invitation;
        this.announcer = announcer;
        this.replies = replies;
        this.metrics = metrics;
    }

    /** @param outcome the word of the metric and the log */
    private record Answered(String outcome, String twiml) {}

    /** The TwiML for a call. Never fails: what breaks is told to the caller. */
    public Uni<String> answer(CallWebhook call) {
        LOG.infof("incoming call from %s to %s", Masked.number(call.from()), Masked.number(call.to()));
        return Uni.createFrom()
                .deferred(() -> decide(call))
                .onFailure()
                .recoverWithItem(failure -> failed(call, failure))
                .invoke(answered -> {
                    LOG.infof("call answered: %s", answered.outcome());
                    metrics.answered(answered.outcome());
                })
                .map(Answered::twiml);
    }

    private Uni<Answered> decide(CallWebhook call) {
        Optional<Tenant> called = tenants.of(call);
        if (called.isEmpty()) {
            return reply(call, InboundDecision.NOT_IN_SERVICE);
        }
        Circumstances now = circumstances.of(call, called.get());
        return act(call, InboundDecision.of(called.get(), call.from(), now), now);
    }

    private Uni<Answered> act(CallWebhook call, InboundDecision decision, Circumstances now) {
        return switch (decision) {
            case Connect connect -> connect(call, connect, now);
            case Answer answer -> reply(call, answer);
        };
    }

    private Uni<Answered> connect(CallWebhook call, Connect connect, Circumstances now) {
        Tenant tenant = connect.tenant();
        CallParties parties = parties(call, tenant);
        Integer limit = limit(tenant);
        return tenant.voicePath() == VoicePath.REGISTER
                ? register(call, parties, connect, now, limit)
                : announce(call, connect, now, limit, bridge(call, parties, connect), parties);
    }

    /** A place is taken before ElevenLabs is asked: nobody is to wait there for a call that will not come. */
    private Uni<Answered> register(
            CallWebhook call, CallParties parties, Connect connect, Circumstances now, @Nullable Integer limit) {
        return announcer
                .reserve(limit, parties, origin(Path.REGISTER, call, connect))
                .chain(free -> free
                        ? registered(call, parties, connect)
                                .chain(way -> announce(call, connect, now, null, way, parties))
                        : overLimit(call, connect.tenant(), now));
    }

    private Uni<Answered> announce(
            CallWebhook call,
            Connect connect,
            Circumstances now,
            @Nullable Integer limit,
            Way way,
            CallParties parties) {
        return announcer
                .announceUnder(limit, parties, way.origin(), call.status())
                .chain(announced -> announced
                        ? Uni.createFrom().item(new Answered("connected", way.twiml()))
                        : overLimit(call, connect.tenant(), now));
    }

    private Uni<Answered> overLimit(CallWebhook call, Tenant tenant, Circumstances now) {
        return act(call, InboundDecision.of(tenant, call.from(), now.overLimit()), now);
    }

    /** @param twiml made before the call is announced: one that cannot be connected is not announced as connected */
    private record Way(CallOrigin origin, String twiml) {}

    private Uni<Way> registered(CallWebhook call, CallParties parties, Connect connect) {
        return registered
                .twiml(call, parties, connect.tenant(), connect.agentId())
                .map(twiml -> twiml.map(text -> new Way(origin(Path.REGISTER, call, connect), text))
                        .orElseGet(() -> bridge(call, parties, connect)));
    }

    private Way bridge(CallWebhook call, CallParties parties, Connect connect) {
        if (connect.tenant().voicePath() == VoicePath.NATIVE) {
            LOG.warn("the number of a tenant with voicePath NATIVE asks us, not ElevenLabs: import it there, or set"
                    + " another voicePath; the call goes by the bridge");
            metrics.misconfigured("native-number");
        }
        String twiml = invitation.twiml(
                Invitation.inbound(parties, connect.tenant(), connect.agentId(), call.from(), call.receivedAt()));
        return new Way(origin(Path.BRIDGE, call, connect), twiml);
    }

    private static CallOrigin origin(Path path, CallWebhook call, Connect connect) {
        return CallOrigin.inbound(path, call.from(), call.to(), connect.agentId());
    }

    /** Null when the tenant sets no limit, or wants the agent to answer beyond it too. */
    private static @Nullable Integer limit(Tenant tenant) {
        CallSettings calls = tenant.settings().calls();
        boolean agentAnyway = calls.overLimit() != null && calls.overLimit().kind() == CallAnswer.Kind.AGENT;
        return agentAnyway ? null : calls.maxConcurrentCalls();
    }

    private Uni<Answered> reply(CallWebhook call, Answer answer) {
        if (answer.tenant().isEmpty() || !answer.kept()) {
            return Uni.createFrom().item(() -> new Answered(answer.outcome(), replies.twiml(answer.reply(), null)));
        }
        CallParties parties = parties(call, answer.tenant().get());
        String twiml = replies.twiml(answer.reply(), parties);
        CallOrigin origin = CallOrigin.inbound(Path.DIRECT, call.from(), call.to(), null);
        return announcer.announce(parties, origin, call.status()).replaceWith(new Answered(answer.outcome(), twiml));
    }

    private static CallParties parties(CallWebhook call, Tenant tenant) {
        CallParties parties = CallParties.of(call.callSid(), tenant, call.from());
        LogIds.of().lead(parties.leadId()).tenant(parties.tenantId());
        return parties;
    }

    private Answered failed(CallWebhook call, Throwable failure) {
        LOG.error("call could not be connected", failure);
        Fallback business =
                tenants.of(call).map(tenant -> Fallback.of(tenant, call.from())).orElse(null);
        String sorry = Sentence.ERROR.words();
        return new Answered(
                "error",
                replies.twiml(business == null ? new Reply.Say(sorry) : new Reply.Ring(sorry, business), null));
    }
}
