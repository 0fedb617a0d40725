package dev.throughline.telephony.outbound;

import org.jspecify.annotations.Nullable;

/**
 * What became of a call out.
 *
 * @param fromNumber who calls, E.164; null until a native call's number is chosen
 * @param callSid null until it is known
 * @param conversationId ElevenLabs', null until it is known, and for calls of the bridge
 * @param refusal why there is no call; null otherwise
 * @param answeredBy null until machine detection spoke
 * @param checks how often the background has looked for it
 */
record Progress(
        OutboundState state,
        @Nullable String fromNumber,
        @Nullable String callSid,
        @Nullable String conversationId,
        @Nullable Refusal refusal,
        @Nullable String answeredBy,
        int checks) {

    static Progress begun(@Nullable String fromNumber) {
        return new Progress(OutboundState.PLACING, fromNumber, null, null, null, null, 0);
    }

    Progress from(String number) {
        return new Progress(state, number, callSid, conversationId, refusal, answeredBy, checks);
    }

    /** What is known already stays. */
    Progress placed(@Nullable String sid, @Nullable String conversation) {
        return new Progress(
                OutboundState.PLACED,
                fromNumber,
                callSid == null ? sid : callSid,
                conversationId == null ? conversation : conversationId,
                null,
                answeredBy,
                checks);
    }

    Progress ended(OutboundState without, @Nullable Refusal why) {
        return new Progress(without, fromNumber, callSid, conversationId, why, answeredBy, checks);
    }
}
