package dev.throughline.sms.answering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.sms.inbound.InboundText;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BurstTest {

    private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");

    /** @param seconds when each text came */
    private static double rest(double now, double... seconds) {
        List<InboundText> texts = Arrays.stream(seconds)
                .mapToObj(second -> new InboundText(
                        "SM" + second, null, new UUID(0, 1), new UUID(0, 2), "", "", "", 1, List.of(), at(second)))
                .toList();
        return Burst.rest(texts, at(now), Duration.ofSeconds(2), Duration.ofSeconds(8))
                        .toMillis()
                / 1e3;
    }

    private static Instant at(double second) {
        return START.plusMillis((long) (second * 1000));
    }

    @Test
    void shouldWaitUntilNothingCameForAWhile() {
        assertThat(rest(0, 0)).isEqualTo(2);
        assertThat(rest(1.5, 0)).isEqualTo(0.5);
        assertThat(rest(1.5, 0, 1)).isEqualTo(1.5);
        assertThat(rest(3, 0, 1)).isZero();
    }

    @Test
    void shouldNotWaitForLessThanATimerCan() {
        InboundText text = new InboundText(
                "SM1", null, new UUID(0, 1), new UUID(0, 2), "", "", "", 1, List.of(), START.plusNanos(400_000));

        assertThat(Burst.rest(List.of(text), START.plusSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(8)))
                .isEqualTo(Duration.ZERO);
    }

    @Test
    void shouldAnswerWhoNeverStopsWriting() {
        assertThat(rest(7, 0, 3, 6.9)).isEqualTo(1);
        assertThat(rest(8, 0, 3, 7.9)).isZero();
    }

    @Test
    void shouldNotWaitLongForAClockThatIsAhead() {
        assertThat(rest(0, 100)).isEqualTo(2);
    }
}
