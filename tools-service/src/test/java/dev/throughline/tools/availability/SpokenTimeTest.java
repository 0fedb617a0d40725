package dev.throughline.tools.availability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpokenTimeTest {

    @ParameterizedTest
    @CsvSource({
        "09:00, nine o'clock",
        "10:30, ten thirty",
        "12:00, noon",
        "12:15, twelve fifteen",
        "14:00, two in the afternoon",
        "15:45, three forty-five in the afternoon",
        "18:30, six thirty in the evening",
        "06:05, six oh five in the morning",
        "00:00, midnight",
        "10:20, ten twenty"
    })
    void shouldSayTimes(LocalTime time, String spoken) {
        assertThat(SpokenTime.time(time)).isEqualTo(spoken);
    }

    @Test
    void shouldSayTheMonthOnlyWhereItIsAnother() {
        LocalDate today = LocalDate.parse("2026-11-21");

        assertThat(SpokenTime.dayAndTime(LocalDate.parse("2026-11-24"), LocalTime.of(10, 30), today))
                .isEqualTo("Tuesday the 24th at ten thirty");
        assertThat(SpokenTime.day(LocalDate.parse("2026-12-01"), today)).isEqualTo("Tuesday the 1st of December");
        assertThat(SpokenTime.day(LocalDate.parse("2026-11-22"), today)).isEqualTo("Sunday the 22nd");
        assertThat(SpokenTime.day(LocalDate.parse("2026-12-11"), today)).isEqualTo("Friday the 11th of December");
    }

    @Test
    void shouldListItems() {
        assertThat(SpokenTime.list(List.of("a"), "or")).isEqualTo("a");
        assertThat(SpokenTime.list(List.of("a", "b"), "or")).isEqualTo("a or b");
        assertThat(SpokenTime.list(List.of("a", "b", "c"), "and")).isEqualTo("a, b and c");
    }
}
