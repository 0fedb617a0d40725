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

    /** ITU-T G.711 table 2a, column 5: from each decision value on, the next code; times four for 16 bits. */
    @Test
    void shouldDecideAtTheValuesOfTheStandard() {
        int[][] codeAndDecision = {
            {0x80, 7903}, {0x8F, 4063}, {0x90, 3935}, {0x9F, 2015}, {0xA0, 1951}, {0xAF, 991}, {0xB0, 959}, {0xBF, 479},
            {0xC0, 463}, {0xCF, 223}, {0xD0, 215}, {0xDF, 95}, {0xE0, 91}, {0xEF, 31}, {0xF0, 29}, {0xFE, 1}
        };
        for (int[] pair : codeAndDecision) {
            int decision = 4 * pair[1];
            assertThat(Mulaw.encode(decision)).as("from %d on", decision).isEqualTo((byte) pair[0]);
            assertThat(Mulaw.encode(decision - 1)).as("below %d", decision).isEqualTo((byte) (pair[0] + 1));
        }
    }

    /** As ITU-T G.712 asks of a channel: 33 dB over the range of speech, for a tone. */
    @Property
    void shouldKeepTheSignalWellAboveItsNoise(@ForAll @IntRange(min = -30, max = -3) int decibels) {
        double amplitude = 32_124 * Math.pow(10, decibels / 20.0);
        double signal = 0;
        double noise = 0;
        for (int n = 0; n < 8_000; n++) {
            double sample = amplitude * Math.sin(2 * Math.PI * 1_013 * n / 8_000);
            double error = Mulaw.decode(Mulaw.encode((int) Math.round(sample))) - sample;
            signal += sample * sample;
            noise += error * error;
        }

        assertThat(10 * Math.log10(signal / noise)).as("at %d dB", decibels).isGreaterThan(33);
    }
}
