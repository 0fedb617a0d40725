package dev.throughline.tools.invocation;

import dev.throughline.tools.appointment.Appointment;
import dev.throughline.tools.appointment.AppointmentAnswer;
import dev.throughline.tools.appointment.Appointments;
import dev.throughline.tools.availability.SpokenTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which appointment a customer speaks of. */
@Singleton
class OwnAppointments {

    private static final int MAX_NAMED = 4;

    private final Appointments appointments;

    OwnAppointments(Appointments appointments) {
        this.appointments = appointments;
    }

    /** What the customer has ahead, the next first, at most four. */
    Uni<List<Appointment>> upcoming(SqlClient tx, ToolCall call) {
        return appointments.upcoming(
                tx,
                call.tenant().id(),
                call.leadId().orElse(null),
                call.phone().orElse(null),
                call.arguments().text(Parameter.CUSTOMER_EMAIL).orElse(null),
                call.now(),
                MAX_NAMED);
    }

    /** The appointment named by id, else the only one the customer has ahead. Fails with {@link AskBack} when it is not one. */
    Uni<Appointment> one(SqlClient tx, ToolCall call) {
        Optional<String> named = call.arguments().text(Parameter.APPOINTMENT);
        if (named.isPresent()) {
            return ToolCall.uuid(named.get())
                    .map(id -> appointments.find(tx, call.tenant().id(), id))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                    .map(found -> found.orElseThrow(OwnAppointments::notFound));
        }
        return upcoming(tx, call).map(found -> switch (found.size()) {
            case 0 -> throw notFound();
            case 1 -> found.getFirst();
            default ->
                throw new AskBack(
                        "APPOINTMENT_UNCLEAR",
                        "You have " + spoken(found, call) + ". Which one do you mean?",
                        data(found, call));
        });
    }

    /** Appointments in words. */
    static String spoken(List<Appointment> found, ToolCall call) {
        return SpokenTime.list(
                found.stream()
                        .map(one -> one.serviceName() + " on " + when(one, call))
                        .toList(),
                "and");
    }

    /** When an appointment is, in words. */
    static String when(Appointment appointment, ToolCall call) {
        ZonedDateTime start = appointment.start().atZone(call.tenant().zone());
        return SpokenTime.dayAndTime(start.toLocalDate(), start.toLocalTime(), call.today());
    }

    /** Appointments for the model. */
    static Map<String, Object> data(List<Appointment> found, ToolCall call) {
        return Map.of(
                "appointments",
                found.stream()
                        .map(one -> AppointmentAnswer.of(one, call.tenant().zone()))
                        .toList());
    }

    static AskBack notFound() {
        return new AskBack("APPOINTMENT_NOT_FOUND", "I'm sorry, I cannot find that appointment.");
    }
}
