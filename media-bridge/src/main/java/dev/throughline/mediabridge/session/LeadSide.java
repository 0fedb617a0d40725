package dev.throughline.mediabridge.session;

import dev.throughline.events.CallEvent.HandOver;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.OperatorEvent.Whisper;
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
        onLoop((call, talk) -> {
            handedOver |= event instanceof HandOver handOver
                    && handOver.stage() == HandOver.Stage.ACCEPTED
                    && handOver.callId().equals(call.callId());
            if (!(event instanceof Whisper whisper) || whisper.isFor(call.callId())) {
                LeadWords.of(event, call.tenant().zone()).ifPresent(talk::inform);
            }
        });
    }

    @Override
    public void onContext(LeadContext context) {
        onLoop((call, talk) -> {
            if (!contextTold && talk.lacksHistory()) {
                Openings.late(call, context, Instant.now()).ifPresent(text -> {
                    contextTold = true;
                    talk.inform(text);
                });
            }
        });
    }

    private interface Step {
        void run(CallFacts call, Conversation talk);
    }

    private void onLoop(Step step) {
        loop.run(() -> session.guarded(() -> {
            CallFacts call = session.state().facts().orElse(null);
            Conversation talk = session.conversation();
            if (call != null && talk != null) {
                step.run(call, talk);
            }
        }));
    }
}
