package dev.throughline.telephony.conference;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.IdempotencyKey;
import dev.throughline.telephony.conference.RoomKeys.Key;
import dev.throughline.telephony.conference.Rooms.Once;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks phones, browsers and the agent into rooms, once for one key. A row is written before Twilio is asked. */
@Singleton
final class GuestCalls {

    private final Rooms rooms;
    private final RoomTasks tasks;
    private final RoomLines lines;
    private final RoomCalls calls;
    private final ConferenceConfig config;

    GuestCalls(Rooms rooms, RoomTasks tasks, RoomLines lines, RoomCalls calls, ConferenceConfig config) {
        this.rooms = rooms;
        this.tasks = tasks;
        this.lines = lines;
        this.calls = calls;
        this.config = config;
    }

    /**
     * Somebody to ask in.
     *
     * @param label null = one is chosen
     * @param to what Twilio calls; null for the agent
     */
    record Guest(
            Role role, @Nullable String label, @Nullable String to, boolean muted) {

        /** The guest under a key. */
        Key under(String key) {
            return new Key(key, IdempotencyKey.fingerprint(role, label, to, muted));
        }
    }

    /**
     * Asks somebody into a room; under a key that was used for the same guest, nobody: the room as it stands now.
     *
     * @throws Problem when the room is over or full, the label is taken, the key is another guest's, or Twilio refuses
     */
    Uni<Room> add(Room room, Tenant tenant, Guest guest, Optional<String> agentId, @Nullable String text) {
        String from = lines.from(tenant);
        Key key = text == null ? null : guest.under(text);
        UUID id = UUID.randomUUID();
        return rooms.changeOnce(room.name(), key, before -> seated(before, guest, id, agentId))
                .map(found -> found.orElseThrow(Conferences::noSuchRoom))
                .chain(once -> once.changed()
                        ? called(once, guest, id, from)
                                .onFailure(RoomCalls::nothingHappened)
                                .call(() -> giveBack(room, key))
                        : Uni.createFrom().item(once.room()));
    }

    private Room seated(Room before, Guest guest, UUID id, Optional<String> agentId) {
        checkOpen(before);
        checkRoomFor(before);
        if (guest.role() != Role.AI) {
            return before.with(Participant.invited(id, label(before, guest), guest.role(), null, rooms.now()));
        }
        String agent = agentId.orElseThrow(GuestCalls::noAgent);
        if (before.taken(Room.AGENT)) {
            throw labelTaken(Room.AGENT);
        }
        Room wanted = before.withAgent(agent);
        // Nobody there to hear it: it is called when the first human comes.
        return before.humanPresent()
                ? wanted.with(Participant.invited(id, Room.AGENT, Role.AI, null, rooms.now()))
                : wanted;
    }

    private Uni<Room> called(Once once, Guest guest, UUID id, String from) {
        Room room = once.room();
        Optional<Participant> seated =
                room.participants().stream().filter(one -> one.id().equals(id)).findFirst();
        if (seated.isEmpty()) {
            return Uni.createFrom().item(room);
        }
        return guest.role() == Role.AI
                ? tasks.inviteAgent(room).chain(() -> rooms.find(room.name())).map(Conferences::orGone)
                : calls.call(
                        room,
                        new RoomCalls.Call(
                                seated.get().label(), false, from, String.valueOf(guest.to()), guest.muted()));
    }

    private Uni<Void> giveBack(Room room, @Nullable Key key) {
        return key == null
                ? Uni.createFrom().voidItem()
                : rooms.giveBack(room.name(), key).onFailure().recoverWithNull();
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

    private static Problem noAgent() {
        return Problem.of(
                422,
                "NO_AGENT",
                "There is no agent: give the tenant an elevenLabsAgentId, or set ELEVENLABS_AGENT_ID.");
    }
}
