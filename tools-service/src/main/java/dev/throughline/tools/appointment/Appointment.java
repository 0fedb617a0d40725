package dev.throughline.tools.appointment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A booking.
 *
 * @param serviceName as it was called when booked
 * @param leadId the customer; a lead of its own where nothing of the customer's address is known
 * @param customerPhone E.164 where it could be normalised
 * @param version 1 at booking, one more at each change
 */
public record Appointment(
        UUID id,
        UUID tenantId,
        UUID serviceId,
        String serviceName,
        UUID staffId,
        String staffName,
        UUID leadId,
        String customerName,
        @Nullable String customerPhone,
        @Nullable String customerEmail,
        @Nullable String notes,
        Instant start,
        Instant end,
        Status status,
        int version,
        @Nullable String cancelReason) {

    /** Where a booking stands; on the wire in lower case. */
    public enum Status {
        SCHEDULED,
        CANCELLED,
        COMPLETED
    }

    /** This appointment cancelled. */
    Appointment cancelled(@Nullable String reason) {
        return new Appointment(
                id,
                tenantId,
                serviceId,
                serviceName,
                staffId,
                staffName,
                leadId,
                customerName,
                customerPhone,
                customerEmail,
                notes,
                start,
                end,
                Status.CANCELLED,
                version + 1,
                reason);
    }

    /** This appointment at another time, perhaps with somebody else. */
    Appointment moved(UUID newStaffId, String newStaffName, Instant newStart, Instant newEnd) {
        return new Appointment(
                id,
                tenantId,
                serviceId,
                serviceName,
                newStaffId,
                newStaffName,
                leadId,
                customerName,
                customerPhone,
                customerEmail,
                notes,
                newStart,
                newEnd,
                Status.SCHEDULED,
                version + 1,
                cancelReason);
    }
}
