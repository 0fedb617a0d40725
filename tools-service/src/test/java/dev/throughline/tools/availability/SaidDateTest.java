package dev.throughline.tools.availability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaidDateTest {

    private static final LocalDate SATURDAY = LocalDate.parse("2026-11-21");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-24 | 2026-11-24",
                "2026-11-24T10:30:00 | 2026-11-24",
                "today | 2026-11-21",
                "Tomorrow | 2026-11-22",
                "the day after tomorrow | 2026-11-23",
                "Tuesday | 2026-11-24",
                "tue | 2026-11-24",
                "on Tuesday | 2026-11-24",
                "this Tuesday | 2026-11-24",
                "Tuesday the 24th | 2026-11-24",
                "next Tuesday | 2026-11-24",
                "next Sunday | 2026-11-29",
                "Saturday | 2026-11-21",
                "next week | 2026-11-23",
                "in 3 days | 2026-11-24",
                "in two weeks | 2026-12-05",
                "November 24th | 2026-11-24",
                "Nov 24, 2026 | 2026-11-24",
                "24 November | 2026-11-24",
                "the 24th of November | 2026-11-24",
                "January 5 | 2027-01-05",
                "the 24th | 2026-11-24",
                "the 3rd | 2026-12-03",
                "11/24/2026 | 2026-11-24",
                "24.11.2026 | 2026-11-24",
                "11/24 | 2026-11-24",
                "24.11. | 2026-11-24",
                "1/5 | 2027-01-05",
                "24/11 | 2026-11-24",
                "yesterday | 2026-11-20",
                "a week from Tuesday | 2026-12-01",
                "Tuesday week | 2026-12-01",
                "in a fortnight | 2026-12-05",
                "this weekend | 2026-11-21"
            })
    void shouldReadWhatPeopleSay(String said, LocalDate expected) {
        assertThat(SaidDate.read(said, SATURDAY, "US")).contains(expected);
    }

    @Test
    void shouldMeanTheFollowingWeekByNextWhenSaidEarlyInAWeek() {
        assertThat(SaidDate.read("next Tuesday", LocalDate.parse("2026-11-23"), "US"))
                .contains(LocalDate.parse("2026-12-01"));
    }

    @Test
    void shouldPutTheDayFirstOutsideTheStates() {
        assertThat(SaidDate.read("05/12/2026", SATURDAY, "GB")).contains(LocalDate.parse("2026-12-05"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whenever", "2026-02-30", "32nd", "the 99th of May", "t", "99/99/9999", "in many days"})
    void shouldNotGuess(String said) {
        assertThat(SaidDate.read(said, SATURDAY, "US")).isEmpty();
    }
}
