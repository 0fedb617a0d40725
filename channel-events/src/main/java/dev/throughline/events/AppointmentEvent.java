package dev.throughline.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
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
     * @param serviceId of the first service of the visit
     * @param serviceName of all services of the visit, for example {@code Colouring and Haircut}
     * @param employeeId who does the first service
     * @param employeeName everybody who does a service of the visit
     * @param status scheduled, cancelled or completed
     * @param price in the tenant's currency, add-ons included; null when an older publisher did not tell
     * @param items the services of the visit in order; empty when an older publisher did not tell
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
            @Nullable String notes,
            @Nullable BigDecimal price,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Item> items) {

        @SuppressWarnings("NullAway") // Jackson passes null for what an older publisher did not know
        public Appointment {
            items = items == null ? List.of() : List.copyOf(items);
        }

        /** A booking of which only the whole is told. */
        public Appointment(
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
                @Nullable String notes) {
            this(
                    id,
                    version,
                    serviceId,
                    serviceName,
                    employeeId,
                    employeeName,
                    start,
                    end,
                    status,
                    customerName,
                    notes,
                    null,
                    List.of());
        }
    }

    /**
     * One service of a visit.
     *
     * @param chair the chair or room it occupies; null when it needs none
     * @param price in the tenant's currency, add-ons included
     * @param addOns names
     */
    record Item(
            String serviceId,
            String serviceName,
            String employeeId,
            String employeeName,
            @Nullable String chair,
            Instant start,
            Instant end,
            BigDecimal price,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> addOns) {

        @SuppressWarnings("NullAway") // Jackson passes null for what is absent
        public Item {
            addOns = addOns == null ? List.of() : List.copyOf(addOns);
        }
    }
}
