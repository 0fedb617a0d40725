package dev.throughline.tools.availability;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * When a visit can be. A start is a slot with a staff member when all of this holds:
 *
 * <ul>
 *   <li>the start is a whole number of grid steps of real time after an opening of the business;
 *   <li>the start is not before now plus the notice nor on a day of the notice, and its day is not beyond the horizon;
 *   <li>the first service can be done then, and every further one follows the one before within the permitted gap: it begins as soon as
 *       somebody is free for it.
 * </ul>
 *
 * A service can be done at a time by a person, in a chair if there are chairs for it, when:
 *
 * <ul>
 *   <li>the person does the service, and is the one asked for if one was;
 *   <li>the service lies within the opening hours of the business and within the working hours of the person, closures taken out of
 *       both; buffers may lie outside, for they are nobody's visit;
 *   <li>the service with its buffers touches no break and no time off of the person, and nothing that is booked for the person or the
 *       chair with its buffers, this visit's own services included.
 * </ul>
 *
 * Listing, holding, booking and rescheduling all come here, so what was offered is what can be booked and nothing else. The cost grows
 * with the days asked for, the people and their bookings in those days, and with nothing else.
 */
public final class SlotEngine {

    private SlotEngine() {}

    /**
     * Every slot of the days asked for, by start. Equal starts are ordered by how little the person who begins has booked that day, then
     * by the calendar's order, so that taking the first is fair. Of each start and each person who can begin there is one slot.
     */
    public static List<Slot> slots(Calendar calendar, SlotRequest request) {
        LocalDate today = LocalDate.ofInstant(request.now(), calendar.zone());
        LocalDate first = latest(request.from(), today);
        LocalDate last = earliest(request.to(), today.plusDays(request.rules().horizonDays()));
        if (last.isBefore(first)) {
            return List.of();
        }
        Openings openings = Openings.of(calendar, request, first, last);
        Visits visits = new Visits(calendar, request, openings);
        List<Slot> slots = new ArrayList<>();
        for (long start : openings.starts()) {
            slots.addAll(visits.at(start));
        }
        return List.copyOf(slots);
    }

    /** The slots that begin at exactly this instant, the fairest first; empty when it cannot be booked. */
    public static List<Slot> at(Instant start, Calendar calendar, SlotRequest request) {
        LocalDate date = LocalDate.ofInstant(start, calendar.zone());
        LocalDate today = LocalDate.ofInstant(request.now(), calendar.zone());
        if (start.getNano() != 0
                || date.isBefore(today)
                || date.isAfter(today.plusDays(request.rules().horizonDays()))) {
            return List.of();
        }
        Openings openings = Openings.of(calendar, request, date, date);
        return openings.isStart(start.getEpochSecond())
                ? new Visits(calendar, request, openings).at(start.getEpochSecond())
                : List.of();
    }

    /** Whether the business is open for the whole visit, were it to begin then without a wait; who does it is not asked. */
    public static boolean isOpen(Instant start, Calendar calendar, SlotRequest request) {
        LocalDate date = LocalDate.ofInstant(start, calendar.zone());
        long length = request.items().stream()
                .mapToLong(item -> item.need().duration().toSeconds())
                .sum();
        long second = start.getEpochSecond();
        return Openings.of(calendar, request, date, date).open().nextFitting(second, length) == second;
    }

    private static LocalDate latest(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static LocalDate earliest(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }
}
