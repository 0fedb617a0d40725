package dev.throughline.telephony.conference;

import dev.throughline.platform.twilio.SendOutcome;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.twilio.TwilioConferences;
import dev.throughline.telephony.twilio.TwilioConferences.TwilioParticipant;
import dev.throughline.telephony.twilio.TwilioProblems;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Has phones and browsers called to the places that are kept for them. */
@Singleton
final class RoomCalls {

    private final RoomTasks tasks;
    private final RoomLines lines;
    private final TwilioConferences twilio;

    RoomCalls(RoomTasks tasks, RoomLines lines, TwilioConferences twilio) {
        this.tasks = tasks;
        this.lines = lines;
        this.twilio = twilio;
    }

    /**
     * Somebody to call.
     *
     * @param label of the place that is kept
     * @param customer whether it is the room's customer, with whom it ends
     * @param from E.164
     * @param to E.164 or {@code client:…}
     */
    record Call(String label, boolean customer, String from, String to, boolean muted) {}

    /**
     * Calls somebody, once.
     *
     * @return the room with the leg Twilio named
     * @throws Problem what Twilio refused, with its cure; 504 where it did not say whether it calls: the place is then kept, for whoever may
     *     come after all
     */
    Uni<Room> call(Room room, Call call) {
        String label = call.label();
        return twilio.add(lines.call(
                        RoomAddress.of(room),
                        label,
                        call.customer(),
                        call.from(),
                        call.to(),
                        call.customer(),
                        call.muted()))
                .chain(outcome -> switch (outcome) {
                    case SendOutcome.Accepted<TwilioParticipant>(var called) -> tasks.named(room.name(), label, called);
                    case SendOutcome.Refused<TwilioParticipant> refused ->
                        tasks.absent(room.name(), label, "refused")
                                .chain(() -> Uni.createFrom().failure(TwilioProblems.of(refused)));
                    case SendOutcome.Unclear<TwilioParticipant> unclear -> lookUp(room, label);
                })
                .map(found -> found.orElseThrow(Conferences::noSuchRoom));
    }

    /** Whether nobody was called for certain. Where Twilio may have called, a key goes on standing for the room, in which one can look. */
    static boolean nothingHappened(Throwable failure) {
        return failure instanceof Problem problem && !problem.code().equals(TwilioProblems.UNCLEAR);
    }

    /** A call that Twilio may have made is looked for by its label, and never made again. The sweep looks again, and gives it up. */
    private Uni<Optional<Room>> lookUp(Room room, String label) {
        return tasks.sidOf(room)
                .onFailure(IllegalStateException.class)
                .recoverWithItem(Optional.empty())
                .chain(sid -> sid.isEmpty()
                        ? Uni.createFrom().item(Optional.<TwilioParticipant>empty())
                        : twilio.participant(sid.get(), label)
                                .map(outcome -> outcome instanceof SendOutcome.Accepted<TwilioParticipant>(var found)
                                        ? Optional.of(found)
                                        : Optional.<TwilioParticipant>empty()))
                .chain(found -> found.isPresent()
                        ? tasks.named(room.name(), label, found.get())
                        : Uni.createFrom().failure(TwilioProblems.unclear()));
    }
}
