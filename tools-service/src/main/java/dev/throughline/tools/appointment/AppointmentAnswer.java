package dev.throughline.tools.appointment;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An appointment on the wire, in the words of the seeds, which call staff employees.
 *
 * @param startTime with the offset of the tenant's zone
 * @param status scheduled, cancelled or completed
 */
public record AppointmentAnswer(
        UUID id,
        UUID tenantId,
        UUID employeeId,
        String employeeName,
        UUID serviceId,
        String serviceName,
        String customerName,
        @Nullable String customerEmail,
        @Nullable String customerPhone,
        OffsetDateTime startTime,
        OffsetDateTime endTime,
        String status,
        @Nullable String notes) {

    /** The appointment with its times in a zone. */
    public static AppointmentAnswer of(Appointment appointment, ZoneId zone) {
        return new AppointmentAnswer(
                appointment.id(),
                appointment.tenantId(),
                appointment.staffId(),
                appointment.staffName(),
                appointment.serviceId(),
                appointment.serviceName(),
                appointment.customerName(),
                appointment.customerEmail(),
                appointment.customerPhone(),
                appointment.start().atZone(zone).toOffsetDateTime(),
                appointment.end().atZone(zone).toOffsetDateTime(),
                appointment.status().name().toLowerCase(Locale.ROOT),
                appointment.notes());
    }
}
