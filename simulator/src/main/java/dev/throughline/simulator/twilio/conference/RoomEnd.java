package dev.throughline.simulator.twilio.conference;

/** Why a room ended. Source: Twilio, <i>TwiML: Conference</i>, "ReasonConferenceEnded"; the sentences are ours but one. */
enum RoomEnd {
    VIA_API("conference-ended-via-api", "Conference ended via API"),
    LAST_LEFT("last-participant-left", "Last participant left the conference"),
    LAST_KICKED("last-participant-kicked", "Last participant was removed from the conference"),
    END_ON_EXIT_LEFT(
            "participant-with-end-conference-on-exit-left", "Participant with endConferenceOnExit left the conference"),
    END_ON_EXIT_KICKED(
            "participant-with-end-conference-on-exit-kicked",
            "Participant with endConferenceOnExit was removed from the conference");

    private final String word;
    private final String sentence;

    RoomEnd(String word, String sentence) {
        this.word = word;
        this.sentence = sentence;
    }

    String word() {
        return word;
    }

    String sentence() {
        return sentence;
    }

    /** What the others' leaving is called. */
    Departure departure() {
        return this == VIA_API ? Departure.CONFERENCE_ENDED : Departure.MODERATOR_ENDED;
    }

    static RoomEnd ofLast(Departure departure) {
        return departure == Departure.KICKED ? LAST_KICKED : LAST_LEFT;
    }

    static RoomEnd ofModerator(Departure departure) {
        return departure == Departure.KICKED ? END_ON_EXIT_KICKED : END_ON_EXIT_LEFT;
    }
}
