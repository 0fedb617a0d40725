package dev.throughline.tools.availability;

import dev.throughline.tools.availability.Calendar.Worker;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * A staff member's real time around the days asked for.
 *
 * @param work when services can be done: openings and shift, closures taken out
 * @param busy what services and their buffers must not touch: bookings, breaks, time off
 * @param booked the bookings alone
 */
record Person(UUID id, String name, Spans work, Spans busy, Spans booked) {

    static Person of(Worker worker, List<TimeSpan> bookings, Calendar calendar, Openings openings) {
        List<TimeSpan> busy = new ArrayList<>(bookings);
        busy.addAll(worker.timeOff());
        List<TimeSpan> shifts = new ArrayList<>();
        worker.week().ifPresent(week -> addWeek(worker, week, calendar.zone(), openings, shifts, busy));
        Spans own = Spans.union(shifts);
        // What of the own time is also opening time.
        Spans work = worker.week().isEmpty() ? openings.open() : own.minus(own.minus(openings.open()));
        return new Person(worker.id(), worker.name(), work, Spans.union(busy), Spans.union(bookings));
    }

    /** How many seconds of a day are booked: the measure of fairness. */
    long bookedWithin(TimeSpan day) {
        return booked.secondsWithin(day.from().getEpochSecond(), day.to().getEpochSecond());
    }

    private static void addWeek(
            Worker worker,
            WorkingWeek week,
            ZoneId zone,
            Openings openings,
            List<TimeSpan> shifts,
            List<TimeSpan> breaks) {
        for (LocalDate day = openings.first(); !day.isAfter(openings.last()); day = day.plusDays(1)) {
            List<OpenSpan> spans = week.on(day.getDayOfWeek());
            for (OpenSpan span : spans) {
                shifts.add(TimeSpan.of(day, span, zone));
            }
            LocalTime begins = spans.stream()
                    .map(OpenSpan::from)
                    .min(Comparator.naturalOrder())
                    .orElse(LocalTime.MIDNIGHT);
            for (OpenSpan pause : worker.breaks().on(day.getDayOfWeek())) {
                LocalDate date = pause.from().isBefore(begins) ? day.plusDays(1) : day;
                breaks.add(TimeSpan.of(date, pause, zone));
            }
        }
    }
}
