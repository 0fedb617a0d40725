package dev.throughline.tools.appointment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.throughline.tools.catalog.ServiceAnswer;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An appointment on the wire, in the words of the seeds, which call staff employees.
 *
 * @param employeeId who does the first service
 * @param employeeName everybody who does something
 * @param serviceId the first service
 * @param serviceName all services
 * @param startTime with the offset of the tenant's zone
 * @param status scheduled, cancelled or completed
 * @param items each service with who does it, where and when
 */
public record AppointmentAnswer(
        UUID id,
        UUID tenantId,
        UUID leadId,
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
        @Nullable String notes,
        Number price,
        int version,
        List<ItemAnswer> items) {

    /** One service of the visit. */
    public record ItemAnswer(
            UUID serviceId,
            String serviceName,
            UUID employeeId,
            String employeeName,
            @Nullable UUID chairId,
            @Nullable String chairName,
            OffsetDateTime startTime,
            OffsetDateTime endTime,
            Number price,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> addOns) {}

    /** The appointment with its times in a zone. */
    public static AppointmentAnswer of(Appointment appointment, ZoneId zone) {
        return new AppointmentAnswer(
                appointment.id(),
                appointment.tenantId(),
                appointment.leadId(),
                appointment.staffId(),
                appointment.staffName(),
                appointment.serviceId(),
                appointment.serviceName(),
                appointment.customer().name(),
                appointment.customer().email(),
                appointment.customer().phone(),
                appointment.start().atZone(zone).toOffsetDateTime(),
                appointment.end().atZone(zone).toOffsetDateTime(),
                appointment.status().name().toLowerCase(Locale.ROOT),
                appointment.notes(),
                ServiceAnswer.plain(appointment.price()),
                appointment.version(),
                appointment.items().stream().map(item -> of(item, zone)).toList());
    }

    private static ItemAnswer of(Item item, ZoneId zone) {
        return new ItemAnswer(
                item.serviceId(),
                item.serviceName(),
                item.staffId(),
                item.staffName(),
                item.chairId(),
                item.chairName(),
                item.start().atZone(zone).toOffsetDateTime(),
                item.end().atZone(zone).toOffsetDateTime(),
                ServiceAnswer.plain(item.price()),
                item.addOns());
    }
}
