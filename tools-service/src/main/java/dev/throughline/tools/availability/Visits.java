package dev.throughline.tools.availability;

import dev.throughline.tools.availability.Calendar.Chair;
import dev.throughline.tools.availability.Slot.Part;
import dev.throughline.tools.availability.SlotRequest.Item;
import dev.throughline.tools.availability.SlotRequest.Need;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the visits that begin at a given start: for each service somebody who does it, and a chair. One request's; not for threads. */
final class Visits {

    private final SlotRequest request;
    private final ZoneId zone;
    private final long gap;
    private final List<List<Person>> people = new ArrayList<>();
    private final List<List<Chair>> chairs = new ArrayList<>();
    private final Map<UUID, Spans> chairsBooked = new HashMap<>();
    private TimeSpan day = new TimeSpan(Instant.MIN, Instant.MIN);

    Visits(Calendar calendar, SlotRequest request, Openings openings) {
        this.request = request;
        this.zone = calendar.zone();
        this.gap = request.rules().gap().toSeconds();
        Map<UUID, List<TimeSpan>> booked = new HashMap<>();
        calendar.bookings().forEach(booking -> booked.computeIfAbsent(booking.resourceId(), id -> new ArrayList<>())
                .add(booking.blocked()));
        Map<UUID, Person> known = new HashMap<>();
        for (Item item : request.items()) {
            people.add(calendar.workers().stream()
                    .filter(item::takes)
                    .map(worker -> known.computeIfAbsent(
                            worker.id(),
                            id -> Person.of(worker, booked.getOrDefault(id, List.of()), calendar, openings)))
                    .toList());
            chairs.add(calendar.chairs().stream()
                    .filter(chair -> chair.isFor(item.need().serviceId()))
                    .toList());
        }
        calendar.chairs()
                .forEach(
                        chair -> chairsBooked.put(chair.id(), Spans.union(booked.getOrDefault(chair.id(), List.of()))));
    }

    /** A visit for each person who can begin then, the fairest first. */
    List<Slot> at(long start) {
        List<Slot> slots = new ArrayList<>();
        for (Part first : parts(0, start, start, List.of())) {
            rest(List.of(first)).map(Slot::new).ifPresent(slots::add);
        }
        return slots;
    }

    /** The whole visit that begins with these parts; empty when no way of going on is found. */
    private Optional<List<Part>> rest(List<Part> done) {
        if (done.size() == request.items().size()) {
            return Optional.of(done);
        }
        long ready = done.getLast().visit().to().getEpochSecond();
        for (Part next : parts(done.size(), ready, ready + gap, done)) {
            List<Part> longer = new ArrayList<>(done);
            longer.add(next);
            Optional<List<Part>> whole = rest(longer);
            if (whole.isPresent()) {
                return whole;
            }
        }
        return Optional.empty();
    }

    private record Choice(Part part, long load) {}

    /** One part for each person who can do an item within the time: the earliest first, then who did the part before, then the fairest. */
    private List<Part> parts(int item, long from, long latest, List<Part> done) {
        Need need = request.items().get(item).need();
        List<Choice> choices = new ArrayList<>();
        for (Person person : people.get(item)) {
            Part part = earliest(person, need, chairs.get(item), from, latest, done);
            if (part != null) {
                boolean same = !done.isEmpty() && done.getLast().workerId().equals(person.id());
                choices.add(new Choice(
                        part, same ? -1 : person.bookedWithin(dayOf(part.visit().from()))));
            }
        }
        // A stable sort keeps the calendar's order of people where time and load are equal.
        choices.sort(Comparator.<Choice, Instant>comparing(
                        choice -> choice.part().visit().from())
                .thenComparingLong(Choice::load));
        return choices.stream().map(Choice::part).toList();
    }

    /** The earliest a person can do a service, in whichever of the chairs is free first; null when not by {@code latest}. */
    private @Nullable Part earliest(
            Person person, Need need, List<Chair> seats, long from, long latest, List<Part> done) {
        if (seats.isEmpty()) {
            long start = earliest(person, null, need, from, latest, done);
            return start == Spans.NEVER ? null : part(person, null, need, start);
        }
        Chair best = null;
        long first = Spans.NEVER;
        for (Chair seat : seats) {
            long start = earliest(person, seat, need, from, latest, done);
            if (start < first) {
                best = seat;
                first = start;
            }
            if (start == from) {
                break;
            }
        }
        return best == null ? null : part(person, best, need, first);
    }

    /** Moves the start on to where one condition holds after the other, until all hold at once or it is too late. */
    private long earliest(Person person, @Nullable Chair seat, Need need, long from, long latest, List<Part> done) {
        long before = need.before().toSeconds();
        long blocked = before + need.duration().plus(need.after()).toSeconds();
        long start = from;
        while (true) {
            long tried = start;
            start = person.work().nextFitting(start, need.duration().toSeconds());
            if (start > latest) {
                return Spans.NEVER;
            }
            start = person.busy().nextClear(start - before, blocked) + before;
            if (seat != null) {
                start = chairsBooked.get(seat.id()).nextClear(start - before, blocked) + before;
            }
            for (Part part : done) {
                boolean shared = part.workerId().equals(person.id())
                        || seat != null && seat.id().equals(part.chairId());
                if (shared && start - before < part.blocked().to().getEpochSecond()) {
                    start = part.blocked().to().getEpochSecond() + before;
                }
            }
            if (start > latest) {
                return Spans.NEVER;
            }
            if (start == tried) {
                return start;
            }
        }
    }

    private static Part part(Person person, @Nullable Chair seat, Need need, long start) {
        Instant from = Instant.ofEpochSecond(start);
        Instant to = from.plus(need.duration());
        return new Part(
                need.serviceId(),
                person.id(),
                person.name(),
                seat == null ? null : seat.id(),
                seat == null ? null : seat.name(),
                new TimeSpan(from, to),
                new TimeSpan(from.minus(need.before()), to.plus(need.after())));
    }

    /** The business's day of an instant; the last one is remembered, because starts come in order. */
    private TimeSpan dayOf(Instant instant) {
        if (instant.isBefore(day.from()) || !instant.isBefore(day.to())) {
            LocalDate date = LocalDate.ofInstant(instant, zone);
            day = new TimeSpan(
                    date.atStartOfDay(zone).toInstant(),
                    date.plusDays(1).atStartOfDay(zone).toInstant());
        }
        return day;
    }
}
