package dev.throughline.telephony.stream;

import dev.throughline.events.CallEvent.Direction;
import dev.throughline.telephony.answer.Replies;
import dev.throughline.telephony.answer.Reply;
import dev.throughline.telephony.answer.Situation;
import dev.throughline.telephony.briefing.Briefings;
import dev.throughline.telephony.call.Bounded;
import dev.throughline.telephony.call.CallConfig;
import dev.throughline.telephony.call.CallMetrics;
import dev.throughline.telephony.call.CallWebhook;
import dev.throughline.telephony.call.KnownCalls;
import dev.throughline.telephony.call.WhoseCall;
import dev.throughline.telephony.stream.Invitation.Resume;
import dev.throughline.telephony.twilio.Sentence;
import dev.throughline.telephony.twilio.VoiceTwiml;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * How a call goes on now that its socket has closed (Twilio, <i>TwiML: Connect</i>, action). A closed socket says nothing about why; that
 * the bridge reported beforehand, or, when it died, nobody did.
 */
@Singleton
public final class StreamEnded {

    private static final Logger LOG = Logger.getLogger(StreamEnded.class);

    /** How Twilio writes the called party of a leg that runs a TwiML application (Twilio, <i>Participants</i>, To). */
    private static final String OUR_OWN_LEG = "app:";

    private final KnownCalls calls;
    private final LegInvitations legs;
    private final StreamOutcomes outcomes;
    private final StreamInvitation invitations;
    private final Briefings briefings;
    private final Replies replies;
    private final StreamConfig config;
    private final CallConfig callConfig;
    private final CallMetrics metrics;

    StreamEnded(
            KnownCalls calls,
            LegInvitations legs,
            StreamOutcomes outcomes,
            StreamInvitation invitations,
            Briefings briefings,
            Replies replies,
            StreamConfig config,
            CallConfig callConfig,
            CallMetrics metrics) {
        this.calls = calls;
        this.legs = legs;
        this.outcomes = outcomes;
        this.invitations = invitations;
        this.briefings = briefings;
        this.replies = replies;
        this.config = config;
        this.callConfig = callConfig;
        this.metrics = metrics;
    }

    /** The TwiML that follows. Never fails: what breaks is told to the caller. */
    public Uni<String> next(CallWebhook call) {
        return calls.whose(call).chain(whose -> decide(call)
                .chain(next -> act(call, whose, next))
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.error("what comes after the stream is not known", failure);
                    return apology(whose);
                }));
    }

    private Uni<AfterStream> decide(CallWebhook call) {
        if (call.status().terminal()) {
            return Uni.createFrom().item(new AfterStream.HangUp());
        }
        return outcomes.find(call.callSid())
                .map(stream -> AfterStream.of(stream.outcome(), false, stream.resumes(), config.maxResumes()));
    }

    private Uni<String> act(CallWebhook call, WhoseCall whose, AfterStream next) {
        return switch (next) {
            case AfterStream.HangUp ignored -> Uni.createFrom().item(VoiceTwiml.hangUp());
            case AfterStream.Apologise ignored -> Uni.createFrom().item(apology(whose));
            case AfterStream.Resume ignored -> resume(call, whose);
        };
    }

    private Uni<String> resume(CallWebhook call, WhoseCall whose) {
        return invitation(call, whose).chain(again -> {
            if (again.isEmpty() || !invitations.agentsConfigured()) {
                return Uni.createFrom().item(apology(whose));
            }
            return outcomes.takeResume(call.callSid()).chain(taken -> {
                if (!taken) {
                    return Uni.createFrom().item(apology(whose));
                }
                LOG.warn("the bridge, or the line to it, is lost: the call is brought to another");
                metrics.stream("resumed");
                return briefed(again.get()).map(invitations::twiml);
            });
        });
    }

    private Uni<Optional<Invitation>> invitation(CallWebhook call, WhoseCall whose) {
        return call.to().startsWith(OUR_OWN_LEG)
                ? legs.again(call.callSid(), call.receivedAt())
                : Uni.createFrom().item(() -> customers(call, whose));
    }

    private Optional<Invitation> customers(CallWebhook call, WhoseCall whose) {
        var parties = whose.parties();
        if (parties == null) {
            return Optional.empty();
        }
        var origin = whose.origin();
        return whose.tenant().flatMap(tenant -> Optional.ofNullable(origin.agentId())
                .or(() -> invitations.agentOf(tenant))
                .map(agent -> Invitation.of(
                                parties, tenant, agent, origin.customer(), origin.direction(), call.receivedAt())
                        .resumed(Resume.BRIDGE_LOST)));
    }

    private Uni<Invitation> briefed(Invitation invitation) {
        return Bounded.within(
                        callConfig.databaseWait(),
                        briefings.find(invitation.call().callSid()))
                .onFailure()
                .recoverWithItem(Optional.empty())
                .map(briefing -> briefing.isPresent() ? invitation.briefed() : invitation);
    }

    /** Only a caller is sent on: somebody we have called did not ask for anybody. */
    private String apology(WhoseCall whose) {
        metrics.stream("apologised");
        String sorry = Sentence.ERROR.words();
        Reply reply = whose.tenant()
                .filter(tenant -> whose.origin().direction() == Direction.INBOUND)
                .map(tenant -> Situation.AGENT_DOWN.replyOnceAnswered(
                        tenant, whose.origin().customer(), sorry))
                .orElseGet(() -> new Reply.Say(sorry));
        return replies.twiml(reply, whose.parties());
    }
}
