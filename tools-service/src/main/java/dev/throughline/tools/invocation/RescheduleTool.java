package dev.throughline.tools.invocation;

import dev.throughline.tools.appointment.Appointment;
import dev.throughline.tools.appointment.Book;
import dev.throughline.tools.appointment.Outcome;
import dev.throughline.tools.availability.SaidStart;
import dev.throughline.tools.catalog.Catalog;
import dev.throughline.tools.catalog.Offering;
import dev.throughline.tools.catalog.StaffMember;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code reschedule_appointment}: the same visit at another time, in one transaction; the old time stays unless the new one is got. */
@Singleton
class RescheduleTool implements Tool {

    private static final String NAME = "reschedule_appointment";

    private final Catalog catalog;
    private final OwnAppointments own;
    private final Book book;
    private final Once once;
    private final Confirmation confirmation;

    RescheduleTool(Catalog catalog, OwnAppointments own, Book book, Once once, Confirmation confirmation) {
        this.catalog = catalog;
        this.own = own;
        this.book = book;
        this.once = once;
        this.confirmation = confirmation;
    }

    @Override
    public ToolSpec spec() {
        return ToolSpec.of(
                        List.of(NAME),
                        "Move an appointment to another time check_availability has offered. The old time stays unless the new one is got.")
                .needs(Parameter.START)
                .takes(Parameter.APPOINTMENT)
                .takes(Parameter.EMPLOYEE);
    }

    @Override
    public Uni<Effect> call(SqlClient tx, ToolCall call) {
        return own.one(tx, call)
                .chain(appointment ->
                        catalog.read(tx, call.tenant().id()).chain(offering -> move(tx, call, appointment, offering)));
    }

    private Uni<Effect> move(SqlClient tx, ToolCall call, Appointment found, Offering offering) {
        SaidStart start = Understanding.start(call)
                .orElseThrow(() -> new AskBack("TIME_REQUIRED", "Which day and what time would suit you instead?"));
        @Nullable UUID staff =
                Understanding.staff(call, offering.staff()).map(StaffMember::id).orElse(null);
        return once.only(
                tx,
                call,
                NAME,
                () -> book.move(
                                tx,
                                call.tenant(),
                                offering,
                                found.id(),
                                start.instants(),
                                staff,
                                CallingCustomer.holder(call))
                        .map(outcome -> effect(outcome.orElseThrow(OwnAppointments::notFound), start, found, call)),
                found.id(),
                start.instants().getFirst(),
                String.valueOf(staff));
    }

    private Effect effect(Outcome outcome, SaidStart start, Appointment found, ToolCall call) {
        return switch (outcome) {
            case Outcome.Done(Appointment appointment, var events) ->
                Effect.of(
                        ToolAnswer.done(
                                confirmation.data(appointment, call),
                                "Your " + appointment.serviceName() + " is now on "
                                        + OwnAppointments.when(appointment, call) + " with " + appointment.staffName()
                                        + "."),
                        appointment,
                        events);
            case Outcome.Refused refused ->
                Effect.of(Refusal.of(refused, start.instants().getFirst(), found.serviceName(), call));
        };
    }
}
