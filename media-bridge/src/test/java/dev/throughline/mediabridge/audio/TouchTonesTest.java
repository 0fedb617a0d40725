package dev.throughline.mediabridge.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class TouchTonesTest {

    private static final int[] TONES = {697, 770, 852, 941, 1209, 1336, 1477, 1633};

    @Test
    void shouldSoundTheTwoTonesOfEachKeyAndNoOther() {
        String keys = "123A456B789C*0#D";
        for (int i = 0; i < keys.length(); i++) {
            byte[] sound = sound(String.valueOf(keys.charAt(i)));
            int row = TONES[i / 4];
            int column = TONES[4 + i % 4];
            double expected = power(sound, row);
            for (int tone : TONES) {
                double ratio = 10 * Math.log10(power(sound, tone) / expected);
                if (tone == row || tone == column) {
                    assertThat(ratio).as("key %s, %d Hz", keys.charAt(i), tone).isBetween(-1.0, 1.0);
                } else {
                    assertThat(ratio).as("key %s, %d Hz", keys.charAt(i), tone).isLessThan(-15);
                }
            }
        }
    }

    @Test
    void shouldLastLongEnoughAndPauseBetweenKeys() {
        byte[] sound = sound("12");

        assertThat(sound).hasSize(4 * 800);
        assertThat(quiet(sound, 800, 1_600)).isTrue();
        assertThat(quiet(sound, 0, 800)).isFalse();
    }

    @Test
    void shouldWaitWhereItIsToldTo() {
        assertThat(sound("w")).hasSize(4_000).containsOnly((byte) 0xFF);
        assertThat(sound("W")).hasSize(8_000).containsOnly((byte) 0xFF);
        assertThat(sound("1w2#")).hasSize(3 * 1_600 + 4_000);
    }

    @Test
    void shouldComeInChunksOfWholeFrames() {
        assertThat(TouchTones.of("1w2#"))
                .allSatisfy(chunk -> assertThat(Base64.getDecoder().decode(chunk).length % 160)
                        .isZero())
                .allSatisfy(
                        chunk -> assertThat(Base64.getDecoder().decode(chunk)).hasSizeLessThanOrEqualTo(1_600));
    }

    @Test
    void shouldSayWhatIsWrongWithTheKeys() {
        assertThatThrownBy(() -> TouchTones.of("")).hasMessageContaining("No keys");
        assertThatThrownBy(() -> TouchTones.of("1x")).hasMessageContaining("no such key");
        assertThatThrownBy(() -> TouchTones.of("1".repeat(41))).hasMessageContaining("too many");
    }

    private static byte[] sound(String keys) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<String> chunks = TouchTones.of(keys);
        chunks.forEach(chunk -> all.writeBytes(Base64.getDecoder().decode(chunk)));
        return all.toByteArray();
    }

    private static boolean quiet(byte[] sound, int from, int to) {
        for (int i = from; i < to; i++) {
            if (sound[i] != (byte) 0xFF) {
                return false;
            }
        }
        return true;
    }

    /** Goertzel's algorithm over the tone's 100 ms. */
    private static double power(byte[] sound, int hertz) {
        double omega = 2 * Math.PI * hertz / 8_000;
        double real = 0;
        double imaginary = 0;
        for (int n = 0; n < 800; n++) {
            double sample = Mulaw.decode(sound[n]);
            // A Hann window keeps the neighbours' skirts out.
            double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * n / 799);
            real += window * sample * Math.cos(omega * n);
            imaginary += window * sample * Math.sin(omega * n);
        }
        return real * real + imaginary * imaginary;
    }
}
