package dev.throughline.tools.invocation;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.util.List;

/** {@code find_appointment}: what the customer has ahead. */
@Singleton
class FindAppointmentTool implements Tool {

    private final OwnAppointments own;

    FindAppointmentTool(OwnAppointments own) {
        this.own = own;
    }

    @Override
    public ToolSpec spec() {
        return ToolSpec.of(
                        List.of("find_appointment", "find_appointments"),
                        "Find the appointments the customer has ahead.")
                .takes(Parameter.CUSTOMER_EMAIL);
    }

    @Override
    public Uni<Effect> call(SqlClient tx, ToolCall call) {
        return own.upcoming(tx, call)
                .map(found -> Effect.of(ToolAnswer.done(
                        OwnAppointments.data(found, call),
                        found.isEmpty()
                                ? "I cannot find an appointment for you."
                                : "You have " + OwnAppointments.spoken(found, call) + ".")));
    }
}
