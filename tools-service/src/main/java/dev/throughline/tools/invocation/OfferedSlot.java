package dev.throughline.tools.invocation;

import dev.throughline.tools.availability.Slot;
import dev.throughline.tools.availability.SpokenTime;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A slot as the agent gets it.
 *
 * @param startTime with the offset of the tenant's zone; what {@code book_appointment} takes
 * @param spoken for example {@code Tuesday the 24th at ten thirty}
 */
record OfferedSlot(
        OffsetDateTime startTime, OffsetDateTime endTime, UUID employeeId, String employeeName, String spoken) {

    static List<OfferedSlot> of(List<Slot> slots, ZoneId zone, LocalDate today) {
        return slots.stream().map(slot -> of(slot, zone, today)).toList();
    }

    private static OfferedSlot of(Slot slot, ZoneId zone, LocalDate today) {
        OffsetDateTime start = slot.start().atZone(zone).toOffsetDateTime();
        return new OfferedSlot(
                start,
                slot.end().atZone(zone).toOffsetDateTime(),
                slot.workerId(),
                slot.workerName(),
                SpokenTime.dayAndTime(start.toLocalDate(), start.toLocalTime(), today));
    }

    /** All of them in words, each day said once: {@code Tuesday the 24th at nine o'clock or noon, or Wednesday the 25th at ten}. */
    static String spoken(List<OfferedSlot> slots, LocalDate today) {
        Map<LocalDate, List<String>> byDay = new LinkedHashMap<>();
        for (OfferedSlot slot : slots) {
            byDay.computeIfAbsent(slot.startTime.toLocalDate(), day -> new ArrayList<>())
                    .add(SpokenTime.time(slot.startTime.toLocalTime()));
        }
        List<String> days = new ArrayList<>();
        byDay.forEach((day, times) -> days.add(SpokenTime.day(day, today) + " at " + SpokenTime.list(times, "or")));
        return days.size() == 1 ? days.getFirst() : String.join(", or ", days);
    }
}
