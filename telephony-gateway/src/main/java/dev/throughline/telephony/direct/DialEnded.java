package dev.throughline.telephony.direct;

import dev.throughline.telephony.answer.Replies;
import dev.throughline.telephony.answer.Reply;
import dev.throughline.telephony.call.CallWebhook;
import dev.throughline.telephony.call.KnownCalls;
import dev.throughline.telephony.twilio.VoiceTwiml;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/** How a call goes on after the business was rung (Twilio, <i>TwiML: Dial</i>, action). */
@Singleton
public final class DialEnded {

    private static final Logger LOG = Logger.getLogger(DialEnded.class);

    private final KnownCalls calls;
    private final Replies replies;

    DialEnded(KnownCalls calls, Replies replies) {
        this.calls = calls;
        this.replies = replies;
    }

    /**
     * The TwiML that follows. Never fails.
     *
     * @param dialStatus Twilio's DialCallStatus
     */
    public Uni<String> next(CallWebhook call, String dialStatus) {
        Optional<Reply> reply = DialOutcome.of(dialStatus, call.status());
        if (reply.isEmpty()) {
            return Uni.createFrom().item(VoiceTwiml.hangUp());
        }
        LOG.infof("the business was not reached: %s", dialStatus);
        return calls.whose(call).map(whose -> replies.twiml(reply.get(), whose.parties()));
    }
}
