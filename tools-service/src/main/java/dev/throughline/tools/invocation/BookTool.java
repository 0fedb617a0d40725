package dev.throughline.tools.invocation;

import dev.throughline.tools.appointment.Appointment;
import dev.throughline.tools.appointment.Book;
import dev.throughline.tools.appointment.Customer;
import dev.throughline.tools.appointment.Outcome;
import dev.throughline.tools.appointment.Wish;
import dev.throughline.tools.availability.SaidStart;
import dev.throughline.tools.catalog.Catalog;
import dev.throughline.tools.catalog.Offering;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code book_appointment}: books a start that {@code check_availability} offers, or the one that is held, once. */
@Singleton
class BookTool implements Tool {

    static final String ALIAS = "create_appointment";

    private static final String NAME = "book_appointment";
    private static final int MAX_NOTES = 2_000;

    private final Catalog catalog;
    private final Book book;
    private final Once once;
    private final Confirmation confirmation;

    BookTool(Catalog catalog, Book book, Once once, Confirmation confirmation) {
        this.catalog = catalog;
        this.book = book;
        this.once = once;
        this.confirmation = confirmation;
    }

    @Override
    public ToolSpec spec() {
        return ToolSpec.of(
                        List.of(NAME, ALIAS),
                        "Book one of the times check_availability has offered, or the one hold_slot holds. calendarUrl of the answer may be"
                                + " texted to the customer.")
                .needs(Parameter.SERVICE)
                .needs(Parameter.START)
                .needs(Parameter.CUSTOMER_NAME)
                .takes(Parameter.EMPLOYEE)
                .takes(Parameter.ADD_ONS)
                .takes(Parameter.HOLD)
                .takes(Parameter.CUSTOMER_EMAIL)
                .takes(Parameter.NOTES);
    }

    @Override
    public Uni<Effect> call(SqlClient tx, ToolCall call) {
        return catalog.read(tx, call.tenant().id())
                .chain(offering -> isAllSaid(call)
                        ? book(tx, call, said(call, offering))
                        : book.held(tx, call.tenant().id(), CallingCustomer.holder(call))
                                .chain(hold -> book(
                                        tx,
                                        call,
                                        hold.map(one -> Wish.of(one, call.tenant(), offering))
                                                .orElseGet(() -> said(call, offering)))));
    }

    /** Whether the call says for itself what is to be booked; otherwise it is what is held. */
    private static boolean isAllSaid(ToolCall call) {
        return !call.arguments().texts(Parameter.SERVICE).isEmpty()
                && call.arguments().text(Parameter.START).isPresent();
    }

    private static Wish said(ToolCall call, Offering offering) {
        List<Wish.Part> parts = SaidVisit.parts(call, offering);
        SaidStart start = Understanding.start(call)
                .orElseThrow(() -> new AskBack("TIME_REQUIRED", "Which day and what time would you like to come?"));
        return new Wish(call.tenant(), offering, parts, start.instants());
    }

    private Uni<Effect> book(SqlClient tx, ToolCall call, Wish wish) {
        Customer customer = CallingCustomer.named(call);
        @Nullable String notes = call.arguments().text(MAX_NOTES, Parameter.NOTES).orElse(null);
        return once.only(
                tx,
                call,
                NAME,
                () -> book.book(tx, wish, customer, notes, CallingCustomer.holder(call))
                        .map(outcome -> effect(outcome, wish, call)),
                meaning(wish),
                customer.name().toLowerCase(Locale.ROOT));
    }

    private static Object meaning(Wish wish) {
        return List.of(
                wish.parts().stream()
                        .map(part ->
                                List.of(part.need().serviceId(), Optional.ofNullable(part.staffId()), part.addOns()))
                        .toList(),
                wish.starts().getFirst());
    }

    private Effect effect(Outcome outcome, Wish wish, ToolCall call) {
        return switch (outcome) {
            case Outcome.Done(Appointment appointment, var events) ->
                Effect.of(booked(appointment, call), appointment, events);
            case Outcome.Refused refused ->
                Effect.of(Refusal.of(refused, wish.starts().getFirst(), wish.what(), call));
        };
    }

    private ToolAnswer booked(Appointment appointment, ToolCall call) {
        return ToolAnswer.done(
                confirmation.data(appointment, call),
                "Your " + appointment.serviceName() + " with " + appointment.staffName() + " is booked for "
                        + OwnAppointments.when(appointment, call) + ".");
    }
}
