package dev.throughline.mediabridge.flight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class LoudnessTest {

    @Test
    void shouldHearSpeechAndNoSilence() {
        assertThat(Loudness.isSpeech(Sounds.LOUD)).isTrue();
        assertThat(Loudness.isSpeech(Sounds.QUIET)).isFalse();
        assertThat(Loudness.isSpeech("")).isFalse();
    }

    @Test
    void shouldTakeLineNoiseForSilence() {
        byte[] noise = new byte[160];
        for (int i = 0; i < noise.length; i++) {
            // The codes next to zero, both signs: magnitudes 0 to 56 of 32,767.
            noise[i] = (byte) ((i % 2 == 0 ? 0xFF : 0x7F) - i % 8);
        }

        assertThat(Loudness.isSpeech(Base64.getEncoder().encodeToString(noise))).isFalse();
    }

    @Test
    void shouldReadFramesOfAnyLength() {
        for (int bytes = 1; bytes < 400; bytes++) {
            byte[] loud = new byte[bytes];
            Arrays.fill(loud, (byte) 0x90);
            String payload = Base64.getEncoder().encodeToString(loud);
            // One or two bytes and their padding are below what is worth an answer.
            assertThat(bytes < 3 || Loudness.isSpeech(payload))
                    .as("%d bytes", bytes)
                    .isTrue();
        }
    }

    @Test
    void shouldNotMindWhatIsNoBase64() {
        assertThat(Loudness.isSpeech("öäü\u20AC".repeat(60))).isIn(true, false);
    }
}
