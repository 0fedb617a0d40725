package dev.throughline.simulator.twilio.conference;

/** Statuses of a room in the words of the Conference resource. */
enum RoomStatus {
    INIT("init"),
    IN_PROGRESS("in-progress"),
    COMPLETED("completed");

    private final String word;

    RoomStatus(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
