package dev.throughline.mediabridge.session;

import dev.throughline.events.CallEvent.AnsweredBy;
import dev.throughline.events.CallEvent.HandOver;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.context.LeadContext;
import dev.throughline.mediabridge.admission.CallFacts;
import dev.throughline.mediabridge.agent.EventLoop;
import dev.throughline.mediabridge.opening.Openings;
import dev.throughline.platform.context.LeadNews;
import dev.throughline.platform.context.LeadWords;
import java.time.Instant;

/**
 * What happens to the lead while its call is live: it is told to the agent, and a call that a human took is known to have been taken. News
 * come on a reading thread and are handled on the call's event loop.
 */
final class LeadSide implements LeadNews.Subscriber {

    private final BridgeSession session;
    private final EventLoop loop;
    private boolean contextTold;
    private boolean handedOver;

    LeadSide(BridgeSession session, EventLoop loop) {
        this.session = session;
        this.loop = loop;
    }

    /** Whether a human has taken the call. */
    boolean isHandedOver() {
        return handedOver;
    }

    @Override
    public void onEvent(ChannelEvent event) {
        loop.run(() -> session.guarded(() -> session.state().facts().ifPresent(call -> onEvent(event, call))));
    }

    @Override
    public void onContext(LeadContext context) {
        loop.run(() -> session.guarded(() -> {
            CallFacts call = session.state().facts().orElse(null);
            Conversation talk = session.conversation();
            if (call != null && talk != null && !contextTold && talk.lacksHistory()) {
                Openings.late(call, context, Instant.now()).ifPresent(text -> {
                    contextTold = true;
                    talk.inform(text);
                });
            }
        }));
    }

    private void onEvent(ChannelEvent event, CallFacts call) {
        if (event instanceof HandOver handOver && handOver.callId().equals(call.callId())) {
            handedOver = isTaken(handOver.stage(), handedOver);
        } else if (event instanceof AnsweredBy answer && answer.callId().equals(call.callId())) {
            session.answeredBy(answer.answeredBy());
        }
        Conversation talk = session.conversation();
        if (talk != null) {
            LeadWords.of(event, call.tenant().zone()).ifPresent(talk::inform);
        }
    }

    /** A human who accepted may still not get the call; whatever comes after that, the agent has it. */
    private static boolean isTaken(HandOver.Stage stage, boolean before) {
        return switch (stage) {
            case ACCEPTED -> true;
            case REQUESTED, RINGING -> before;
            case BUSY, NO_ANSWER, DECLINED, VOICEMAIL, FAILED, CALLER_GONE, RETURNED, ENDED -> false;
        };
    }
}
