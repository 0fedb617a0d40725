package dev.throughline.telephony.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CallReportTest {

    private static final Instant RECEIVED = Instant.parse("2026-11-21T00:26:21.900Z");

    @Test
    void shouldTakeOurClockForTheSameMomentSoThatAHangUpFollowsTheLastWords() {
        assertThat(CallReport.time("Sat, 21 Nov 2026 00:26:20 +0000", RECEIVED)).isEqualTo(RECEIVED);
    }

    @Test
    void shouldTakeTwiliosClockForAReportThatWasLongOnItsWay() {
        assertThat(CallReport.time("Sat, 21 Nov 2026 00:20:00 +0000", RECEIVED))
                .isEqualTo(Instant.parse("2026-11-21T00:20:00Z"));
    }

    @Test
    void shouldTakeOurClockWithoutATimestampOrWithOneOfTheFuture() {
        assertThat(CallReport.time("", RECEIVED)).isEqualTo(RECEIVED);
        assertThat(CallReport.time("yesterday", RECEIVED)).isEqualTo(RECEIVED);
        assertThat(CallReport.time("Sat, 21 Nov 2026 09:00:00 +0000", RECEIVED)).isEqualTo(RECEIVED);
    }
}
