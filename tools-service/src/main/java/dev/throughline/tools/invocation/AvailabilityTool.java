package dev.throughline.tools.invocation;

import dev.throughline.tools.appointment.Appointment;
import dev.throughline.tools.appointment.Book;
import dev.throughline.tools.appointment.BookingConfig;
import dev.throughline.tools.appointment.Calendars;
import dev.throughline.tools.appointment.SlotTaking;
import dev.throughline.tools.appointment.Wish;
import dev.throughline.tools.availability.Calendar;
import dev.throughline.tools.availability.PartOfDay;
import dev.throughline.tools.availability.SaidStart;
import dev.throughline.tools.availability.Slot;
import dev.throughline.tools.availability.SlotChoice;
import dev.throughline.tools.availability.SlotEngine;
import dev.throughline.tools.availability.SlotRequest;
import dev.throughline.tools.availability.SpokenTime;
import dev.throughline.tools.catalog.Catalog;
import dev.throughline.tools.catalog.Offering;
import dev.throughline.tools.catalog.Service;
import dev.throughline.tools.catalog.ServiceAnswer;
import dev.throughline.tools.catalog.StaffMember;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code check_availability}: at most four starts on the day asked for, spread over it, or near the time or in the part of the day asked
 * for; where the day has none, the first of the days after it. Without a day: the first day that has any.
 */
@Singleton
class AvailabilityTool implements Tool {

    private static final String ANY_TIME =
            "(?i)any( ?time)?|whenever|all day|(as soon as possible|asap|earliest|soonest|first available|next available|flexible).*";

    private final Catalog catalog;
    private final Calendars calendars;
    private final Book book;
    private final SlotTaking taking;
    private final BookingConfig config;

    AvailabilityTool(Catalog catalog, Calendars calendars, Book book, SlotTaking taking, BookingConfig config) {
        this.catalog = catalog;
        this.calendars = calendars;
        this.book = book;
        this.taking = taking;
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
                .takes(Parameter.ADD_ONS)
                .takes(Parameter.START, "The time or part of the day the customer would like, as said");
    }

    /** What is asked for. */
    private record Question(
            Wish visit,
            Optional<StaffMember> member,
            Optional<SaidStart> start,
            Optional<PartOfDay> part,
            LocalDate day,
            boolean dayWasSaid) {}

    @Override
    public Uni<Effect> call(SqlClient tx, ToolCall call) {
        UUID tenantId = call.tenant().id();
        return Uni.combine()
                .all()
                .unis(catalog.read(tx, tenantId), book.held(tx, tenantId, CallingCustomer.holder(call)))
                .asTuple()
                .chain(found -> {
                    Question question = question(call, found.getItem1());
                    LocalDate last = question.day().plusDays(config.searchDays());
                    // What the caller holds is the caller's to have.
                    List<UUID> own =
                            found.getItem2().stream().map(Appointment::id).toList();
                    return calendars
                            .read(tx, call.tenant(), found.getItem1(), question.day(), last, own)
                            .map(calendar -> Effect.of(answer(call, question, calendar)));
                });
    }

    private Question question(ToolCall call, Offering offering) {
        List<Wish.Part> parts = SaidVisit.parts(call, offering);
        Optional<LocalDate> said = Understanding.day(call);
        Optional<PartOfDay> part = part(call);
        Optional<SaidStart> start =
                part.isPresent() || isAnyTime(call) ? Optional.empty() : Understanding.startOrTime(call);
        LocalDate day = start.map(SaidStart::day).or(() -> said).orElse(call.today());
        int horizon = taking.request(parts, day, day).rules().horizonDays();
        if (day.isBefore(call.today())) {
            throw new AskBack(
                    "IN_THE_PAST",
                    "I'm sorry, " + SpokenTime.day(day, call.today()) + " has passed. Which day would you like?");
        }
        if (day.isAfter(call.today().plusDays(horizon))) {
            throw new AskBack(
                    "TOO_FAR_AHEAD",
                    "I'm sorry, we cannot book that far ahead yet. The last day is "
                            + SpokenTime.day(call.today().plusDays(horizon), call.today()) + ".");
        }
        return new Question(
                new Wish(call.tenant(), offering, parts, List.of(call.now())),
                Understanding.staff(call, offering.staff()),
                start,
                part,
                day,
                said.isPresent() || start.isPresent() && !Understanding.isTimeAlone(call));
    }

