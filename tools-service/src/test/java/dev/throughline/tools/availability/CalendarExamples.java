package dev.throughline.tools.availability;

import dev.throughline.tools.availability.Calendar.Booking;
import dev.throughline.tools.availability.Calendar.Worker;
import dev.throughline.tools.availability.SlotRequest.Need;
import dev.throughline.tools.availability.SlotRequest.Rules;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Calendars for the tests of this package. */
final class CalendarExamples {

    static final UUID COLOURING = UUID.fromString("00000000-0000-4000-8000-00000000c010");
    static final Worker MARIA = worker("Maria");
    static final Worker JO = worker("Jo");
    static final Rules RULES = new Rules(Duration.ZERO, 90, Duration.ofMinutes(30));

    private CalendarExamples() {}

    static Worker worker(String name) {
        return new Worker(UUID.nameUUIDFromBytes(name.getBytes()), name, Optional.empty(), Optional.empty());
    }

    static WorkingWeek everyDay(String from, String to) {
        Map<DayOfWeek, List<OpenSpan>> days = new EnumMap<>(DayOfWeek.class);
        Arrays.stream(DayOfWeek.values())
                .forEach(day -> days.put(day, List.of(new OpenSpan(LocalTime.parse(from), LocalTime.parse(to)))));
        return new WorkingWeek(days);
    }

    static Calendar calendar(String zone, WorkingWeek hours, List<Worker> workers, Booking... booked) {
        return new Calendar(ZoneId.of(zone), hours, List.of(), workers, List.of(), List.of(booked));
    }

    static WorkingWeek only(DayOfWeek day, String from, String to) {
        return new WorkingWeek(Map.of(day, List.of(new OpenSpan(LocalTime.parse(from), LocalTime.parse(to)))));
    }

    static TimeSpan span(String from, String to) {
        return new TimeSpan(Instant.parse(from), Instant.parse(to));
    }

    static Need minutes(int duration) {
        return minutes(duration, 0, 0);
    }

    static Need minutes(int duration, int before, int after) {
        return new Need(COLOURING, Duration.ofMinutes(duration), Duration.ofMinutes(before), Duration.ofMinutes(after));
    }

    static SlotRequest request(Need need, LocalDate day, Instant now) {
        return new SlotRequest(need, day, day, null, now, RULES);
    }
}
