package dev.throughline.tools.availability;

import static dev.throughline.tools.availability.CalendarExamples.JO;
import static dev.throughline.tools.availability.CalendarExamples.MARIA;
import static dev.throughline.tools.availability.CalendarExamples.RULES;
import static dev.throughline.tools.availability.CalendarExamples.calendar;
import static dev.throughline.tools.availability.CalendarExamples.everyDay;
import static dev.throughline.tools.availability.CalendarExamples.minutes;
import static dev.throughline.tools.availability.CalendarExamples.only;
import static dev.throughline.tools.availability.CalendarExamples.request;
import static dev.throughline.tools.availability.CalendarExamples.span;
import static dev.throughline.tools.availability.CalendarExamples.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.throughline.tools.availability.Calendar.Booking;
import dev.throughline.tools.availability.Calendar.Chair;
import dev.throughline.tools.availability.Calendar.Worker;
import dev.throughline.tools.availability.SlotRequest.Item;
import dev.throughline.tools.availability.SlotRequest.Need;
import dev.throughline.tools.availability.SlotRequest.Rules;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Clocks that change, nights, absences, chairs and visits with several services. */
class SlotEngineCasesTest {

    private static final LocalDate FRIDAY = LocalDate.parse("2026-11-27");
    private static final Instant BEFORE = Instant.parse("2026-11-21T12:00:00Z");
    private static final UUID CUT = UUID.fromString("00000000-0000-4000-8000-0000000000c0");
    private static final UUID COLOUR = UUID.fromString("00000000-0000-4000-8000-0000000000c1");

    @Test
    void shouldSkipTheHourThatDoesNotExistAndOfferTwiceTheOneThatComesTwiceInSydney() {
        Calendar calendar = calendar("Australia/Sydney", everyDay("01:30", "03:30"), List.of(MARIA));

        assertThat(times(calendar, "2026-10-04", 30)).containsExactly("01:30+10:00", "03:00+11:00");
        assertThat(times(calendar, "2026-04-05", 30))
                .containsExactly(
                        "01:30+11:00", "02:00+11:00", "02:30+11:00", "02:00+10:00", "02:30+10:00", "03:00+10:00");
    }

    @Test
    void shouldKeepABreakAfterTheHourThatComesTwiceWhereTheClockShowsIt() {
        Worker early = new Worker(
                UUID.randomUUID(),
                "Early",
                Optional.empty(),
                Optional.of(everyDay("01:00", "10:00")),
                only(DayOfWeek.SUNDAY, "02:30", "02:45"),
                List.of());
        Calendar calendar = calendar("Europe/London", everyDay("01:00", "10:00"), List.of(early));
        SlotRequest request = request(minutes(5), LocalDate.parse("2026-10-25"), Instant.parse("2026-10-20T12:00:00Z"));

        List<Slot> slots = SlotEngine.slots(calendar, request);

        assertThat(slots)
                .extracting(Slot::start)
                .contains(Instant.parse("2026-10-25T01:30:00Z"), Instant.parse("2026-10-25T02:00:00Z"))
                .doesNotContain(Instant.parse("2026-10-25T02:30:00Z"));
        RulesOnTheWall rules = new RulesOnTheWall(calendar, request);
        assertThat(slots).allSatisfy(slot -> assertThat(rules.objections(slot)).isEmpty());
    }

    @Test
    void shouldHandleTheHalfHourByWhichLordHoweChanges() {
        Calendar calendar = calendar("Australia/Lord_Howe", everyDay("01:00", "03:00"), List.of(MARIA));

        assertThat(times(calendar, "2026-10-04", 30)).containsExactly("01:00+10:30", "01:30+10:30", "02:30+11:00");
        assertThat(times(calendar, "2026-04-05", 30))
                .containsExactly("01:00+11:00", "01:30+11:00", "01:30+10:30", "02:00+10:30", "02:30+10:30");
    }

    @Test
    void shouldOpenOnTheMinuteInZonesOfHalfAndQuarterHours() {
        for (String zone : List.of("Asia/Kolkata", "Asia/Kathmandu", "Australia/Adelaide", "America/St_Johns")) {
            Calendar calendar = calendar(zone, everyDay("09:00", "10:30"), List.of(MARIA));

            assertThat(times(calendar, "2026-11-24", 30))
                    .as(zone)
                    .extracting(time -> time.substring(0, 5))
                    .containsExactly("09:00", "09:30", "10:00");
        }
    }

