package dev.throughline.simulator.twilio.call;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a call's instructions and callbacks go.
 *
 * @param first what is executed when the call comes in or is answered
 * @param statusEvents subset of {@code initiated ringing answered completed}
 */
record CallWebhooks(
        TwimlSource first,
        @Nullable String fallbackUrl,
        String fallbackMethod,
        @Nullable String statusCallback,
        String statusMethod,
        Set<String> statusEvents) {}