    private static Optional<PartOfDay> part(ToolCall call) {
        return call.arguments()
                .text(Parameter.START)
                .or(() -> call.arguments().text(Parameter.DATE))
                .flatMap(PartOfDay::read);
    }

    /** A time that leaves everything open. */
    private static boolean isAnyTime(ToolCall call) {
        return call.arguments()
                .text(Parameter.START)
                .filter(said -> said.matches(ANY_TIME))
                .isPresent();
    }

    private ToolAnswer answer(ToolCall call, Question question, Calendar calendar) {
        SlotRequest request = taking.request(
                question.visit().parts(), question.day(), question.day().plusDays(config.searchDays()));
        List<Slot> all = SlotEngine.slots(calendar, request);
        List<Slot> ofTheDay = all.stream()
                .filter(slot -> day(slot, calendar).equals(question.day()))
                .toList();
        List<Slot> wanted = ofTheDay.stream()
                .filter(slot -> question.part()
                        .map(part -> part.has(local(slot, calendar).toLocalTime()))
                        .orElse(true))
                .toList();
        boolean available = !wanted.isEmpty();
        List<Slot> ofOneDay = available ? wanted : ofTheDay.isEmpty() ? firstDay(all, calendar) : ofTheDay;
        List<Slot> chosen = question.start()
                .map(start -> SlotChoice.nearest(ofOneDay, start.instants().getFirst(), config.options()))
                .orElseGet(() -> SlotChoice.spread(ofOneDay, config.options()));
        List<OfferedSlot> slots = OfferedSlot.of(chosen, calendar.zone(), call.today());

        Map<String, Object> data = new LinkedHashMap<>();
        data.put("date", question.day().toString());
        List<ServiceAnswer> services = services(question.visit());
        data.put("service", services.getFirst());
        if (services.size() > 1) {
            data.put("services", services);
        }
        data.put("available", available);
        data.put("slots", slots);
        return ToolAnswer.done(data, sentence(call, question, available, slots));
    }

    private static List<ServiceAnswer> services(Wish visit) {
        return visit.parts().stream()
                .map(part -> visit.offering().service(part.need().serviceId()))
                .flatMap(Optional<Service>::stream)
                .map(ServiceAnswer::offered)
                .toList();
    }

    private String sentence(ToolCall call, Question question, boolean available, List<OfferedSlot> slots) {
        String what = question.visit().what()
                + question.member().map(one -> " with " + one.name()).orElse("");
        String day = SpokenTime.day(question.day(), call.today());
        if (slots.isEmpty()) {
            return "I'm sorry, I have nothing for " + what + " in the " + config.searchDays() + " days from " + day
                    + ". Would a later day suit you?";
        }
        String times = OfferedSlot.spoken(slots, call.today());
        String when = question.part().map(part -> " " + part.spoken()).orElse("");
        return available || !question.dayWasSaid() && question.part().isEmpty()
                ? "For " + what + " I have " + times + "."
                : "I'm sorry, I have nothing for " + what + " on " + day + when + ". The next I have is " + times + ".";
    }

    private static List<Slot> firstDay(List<Slot> slots, Calendar calendar) {
        return slots.isEmpty()
                ? slots
                : slots.stream()
                        .filter(slot -> day(slot, calendar).equals(day(slots.getFirst(), calendar)))
                        .toList();
    }

    private static LocalDateTime local(Slot slot, Calendar calendar) {
        return LocalDateTime.ofInstant(slot.start(), calendar.zone());
    }

    private static LocalDate day(Slot slot, Calendar calendar) {
        return local(slot, calendar).toLocalDate();
    }
}