    @Test
    void shouldWorkPastMidnightAndListEachStartOnItsOwnDay() {
        Calendar bar = calendar("America/New_York", only(DayOfWeek.FRIDAY, "22:00", "02:00"), List.of(MARIA));

        assertThat(times(bar, "2026-11-27", 60))
                .containsExactly("22:00-05:00", "22:30-05:00", "23:00-05:00", "23:30-05:00");
        assertThat(times(bar, "2026-11-28", 60)).containsExactly("00:00-05:00", "00:30-05:00", "01:00-05:00");
        assertThat(SlotEngine.at(Instant.parse("2026-11-28T06:00:00Z"), bar, request(minutes(60), FRIDAY, BEFORE)))
                .hasSize(1);
    }

    @Test
    void shouldWorkThroughTheNightInWhichTheClocksGoBack() {
        Calendar bar = calendar("America/New_York", only(DayOfWeek.SATURDAY, "23:00", "02:30"), List.of(MARIA));

        assertThat(times(bar, "2026-11-01", 60))
                .containsExactly(
                        "00:00-04:00", "00:30-04:00", "01:00-04:00", "01:30-04:00", "01:00-05:00", "01:30-05:00");
    }

    @Test
    void shouldOfferAVisitAcrossMidnightWhereTheBusinessNeverCloses() {
        Calendar always = calendar("UTC", everyDay("00:00", "00:00"), List.of(MARIA));

        assertThat(times(always, "2026-11-27", 120)).hasSize(48).contains("23:30Z");
    }

    @Test
    void shouldKeepBreaksFreeOfVisitsAndTheirBuffersAlsoThoseAfterMidnight() {
        Worker night = new Worker(
                UUID.randomUUID(),
                "Night",
                Optional.empty(),
                Optional.of(only(DayOfWeek.FRIDAY, "22:00", "02:00")),
                only(DayOfWeek.FRIDAY, "00:30", "01:00"),
                List.of());
        Calendar calendar = calendar("UTC", everyDay("00:00", "00:00"), List.of(night));

        assertThat(local(SlotEngine.slots(calendar, request(minutes(30, 0, 10), FRIDAY.plusDays(1), BEFORE)), "UTC"))
                .containsExactly("01:00Z", "01:30Z");
        assertThat(times(calendar, "2026-11-28", 30)).containsExactly("00:00Z", "01:00Z", "01:30Z");
        assertThat(times(calendar, "2026-11-27", 30)).containsExactly("22:00Z", "22:30Z", "23:00Z", "23:30Z");
    }

    @Test
    void shouldOfferNobodyWhoIsAway() {
        Worker away = new Worker(
                UUID.randomUUID(),
                "Away",
                Optional.empty(),
                Optional.empty(),
                WorkingWeek.NONE,
                List.of(span("2026-11-27T10:00:00Z", "2026-11-30T00:00:00Z")));
        Calendar calendar = calendar("UTC", everyDay("09:00", "12:00"), List.of(away));

        assertThat(times(calendar, "2026-11-27", 30)).containsExactly("09:00Z", "09:30Z");
        assertThat(times(calendar, "2026-11-28", 30)).isEmpty();
        assertThat(times(calendar, "2026-11-30", 30)).hasSize(6);
    }

    @Test
    void shouldOfferNothingWhileTheBusinessIsClosedForAHoliday() {
        Calendar open = calendar("UTC", everyDay("09:00", "17:00"), List.of(MARIA));
        Calendar calendar = new Calendar(
                open.zone(),
                open.hours(),
                List.of(
                        span("2026-12-24T12:00:00Z", "2026-12-27T00:00:00Z"),
                        span("2026-12-24T10:00:00Z", "2026-12-24T10:30:00Z")),
                open.workers(),
                List.of(),
                List.of());

        assertThat(times(calendar, "2026-12-24", 60)).containsExactly("09:00Z", "10:30Z", "11:00Z");
        assertThat(times(calendar, "2026-12-25", 60)).isEmpty();
        assertThat(times(calendar, "2026-12-27", 60)).hasSize(15);
    }

    @Test
    void shouldCountTheDaysOfNoticeInTheBusinessesDays() {
        // It is already the 22nd in Auckland: two days of notice end on the 24th there.
        Calendar calendar = calendar("Pacific/Auckland", everyDay("09:00", "10:00"), List.of(MARIA));
        Rules rules = new Rules(Duration.ZERO, 2, 90, Duration.ofMinutes(30), Duration.ZERO);
        LocalDate from = LocalDate.parse("2026-11-22");
        SlotRequest request = new SlotRequest(
                List.of(new Item(minutes(60), null)),
                from,
                from.plusDays(3),
                Instant.parse("2026-11-21T12:00:00Z"),
                rules);

        assertThat(SlotEngine.slots(calendar, request))
                .extracting(slot ->
                        LocalDate.ofInstant(slot.start(), calendar.zone()).toString())
                .containsExactly("2026-11-24", "2026-11-25");
    }

