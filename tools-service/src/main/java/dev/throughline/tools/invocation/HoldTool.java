package dev.throughline.tools.invocation;

import dev.throughline.tools.appointment.Appointment;
import dev.throughline.tools.appointment.AppointmentAnswer;
import dev.throughline.tools.appointment.Book;
import dev.throughline.tools.appointment.BookingConfig;
import dev.throughline.tools.appointment.Outcome;
import dev.throughline.tools.appointment.Wish;
import dev.throughline.tools.availability.SaidStart;
import dev.throughline.tools.catalog.Catalog;
import dev.throughline.tools.catalog.Offering;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code hold_slot}: keeps a start for a caller who is deciding, for some minutes. A conversation holds one time, the latest; asked again
 * for the same time it is held anew. Needs no remembered answer: holding twice is holding once.
 */
@Singleton
class HoldTool implements Tool {

    private final Catalog catalog;
    private final Book book;
    private final BookingConfig config;

    HoldTool(Catalog catalog, Book book, BookingConfig config) {
        this.catalog = catalog;
        this.book = book;
        this.config = config;
    }

    @Override
    public ToolSpec spec() {
        return ToolSpec.of(
                        List.of("hold_slot"),
                        "Keep one of the times check_availability has offered for some minutes while the customer decides. Nothing is booked by it.")
                .needs(Parameter.SERVICE)
                .needs(Parameter.START)
                .takes(Parameter.EMPLOYEE)
                .takes(Parameter.ADD_ONS);
    }

    @Override
    public Uni<Effect> call(SqlClient tx, ToolCall call) {
        return catalog.read(tx, call.tenant().id()).chain(offering -> {
            Wish wish = wish(call, offering);
            return book.hold(tx, wish, CallingCustomer.perhapsNamed(call), CallingCustomer.holder(call))
                    .map(outcome -> Effect.of(answer(outcome, wish, call)));
        });
    }

    private static Wish wish(ToolCall call, Offering offering) {
        List<Wish.Part> parts = SaidVisit.parts(call, offering);
        SaidStart start = Understanding.start(call)
                .orElseThrow(() -> new AskBack("TIME_REQUIRED", "Which day and what time shall I hold for you?"));
        return new Wish(call.tenant(), offering, parts, start.instants());
    }

    private ToolAnswer answer(Outcome outcome, Wish wish, ToolCall call) {
        return switch (outcome) {
            case Outcome.Done(Appointment hold, var events) -> held(hold, call);
            case Outcome.Refused refused -> Refusal.of(refused, wish.starts().getFirst(), wish.what(), call);
        };
    }

    private ToolAnswer held(Appointment hold, ToolCall call) {
        AppointmentAnswer answer = AppointmentAnswer.of(hold, call.tenant().zone());
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("holdId", hold.id());
        data.put("heldUntil", String.valueOf(hold.heldUntil()));
        data.put("serviceName", answer.serviceName());
        data.put("employeeName", answer.employeeName());
        data.put("startTime", answer.startTime());
        data.put("endTime", answer.endTime());
        long minutes = config.hold().toMinutes();
        return ToolAnswer.done(
                data,
                "I'm holding " + OwnAppointments.when(hold, call) + " with " + hold.staffName() + " for you for "
                        + minutes + (minutes == 1 ? " minute." : " minutes."));
    }
}
