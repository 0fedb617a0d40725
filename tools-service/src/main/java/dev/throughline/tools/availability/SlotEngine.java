package dev.throughline.tools.availability;

import dev.throughline.tools.availability.Calendar.Worker;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * When a visit can be. A start is a slot of a staff member when all of this holds:
 *
 * <ul>
 *   <li>the person does the service, and is the one asked for if one was;
 *   <li>the visit lies within one opening of the business and within one working span of the person; buffers may lie outside, for
 *       they are nobody's visit;
 *   <li>the start is a whole number of grid steps of real time after the opening;
 *   <li>the start is not before now plus the notice, and its day is not beyond the horizon;
 *   <li>the visit with its buffers overlaps nothing that is booked for the person with its buffers.
 * </ul>
 *
 * Listing, booking and rescheduling all come here, so what was offered is what can be booked and nothing else.
 */
public final class SlotEngine {

    private SlotEngine() {}

    /**
     * Every slot of the days asked for, by start. Equal starts are ordered by how little the person has to do that day, then by the
     * calendar's order, so that taking the first is fair.
     */
    public static List<Slot> slots(Calendar calendar, SlotRequest request) {
        LocalDate today = LocalDate.ofInstant(request.now(), calendar.zone());
        LocalDate first = latest(request.from(), today);
        LocalDate last = earliest(request.to(), today.plusDays(request.rules().horizonDays()));
        List<Slot> slots = new ArrayList<>();
        first.datesUntil(latest(first, last.plusDays(1))).forEach(date -> addDay(date, calendar, request, slots));
        return List.copyOf(slots);
    }

    /** The slots that begin at exactly this instant, the fairest first; empty when it cannot be booked. */
    public static List<Slot> at(Instant start, Calendar calendar, SlotRequest request) {
        LocalDate date = LocalDate.ofInstant(start, calendar.zone());
        return slots(calendar, request.on(date, date)).stream()
                .filter(slot -> slot.start().equals(start))
                .toList();
    }

    private static void addDay(LocalDate date, Calendar calendar, SlotRequest request, List<Slot> slots) {
        Map<UUID, Integer> load = new HashMap<>();
        List<Slot> day = new ArrayList<>();
        for (Worker worker : calendar.workers()) {
            boolean wanted = request.workerId() == null || request.workerId().equals(worker.id());
            if (wanted && worker.does(request.need().serviceId())) {
                List<TimeSpan> booked = bookedFor(worker, calendar);
                load.put(worker.id(), loadOn(date, booked, calendar));
                addWorker(date, worker, booked, calendar, request, day);
            }
        }
        // A stable sort keeps the calendar's order of people where start and load are equal.
        day.sort(Comparator.comparing(Slot::start).thenComparing(slot -> load.get(slot.workerId())));
        slots.addAll(day);
    }

    private static void addWorker(
            LocalDate date,
            Worker worker,
            List<TimeSpan> booked,
            Calendar calendar,
            SlotRequest request,
            List<Slot> slots) {
        List<OpenSpan> opening = calendar.hours().on(date.getDayOfWeek());
        List<TimeSpan> shifts = worker.week().map(week -> week.on(date.getDayOfWeek())).orElse(opening).stream()
                .map(span -> TimeSpan.of(date, span, calendar.zone()))
                .toList();
        Instant earliest = request.now().plus(request.rules().notice());
        for (OpenSpan span : opening) {
            TimeSpan open = TimeSpan.of(date, span, calendar.zone());
            Instant start = open.from();
            for (; start.isBefore(open.to()); start = start.plus(request.rules().grid())) {
                Slot slot = slot(worker, start, request.need());
                if (!start.isBefore(earliest)
                        && open.contains(slot.visit())
                        && shifts.stream().anyMatch(shift -> shift.contains(slot.visit()))
                        && booked.stream().noneMatch(slot.blocked()::overlaps)) {
                    slots.add(slot);
                }
            }
        }
    }

    private static Slot slot(Worker worker, Instant start, SlotRequest.Need need) {
        TimeSpan visit = new TimeSpan(start, start.plus(need.duration()));
        TimeSpan blocked =
                new TimeSpan(visit.from().minus(need.before()), visit.to().plus(need.after()));
        return new Slot(worker.id(), worker.name(), visit, blocked);
    }

    private static List<TimeSpan> bookedFor(Worker worker, Calendar calendar) {
        return calendar.bookings().stream()
                .filter(booking -> booking.workerId().equals(worker.id()))
                .map(Calendar.Booking::blocked)
                .toList();
    }

    private static int loadOn(LocalDate date, List<TimeSpan> booked, Calendar calendar) {
        TimeSpan day = new TimeSpan(
                date.atStartOfDay(calendar.zone()).toInstant(),
                date.plusDays(1).atStartOfDay(calendar.zone()).toInstant());
        return Math.toIntExact(booked.stream().filter(day::overlaps).count());
    }

    private static LocalDate latest(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static LocalDate earliest(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }
}
