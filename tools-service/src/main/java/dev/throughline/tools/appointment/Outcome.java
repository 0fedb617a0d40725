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
        /** Before now. */
        IN_THE_PAST,
        /** Within the notice. */
        TOO_SOON,
        /** Beyond the horizon. */
        TOO_FAR_AHEAD,
        /** Nobody does the service, or the person asked for does not. */
        NO_STAFF,
        /** Outside the hours of the business, or on a day it is closed. */
        CLOSED,
        /** Within the hours of the business, but nobody who could do it works then. */
        STAFF_AWAY,
        /** It would be free but for another booking. */
        SLOT_TAKEN,
        /** Two times can be meant, and both could be had. */
        TIME_UNCLEAR,
        /** Within the hours, but not a time at which visits begin. */
        SLOT_NOT_OFFERED
    }
}
