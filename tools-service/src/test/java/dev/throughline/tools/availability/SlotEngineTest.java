package dev.throughline.tools.availability;

import static dev.throughline.tools.availability.CalendarExamples.JO;
import static dev.throughline.tools.availability.CalendarExamples.MARIA;
import static dev.throughline.tools.availability.CalendarExamples.RULES;
import static dev.throughline.tools.availability.CalendarExamples.calendar;
import static dev.throughline.tools.availability.CalendarExamples.everyDay;
import static dev.throughline.tools.availability.CalendarExamples.minutes;
import static dev.throughline.tools.availability.CalendarExamples.request;
import static dev.throughline.tools.availability.CalendarExamples.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.tools.availability.Calendar.Booking;
import dev.throughline.tools.availability.Calendar.Worker;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SlotEngineTest {

    private static final Instant EARLIER = Instant.parse("2026-01-01T00:00:00Z");
    private static final LocalDate TUESDAY = LocalDate.parse("2026-11-24");
    private static final Instant SATURDAY_NOON = Instant.parse("2026-11-21T17:00:00Z");

    @Test
    void shouldOfferEveryStepFromOpeningUntilTheVisitNoLongerFits() {
        Calendar calendar = calendar("America/New_York", everyDay("09:00", "12:00"), List.of(MARIA));

        assertThat(local(SlotEngine.slots(calendar, request(minutes(120), TUESDAY, SATURDAY_NOON)), "America/New_York"))
                .containsExactly("09:00-05:00", "09:30-05:00", "10:00-05:00");
    }

    @Test
    void shouldOfferNothingOnADayOff() {
        Calendar closed = calendar("America/New_York", new WorkingWeek(java.util.Map.of()), List.of(MARIA));

        assertThat(SlotEngine.slots(closed, request(minutes(30), TUESDAY, SATURDAY_NOON)))
                .isEmpty();
    }

    @Test
    void shouldKeepAwayFromBookingsByBothBuffers() {
        // Blocked 10:00 to 11:00; a visit of 30 minutes with 15 before and 10 after must clear it on both sides.
        Calendar calendar = calendar(
                "UTC",
                everyDay("09:00", "13:00"),
                List.of(MARIA),
                new Booking(MARIA.id(), span("2026-11-24T10:00:00Z", "2026-11-24T11:00:00Z")));

        assertThat(local(SlotEngine.slots(calendar, request(minutes(30, 15, 10), TUESDAY, SATURDAY_NOON)), "UTC"))
                .containsExactly("09:00Z", "11:30Z", "12:00Z", "12:30Z");
    }

    @Test
    void shouldAllowVisitsThatTouch() {
        Calendar calendar = calendar(
                "UTC",
                everyDay("09:00", "11:00"),
                List.of(MARIA),
                new Booking(MARIA.id(), span("2026-11-24T09:30:00Z", "2026-11-24T10:00:00Z")));

        assertThat(local(SlotEngine.slots(calendar, request(minutes(30), TUESDAY, SATURDAY_NOON)), "UTC"))
                .containsExactly("09:00Z", "10:00Z", "10:30Z");
    }

    @Test
    void shouldAskOnlyPeopleWhoDoTheServiceInTheirOwnHours() {
        Worker unable = new Worker(UUID.randomUUID(), "Kim", Optional.of(Set.of()), Optional.empty());
        Worker mornings =
                new Worker(UUID.randomUUID(), "Lee", Optional.empty(), Optional.of(everyDay("08:00", "10:30")));
        Calendar calendar = calendar("UTC", everyDay("09:00", "17:00"), List.of(unable, mornings));

        List<Slot> slots = SlotEngine.slots(calendar, request(minutes(60), TUESDAY, SATURDAY_NOON));

        assertThat(slots).extracting(Slot::workerName).containsOnly("Lee");
        assertThat(local(slots, "UTC")).containsExactly("09:00Z", "09:30Z");
    }

    @Test
    void shouldPreferThePersonWithLessToDoThatDay() {
        Calendar calendar = calendar(
                "UTC",
                everyDay("09:00", "17:00"),
                List.of(MARIA, JO),
                new Booking(MARIA.id(), span("2026-11-24T15:00:00Z", "2026-11-24T16:00:00Z")));

        assertThat(SlotEngine.at(
                        Instant.parse("2026-11-24T09:00:00Z"), calendar, request(minutes(60), TUESDAY, SATURDAY_NOON)))
                .extracting(Slot::workerName)
                .containsExactly("Jo", "Maria");
    }

    @Test
    void shouldOfferOnlyThePersonAskedFor() {
        Calendar calendar = calendar("UTC", everyDay("09:00", "10:00"), List.of(MARIA, JO));
        var request = new SlotRequest(minutes(60), TUESDAY, TUESDAY, JO.id(), SATURDAY_NOON, RULES);

        assertThat(SlotEngine.slots(calendar, request))
                .extracting(Slot::workerName)
                .containsExactly("Jo");
    }

    @Test
    void shouldNotOfferThePastOrLessThanTheNotice() {
        Calendar calendar = calendar("UTC", everyDay("09:00", "12:00"), List.of(MARIA));
        Instant now = Instant.parse("2026-11-24T09:30:00Z");

        assertThat(local(SlotEngine.slots(calendar, request(minutes(30), TUESDAY, now)), "UTC"))
                .containsExactly("09:30Z", "10:00Z", "10:30Z", "11:00Z", "11:30Z");

        var hourAhead = new SlotRequest.Rules(java.time.Duration.ofMinutes(61), 90, RULES.grid());
        var request = new SlotRequest(minutes(30), TUESDAY, TUESDAY, null, now, hourAhead);
        assertThat(local(SlotEngine.slots(calendar, request), "UTC")).containsExactly("11:00Z", "11:30Z");
    }

    @Test
    void shouldCountTheHorizonInTheBusinessesDays() {
        // It is already the 22nd in Auckland.
        Calendar calendar = calendar("Pacific/Auckland", everyDay("09:00", "10:00"), List.of(MARIA));
        Instant now = Instant.parse("2026-11-21T12:00:00Z");
        LocalDate last = LocalDate.parse("2026-11-22").plusDays(90);

        assertThat(SlotEngine.slots(calendar, request(minutes(60), last, now))).hasSize(1);
        assertThat(SlotEngine.slots(calendar, request(minutes(60), last.plusDays(1), now)))
                .isEmpty();
    }

    @Test
    void shouldSkipTheHourThatDoesNotExistInNewYork() {
        Calendar calendar = calendar("America/New_York", everyDay("01:00", "04:00"), List.of(MARIA));

        assertThat(local(
                        SlotEngine.slots(calendar, request(minutes(30), LocalDate.parse("2026-03-08"), EARLIER)),
                        "America/New_York"))
                .containsExactly("01:00-05:00", "01:30-05:00", "03:00-04:00", "03:30-04:00");
    }

    @Test
    void shouldOfferTheHourThatComesTwiceTwiceInNewYork() {
        Calendar calendar = calendar("America/New_York", everyDay("01:00", "02:30"), List.of(MARIA));

        assertThat(local(
                        SlotEngine.slots(
                                calendar,
                                request(
                                        minutes(30),
                                        LocalDate.parse("2026-11-01"),
                                        Instant.parse("2026-10-01T00:00:00Z"))),
                        "America/New_York"))
                .containsExactly("01:00-04:00", "01:30-04:00", "01:00-05:00", "01:30-05:00", "02:00-05:00");
    }

    @Test
    void shouldHandleBothChangesInLondon() {
        Calendar calendar = calendar("Europe/London", everyDay("00:30", "02:30"), List.of(MARIA));

        assertThat(local(
                        SlotEngine.slots(calendar, request(minutes(60), LocalDate.parse("2026-03-29"), EARLIER)),
                        "Europe/London"))
                .containsExactly("00:30Z");
        assertThat(local(
                        SlotEngine.slots(
                                calendar,
                                request(
                                        minutes(60),
                                        LocalDate.parse("2026-10-25"),
                                        Instant.parse("2026-10-01T00:00:00Z"))),
                        "Europe/London"))
                .containsExactly("00:30+01:00", "01:00+01:00", "01:30+01:00", "01:00Z", "01:30Z");
    }

    @Test
    void shouldOfferTheSameEveryDayWhereClocksNeverChange() {
        Calendar calendar = calendar("Asia/Kolkata", everyDay("01:00", "03:00"), List.of(MARIA));

        for (String day : List.of("2026-03-08", "2026-03-29", "2026-10-25", "2026-11-01")) {
            LocalDate date = LocalDate.parse(day);
            Instant now = date.minusDays(2).atStartOfDay(ZoneId.of("UTC")).toInstant();
            assertThat(local(SlotEngine.slots(calendar, request(minutes(60), date, now)), "Asia/Kolkata"))
                    .containsExactly("01:00+05:30", "01:30+05:30", "02:00+05:30");
        }
    }

    @Test
    void shouldBeginAnOpeningThatFallsIntoTheGapWhenTheClocksHaveChanged() {
        Calendar calendar = calendar("America/New_York", everyDay("02:30", "04:00"), List.of(MARIA));

        assertThat(local(
                        SlotEngine.slots(calendar, request(minutes(30), LocalDate.parse("2026-03-08"), EARLIER)),
                        "America/New_York"))
                .containsExactly("03:00-04:00", "03:30-04:00");
    }

    private static List<String> local(List<Slot> slots, String zone) {
        return slots.stream()
                .map(slot -> DateTimeFormatter.ofPattern("HH:mmXXX")
                        .format(slot.start().atZone(ZoneId.of(zone))))
                .toList();
    }
}
