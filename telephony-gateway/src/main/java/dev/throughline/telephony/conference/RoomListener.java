package dev.throughline.telephony.conference;

import io.smallrye.mutiny.Uni;

/** Whoever needs to know what happened in a room, besides the events. */
public interface RoomListener {

    /**
     * Told of every report, also of repeated ones, once its step is durable. A failure fails the callback, which Twilio does not repeat.
     *
     * @param room as it is after the report
     */
    Uni<Void> onReport(Room room, RoomReport report);
}
