package dev.throughline.tools.invocation;

import dev.throughline.tools.appointment.Appointment;
import dev.throughline.tools.appointment.AppointmentAnswer;
import dev.throughline.tools.appointment.Book;
import dev.throughline.tools.appointment.Outcome;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** {@code cancel_appointment}. Cancelling what is cancelled changes nothing and says so kindly, so it needs no remembered answer. */
@Singleton
class CancelTool implements Tool {

    private static final int MAX_REASON = 500;

    private final OwnAppointments own;
    private final Book book;

    CancelTool(OwnAppointments own, Book book) {
        this.own = own;
        this.book = book;
    }

    @Override
    public ToolSpec spec() {
        return ToolSpec.of(
                        List.of("cancel_appointment"),
                        "Cancel an appointment of the customer's, after they have confirmed it.")
                .takes(Parameter.APPOINTMENT)
                .takes(Parameter.REASON, "Why, if the customer says");
    }

    @Override
    public Uni<Effect> call(SqlClient tx, ToolCall call) {
        String reason = call.arguments().text(MAX_REASON, Parameter.REASON).orElse(null);
        return own.one(tx, call)
                .chain(found -> book.cancel(tx, call.tenant().id(), found.id(), reason))
                .map(done -> effect(done.orElseThrow(OwnAppointments::notFound), call));
    }

    private static Effect effect(Outcome.Done done, ToolCall call) {
        Appointment appointment = done.appointment();
        ToolAnswer answer = ToolAnswer.done(
                Map.of(
                        "appointment",
                        AppointmentAnswer.of(appointment, call.tenant().zone())),
                "Your " + appointment.serviceName() + " on " + OwnAppointments.when(appointment, call)
                        + " is cancelled.");
        return done.events().isEmpty() ? Effect.of(answer) : Effect.of(answer, appointment, done.events());
    }
}
