package dev.throughline.simulator.twilio.call;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a call's instructions and callbacks go.
 *
 * @param first what is executed when the call comes in or is answered
 * @param afterwards where a leg goes when a document has run out of verbs, once; null ends the call
 * @param statusEvents subset of {@code initiated ringing answered completed}
 */
record CallWebhooks(
        TwimlSource first,
        @Nullable String fallbackUrl,
        String fallbackMethod,
        @Nullable String statusCallback,
        String statusMethod,
        Set<String> statusEvents,
        @Nullable TwimlSource afterwards) {

    /** Webhooks of a call that ends with its TwiML. */
    CallWebhooks(
            TwimlSource first,
            @Nullable String fallbackUrl,
            String fallbackMethod,
            @Nullable String statusCallback,
            String statusMethod,
            Set<String> statusEvents) {
        this(first, fallbackUrl, fallbackMethod, statusCallback, statusMethod, statusEvents, null);
    }

    /** The same callbacks for another beginning. */
    CallWebhooks startingWith(TwimlSource source) {
        return new CallWebhooks(
                source, fallbackUrl, fallbackMethod, statusCallback, statusMethod, statusEvents, afterwards);
    }
}
