package dev.throughline.tools.invocation;

import dev.throughline.tools.appointment.Book;
import dev.throughline.tools.appointment.BookingConfig;
import dev.throughline.tools.appointment.Calendars;
import dev.throughline.tools.availability.Calendar;
import dev.throughline.tools.availability.SaidStart;
import dev.throughline.tools.availability.Slot;
import dev.throughline.tools.availability.SlotChoice;
import dev.throughline.tools.availability.SlotEngine;
import dev.throughline.tools.availability.SlotRequest;
import dev.throughline.tools.availability.SpokenTime;
import dev.throughline.tools.catalog.Catalog;
import dev.throughline.tools.catalog.Service;
import dev.throughline.tools.catalog.ServiceAnswer;
import dev.throughline.tools.catalog.StaffMember;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code check_availability}: at most four starts on the day asked for, spread over it, or near the time asked for; where the day has
 * none, the first of the days after it. Without a day: the first day that has any.
 */
@Singleton
class AvailabilityTool implements Tool {

    private final Catalog catalog;
    private final Calendars calendars;
    private final Book book;
    private final BookingConfig config;

    AvailabilityTool(Catalog catalog, Calendars calendars, Book book, BookingConfig config) {
        this.catalog = catalog;
        this.calendars = calendars;
        this.book = book;
        this.config = config;
    }

    @Override
    public ToolSpec spec() {
        return ToolSpec.of(
                        List.of("check_availability", "get_availability"),
                        "Look up free appointment times. Call it before offering any time.")
                .needs(Parameter.SERVICE)
                .takes(Parameter.DATE)
                .takes(Parameter.EMPLOYEE, "The person the customer asks for, by name")
                .takes(Parameter.START, "The time of day the customer would like, as said");
    }

    /** What is asked for. */
    private record Question(
            Service service,
            Optional<StaffMember> member,
            Optional<SaidStart> start,
            LocalDate day,
            boolean dayWasSaid) {}

    @Override
    public Uni<Effect> call(SqlClient tx, ToolCall call) {
        UUID tenantId = call.tenant().id();
        return catalog.services(tx, tenantId)
                .chain(services -> catalog.staff(tx, tenantId).chain(staff -> {
                    Question question = question(call, services, staff);
                    LocalDate last = question.day().plusDays(config.searchDays());
                    return calendars
                            .read(tx, call.tenant(), staff, question.day(), last, null)
                            .map(calendar -> Effect.of(answer(call, question, calendar)));
                }));
    }

    private Question question(ToolCall call, List<Service> services, List<StaffMember> staff) {
        Service service = Understanding.service(call, services);
        Optional<StaffMember> member = Understanding.staff(call, staff);
        Optional<LocalDate> said = Understanding.day(call);
        Optional<SaidStart> start = Understanding.preference(call);
        LocalDate day = start.map(SaidStart::day).or(() -> said).orElse(call.today());
        if (day.isBefore(call.today())) {
            throw new AskBack(
                    "IN_THE_PAST",
                    "I'm sorry, " + SpokenTime.day(day, call.today()) + " has passed. Which day would you like?");
        }
        if (day.isAfter(call.today().plusDays(config.horizonDays()))) {
            throw new AskBack(
                    "TOO_FAR_AHEAD",
                    "I'm sorry, we cannot book that far ahead yet. The last day is "
                            + SpokenTime.day(call.today().plusDays(config.horizonDays()), call.today()) + ".");
        }
        return new Question(service, member, start, day, said.isPresent() || start.isPresent());
    }

    private ToolAnswer answer(ToolCall call, Question question, Calendar calendar) {
        UUID member = question.member().map(StaffMember::id).orElse(null);
        SlotRequest request = book.request(
                question.service(), member, question.day(), question.day().plusDays(config.searchDays()));
        List<Slot> all = SlotEngine.slots(calendar, request);
        List<Slot> wanted = all.stream()
                .filter(slot -> day(slot, calendar).equals(question.day()))
                .toList();
        boolean available = !wanted.isEmpty();
        List<Slot> ofOneDay = available ? wanted : firstDay(all, calendar);
        List<Slot> chosen = question.start()
                .map(start -> SlotChoice.nearest(ofOneDay, start.instants().getFirst(), config.options()))
                .orElseGet(() -> SlotChoice.spread(ofOneDay, config.options()));
        List<OfferedSlot> slots = OfferedSlot.of(chosen, calendar.zone(), call.today());

        Map<String, Object> data = new LinkedHashMap<>();
        data.put("date", question.day().toString());
        data.put("service", ServiceAnswer.offered(question.service()));
        data.put("available", available);
        data.put("slots", slots);
        return ToolAnswer.done(data, sentence(call, question, available, slots));
    }

    private String sentence(ToolCall call, Question question, boolean available, List<OfferedSlot> slots) {
        String what = question.service().name()
                + question.member().map(one -> " with " + one.name()).orElse("");
        String day = SpokenTime.day(question.day(), call.today());
        if (slots.isEmpty()) {
            return "I'm sorry, I have nothing for " + what + " in the " + config.searchDays() + " days from " + day
                    + ". Would a later day suit you?";
        }
        String times = OfferedSlot.spoken(slots, call.today());
        return available || !question.dayWasSaid()
                ? "For " + what + " I have " + times + "."
                : "I'm sorry, I have nothing for " + what + " on " + day + ". The next I have is " + times + ".";
    }

    private static List<Slot> firstDay(List<Slot> slots, Calendar calendar) {
        return slots.isEmpty()
                ? slots
                : slots.stream()
                        .filter(slot -> day(slot, calendar).equals(day(slots.getFirst(), calendar)))
                        .toList();
    }

    private static LocalDate day(Slot slot, Calendar calendar) {
        return LocalDate.ofInstant(slot.start(), calendar.zone());
    }
}
