package dev.throughline.tools.availability;

import static dev.throughline.tools.availability.CalendarExamples.JO;
import static dev.throughline.tools.availability.CalendarExamples.MARIA;
import static dev.throughline.tools.availability.CalendarExamples.calendar;
import static dev.throughline.tools.availability.CalendarExamples.everyDay;
import static dev.throughline.tools.availability.CalendarExamples.minutes;
import static dev.throughline.tools.availability.CalendarExamples.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotChoiceTest {

    private final List<Slot> day = SlotEngine.slots(
            calendar("UTC", everyDay("09:00", "17:00"), List.of(MARIA, JO)),
            request(minutes(120), LocalDate.parse("2026-11-24"), Instant.parse("2026-11-21T12:00:00Z")));

    @Test
    void shouldSpreadOverTheDay() {
        assertThat(SlotChoice.spread(day, 4))
                .extracting(slot -> slot.start().toString())
                .containsExactly(
                        "2026-11-24T09:00:00Z", "2026-11-24T11:00:00Z", "2026-11-24T13:00:00Z", "2026-11-24T15:00:00Z");
    }

    @Test
    void shouldChooseTheNearest() {
        assertThat(SlotChoice.nearest(day, Instant.parse("2026-11-24T16:30:00Z"), 2))
                .extracting(slot -> slot.start().toString())
                .containsExactly("2026-11-24T14:30:00Z", "2026-11-24T15:00:00Z");
    }

    @Test
    void shouldNotSayOneStartTwiceForTwoPeople() {
        assertThat(SlotChoice.spread(day, 100)).hasSize(13);
    }
}
