package dev.throughline.telephony.conference;

import dev.throughline.events.ConferenceEvent;
import dev.throughline.telephony.conference.Participant.Standing;
import dev.throughline.telephony.conference.Room.Step;
import dev.throughline.telephony.conference.Room.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The transitions of {@link Room}. A step is taken in two parts: what the report says, then what follows from where the room is now. */
final class RoomSteps {

    private RoomSteps() {}

    static Step after(Room room, RoomReport report, Supplier<UUID> ids) {
        // Nothing happens in a room before it is made, whatever the two clocks say.
        Instant at = report.at().isBefore(room.createdAt()) ? room.createdAt() : report.at();
        Room reported =
                switch (report) {
                    case RoomReport.Started ignored -> room.started(at);
                    case RoomReport.Ended ended -> room.ended(at, ended.reason());
                    case RoomReport.OfParticipant of -> told(room, of, at, ids);
                };
        return settled(room, reported, at, ids);
    }

    /** What follows from the room's new state, and what is to be told of the way there. */
    static Step settled(Room before, Room reported, Instant at, Supplier<UUID> ids) {
        Room room = reported;
        if (room.startedAt() == null && room.participants().stream().anyMatch(one -> one.joinedAt() != null)) {
            room = room.started(at);
        }
        if (room.ended()) {
            room = emptied(room);
        }
        List<RoomTask> tasks = new ArrayList<>();
        if (room.humanPresent() && room.agentId() != null && room.open() && neverInvitedAgent(room)) {
            room = room.with(Participant.invited(ids.get(), room.freeLabel(Room.AGENT), Role.AI, null, at));
            tasks.add(new RoomTask.InviteAgent());
        }
        if (room.open() && deserted(room)) {
            room = room.ending(at);
            tasks.add(new RoomTask.End());
        } else if (!room.ended() && room.endingAt() != null && present(room) > present(before)) {
            // Came in after Twilio was asked to end a room it did not have yet.
            tasks.add(new RoomTask.End());
        }
        return new Step(room, events(before, room), tasks);
    }

    private static Room told(Room room, RoomReport.OfParticipant report, Instant at, Supplier<UUID> ids) {
        Optional<Participant> known = find(room, report);
        Participant participant = known.orElseGet(() -> stranger(room, report, at, ids.get()));
        Room with = known.isPresent() ? room : room.with(participant);
        return with.with(participant.id(), one -> apply(one, report, at)
                .heard(report.muted(), report.onHold(), report.sequence()));
    }

    private static Participant apply(Participant one, RoomReport.OfParticipant report, Instant at) {
        return switch (report) {
            case RoomReport.Joined joined -> one.joinedAt() == null ? one.joined(joined.callSid(), at) : one;
            case RoomReport.Left left -> one.leftAt() == null ? one.left(left.callSid(), at, left.reason()) : one;
            case RoomReport.Changed changed -> one.on(changed.callSid());
        };
    }

    /** By leg; where none has it, whoever is awaited under this label: the leg Twilio named when it was called may be another one. */
    private static Optional<Participant> find(Room room, RoomReport.OfParticipant report) {
        return room.onLeg(report.callSid()).or(() -> room.participants().stream()
                .filter(one -> one.standing() == Standing.INVITED && one.label().equals(report.label()))
                .findFirst());
    }

    /** Somebody this service did not put there: seen, so that he is not left out of who is in the room. */
    private static Participant stranger(Room room, RoomReport.OfParticipant report, Instant at, UUID id) {
        String label = report.label().isBlank() ? report.callSid() : report.label();
        return Participant.invited(id, room.freeLabel(label), Role.ofLabel(label), report.callSid(), at);
    }

    /** Over: whoever is still in it has left with it, whether his leave is reported or not. */
    private static Room emptied(Room room) {
        Room empty = room;
        Instant at = room.endedAt() == null ? room.createdAt() : room.endedAt();
        for (Participant one : room.participants()) {
            if (one.present() && one.callSid() != null) {
                empty = empty.with(one.id(), present -> present.left(one.callSid(), at, "conference-ended"));
            }
        }
        return empty;
    }

    private static long present(Room room) {
        return room.participants().stream().filter(Participant::present).count();
    }

    private static boolean neverInvitedAgent(Room room) {
        return room.participants().stream().noneMatch(one -> one.role() == Role.AI);
    }

    /** Humans were there or were asked, and none is there or on the way any more. */
    private static boolean deserted(Room room) {
        List<Participant> humans =
                room.participants().stream().filter(one -> one.role().human()).toList();
        return !humans.isEmpty()
                && humans.stream()
                        .map(Participant::standing)
                        .allMatch(standing -> standing == Standing.LEFT || standing == Standing.ABSENT);
    }

    private static List<Told> events(Room before, Room after) {
        List<Told> events = new ArrayList<>();
        if (before.startedAt() == null && after.startedAt() != null) {
            events.add(new Told(
                    new ConferenceEvent.Started(after.name(), after.conferenceSid()), null, after.startedAt()));
        }
        for (Participant now : after.participants()) {
            Optional<Participant> then = before.participants().stream()
                    .filter(one -> one.id().equals(now.id()))
                    .findFirst();
            if (now.joinedAt() != null && then.map(Participant::joinedAt).isEmpty()) {
                events.add(new Told(
                        new ConferenceEvent.ParticipantJoined(
                                after.name(), now.label(), now.role().wire()),
                        leg(now),
                        now.joinedAt()));
            }
            if (now.leftAt() != null && then.map(Participant::leftAt).isEmpty()) {
                events.add(new Told(
                        new ConferenceEvent.ParticipantLeft(
                                after.name(), now.label(), now.role().wire(), RoomEvents.reason(now.reason())),
                        leg(now),
                        now.leftAt()));
            }
        }
        if (after.endedAt() != null && after.startedAt() != null && !(before.ended() && before.startedAt() != null)) {
            events.add(new Told(
                    new ConferenceEvent.Ended(after.name(), RoomEvents.reason(after.endReason())),
                    null,
                    after.endedAt()));
        }
        return events;
    }

    /** Whoever came or went did so on a leg. */
    private static String leg(Participant one) {
        return Objects.requireNonNull(one.callSid(), "a participant without a leg was never there");
    }
}
