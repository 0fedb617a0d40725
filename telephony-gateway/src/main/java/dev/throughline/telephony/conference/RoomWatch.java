package dev.throughline.telephony.conference;

import dev.throughline.telephony.conference.Participant.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a look at a room finds that no callback will tell. Pure. */
final class RoomWatch {

    /** How long the call to an agent may take to begin: after it whoever was to make it is gone. */
    private static final Duration CALLING = Duration.ofSeconds(5);

    private RoomWatch() {}

    /**
     * Whether Twilio is to be asked who is in the room before anything is done about it: any of its callbacks may have been lost.
     *
     * @param patience how old a room is that is asked about
     */
    static boolean doubtful(Room room, Instant now, Duration patience) {
        return room.open() && room.createdAt().isBefore(now.minus(patience));
    }

    /**
     * What is to be done at Twilio.
     *
     * @param patience how long a request to end may go unanswered, and how long one participant may be alone
     */
    static List<RoomTask> overdue(Room room, Instant now, Duration patience) {
        Instant limit = now.minus(patience);
        if (room.ended()) {
            return List.of();
        }
        if (room.endingAt() != null) {
            return room.endingAt().isBefore(limit) ? List.of(new RoomTask.Close()) : List.of();
        }
        if (deserted(room, limit)) {
            return List.of(new RoomTask.End());
        }
        List<RoomTask> tasks = new ArrayList<>();
        if (room.humanPresent() && agentWasNotCalled(room, now.minus(CALLING))) {
            tasks.add(new RoomTask.InviteAgent());
        }
        return tasks;
    }

    /** Fewer than two are there, nobody is on the way, and it has been so since before {@code limit}. */
    private static boolean deserted(Room room, Instant limit) {
        boolean awaited = room.participants().stream()
                .anyMatch(one ->
                        one.standing() == Standing.INVITED && !one.invitedAt().isBefore(limit));
        long present = room.participants().stream().filter(Participant::present).count();
        boolean longSo = room.createdAt().isBefore(limit)
                && room.participants().stream().allMatch(one -> lastMoved(one).isBefore(limit));
        return present < 2 && !awaited && longSo;
    }

    /** Its place is kept, and Twilio has named no leg for it. Where a call was made all the same, its token is issued and no other is. */
    private static boolean agentWasNotCalled(Room room, Instant limit) {
        return room.participants().stream()
                .anyMatch(one -> one.role() == Role.AI
                        && one.standing() == Standing.INVITED
                        && one.callSid() == null
                        && one.invitedAt().isBefore(limit));
    }

    private static Instant lastMoved(Participant one) {
        if (one.leftAt() != null) {
            return one.leftAt();
        }
        if (one.joinedAt() != null) {
            return one.joinedAt();
        }
        return one.absentAt() != null ? one.absentAt() : one.invitedAt();
    }
}
