package dev.throughline.telephony.conference;

import dev.throughline.platform.twilio.SendOutcome;
import dev.throughline.telephony.conference.Participant.Standing;
import dev.throughline.telephony.twilio.TwilioConferences;
import dev.throughline.telephony.twilio.TwilioConferences.Present;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Asks Twilio who is in a room, and brings the room to it: for callbacks that never came, or came while the database was away. Nothing is
 * done about a room that only seems deserted before this was asked.
 */
@Singleton
public final class RoomCensus {

    private static final Logger LOG = Logger.getLogger(RoomCensus.class);

    /** How long Twilio may take to name the leg it calls. */
    private static final Duration NAMING = Duration.ofSeconds(30);

    private final Rooms rooms;
    private final RoomTasks tasks;
    private final TwilioConferences twilio;

    RoomCensus(Rooms rooms, RoomTasks tasks, TwilioConferences twilio) {
        this.rooms = rooms;
        this.tasks = tasks;
        this.twilio = twilio;
    }

    /**
     * The room after what Twilio says of it, and after what followed from that.
     *
     * @return empty when Twilio did not say, or there is no such room any more; fails when the database does not answer
     */
    public Uni<Optional<Room>> take(Room room) {
        return tasks.sidOf(room)
                .chain(sid -> sid.isEmpty()
                        ? Uni.createFrom().item(Optional.of(List.<Present>of()))
                        : twilio.present(sid.get()).map(RoomCensus::known))
                .onFailure(IllegalStateException.class)
                .recoverWithItem(Optional.empty())
                .chain(present ->
                        present.isEmpty() ? Uni.createFrom().item(Optional.<Room>empty()) : bring(room, present.get()));
    }

    private Uni<Optional<Room>> bring(Room room, List<Present> present) {
        List<Function<Room, Room.Step>> steps = steps(room, present, rooms.now());
        if (!steps.isEmpty()) {
            LOG.warnf("a conference stood otherwise at Twilio, corrections=%d", steps.size());
        }
        return Multi.createFrom()
                .iterable(steps)
                .onItem()
                .transformToUniAndConcatenate(step -> rooms.step(room.name(), step)
                        .chain(taken -> taken.map(done -> tasks.run(done.room(), done.tasks()))
                                .orElseGet(() -> Uni.createFrom().voidItem())))
                .collect()
                .asList()
                .chain(() -> rooms.find(room.name()));
    }

    /** What has to be told to the room. Pure. */
    static List<Function<Room, Room.Step>> steps(Room room, List<Present> present, Instant now) {
        List<Function<Room, Room.Step>> steps = new ArrayList<>();
        for (Present one : present) {
            Optional<Participant> known = room.onLeg(one.callSid());
            if (known.filter(Participant::present).isEmpty()) {
                steps.add(before -> before.after(joined(one, known, now), UUID::randomUUID));
            }
        }
        for (Participant one : room.participants()) {
            boolean there = present.stream().anyMatch(seen -> is(seen, one));
            if (!there && one.present() && one.callSid() != null) {
                steps.add(before -> before.after(left(one, one.callSid(), now), UUID::randomUUID));
            }
            if (!there && one.callSid() == null && late(one, now)) {
                steps.add(before -> before.afterAbsence(one.id(), now, "unclear", UUID::randomUUID));
            }
        }
        return steps;
    }

    private static boolean late(Participant one, Instant now) {
        return one.standing() == Standing.INVITED && one.invitedAt().isBefore(now.minus(NAMING));
    }

    private static boolean is(Present seen, Participant one) {
        return one.callSid() == null
                ? seen.label().equals(one.label())
                : seen.callSid().equals(one.callSid());
    }

    private static RoomReport joined(Present one, Optional<Participant> known, Instant now) {
        int sequence = known.map(Participant::stateSequence).orElse(0);
        return new RoomReport.Joined(now, one.callSid(), one.label(), one.muted(), one.onHold(), sequence);
    }

    private static RoomReport left(Participant one, String callSid, Instant now) {
        return new RoomReport.Left(
                now, callSid, one.label(), one.muted(), one.onHold(), one.stateSequence(), "not-there-any-more");
    }

    /** Empty when Twilio did not say. */
    private static Optional<List<Present>> known(SendOutcome<List<Present>> outcome) {
        return switch (outcome) {
            case SendOutcome.Accepted<List<Present>>(List<Present> present) -> Optional.of(present);
            case SendOutcome.Refused<List<Present>> refused ->
                refused.httpStatus() == 404 ? Optional.of(List.of()) : Optional.empty();
            case SendOutcome.Unclear<List<Present>> unclear -> Optional.empty();
        };
    }
}
