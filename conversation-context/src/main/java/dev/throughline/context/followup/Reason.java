package dev.throughline.context.followup;

import java.time.Instant;

/** Why there is a follow-up. */
sealed interface Reason {

    /** In words, for people and the timeline. */
    String words();

    /** A call that ended at {@code at} and that nobody spoke with. */
    record MissedCall(String callId, Instant at) implements Reason {

        @Override
        public String words() {
            return "missed call";
        }
    }

    /** A call with the agent that ended at {@code at} without an appointment. */
    record CallWithoutBooking(String callId, Instant at) implements Reason {

        @Override
        public String words() {
            return "call without a booking";
        }
    }

    /**
     * An appointment that comes.
     *
     * @param version of the appointment; another version has reminders of its own
     */
    record Reminder(String appointmentId, int version, Instant start) implements Reason {

        @Override
        public String words() {
            return "appointment reminder";
        }
    }

    /**
     * An operator wants it.
     *
     * @param at when, as asked
     */
    record Asked(String author, Instant at) implements Reason {

        @Override
        public String words() {
            return "asked for by " + author;
        }
    }
}
