package dev.throughline.tools.invocation;

import dev.throughline.tools.appointment.Appointment;
import dev.throughline.tools.appointment.AppointmentAnswer;
import dev.throughline.tools.appointment.Book;
import dev.throughline.tools.appointment.Customer;
import dev.throughline.tools.appointment.Outcome;
import dev.throughline.tools.availability.SaidStart;
import dev.throughline.tools.availability.SpokenTime;
import dev.throughline.tools.catalog.Catalog;
import dev.throughline.tools.catalog.Service;
import dev.throughline.tools.catalog.StaffMember;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code book_appointment}: books a start that {@code check_availability} offers, once. */
@Singleton
class BookTool implements Tool {

    static final String ALIAS = "create_appointment";

    private static final String NAME = "book_appointment";
    private static final int MAX_NAME = 200;
    private static final int MAX_NOTES = 2_000;

    private final Catalog catalog;
    private final Book book;
    private final Once once;

    BookTool(Catalog catalog, Book book, Once once) {
        this.catalog = catalog;
        this.book = book;
        this.once = once;
    }

    @Override
    public ToolSpec spec() {
        return ToolSpec.of(List.of(NAME, ALIAS), "Book one of the times check_availability has offered.")
                .needs(Parameter.SERVICE)
                .needs(Parameter.START)
                .needs(Parameter.CUSTOMER_NAME)
                .takes(Parameter.EMPLOYEE)
                .takes(Parameter.CUSTOMER_EMAIL)
                .takes(Parameter.NOTES);
    }

    @Override
    public Uni<Effect> call(SqlClient tx, ToolCall call) {
        UUID tenantId = call.tenant().id();
        return catalog.services(tx, tenantId)
                .chain(services -> catalog.staff(tx, tenantId).chain(staff -> book(tx, call, services, staff)));
    }

    private Uni<Effect> book(SqlClient tx, ToolCall call, List<Service> services, List<StaffMember> staff) {
        Service service = Understanding.service(call, services);
        @Nullable UUID member = Understanding.staff(call, staff).map(StaffMember::id).orElse(null);
        SaidStart start = Understanding.start(call)
                .orElseThrow(() -> new AskBack("TIME_REQUIRED", "Which day and what time would you like to come?"));
        Customer customer = customer(call);
        String notes = call.arguments().text(MAX_NOTES, Parameter.NOTES).orElse(null);
        Book.Wish wish = new Book.Wish(call.tenant(), service, start.instants(), member, staff);
        return once.only(
                tx,
                call,
                NAME,
                () -> book.book(tx, wish, customer, notes).map(outcome -> effect(outcome, start, service, call)),
                service.id(),
                start.instants().getFirst(),
                String.valueOf(member),
                customer.name().toLowerCase(Locale.ROOT));
    }

    private static Customer customer(ToolCall call) {
        String name = call.arguments()
                .text(MAX_NAME, Parameter.CUSTOMER_NAME)
                .orElseThrow(() -> new AskBack(
                        "VALIDATION_ERROR",
                        "May I have your name, please?",
                        Map.of("fields", List.of("customerName"))));
        Optional<String> email = call.arguments()
                .text(MAX_NAME, Parameter.CUSTOMER_EMAIL)
                .filter(text -> text.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+"));
        return new Customer(call.leadId().orElse(null), name, call.phone().orElse(null), email.orElse(null));
    }

    private static Effect effect(Outcome outcome, SaidStart start, Service service, ToolCall call) {
        return switch (outcome) {
            case Outcome.Done(Appointment appointment, var events) ->
                Effect.of(booked(appointment, call), appointment, events);
            case Outcome.Refused refused ->
                Effect.of(Refusal.of(refused, start.instants().getFirst(), service, call));
        };
    }

    private static ToolAnswer booked(Appointment appointment, ToolCall call) {
        ZonedDateTime start = appointment.start().atZone(call.tenant().zone());
        return ToolAnswer.done(
                Map.of(
                        "appointment",
                        AppointmentAnswer.of(appointment, call.tenant().zone())),
                "Your " + appointment.serviceName() + " with " + appointment.staffName() + " is booked for "
                        + SpokenTime.dayAndTime(start.toLocalDate(), start.toLocalTime(), call.today()) + ".");
    }
}
