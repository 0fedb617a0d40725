package dev.throughline.telephony.stream;

import dev.throughline.events.CallEvent.Direction;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.telephony.call.CallParties;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a bridge is told about a call whose audio it is to carry.
 *
 * @param legSid the CallSid of the leg whose stream it is: the customer's own, or in a conference the agent's
 * @param call whose call it is; its CallSid is the customer's leg
 * @param agentId the ElevenLabs agent
 * @param customer the customer's address as Twilio said it
 * @param resume why the agent comes in anew; null at the call's beginning
 * @param briefing whether {@code GET /internal/calls/…/briefing} has something to say
 * @param detecting whether it is still being found out if a machine has answered, and the agent is to say nothing before
 * @param webhookAt when Twilio asked for the TwiML that this goes into
 */
public record Invitation(
        String legSid,
        CallParties call,
        Tenant tenant,
        String agentId,
        String customer,
        Direction direction,
        Role role,
        @Nullable Resume resume,
        boolean briefing,
        boolean detecting,
        Instant webhookAt) {

    /** Who is heard at the other end of the stream. */
    public enum Role {
        /** The customer alone. */
        CALLER,
        /** The mix of a conference. */
        CONFERENCE_AI;

        String wire() {
            return Invitation.wire(this);
        }
    }

    /** Why an agent joins a call that is already under way. */
    public enum Resume {
        /** The bridge that carried the call is gone. */
        BRIDGE_LOST,
        /** A human has the call no longer. */
        HANDED_BACK;

        String wire() {
            return Invitation.wire(this);
        }
    }

    /** A call that came to us. */
    public static Invitation inbound(
            CallParties call, Tenant tenant, String agentId, String customer, Instant webhookAt) {
        return of(call, tenant, agentId, customer, Direction.INBOUND, webhookAt);
    }

    /** A call that we made. */
    public static Invitation outbound(
            CallParties call, Tenant tenant, String agentId, String customer, Instant webhookAt) {
        return of(call, tenant, agentId, customer, Direction.OUTBOUND, webhookAt);
    }

    /** The beginning of a call of either direction. */
    public static Invitation of(
            CallParties call, Tenant tenant, String agentId, String customer, Direction direction, Instant webhookAt) {
        return new Invitation(
                call.callSid(), call, tenant, agentId, customer, direction, Role.CALLER, null, false, false, webhookAt);
    }

    /** The same call, its agent being a conference's participant on a leg of its own. */
    public Invitation inConference(String agentsLegSid) {
        return new Invitation(
                agentsLegSid,
                call,
                tenant,
                agentId,
                customer,
                direction,
                Role.CONFERENCE_AI,
                resume,
                briefing,
                detecting,
                webhookAt);
    }

    /** The same call, under way already; who answered it is no longer waited for. */
    public Invitation resumed(Resume why) {
        return new Invitation(
                legSid, call, tenant, agentId, customer, direction, role, why, briefing, false, webhookAt);
    }

    /** The same call, with a briefing to be fetched. */
    public Invitation briefed() {
        return new Invitation(
                legSid, call, tenant, agentId, customer, direction, role, resume, true, detecting, webhookAt);
    }

    /** The same call, whose agent says nothing until machine detection has told who answered. */
    public Invitation silentUntilDetected() {
        return new Invitation(
                legSid, call, tenant, agentId, customer, direction, role, resume, briefing, true, webhookAt);
    }

    private static String wire(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
