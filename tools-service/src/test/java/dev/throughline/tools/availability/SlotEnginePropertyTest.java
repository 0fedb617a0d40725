package dev.throughline.tools.availability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.tools.availability.Calendar.Booking;
import dev.throughline.tools.availability.Calendar.Worker;
import dev.throughline.tools.availability.SlotRequest.Need;
import dev.throughline.tools.availability.SlotRequest.Rules;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Properties over invented calendars: zones with and without changes of clock, people, hours, bookings, buffers. */
class SlotEnginePropertyTest {

    private static final List<String> ZONES = List.of(
            "America/New_York", "Europe/London", "Australia/Sydney", "Australia/Lord_Howe", "Asia/Kolkata", "UTC");
    private static final List<LocalDate> DAYS = List.of(
            LocalDate.parse("2026-03-08"),
            LocalDate.parse("2026-03-29"),
            LocalDate.parse("2026-04-05"),
            LocalDate.parse("2026-10-04"),
            LocalDate.parse("2026-10-25"),
            LocalDate.parse("2026-11-01"),
            LocalDate.parse("2026-11-24"));

    record Case(Calendar calendar, SlotRequest request) {}

    @Property(tries = 2000)
    void shouldBookEveryListedSlot(@ForAll("cases") Case aCase) {
        for (Slot slot : SlotEngine.slots(aCase.calendar, aCase.request)) {
            assertThat(SlotEngine.at(slot.start(), aCase.calendar, aCase.request))
                    .contains(slot);
        }
    }

    @Property(tries = 100)
    void shouldBookNothingThatIsNotListed(@ForAll("cases") Case aCase) {
        Set<Instant> listed = new HashSet<>();
        SlotEngine.slots(aCase.calendar, aCase.request).forEach(slot -> listed.add(slot.start()));
        Instant first = aCase.request.from().atStartOfDay(aCase.calendar.zone()).toInstant();
        Instant end = aCase.request
                .to()
                .plusDays(1)
                .atStartOfDay(aCase.calendar.zone())
                .toInstant();
        for (Instant at = first; at.isBefore(end); at = at.plus(Duration.ofMinutes(5))) {
            assertThat(!SlotEngine.at(at, aCase.calendar, aCase.request).isEmpty())
                    .as("bookable at %s", at)
                    .isEqualTo(listed.contains(at));
        }
    }

    /** The rules said a second time, in wall-clock words and without the engine's spans. */
    @Property(tries = 2000)
    void shouldOfferOnlyWhatTheRulesAllow(@ForAll("cases") Case aCase) {
        Calendar calendar = aCase.calendar;
        for (Slot slot : SlotEngine.slots(calendar, aCase.request)) {
            Worker worker = calendar.workers().stream()
                    .filter(one -> one.id().equals(slot.workerId()))
                    .findFirst()
                    .orElseThrow();
            assertThat(worker.does(aCase.request.items().getFirst().need().serviceId()))
                    .isTrue();
            assertThat(slot.start())
                    .isAfterOrEqualTo(
                            aCase.request.now().plus(aCase.request.rules().notice()));
            assertThat(Duration.between(slot.start(), slot.end()))
                    .isEqualTo(aCase.request.items().getFirst().need().duration());
            assertThat(within(slot, calendar.hours(), calendar.zone())).isTrue();
            worker.week().ifPresent(week -> assertThat(within(slot, week, calendar.zone()))
                    .isTrue());
            assertThat(calendar.bookings())
                    .filteredOn(booking -> booking.resourceId().equals(worker.id()))
                    .allMatch(booking -> !booking.blocked()
                                    .from()
                                    .isBefore(blocked(slot).to())
                            || !blocked(slot).from().isBefore(booking.blocked().to()));
        }
    }

