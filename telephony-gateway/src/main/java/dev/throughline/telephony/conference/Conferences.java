package dev.throughline.telephony.conference;

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
import org.jspecify.annotations.Nullable;

/** What operators do with rooms that are there. What Twilio refuses is told with its cure. */
@Singleton
final class Conferences {

    private final Rooms rooms;
    private final RoomTasks tasks;
    private final TwilioConferences twilio;
    private final TwilioCalls calls;

    Conferences(Rooms rooms, RoomTasks tasks, TwilioConferences twilio, TwilioCalls calls) {
        this.rooms = rooms;
        this.tasks = tasks;
        this.twilio = twilio;
        this.calls = calls;
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

    private Uni<String> sid(Room room) {
        return tasks.sidOf(room)
                .onFailure(IllegalStateException.class)
                .transform(failure -> TwilioProblems.unclear())
                .map(sid -> sid.orElseThrow(() -> Problem.conflict("NOT_STARTED", "Nobody is in the room yet.")));
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

    static Room orGone(Optional<Room> room) {
        return room.orElseThrow(Conferences::noSuchRoom);
    }

    /** 404. */
    static Problem noSuchRoom() {
        return Problem.notFound("There is no such room.");
    }
}
