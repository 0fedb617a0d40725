package dev.throughline.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happens to an appointment. Published by tools-service in the booking's own transaction. */
public sealed interface AppointmentEvent extends ChannelEvent {

    /** The appointment as it stands after this event. */
    Appointment appointment();

    /** {@code appointment.booked}. */
    record Booked(Appointment appointment) implements AppointmentEvent {}

    /** {@code appointment.rescheduled}. */
    record Rescheduled(Appointment appointment, Instant previousStart) implements AppointmentEvent {}

    /** {@code appointment.cancelled}. */
    record Cancelled(Appointment appointment, @Nullable String reason) implements AppointmentEvent {}

    /**
     * A booking.
     *
     * @param id appointment id
     * @param version 1 at booking, one more at each change
     * @param status scheduled, cancelled or completed
     */
    record Appointment(
            String id,
            int version,
            String serviceId,
            String serviceName,
            String employeeId,
            String employeeName,
            Instant start,
            Instant end,
            String status,
            String customerName,
            @Nullable String notes) {}
}
