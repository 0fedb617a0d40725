package dev.throughline.simulator.speech;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MulawTest {

    @Test
    void shouldDecodeTheCornersOfTheCode() {
        assertThat(Mulaw.decode((byte) 0xFF)).isZero();
        assertThat(Mulaw.decode((byte) 0x7F)).isZero();
        assertThat(Mulaw.decode((byte) 0x80)).isEqualTo((short) 32124);
        assertThat(Mulaw.decode((byte) 0x00)).isEqualTo((short) -32124);
    }

    @Property
    void shouldEncodeWhatItDecoded(@ForAll byte code) {
        short linear = Mulaw.decode(code);
        assertThat(Mulaw.decode(Mulaw.encode(linear))).isEqualTo(linear);
    }

    @Property
    void shouldStayWithinHalfAStepOfTheSample(@ForAll @IntRange(min = -32124, max = 32124) int sample) {
        int decoded = Mulaw.decode(Mulaw.encode(sample));
        int step = Math.max(8, Integer.highestOneBit(Math.abs(sample) + 132) / 16);
        assertThat(Math.abs(decoded - sample)).isLessThanOrEqualTo(step / 2 + 4);
    }
}
