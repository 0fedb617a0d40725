package dev.throughline.tools.appointment;

import dev.throughline.tools.appointment.Outcome.Reason;
import dev.throughline.tools.availability.Calendar;
import dev.throughline.tools.availability.OpenSpan;
import dev.throughline.tools.availability.Slot;
import dev.throughline.tools.availability.SlotChoice;
import dev.throughline.tools.availability.SlotEngine;
import dev.throughline.tools.availability.SlotRequest;
import dev.throughline.tools.availability.TimeSpan;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Why a start that is no slot is none, and what comes nearest. Pure; asks the same engine about easier calendars. */
final class Refusals {

    private Refusals() {}

    /**
     * The refusal of a start for which {@link SlotEngine#at} gave nothing.
     *
     * @param request over the days in which alternatives may lie
     */
    static Outcome.Refused of(Instant start, Calendar calendar, SlotRequest request, int options) {
        List<Slot> nearest = SlotChoice.nearest(SlotEngine.slots(calendar, request), start, options);
        return new Outcome.Refused(reason(start, calendar, request), nearest);
    }

    private static Reason reason(Instant start, Calendar calendar, SlotRequest request) {
        LocalDate day = LocalDate.ofInstant(start, calendar.zone());
        LocalDate today = LocalDate.ofInstant(request.now(), calendar.zone());
        if (start.isBefore(request.now().plus(request.rules().notice()))) {
            return Reason.IN_THE_PAST;
        }
        if (day.isAfter(today.plusDays(request.rules().horizonDays()))) {
            return Reason.TOO_FAR_AHEAD;
        }
        boolean somebody = calendar.workers().stream()
                .anyMatch(worker -> worker.does(request.need().serviceId())
                        && (request.workerId() == null || request.workerId().equals(worker.id())));
        if (!somebody) {
            return Reason.NO_STAFF;
        }
        Calendar empty = new Calendar(calendar.zone(), calendar.hours(), calendar.workers(), List.of());
        if (!SlotEngine.at(start, empty, request).isEmpty()) {
            return Reason.SLOT_TAKEN;
        }
        return isWithinHours(start, day, calendar, request) ? Reason.SLOT_NOT_OFFERED : Reason.CLOSED;
    }

    private static boolean isWithinHours(Instant start, LocalDate day, Calendar calendar, SlotRequest request) {
        TimeSpan visit = new TimeSpan(start, start.plus(request.need().duration()));
        List<OpenSpan> opening = calendar.hours().on(day.getDayOfWeek());
        return opening.stream()
                .anyMatch(span -> TimeSpan.of(day, span, calendar.zone()).contains(visit));
    }
}
