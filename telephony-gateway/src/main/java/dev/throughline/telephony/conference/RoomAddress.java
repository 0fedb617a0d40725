package dev.throughline.telephony.conference;

import java.util.UUID;

/**
 * A room and whose it is. It stands in the address of the room's callbacks, and Twilio signs that with the rest: what happened can be told
 * although the room's row cannot be read.
 *
 * @param name {@code conf-…}
 */
public record RoomAddress(String name, UUID tenantId, UUID leadId) {

    /** Of a room. */
    public static RoomAddress of(Room room) {
        return new RoomAddress(room.name(), room.tenantId(), room.leadId());
    }
}
