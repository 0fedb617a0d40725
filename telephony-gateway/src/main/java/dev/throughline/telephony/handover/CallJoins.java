package dev.throughline.telephony.handover;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.twilio.SendOutcome;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.briefing.Briefings;
import dev.throughline.telephony.call.Bounded;
import dev.throughline.telephony.call.CallRepository;
import dev.throughline.telephony.call.CallRow;
import dev.throughline.telephony.conference.ConferenceConfig;
import dev.throughline.telephony.conference.Participant;
import dev.throughline.telephony.conference.Role;
import dev.throughline.telephony.conference.Room;
import dev.throughline.telephony.conference.RoomAddress;
import dev.throughline.telephony.conference.RoomLines;
import dev.throughline.telephony.conference.RoomTasks;
import dev.throughline.telephony.conference.Rooms;
import dev.throughline.telephony.stream.StreamInvitation;
import dev.throughline.telephony.twilio.CallChange;
import dev.throughline.telephony.twilio.ConferenceTwiml;
import dev.throughline.telephony.twilio.TwilioCall;
import dev.throughline.telephony.twilio.TwilioCalls;
import dev.throughline.telephony.twilio.TwilioProblems;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Moves a live call into a room in which others can listen and speak. The agent comes along in a leg of its own, once the caller is
 * there; for the moment in between the caller hears silence.
 */
@Singleton
final class CallJoins {

    private final Pool pool;
    private final CallRepository calls;
    private final HandOverRepository handOvers;
    private final Rooms rooms;
    private final RoomLines lines;
    private final RoomTasks tasks;
    private final Briefings briefings;
    private final StreamInvitation agents;
    private final TenantDirectory tenants;
    private final TwilioCalls twilio;
    private final ConferenceConfig config;
    private final Clock clock;

    CallJoins(
            Pool pool,
            CallRepository calls,
            HandOverRepository handOvers,
            Rooms rooms,
            RoomLines lines,
            RoomTasks tasks,
            Briefings briefings,
            StreamInvitation agents,
            TenantDirectory tenants,
            TwilioCalls twilio,
            ConferenceConfig config,
            Clock clock) {
        this.pool = pool;
        this.calls = calls;
        this.handOvers = handOvers;
        this.rooms = rooms;
        this.lines = lines;
        this.tasks = tasks;
        this.briefings = briefings;
        this.agents = agents;
        this.tenants = tenants;
        this.twilio = twilio;
        this.config = config;
        this.clock = clock;
    }

    /** A room for the call; {@code made} false where the call was in it already. */
    private record Place(Room room, boolean made) {}

    /**
     * The room the call is in, or is moved into now.
     *
     * @throws Problem 404 for a call that is not the tenant's or is over, 409 where it cannot be moved
     */
    Uni<Room> join(String callSid, UUID tenantId) {
        return Bounded.within(config.databaseWait(), pool.withTransaction(tx -> calls.lock(tx, callSid)
                        .chain(call -> place(tx, callSid, tenantId, call))))
                .chain(place -> place.made()
                        ? move(place.room(), callSid)
                        : Uni.createFrom().item(place.room()));
    }

    private Uni<Place> place(SqlClient tx, String callSid, UUID tenantId, @Nullable CallRow call) {
        CallRow live = HandOverRequests.live(call, tenantId);
        HandOverRequests.checkOurs(live);
        return handOvers.underWay(tx, callSid).chain(underWay -> {
            if (underWay.isPresent()) {
                throw Problem.conflict("HAND_OVER_UNDER_WAY", "This call is on its way to a human, or with one.");
            }
            return rooms.roomOf(tx, callSid)
                    .chain(known -> known.map(room -> Uni.createFrom().item(new Place(room, false)))
                            .orElseGet(() -> make(tx, live).map(room -> new Place(room, true))));
        });
    }

    private Uni<Room> make(SqlClient tx, CallRow call) {
        Instant now = clock.instant();
        UUID tenantId = call.parties().tenantId();
        Optional<Tenant> tenant = tenants.byId(tenantId);
        String agent = Optional.ofNullable(call.origin().agentId())
                .or(() -> tenant.flatMap(agents::agentOf))
                .orElse(null);
        Room room = Room.planned(rooms.newName(), tenantId, call.parties().leadId(), agent, now)
                .with(Participant.invited(
                        UUID.randomUUID(),
                        HandOverCalls.CALLER,
                        Role.PHONE,
                        call.parties().callSid(),
                        now));
        return rooms.create(tx, room)
                .chain(() -> briefings.put(tx, call.parties().callSid(), tenantId, Map.of(), HandOverWords.IN_ROOM))
                .replaceWith(room);
    }

    private Uni<Room> move(Room room, String callSid) {
        String twiml =
                ConferenceTwiml.join(lines.seat(RoomAddress.of(room), HandOverCalls.CALLER, true, false, null, false));
        return twilio.update(callSid, new CallChange.Twiml(twiml)).chain(outcome -> switch (outcome) {
            case SendOutcome.Accepted<TwilioCall> accepted -> Uni.createFrom().item(room);
            // The room's callbacks tell whether the caller came.
            case SendOutcome.Unclear<TwilioCall> unclear -> Uni.createFrom().item(room);
            case SendOutcome.Refused<TwilioCall> refused ->
                tasks.end(room).chain(() -> Uni.createFrom().failure(TwilioProblems.of(refused)));
        });
    }
}
