package dev.throughline.simulator.twilio.conference;

/** Why somebody left. Source: Twilio, <i>TwiML: Conference</i>, "ReasonParticipantLeft". */
public enum Departure {
    HUNG_UP("participant_hung_up"),
    /** The call was given other TwiML. */
    MOVED("participant_updated_via_api"),
    /** Removed through REST. */
    KICKED("participant_updated_via_api"),
    ADD_FAILED("participant_add_failed"),
    /** Somebody with endConferenceOnExit left. */
    MODERATOR_ENDED("moderator_ended_conference"),
    CONFERENCE_ENDED("conference_ended_via_api");

    private final String word;

    Departure(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /** Whether it was the participant's own leaving, which may end the room. */
    boolean isOwn() {
        return this == HUNG_UP || this == MOVED || this == KICKED;
    }
}
