package dev.throughline.tools.availability;

import dev.throughline.tools.availability.Calendar.Chair;
import dev.throughline.tools.availability.Calendar.Worker;
import dev.throughline.tools.availability.SlotRequest.Need;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The engine's rules said a second time, without its sets of spans: by a clock on the wall, five minutes at a time. */
final class RulesOnTheWall {

    private static final Duration STEP = Duration.ofMinutes(5);

    private final Calendar calendar;
    private final SlotRequest request;
    private final ZoneId zone;

    RulesOnTheWall(Calendar calendar, SlotRequest request) {
        this.calendar = calendar;
        this.request = request;
        this.zone = calendar.zone();
    }

    /** A visit with one service, allowed or not. */
    static Slot slot(SlotRequest request, Worker worker, @Nullable Chair chair, Instant start) {
        Need need = request.items().getFirst().need();
        Instant end = start.plus(need.duration());
        return new Slot(List.of(new Slot.Part(
                need.serviceId(),
                worker.id(),
                worker.name(),
                chair == null ? null : chair.id(),
                chair == null ? null : chair.name(),
                new TimeSpan(start, end),
                new TimeSpan(start.minus(need.before()), end.plus(need.after())))));
    }

    /** What speaks against a visit; nothing when it is allowed. */
    List<String> objections(Slot slot) {
        List<String> objections = new ArrayList<>();
        LocalDate today = LocalDate.ofInstant(request.now(), zone);
        LocalDate day = LocalDate.ofInstant(slot.start(), zone);
        if (slot.start().isBefore(request.now().plus(request.rules().notice()))
                || day.isBefore(today.plusDays(request.rules().noticeDays()))) {
            objections.add("too soon");
        }
        if (day.isAfter(today.plusDays(request.rules().horizonDays()))) {
            objections.add("too far");
        }
        if (!isOnGrid(slot.start(), day)) {
            objections.add("off the grid");
        }
        for (int i = 0; i < slot.parts().size(); i++) {
            objectionsOf(i, slot, objections);
        }
        return objections;
    }

    private void objectionsOf(int number, Slot slot, List<String> objections) {
        Slot.Part part = slot.parts().get(number);
        SlotRequest.Item item = request.items().get(number);
        Worker worker = calendar.workers().stream()
                .filter(one -> one.id().equals(part.workerId()))
                .findFirst()
                .orElseThrow();
        if (!worker.does(item.need().serviceId())
                || item.workerId() != null && !item.workerId().equals(worker.id())) {
            objections.add("not this person");
        }
        List<Chair> chairs = calendar.chairs().stream()
                .filter(chair -> chair.isFor(item.need().serviceId()))
                .toList();
        if (chairs.isEmpty()
                ? part.chairId() != null
                : chairs.stream().noneMatch(chair -> chair.id().equals(part.chairId()))) {
            objections.add("not this chair");
        }
        for (Instant at = part.visit().from(); at.isBefore(part.visit().to()); at = at.plus(STEP)) {
            Instant now = at;
            if (!isWithin(now, calendar.hours())
                    || worker.week().filter(week -> !isWithin(now, week)).isPresent()) {
                objections.add("nobody works at " + at);
                break;
            }
        }
        if (calendar.closures().stream().anyMatch(part.visit()::overlaps)) {
            objections.add("closed");
        }
        if (worker.timeOff().stream().anyMatch(part.blocked()::overlaps) || touchesBreak(part, worker)) {
            objections.add("away");
        }
        if (calendar.bookings().stream()
                .filter(booking -> booking.resourceId().equals(part.workerId())
                        || booking.resourceId().equals(part.chairId()))
                .anyMatch(booking -> booking.blocked().overlaps(part.blocked()))) {
            objections.add("taken");
        }
        objectionsBetween(number, slot, objections);
    }

    private void objectionsBetween(int number, Slot slot, List<String> objections) {
        Slot.Part part = slot.parts().get(number);
        if (number > 0) {
            Instant ready = slot.parts().get(number - 1).visit().to();
            if (part.visit().from().isBefore(ready)
                    || part.visit().from().isAfter(ready.plus(request.rules().gap()))) {
                objections.add("waits too long, or not at all");
            }
        }
        for (Slot.Part before : slot.parts().subList(0, number)) {
            boolean shared = before.workerId().equals(part.workerId())
                    || before.chairId() != null && before.chairId().equals(part.chairId());
            if (shared && before.blocked().overlaps(part.blocked())) {
                objections.add("overlaps its own services");
            }
        }
    }

    private boolean touchesBreak(Slot.Part part, Worker worker) {
        if (worker.week().isEmpty()) {
            return false;
        }
        for (Instant at = part.blocked().from(); at.isBefore(part.blocked().to()); at = at.plus(STEP)) {
            LocalDate day = LocalDate.ofInstant(at, zone);
            for (LocalDate shift = day.minusDays(2); !shift.isAfter(day); shift = shift.plusDays(1)) {
                for (OpenSpan pause : worker.breaks().on(shift.getDayOfWeek())) {
                    OpenSpan hours =
                            worker.week().get().on(shift.getDayOfWeek()).getFirst();
                    LocalDate begins = pause.from().isBefore(hours.from()) ? shift.plusDays(1) : shift;
                    if (isWithin(at, begins, pause)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean isWithin(Instant at, WorkingWeek week) {
        LocalDate day = LocalDate.ofInstant(at, zone);
        return week.on(day.getDayOfWeek()).stream().anyMatch(span -> isWithin(at, day, span))
                || week.on(day.minusDays(1).getDayOfWeek()).stream()
                        .anyMatch(span -> isWithin(at, day.minusDays(1), span));
    }

    private boolean isWithin(Instant at, LocalDate day, OpenSpan span) {
        LocalDateTime from = day.atTime(span.from());
        LocalDateTime to = (span.pastMidnight() ? day.plusDays(1) : day).atTime(span.to());
        LocalDateTime highest = highestReading(at);
        return !highest.isBefore(from) && highest.isBefore(to);
    }

    /**
     * The latest that the clock has shown by then: it is put back, but who opened at 02:30 is still open when 02:00 comes again, and who
     * closed at 02:30 is gone.
     */
    private LocalDateTime highestReading(Instant at) {
        LocalDateTime shown = LocalDateTime.ofInstant(at, zone);
        ZoneOffsetTransition change = zone.getRules().previousTransition(at.plusNanos(1));
        if (change == null || !change.isOverlap()) {
            return shown;
        }
        LocalDateTime beforeIt = change.getDateTimeBefore().minusNanos(1);
        return shown.isAfter(beforeIt) ? shown : beforeIt;
    }

    private boolean isOnGrid(Instant start, LocalDate day) {
        for (LocalDate opens = day.minusDays(1); !opens.isAfter(day); opens = opens.plusDays(1)) {
            for (OpenSpan span : calendar.hours().on(opens.getDayOfWeek())) {
                Instant from = firstInstantNotBefore(opens.atTime(span.from()));
                long seconds = Duration.between(from, start).toSeconds();
                if (isWithin(start, opens, span)
                        && seconds % request.rules().grid().toSeconds() == 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private Instant firstInstantNotBefore(LocalDateTime local) {
        Instant at = local.minusDays(1).toInstant(ZoneOffset.UTC).minus(Duration.ofHours(14));
        while (LocalDateTime.ofInstant(at, zone).isBefore(local)) {
            at = at.plus(STEP);
        }
        return at;
    }
}
