package dev.throughline.tools.appointment;

import dev.throughline.tools.appointment.Outcome.Reason;
import dev.throughline.tools.availability.Calendar;
import dev.throughline.tools.availability.Slot;
import dev.throughline.tools.availability.SlotChoice;
import dev.throughline.tools.availability.SlotEngine;
import dev.throughline.tools.availability.SlotRequest;
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
        if (start.isBefore(request.now())) {
            return Reason.IN_THE_PAST;
        }
        if (start.isBefore(request.earliest(today, calendar.zone()))) {
            return Reason.TOO_SOON;
        }
        if (day.isAfter(today.plusDays(request.rules().horizonDays()))) {
            return Reason.TOO_FAR_AHEAD;
        }
        boolean somebody = request.items().stream()
                .allMatch(item -> calendar.workers().stream().anyMatch(item::takes));
        if (!somebody) {
            return Reason.NO_STAFF;
        }
        if (!SlotEngine.at(start, calendar.withoutBookings(), request).isEmpty()) {
            return Reason.SLOT_TAKEN;
        }
        if (!SlotEngine.at(start, calendar.withEverybody(), request).isEmpty()) {
            return Reason.STAFF_AWAY;
        }
        return SlotEngine.isOpen(start, calendar, request) ? Reason.SLOT_NOT_OFFERED : Reason.CLOSED;
    }
}
