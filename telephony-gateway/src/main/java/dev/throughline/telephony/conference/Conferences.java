package dev.throughline.telephony.conference;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.twilio.SendOutcome;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.conference.Participant.Standing;
import dev.throughline.telephony.twilio.CallChange;
import dev.throughline.telephony.twilio.TwilioCalls;
import dev.throughline.telephony.twilio.TwilioConferences;
import dev.throughline.telephony.twilio.TwilioProblems;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What operators do with rooms. A row is written before Twilio is asked; what Twilio refuses is told with its cure. */
@Singleton
final class Conferences {

    private final Rooms rooms;
    private final RoomTasks tasks;
    private final RoomLines lines;
    private final TwilioConferences twilio;
    private final TwilioCalls calls;
    private final RoomCalls roomCalls;
    private final ConferenceConfig config;

    Conferences(
            Rooms rooms,
            RoomTasks tasks,
            RoomLines lines,
            TwilioConferences twilio,
            TwilioCalls calls,
            RoomCalls roomCalls,
            ConferenceConfig config) {
        this.rooms = rooms;
        this.tasks = tasks;
        this.lines = lines;
        this.twilio = twilio;
        this.calls = calls;
        this.roomCalls = roomCalls;
        this.config = config;
    }

    /**
     * Somebody to ask in.
     *
     * @param label null = one is chosen
     * @param to what Twilio calls; null for the agent
     */
    record Guest(
            Role role, @Nullable String label, @Nullable String to, boolean muted) {}

    /** Asks somebody into a room. @throws Problem when the room is over or full, the label is taken, or Twilio refuses */
    Uni<Room> add(Room room, Tenant tenant, Guest guest, Optional<String> agentId) {
        String from = lines.from(tenant);
        if (guest.role() == Role.AI) {
            return addAgent(room, agentId);
        }
        UUID id = UUID.randomUUID();
        return rooms.change(room.name(), before -> {
                    checkOpen(before);
                    checkRoomFor(before);
                    return before.with(Participant.invited(id, label(before, guest), guest.role(), null, rooms.now()));
                })
                .map(Conferences::orGone)
                .chain(invited -> {
                    String label = invited.participants().stream()
                            .filter(one -> one.id().equals(id))
                            .findFirst()
                            .orElseThrow()
                            .label();
                    return roomCalls.call(
                            invited, new RoomCalls.Call(label, false, from, String.valueOf(guest.to()), guest.muted()));
                });
    }

    /** Mutes, unmutes, holds or takes off hold; null leaves as it is. */
    Uni<Room> change(Room room, String label, @Nullable Boolean muted, @Nullable Boolean onHold) {
        Participant participant = present(room, label);
        return sid(room)
                .chain(sid -> twilio.change(sid, leg(participant), muted, onHold))
                .map(outcome -> accepted(outcome))
                .chain(changed -> rooms.change(
                        room.name(),
                        before -> before.with(participant.id(), one -> one.changed(changed.muted(), changed.onHold()))))
                .map(Conferences::orGone);
    }

    /** Puts somebody out of a room, or stops ringing. */
    Uni<Void> remove(Room room, String label) {
        Participant participant = room.labelled(label)
                .filter(Participant::holdsLabel)
                .orElseThrow(() -> Problem.notFound("Nobody of this label is in the room."));
        if (participant.standing() == Standing.PRESENT) {
            return sid(room)
                    .chain(sid -> twilio.remove(sid, leg(participant)))
                    .map(outcome -> accepted(outcome))
                    .replaceWithVoid();
        }
        Uni<Void> silenced = participant.callSid() == null
                ? Uni.createFrom().voidItem()
                : calls.update(participant.callSid(), new CallChange.HangUp()).replaceWithVoid();
        return silenced.chain(() -> tasks.absent(room.name(), label, "removed"));
    }

    /** Ends a room for all; one that is over stays so. */
    Uni<Void> end(Room room) {
        if (room.ended()) {
            return Uni.createFrom().voidItem();
        }
        return rooms.change(room.name(), before -> before.ending(rooms.now()))
                .chain(() -> tasks.end(room))
                .onFailure(IllegalStateException.class)
                .transform(failure -> TwilioProblems.unclear());
    }

    private Uni<Room> addAgent(Room room, Optional<String> agentId) {
        String agent = agentId.orElseThrow(() -> Problem.of(
                422,
                "NO_AGENT",
                "There is no agent: give the tenant an elevenLabsAgentId, or set ELEVENLABS_AGENT_ID."));
        return rooms.change(room.name(), before -> {
                    checkOpen(before);
                    checkRoomFor(before);
                    if (before.taken(Room.AGENT)) {
                        throw labelTaken(Room.AGENT);
                    }
                    Room wanted = before.withAgent(agent);
                    // Nobody there to hear it: it is called when the first human comes.
                    return before.humanPresent()
                            ? wanted.with(
                                    Participant.invited(UUID.randomUUID(), Room.AGENT, Role.AI, null, rooms.now()))
                            : wanted;
                })
                .map(Conferences::orGone)
                .chain(wanted -> wanted.humanPresent()
                        ? tasks.inviteAgent(wanted)
                                .chain(() -> rooms.find(room.name()))
                                .map(Conferences::orGone)
                        : Uni.createFrom().item(wanted));
    }

    private Uni<String> sid(Room room) {
        return tasks.sidOf(room)
                .onFailure(IllegalStateException.class)
                .transform(failure -> TwilioProblems.unclear())
                .map(sid -> sid.orElseThrow(() -> Problem.conflict("NOT_STARTED", "Nobody is in the room yet.")));
    }

    private void checkRoomFor(Room room) {
        if (room.size() >= config.participants()) {
            throw Problem.conflict(
                    "ROOM_FULL", "The room has " + room.size() + " participants and takes no more: remove one first.");
        }
    }

    private static void checkOpen(Room room) {
        if (!room.open()) {
            throw Problem.conflict("ROOM_OVER", "The room is over: start another one.");
        }
    }

    private static String label(Room room, Guest guest) {
        if (guest.label() == null) {
            return room.freeLabel(guest.role().wire());
        }
        if (room.taken(guest.label())) {
            throw labelTaken(guest.label());
        }
        return guest.label();
    }

    private static Problem labelTaken(String label) {
        return Problem.conflict(
                "LABEL_TAKEN",
                "Somebody labelled " + label
                        + " is in the room: choose another label, or remove that participant first.");
    }

    private static Participant present(Room room, String label) {
        Participant participant = room.labelled(label)
                .filter(Participant::holdsLabel)
                .orElseThrow(() -> Problem.notFound("Nobody of this label is in the room."));
        if (participant.standing() != Standing.PRESENT) {
            throw Problem.conflict("NOT_IN_ROOM", "This participant has not joined yet: wait until it has.");
        }
        return participant;
    }

    private static String leg(Participant participant) {
        return participant.callSid() == null ? participant.label() : participant.callSid();
    }

    private static <T> T accepted(SendOutcome<T> outcome) {
        return switch (outcome) {
            case SendOutcome.Accepted<T>(T resource) -> resource;
            case SendOutcome.Refused<T> refused -> throw TwilioProblems.of(refused);
            case SendOutcome.Unclear<T> unclear -> throw TwilioProblems.unclear();
        };
    }

    private static Room orGone(Optional<Room> room) {
        return room.orElseThrow(Conferences::noSuchRoom);
    }

    /** 404. */
    static Problem noSuchRoom() {
        return Problem.notFound("There is no such room.");
    }
}
