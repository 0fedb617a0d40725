package dev.throughline.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class FrameClockTest {

    private final FrameClock clock = new FrameClock();

    @Test
    void shouldTimeAFrameFromSentToReceived() {
        byte[] frame = {1, 2, 3, 4};
        clock.sent(frame);

        clock.received(Base64.getEncoder().encodeToString(frame));

        assertThat(clock.summary().getLong("count")).isEqualTo(1);
        assertThat(clock.summary().getDouble("p99")).isBetween(0.0, 1_000.0);
    }

    @Test
    void shouldLeaveOutSilenceAndFramesNobodySent() {
        byte[] silence = new byte[160];
        java.util.Arrays.fill(silence, (byte) 0xFF);
        clock.sent(silence);

        clock.received(Base64.getEncoder().encodeToString(silence));
        clock.received("AQIDBAUG");

        assertThat(clock.summary().getLong("count")).isZero();
        assertThat(clock.summary().getValue("p50")).isNull();
    }

    @Test
    void shouldMatchEqualFramesAsOftenAsTheyWereSent() {
        byte[] frame = {9, 8, 7, 6};
        clock.sent(frame);
        clock.sent(frame);

        for (int i = 0; i < 3; i++) {
            clock.received(Base64.getEncoder().encodeToString(frame));
        }

        assertThat(clock.summary().getLong("count")).isEqualTo(2);
    }

    @Test
    void shouldForgetTheOldestWhenTooManyAreUnderWay() {
        for (int i = 0; i < 10_000; i++) {
            clock.sent(new byte[] {1, (byte) i, (byte) (i >> 8)});
        }

        clock.received(Base64.getEncoder().encodeToString(new byte[] {1, 0, 0}));
        assertThat(clock.summary().getLong("count"))
                .as("the first was forgotten")
                .isZero();
        clock.received(Base64.getEncoder().encodeToString(new byte[] {1, (byte) 9_999, (byte) (9_999 >> 8)}));
        assertThat(clock.summary().getLong("count")).isEqualTo(1);
    }
}
