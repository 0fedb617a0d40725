package dev.throughline.simulator.twilio.call;

import org.jspecify.annotations.Nullable;

/**
 * What does not change about a call leg.
 *
 * @param to empty when a browser called
 * @param direction {@code inbound}, {@code outbound-api} or {@code outbound-dial}
 * @param numberSid the account's number at our end; null for a browser, a SIP address or an app
 * @param parentSid the leg whose {@code <Dial>} made this one
 * @param applicationSid the TwiML App a browser or an {@code app:} address named
 */
record CallFacts(
        String sid,
        String from,
        String to,
        String direction,
        @Nullable String numberSid,
        @Nullable String parentSid,
        @Nullable String applicationSid) {

    static final String INBOUND = "inbound";
    static final String OUTBOUND_API = "outbound-api";
    static final String OUTBOUND_DIAL = "outbound-dial";

    boolean isInbound() {
        return direction.equals(INBOUND);
    }
}
