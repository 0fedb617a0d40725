package dev.throughline.mediabridge.admission;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.mediabridge.events.BridgeEvents;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a verified token says of a call.
 *
 * @param callSid Twilio's id of the leg whose stream this is
 * @param callId Twilio's id of the customer's leg: the same, except for the agent's own leg in a conference
 * @param agentId the ElevenLabs agent
 * @param customerPhone E.164; null when withheld or not told
 * @param role whose leg this is
 * @param resume whether the call was at a bridge before
 * @param briefed whether telephony-gateway has a briefing for it
 * @param detecting whether machine detection has not told yet who answered
 * @param webhookMillis from the webhook's arrival to its TwiML, -1 when not told
 * @param issuedMillis when the TwiML was made, epoch milliseconds by telephony-gateway's clock; -1 when not told
 * @param traceparent W3C trace context of the webhook; null when not told
 * @param since when the token was accepted
 */
public record CallFacts(
        String callSid,
        String callId,
        Tenant tenant,
        UUID leadId,
        String agentId,
        @Nullable String customerPhone,
        Role role,
        Resume resume,
        boolean briefed,
        boolean detecting,
        long webhookMillis,
        long issuedMillis,
        @Nullable String traceparent,
        Instant since) {

    /** Whose events they are. */
    public BridgeEvents.Call call() {
        return new BridgeEvents.Call(callId, tenant.id(), leadId);
    }

    /** Whose leg a stream is. */
    public enum Role {
        /** The customer's: the call. */
        CALLER,
        /** The agent's own leg in a conference; its end is nobody else's. */
        CONFERENCE_AI
    }

    /** Where a call comes from that was at a bridge before. */
    public enum Resume {
        /** It was not. */
        NONE,
        /** That bridge vanished. */
        BRIDGE_LOST,
        /** A human had it in between. */
        HANDED_BACK
    }
}
