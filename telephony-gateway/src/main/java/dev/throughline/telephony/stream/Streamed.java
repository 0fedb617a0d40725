package dev.throughline.telephony.stream;

import dev.throughline.events.CallEvent.Direction;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.telephony.call.CallOrigin;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.stream.Invitation.Resume;
import dev.throughline.telephony.twilio.VoiceTwiml.Fallback;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The call whose stream has ended.
 *
 * @param tenant empty when it is nobody's
 * @param parties null when it is nobody's
 */
record Streamed(Optional<Tenant> tenant, @Nullable CallParties parties, CallOrigin origin) {

    /** How another bridge is asked to take over; empty when there is no agent for it. */
    Optional<Invitation> invitation(StreamInvitation invitations, Instant webhookAt) {
        CallParties call = parties;
        if (tenant.isEmpty() || call == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(origin.agentId())
                .or(() -> invitations.agentOf(tenant.get()))
                .map(agent -> Invitation.of(call, tenant.get(), agent, origin.customer(), origin.direction(), webhookAt)
                        .resumed(Resume.BRIDGE_LOST))
                // A call of ours was made for a reason, and the reason is in its briefing.
                .map(again -> origin.direction() == Direction.OUTBOUND ? again.briefed() : again);
    }

    /** Whom to ring instead; null when there is nobody, and on a call of ours, which nobody waits for. */
    @Nullable Fallback fallback() {
        return origin.direction() == Direction.OUTBOUND
                ? null
                : tenant.map(called -> Fallback.of(called, origin.customer())).orElse(null);
    }
}
