package dev.throughline.tools.appointment;

import dev.throughline.events.RecordedEvent;
import dev.throughline.tools.availability.Slot;
import java.util.List;

/** What came of a wish to change the book. */
public sealed interface Outcome {

    /**
     * Done, in the caller's transaction; the caller appends the events to the outbox before it commits.
     *
     * @param appointment as it stands now
     * @param events none when nothing had to be changed
     */
    record Done(Appointment appointment, List<RecordedEvent> events) implements Outcome {}

    /**
     * Not done, and nothing was written.
     *
     * @param nearest what can be booked instead, in order of time; at most as many as one can say
     */
    record Refused(Reason reason, List<Slot> nearest) implements Outcome {}

    /** Why a start cannot be booked; the name is the code on the wire. */
    enum Reason {
        /** Before now, or within the notice. */
        IN_THE_PAST,
        /** Beyond the horizon. */
        TOO_FAR_AHEAD,
        /** Nobody does the service, or the person asked for does not. */
        NO_STAFF,
        /** Outside the hours of the business or of the staff. */
        CLOSED,
        /** It would be free but for another booking. */
        SLOT_TAKEN,
        /** Within the hours, but not a time at which visits begin. */
        SLOT_NOT_OFFERED
    }
}
