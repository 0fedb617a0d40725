package dev.throughline.tools.appointment;

import dev.throughline.events.AppointmentEvent;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.EventIds;
import dev.throughline.events.LeadEvent;
import dev.throughline.events.RecordedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The events of changes to the book. Their identity is the appointment with its version, so a change has one event for ever. */
final class AppointmentEvents {

    private static final String SOURCE = "tools-service";

    private AppointmentEvents() {}

    /** A booking, and what became known of the customer with it. */
    static List<RecordedEvent> booked(Appointment appointment, Instant now) {
        List<RecordedEvent> events = new ArrayList<>();
        events.add(recorded(appointment, "appointment.booked", new AppointmentEvent.Booked(facts(appointment)), now));
        events.add(new RecordedEvent(
                EventIds.of(
                        "lead.profile-changed",
                        appointment.leadId(),
                        appointment.customer().name(),
                        appointment.customer().email()),
                now,
                SOURCE,
                appointment.tenantId(),
                appointment.leadId(),
                new LeadEvent.ProfileChanged(
                        appointment.customer().name(),
                        appointment.customer().email(),
                        appointment.customer().phone())));
        return events;
    }

    static RecordedEvent moved(Appointment appointment, Instant previousStart, Instant now) {
        return recorded(
                appointment,
                "appointment.rescheduled",
                new AppointmentEvent.Rescheduled(facts(appointment), previousStart),
                now);
    }

    static RecordedEvent cancelled(Appointment appointment, @Nullable String reason, Instant now) {
        return recorded(
                appointment, "appointment.cancelled", new AppointmentEvent.Cancelled(facts(appointment), reason), now);
    }

    private static RecordedEvent recorded(Appointment appointment, String type, ChannelEvent event, Instant now) {
        return new RecordedEvent(
                EventIds.of(type, appointment.id(), appointment.version()),
                now,
                SOURCE,
                appointment.tenantId(),
                appointment.leadId(),
                event);
    }

    private static AppointmentEvent.Appointment facts(Appointment appointment) {
        return new AppointmentEvent.Appointment(
                appointment.id().toString(),
                appointment.version(),
                appointment.serviceId().toString(),
                appointment.serviceName(),
                appointment.staffId().toString(),
                appointment.staffName(),
                appointment.start(),
                appointment.end(),
                appointment.status().name().toLowerCase(Locale.ROOT),
                appointment.customer().name(),
                appointment.notes(),
                appointment.price(),
                appointment.items().stream().map(AppointmentEvents::facts).toList());
    }

    private static AppointmentEvent.Item facts(Item item) {
        return new AppointmentEvent.Item(
                item.serviceId().toString(),
                item.serviceName(),
                item.staffId().toString(),
                item.staffName(),
                item.chairName(),
                item.start(),
                item.end(),
                item.price(),
                item.addOns());
    }
}
