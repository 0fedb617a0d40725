package dev.throughline.telephony.conference;

import dev.throughline.events.CallEvent.Path;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.telephony.call.Bounded;
import dev.throughline.telephony.call.CallOrigin;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.call.CallRow;
import dev.throughline.telephony.call.KnownCalls;
import dev.throughline.telephony.stream.Invitation;
import dev.throughline.telephony.stream.Invitation.Resume;
import dev.throughline.telephony.stream.LegInvitations;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** How a bridge is told of the agent's own leg in a room: whose call it is stands on the customer's leg. */
@Singleton
final class AgentInvitations implements LegInvitations {

    private final Rooms rooms;
    private final AgentTokens tokens;
    private final KnownCalls calls;
    private final TenantDirectory tenants;
    private final ConferenceConfig config;

    AgentInvitations(
            Rooms rooms, AgentTokens tokens, KnownCalls calls, TenantDirectory tenants, ConferenceConfig config) {
        this.rooms = rooms;
        this.tokens = tokens;
        this.calls = calls;
        this.tenants = tenants;
        this.config = config;
    }

    /** The invitation into a room; empty when it has ended, or wants no agent. Fails when the database does not answer. */
    Uni<Optional<Invitation>> of(String legSid, String roomName, Instant webhookAt) {
        return rooms.find(roomName).chain(found -> {
            Room room = found.filter(known -> !known.ended()).orElse(null);
            Tenant tenant = room == null ? null : tenants.byId(room.tenantId()).orElse(null);
            String agentId = room == null ? null : room.agentId();
            if (room == null || tenant == null || agentId == null) {
                return Uni.createFrom().item(Optional.empty());
            }
            return of(legSid, room, tenant, agentId, webhookAt).map(Optional::of);
        });
    }

    @Override
    public Uni<Optional<Invitation>> again(String legSid, Instant webhookAt) {
        return Bounded.within(config.databaseWait(), tokens.roomOf(legSid))
                .chain(name -> name.isEmpty()
                        ? Uni.createFrom().item(Optional.<Invitation>empty())
                        : of(legSid, name.get(), webhookAt))
                .map(found -> found.map(invitation -> invitation.resumed(Resume.BRIDGE_LOST)));
    }

    private Uni<Invitation> of(String legSid, Room room, Tenant tenant, String agentId, Instant webhookAt) {
        String customersLeg = customersLeg(room).orElse(legSid);
        CallParties parties = new CallParties(customersLeg, room.tenantId(), room.leadId());
        LogIds.of().lead(parties.leadId()).tenant(parties.tenantId());
        return calls.find(customersLeg)
                .onFailure()
                .recoverWithItem(Optional.empty())
                .map(known -> known.map(CallRow::origin)
                        .orElseGet(() -> CallOrigin.outbound(Path.CONFERENCE, "", "", agentId)))
                .map(origin -> {
                    Invitation anew =
                            Invitation.of(parties, tenant, agentId, origin.customer(), origin.direction(), webhookAt);
                    return (madeForTheRoom(origin)
                                    ? anew
                                    : anew.resumed(Resume.HANDED_BACK).briefed())
                            .inConference(legSid);
                });
    }

    /** The agent of another call has talked to the customer before, and is told what happened. */
    private static boolean madeForTheRoom(CallOrigin origin) {
        return origin.path() == Path.CONFERENCE;
    }

    /** The leg of the phone that is there or was there first. */
    private static Optional<String> customersLeg(Room room) {
        return room.participants().stream()
                .filter(one -> one.role() == Role.PHONE && one.callSid() != null)
                .findFirst()
                .map(Participant::callSid);
    }
}