    @Property(tries = 200)
    void shouldNotOfferAPersonTwiceAtOnceOnceBooked(@ForAll("cases") Case aCase) {
        Calendar calendar = aCase.calendar;
        List<Slot> slots = SlotEngine.slots(calendar, aCase.request);
        if (slots.isEmpty()) {
            return;
        }
        Slot booked = slots.get(slots.size() / 2);
        List<Booking> bookings = new ArrayList<>(calendar.bookings());
        bookings.add(new Booking(booked.workerId(), booked.parts().getFirst().blocked()));
        Calendar after =
                new Calendar(calendar.zone(), calendar.hours(), List.of(), calendar.workers(), List.of(), bookings);

        assertThat(SlotEngine.at(booked.start(), after, aCase.request))
                .noneMatch(slot -> slot.workerId().equals(booked.workerId()));
        assertThat(slots).containsAll(SlotEngine.slots(after, aCase.request));
    }

    private static TimeSpan blocked(Slot slot) {
        return slot.parts().getFirst().blocked();
    }

    private static boolean within(Slot slot, WorkingWeek week, ZoneId zone) {
        Instant last = slot.end().minusMillis(1);
        LocalDate day = slot.start().atZone(zone).toLocalDate();
        return week.on(day.getDayOfWeek()).stream()
                .anyMatch(span -> !firstReading(slot.start(), zone).isBefore(day.atTime(span.from()))
                        && (comesTwice(day.atTime(span.to()), zone)
                                        ? firstReading(last, zone)
                                        : last.atZone(zone).toLocalDateTime())
                                .isBefore(day.atTime(span.to())));
    }

    private static boolean comesTwice(LocalDateTime local, ZoneId zone) {
        return zone.getRules().getValidOffsets(local).size() == 2;
    }

    /** A clock nobody put back yet: who opened at 02:30 is still open when 02:00 comes again, who closed at 01:00 is gone. */
    private static LocalDateTime firstReading(Instant instant, ZoneId zone) {
        LocalDateTime shown = instant.atZone(zone).toLocalDateTime();
        ZoneOffset before = zone.getRules().getValidOffsets(shown).getFirst();
        return LocalDateTime.ofInstant(instant, before);
    }

    @Provide
    Arbitrary<Case> cases() {
        return Arbitraries.longs().map(seed -> invent(new Random(seed)));
    }

    private static Case invent(Random random) {
        ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        LocalDate day = DAYS.get(random.nextInt(DAYS.size()));
        UUID service = new UUID(7, 7);
        List<Worker> workers = new ArrayList<>();
        List<Booking> bookings = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            Optional<Set<UUID>> skills = random.nextInt(4) == 0 ? Optional.of(Set.of()) : Optional.empty();
            Optional<WorkingWeek> own = random.nextBoolean() ? Optional.of(week(random)) : Optional.empty();
            workers.add(new Worker(new UUID(1, i), "Worker " + i, skills, own));
            for (int j = 0; j < random.nextInt(4); j++) {
                Instant from = day.atStartOfDay(zone).toInstant().plus(Duration.ofMinutes(5L * random.nextInt(330)));
                TimeSpan blocked = new TimeSpan(from, from.plus(Duration.ofMinutes(5L * (1 + random.nextInt(30)))));
                bookings.add(new Booking(new UUID(1, i), blocked));
            }
        }
        Need need = new Need(
                service,
                Duration.ofMinutes(5L * (1 + random.nextInt(36))),
                Duration.ofMinutes(5L * random.nextInt(4)),
                Duration.ofMinutes(5L * random.nextInt(4)));
        Rules rules = new Rules(
                Duration.ofMinutes(random.nextInt(300)),
                90,
                Duration.ofMinutes(List.of(15, 30, 60).get(random.nextInt(3))));
        Instant now = day.atStartOfDay(zone)
                .toInstant()
                .minus(Duration.ofHours(12))
                .plus(Duration.ofMinutes(random.nextInt(1440)));
        Calendar calendar = new Calendar(zone, week(random), List.of(), workers, List.of(), bookings);
        return new Case(calendar, new SlotRequest(need, day, day.plusDays(random.nextInt(2)), null, now, rules));
    }

    private static WorkingWeek week(Random random) {
        Map<DayOfWeek, List<OpenSpan>> days = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (random.nextInt(5) > 0) {
                LocalTime from = LocalTime.of(random.nextInt(12), 30 * random.nextInt(2));
                LocalTime to = from.plusMinutes(30L * (1 + random.nextInt(20)));
                days.put(day, List.of(new OpenSpan(from, to)));
            }
        }
        return new WorkingWeek(days);
    }
}
