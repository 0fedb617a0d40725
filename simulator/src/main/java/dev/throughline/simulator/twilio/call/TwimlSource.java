package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.webhook.WebhookKind;
import java.util.Map;

/** Where a call's next instructions come from. */
sealed interface TwimlSource {

    /** @param extra parameters beside the call's own, such as Connect's StreamSid */
    record Fetch(WebhookKind kind, String method, String url, Map<String, String> extra) implements TwimlSource {}

    /** TwiML given in a REST request. */
    record Inline(String twiml) implements TwimlSource {}

    /** No instructions: the leg goes to a place and the call ends when it leaves. */
    record Join(Place place) implements TwimlSource {}

    /** Where a leg without TwiML of its own stays: at the side of who dialled it, or in a conference. */
    @FunctionalInterface
    interface Place {
        void stay(LiveCall leg) throws CallInterrupted;
    }
}
