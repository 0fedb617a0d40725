package dev.throughline.tools.appointment;

import dev.throughline.tools.availability.Slot;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.UUID;

/**
 * What could be booked instead, in the problem details of a refusal.
 *
 * @param start with the offset of the tenant's zone
 * @param staffId who would begin
 */
record Alternative(OffsetDateTime start, OffsetDateTime end, UUID staffId, String staffName) {

    static Alternative of(Slot slot, ZoneId zone) {
        return new Alternative(
                slot.start().atZone(zone).toOffsetDateTime(),
                slot.end().atZone(zone).toOffsetDateTime(),
                slot.workerId(),
                slot.workerName());
    }
}
