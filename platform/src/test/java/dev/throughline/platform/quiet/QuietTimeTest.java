package dev.throughline.platform.quiet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.tenant.TextSettings.QuietHours;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietTimeTest {

    private static final QuietHours NIGHT = new QuietHours("21:00", "08:00");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @ParameterizedTest
    @CsvSource({
        // New York is five hours behind in winter
        "2026-12-02T01:59:00Z, ",
        "2026-12-02T02:00:00Z, 2026-12-02T13:00:00Z",
        "2026-12-02T06:00:00Z, 2026-12-02T13:00:00Z",
        "2026-12-02T12:59:59Z, 2026-12-02T13:00:00Z",
        "2026-12-02T13:00:00Z, "
    })
    void shouldPassMidnight(Instant now, Instant until) {
        assertThat(QuietTime.until(NIGHT, Set.of(NEW_YORK), now)).isEqualTo(java.util.Optional.ofNullable(until));
    }

    @Test
    void shouldBeQuietAsLongAsItIsInOneOfTheZones() {
        Set<ZoneId> fromCoastToCoast = Set.of(NEW_YORK, ZoneId.of("America/Los_Angeles"));
        // 06:00 in New York, 03:00 in Los Angeles: the west sleeps until 16:00 UTC
        assertThat(QuietTime.until(NIGHT, fromCoastToCoast, Instant.parse("2026-12-02T11:00:00Z")))
                .contains(Instant.parse("2026-12-02T16:00:00Z"));
    }

    @Test
    void shouldEndByTheClockOfTheDayThatBegins() {
        // In the night of 1 November 2026 the clocks of New York go back: eight o'clock is then five hours behind, not
        // four.
        assertThat(QuietTime.until(NIGHT, Set.of(NEW_YORK), Instant.parse("2026-11-01T03:00:00Z")))
                .contains(Instant.parse("2026-11-01T13:00:00Z"));
    }

    @Test
    void shouldKnowARestAtNoon() {
        QuietHours noon = new QuietHours("12:00", "14:00");
        assertThat(QuietTime.until(noon, Set.of(NEW_YORK), Instant.parse("2026-12-02T18:00:00Z")))
                .contains(Instant.parse("2026-12-02T19:00:00Z"));
        assertThat(QuietTime.until(noon, Set.of(NEW_YORK), Instant.parse("2026-12-02T19:00:00Z")))
                .isEmpty();
    }

    @Test
    void shouldNeverBeQuietBetweenEqualEnds() {
        assertThat(QuietTime.until(new QuietHours("08:00", "08:00"), Set.of(NEW_YORK), Instant.now()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "+12125550100, America/New_York",
        "+14155550100, America/Los_Angeles",
        "+442071234567, Europe/London",
        "+61255501234, Australia/Sydney"
    })
    void shouldReadTheZoneFromTheNumber(String number, ZoneId zone) {
        assertThat(LeadZones.of(number, ZoneId.of("UTC"))).containsExactly(zone);
    }

    @ParameterizedTest
    @CsvSource({"+18005550100", "+999123", "client:web"})
    void shouldNeverBeWithoutAZone(String number) {
        assertThat(LeadZones.of(number, NEW_YORK)).isNotEmpty();
    }
}
