package dev.throughline.tools.availability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaidStartTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final LocalDate SATURDAY = LocalDate.parse("2026-11-21");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-24T10:30:00-05:00",
                "2026-11-24T15:30:00Z",
                "2026-11-24T10:30",
                "2026-11-24T10:30:00",
                "2026-11-24 10:30",
                "Tuesday at ten thirty",
                "next Tuesday at 10:30",
                "November 24th at half past ten",
                "Tuesday 10:30 am",
                "Tuesday half ten",
                "ten thirty on Tuesday",
                "half past ten on November 24th",
                "11/24 10.30",
                "at 10:30am on the 24th"
            })
    void shouldReadAStart(String said) {
        assertThat(SaidStart.read(said, null, NEW_YORK, SATURDAY, "US"))
                .map(start -> start.instants().getFirst())
                .contains(Instant.parse("2026-11-24T15:30:00Z"));
    }

    @Test
    void shouldReadATimeBesideADay() {
        assertThat(SaidStart.read("10:30", "Tuesday", NEW_YORK, SATURDAY, "US"))
                .map(start -> start.instants().getFirst())
                .contains(Instant.parse("2026-11-24T15:30:00Z"));
        assertThat(SaidStart.read("10:30", null, NEW_YORK, SATURDAY, "US")).isEmpty();
    }

    @Test
    void shouldMeanBothReadingsOfAnHourThatComesTwice() {
        Optional<SaidStart> start =
                SaidStart.read("01:30", "2026-11-01", NEW_YORK, LocalDate.parse("2026-10-20"), "US");

        assertThat(start.orElseThrow().instants())
                .containsExactly(Instant.parse("2026-11-01T05:30:00Z"), Instant.parse("2026-11-01T06:30:00Z"));
    }
}
