package dev.throughline.tools.availability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.tools.availability.Calendar.Booking;
import dev.throughline.tools.availability.Calendar.Chair;
import dev.throughline.tools.availability.Calendar.Worker;
import dev.throughline.tools.availability.InventedCalendars.Case;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Properties over invented calendars: zones with and without changes of clock, nights, people with breaks and days off, holidays, chairs,
 * bookings, buffers, notice, and visits with one service or several.
 */
class SlotEnginePropertyTest {

    @Property(tries = 800)
    void shouldBookEveryListedSlot(@ForAll("cases") Case aCase) {
        for (Slot slot : SlotEngine.slots(aCase.calendar(), aCase.request())) {
            assertThat(SlotEngine.at(slot.start(), aCase.calendar(), aCase.request()))
                    .contains(slot);
        }
    }

    @Property(tries = 60)
    void shouldBookNothingThatIsNotListed(@ForAll("cases") Case aCase) {
        Set<Slot> listed = new HashSet<>(SlotEngine.slots(aCase.calendar(), aCase.request()));
        for (Instant at : everyFiveMinutes(aCase)) {
            assertThat(listed).containsAll(SlotEngine.at(at, aCase.calendar(), aCase.request()));
        }
    }

    /** The rules said a second time, on a clock on the wall and minute by minute. */
    @Property(tries = 800)
    void shouldOfferOnlyWhatTheRulesAllow(@ForAll("cases") Case aCase) {
        RulesOnTheWall rules = new RulesOnTheWall(aCase.calendar(), aCase.request());
        for (Slot slot : SlotEngine.slots(aCase.calendar(), aCase.request())) {
            assertThat(rules.objections(slot)).as("%s", slot).isEmpty();
        }
    }

    /** And of one service everything they allow. */
    @Property(tries = 60)
    void shouldOfferAllThatTheRulesAllow(@ForAll("cases") Case aCase) {
        if (aCase.request().items().size() > 1) {
            return;
        }
        RulesOnTheWall rules = new RulesOnTheWall(aCase.calendar(), aCase.request());
        List<Chair> chairs = new ArrayList<>(aCase.calendar().chairs());
        chairs.add(null);
        for (Instant start : everyFiveMinutes(aCase)) {
            List<Slot> listed = SlotEngine.at(start, aCase.calendar(), aCase.request());
            for (Worker worker : aCase.calendar().workers()) {
                boolean allowed = chairs.stream()
                        .anyMatch(chair -> rules.objections(RulesOnTheWall.slot(aCase.request(), worker, chair, start))
                                .isEmpty());
                assertThat(listed.stream().anyMatch(slot -> slot.workerId().equals(worker.id())))
                        .as("%s at %s", worker.name(), start)
                        .isEqualTo(allowed);
            }
        }
    }

    @Property(tries = 300)
    void shouldNotOfferPersonOrChairTwiceAtOnceOnceBooked(@ForAll("cases") Case aCase) {
        Calendar calendar = aCase.calendar();
        List<Slot> slots = SlotEngine.slots(calendar, aCase.request());
        if (slots.isEmpty()) {
            return;
        }
        Slot booked = slots.get(slots.size() / 2);
        List<Booking> bookings = new ArrayList<>(calendar.bookings());
        for (Slot.Part part : booked.parts()) {
            bookings.add(new Booking(part.workerId(), part.blocked()));
            if (part.chairId() != null) {
                bookings.add(new Booking(part.chairId(), part.blocked()));
            }
        }
        Calendar after = new Calendar(
                calendar.zone(),
                calendar.hours(),
                calendar.closures(),
                calendar.workers(),
                calendar.chairs(),
                bookings);

        for (Slot later : SlotEngine.slots(after, aCase.request())) {
            for (Slot.Part part : later.parts()) {
                assertThat(booked.parts())
                        .noneMatch(taken -> taken.blocked().overlaps(part.blocked())
                                && (taken.workerId().equals(part.workerId())
                                        || taken.chairId() != null
                                                && taken.chairId().equals(part.chairId())));
            }
        }
        if (aCase.request().items().size() == 1) {
            assertThat(starts(slots))
                    .as(
                            "what is taken away makes nothing possible that was not; of several services each takes the earliest time, so"
                                    + " that a later one may fit only when that is gone")
                    .containsAll(starts(SlotEngine.slots(after, aCase.request())));
        }
    }

    private static Set<Instant> starts(List<Slot> slots) {
        Set<Instant> starts = new HashSet<>();
        slots.forEach(slot -> starts.add(slot.start()));
        return starts;
    }

    private static List<Instant> everyFiveMinutes(Case aCase) {
        var zone = aCase.calendar().zone();
        Instant at = aCase.request().from().atStartOfDay(zone).toInstant();
        Instant end = aCase.request().to().plusDays(1).atStartOfDay(zone).toInstant();
        List<Instant> instants = new ArrayList<>();
        for (; at.isBefore(end); at = at.plus(Duration.ofMinutes(5))) {
            instants.add(at);
        }
        return instants;
    }

    @Provide
    Arbitrary<Case> cases() {
        return Arbitraries.longs().map(seed -> InventedCalendars.invent(new Random(seed)));
    }
}
