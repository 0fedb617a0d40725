package dev.throughline.tools.availability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaidTimeTest {

    @ParameterizedTest
    @CsvSource({
        "10:30, 10:30",
        "10.30, 10:30",
        "1030, 10:30",
        "14:30, 14:30",
        "02:30, 02:30",
        "10:30:00, 10:30",
        "2 pm, 14:00",
        "2:15pm, 14:15",
        "12 am, 00:00",
        "12 pm, 12:00",
        "12, 12:00",
        "9 a.m., 09:00",
        "half past two, 14:30",
        "quarter to four, 15:45",
        "quarter past nine, 09:15",
        "ten past ten, 10:10",
        "ten thirty, 10:30",
        "nine o'clock, 09:00",
        "two in the afternoon, 14:00",
        "ten oh five, 10:05",
        "at ten, 10:00",
        "eleven forty five, 11:45",
        "noon, 12:00",
        "half ten, 10:30",
        "tenish, 10:00"
    })
    void shouldReadWhatPeopleSay(String said, LocalTime expected) {
        assertThat(SaidTime.read(said)).first().isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "--", "later", "25:00", "10:75", "half", "half past", "the second one"})
    void shouldNotGuess(String said) {
        assertThat(SaidTime.read(said)).isEmpty();
    }
}