    @Test
    void shouldCountTheGridFromTheOpening() {
        Calendar calendar = calendar("UTC", everyDay("09:10", "10:30"), List.of(MARIA));
        Rules quarters = new Rules(Duration.ZERO, 90, Duration.ofMinutes(20));

        assertThat(local(
                        SlotEngine.slots(
                                calendar, new SlotRequest(minutes(30), FRIDAY, FRIDAY, null, BEFORE, quarters)),
                        "UTC"))
                .containsExactly("09:10Z", "09:30Z", "09:50Z");
    }

    @Test
    void shouldShareTheWorkEquallyWhenAnybodyWillDo() {
        List<Worker> people = List.of(worker("A"), worker("B"), worker("C"));
        List<Booking> booked = new ArrayList<>();
        Map<String, Integer> visits = new HashMap<>();

        for (int i = 0; i < 9; i++) {
            Calendar calendar = calendar("UTC", everyDay("09:00", "17:00"), people, booked.toArray(Booking[]::new));
            // Always the middle of what is left, so that all three are free for most of them.
            List<Slot> slots = SlotEngine.slots(calendar, request(minutes(60), FRIDAY, BEFORE));
            Slot taken = SlotEngine.at(
                            slots.get(slots.size() / 2).start(), calendar, request(minutes(60), FRIDAY, BEFORE))
                    .getFirst();
            booked.add(new Booking(taken.workerId(), taken.parts().getFirst().blocked()));
            visits.merge(taken.workerName(), 1, Integer::sum);
        }

        assertThat(visits).isEqualTo(Map.of("A", 3, "B", 3, "C", 3));
    }

    @Test
    void shouldOfferNoMoreVisitsAtOnceThanThereAreChairs() {
        List<Worker> three = List.of(worker("A"), worker("B"), worker("C"));
        Chair one = new Chair(UUID.randomUUID(), "Chair 1", Optional.empty());
        Chair two = new Chair(UUID.randomUUID(), "Chair 2", Optional.empty());
        TimeSpan ten = span("2026-11-27T10:00:00Z", "2026-11-27T11:00:00Z");
        Calendar full = withChairs(
                three,
                List.of(one, two),
                new Booking(three.get(0).id(), ten),
                new Booking(one.id(), ten),
                new Booking(three.get(1).id(), ten),
                new Booking(two.id(), ten));

        assertThat(times(full, "2026-11-27", 60)).containsExactly("09:00Z", "11:00Z", "11:30Z", "12:00Z");

        Calendar oneLeft =
                withChairs(three, List.of(one, two), new Booking(three.get(0).id(), ten), new Booking(one.id(), ten));
        assertThat(SlotEngine.at(ten.from(), oneLeft, request(minutes(60), FRIDAY, BEFORE)))
                .extracting(Slot::workerName, slot -> slot.parts().getFirst().chairName())
                .containsExactly(tuple("B", "Chair 2"), tuple("C", "Chair 2"));
    }

    @Test
    void shouldNeedAChairOnlyForServicesThereAreChairsFor() {
        Chair basin = new Chair(UUID.randomUUID(), "Basin", Optional.of(Set.of(COLOUR)));
        TimeSpan allDay = span("2026-11-27T00:00:00Z", "2026-11-28T00:00:00Z");
        Calendar calendar = withChairs(List.of(MARIA), List.of(basin), new Booking(basin.id(), allDay));

        assertThat(slots(calendar, new Item(need(COLOUR, 60), null))).isEmpty();
        assertThat(slots(calendar, new Item(need(CUT, 60), null)))
                .isNotEmpty()
                .allMatch(slot -> slot.parts().getFirst().chairId() == null);
    }

