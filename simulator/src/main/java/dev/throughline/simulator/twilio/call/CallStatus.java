package dev.throughline.simulator.twilio.call;

/** Statuses of a call. Source: Twilio, <i>Call resource</i>; {@code initiated} stands in callbacks only. */
enum CallStatus {
    QUEUED("queued", 0),
    INITIATED("initiated", 0),
    RINGING("ringing", 0),
    IN_PROGRESS("in-progress", 0),
    COMPLETED("completed", 200),
    BUSY("busy", 486),
    FAILED("failed", 404),
    NO_ANSWER("no-answer", 487),
    CANCELED("canceled", 487);

    private final String word;
    private final int sipResponseCode;

    CallStatus(String word, int sipResponseCode) {
        this.word = word;
        this.sipResponseCode = sipResponseCode;
    }

    String word() {
        return word;
    }

    /** The code of a terminal status; 0 for any other. */
    int sipResponseCode() {
        return sipResponseCode;
    }

    boolean isTerminal() {
        return sipResponseCode > 0;
    }

    /** The word of {@code StatusCallbackEvent} this status is delivered under. */
    String event() {
        return this == IN_PROGRESS ? "answered" : isTerminal() ? "completed" : word;
    }

    /** The word REST answers use. */
    String restWord() {
        return this == INITIATED ? "queued" : word;
    }
}
