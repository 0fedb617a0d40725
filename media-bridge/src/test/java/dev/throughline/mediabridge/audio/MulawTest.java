package dev.throughline.mediabridge.audio;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MulawTest {

    /** ITU-T G.711 table 2a/2b: the decoder's output values at the segments' ends, times four for 16 bits. */
    @Test
    void shouldDecodeTheValuesOfTheStandard() {
        int[][] codeAndValue = {
            {0x80, 8031},
            {0x8F, 4191},
            {0x90, 3999},
            {0x9F, 2079},
            {0xA0, 1983},
            {0xAF, 1023},
            {0xB0, 975},
            {0xBF, 495},
            {0xC0, 471},
            {0xCF, 231},
            {0xD0, 219},
            {0xDF, 99},
            {0xE0, 93},
            {0xEF, 33},
            {0xF0, 30},
            {0xFE, 2},
            {0xFF, 0}
        };
        for (int[] pair : codeAndValue) {
            assertThat((int) Mulaw.decode((byte) pair[0]))
                    .as("code %x", pair[0])
                    .isEqualTo(4 * pair[1]);
            assertThat((int) Mulaw.decode((byte) (pair[0] & 0x7F))).isEqualTo(-4 * pair[1]);
        }
    }

    @Property
    void shouldEncodeEveryDecodedValueAsItself(@ForAll @ByteRange(min = Byte.MIN_VALUE) byte code) {
        // 0x7F is negative zero; it comes back as positive zero.
        byte expected = code == 0x7F ? Mulaw.SILENCE : code;

        assertThat(Mulaw.encode(Mulaw.decode(code))).isEqualTo(expected);
    }

    @Property
    void shouldPickTheNearestValue(@ForAll @IntRange(min = -32_635, max = 32_635) int sample) {
        int error = Math.abs(sample - Mulaw.decode(Mulaw.encode(sample)));
        // Half a step: steps double per segment, from 8 next to zero to 1024 at the end.
        int step = Math.max(8, Integer.highestOneBit(Math.abs(sample) + 132) >> 4);

        assertThat(error).isLessThanOrEqualTo(step / 2 + 4);
    }

    @Test
    void shouldClipWhatIsTooLoud() {
        assertThat(Mulaw.encode(100_000)).isEqualTo((byte) 0x80);
        assertThat(Mulaw.encode(-100_000)).isEqualTo((byte) 0x00);
        assertThat(Mulaw.encode(Short.MIN_VALUE)).isEqualTo((byte) 0x00);
    }
}