    @Test
    void shouldPutTwoServicesIntoOneVisitWithTheirOwnPeople() {
        Worker colourist = new Worker(UUID.randomUUID(), "Cleo", Optional.of(Set.of(COLOUR)), Optional.empty());
        Worker cutter = new Worker(UUID.randomUUID(), "Ed", Optional.of(Set.of(CUT)), Optional.empty());
        Calendar calendar = calendar(
                "UTC",
                everyDay("09:00", "12:00"),
                List.of(colourist, cutter),
                new Booking(cutter.id(), span("2026-11-27T10:00:00Z", "2026-11-27T10:20:00Z")));

        List<Slot> slots = slots(calendar, new Item(need(COLOUR, 60), null), new Item(need(CUT, 30), null));

        // At nine Ed is busy until 10:20: within the gap. At ten he is free when Cleo is done.
        assertThat(slots)
                .extracting(slot -> slot.start() + " " + slot.parts().get(1).workerName() + " "
                        + slot.parts().get(1).visit().from())
                .containsExactly(
                        "2026-11-27T09:00:00Z Ed 2026-11-27T10:20:00Z",
                        "2026-11-27T09:30:00Z Ed 2026-11-27T10:30:00Z",
                        "2026-11-27T10:00:00Z Ed 2026-11-27T11:00:00Z",
                        "2026-11-27T10:30:00Z Ed 2026-11-27T11:30:00Z");
    }

    @Test
    void shouldNotMakeACustomerWaitLongerThanPermitted() {
        Worker colourist = new Worker(UUID.randomUUID(), "Cleo", Optional.of(Set.of(COLOUR)), Optional.empty());
        Worker cutter = new Worker(UUID.randomUUID(), "Ed", Optional.of(Set.of(CUT)), Optional.empty());
        Calendar calendar = calendar(
                "UTC",
                everyDay("09:00", "12:00"),
                List.of(colourist, cutter),
                new Booking(cutter.id(), span("2026-11-27T10:00:00Z", "2026-11-27T10:45:00Z")));

        // The gap is 30 minutes: from nine it would be 45, from half past nine it is 15.
        assertThat(slots(calendar, new Item(need(COLOUR, 60), null), new Item(need(CUT, 30), null)))
                .first()
                .extracting(slot -> slot.start().toString())
                .isEqualTo("2026-11-27T09:30:00Z");
    }

    @Test
    void shouldStayWithOnePersonAndKeepTheBuffersBetweenHerServices() {
        Calendar calendar = calendar("UTC", everyDay("09:00", "12:00"), List.of(JO, MARIA));
        Need colour = new Need(COLOUR, Duration.ofMinutes(60), Duration.ZERO, Duration.ofMinutes(10));
        Need cut = new Need(CUT, Duration.ofMinutes(30), Duration.ofMinutes(5), Duration.ZERO);

        Slot withMaria = slots(calendar, new Item(colour, MARIA.id()), new Item(cut, MARIA.id()))
                .getFirst();
        assertThat(withMaria.parts().get(1).visit().from()).isEqualTo(Instant.parse("2026-11-27T10:15:00Z"));

        // Anybody: somebody else is free at once, which is sooner.
        Slot withAnybody = slots(calendar, new Item(colour, MARIA.id()), new Item(cut, null))
                .getFirst();
        assertThat(withAnybody.parts().get(1).workerName()).isEqualTo("Jo");
        assertThat(withAnybody.parts().get(1).visit().from()).isEqualTo(Instant.parse("2026-11-27T10:00:00Z"));
    }

    private static Need need(UUID service, int minutes) {
        return new Need(service, Duration.ofMinutes(minutes), Duration.ZERO, Duration.ZERO);
    }

    private static Calendar withChairs(List<Worker> workers, List<Chair> chairs, Booking... booked) {
        return new Calendar(ZoneId.of("UTC"), everyDay("09:00", "13:00"), List.of(), workers, chairs, List.of(booked));
    }

    private static List<Slot> slots(Calendar calendar, Item... items) {
        Rules rules = new Rules(Duration.ZERO, 0, 90, Duration.ofMinutes(30), Duration.ofMinutes(30));
        return SlotEngine.slots(calendar, new SlotRequest(List.of(items), FRIDAY, FRIDAY, BEFORE, rules));
    }

    private static List<String> times(Calendar calendar, String date, int minutes) {
        LocalDate day = LocalDate.parse(date);
        Instant now =
                day.minusDays(3).atTime(LocalTime.NOON).atZone(calendar.zone()).toInstant();
        return local(
                        SlotEngine.slots(calendar, new SlotRequest(minutes(minutes), day, day, null, now, RULES)),
                        calendar.zone().getId())
                .stream()
                .distinct()
                .toList();
    }

    private static List<String> local(List<Slot> slots, String zone) {
        return slots.stream()
                .map(slot -> DateTimeFormatter.ofPattern("HH:mmXXX")
                        .format(slot.start().atZone(ZoneId.of(zone))))
                .toList();
    }
}
