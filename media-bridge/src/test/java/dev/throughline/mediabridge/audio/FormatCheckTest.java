package dev.throughline.mediabridge.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FormatCheckTest {

    @Test
    void shouldBelieveWhatIsTrue() {
        assertThat(heard(AgentFormat.ULAW_8000, mulaw(speech(4)))).isEmpty();
        assertThat(heard(AgentFormat.PCM_8000, pcm(speech(4)))).isEmpty();
        assertThat(heard(AgentFormat.PCM_16000, pcm(speech(4)))).isEmpty();
    }

    @Test
    void shouldNamePcmThatWasAnnouncedAsMulaw() {
        assertThat(heard(AgentFormat.ULAW_8000, pcm(speech(1)))).contains("16-bit PCM");
    }

    @Test
    void shouldNameMulawThatWasAnnouncedAsPcm() {
        assertThat(heard(AgentFormat.PCM_16000, mulaw(speech(4)))).contains("mu-law");
    }

    @Test
    void shouldNameAFile() {
        byte[] wav = Arrays.copyOf("RIFF____WAVEfmt ".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 4_000);

        assertThat(heard(AgentFormat.ULAW_8000, wav)).contains("a file with a header");
    }

    @Test
    void shouldSayNothingOfSilence() {
        byte[] silence = new byte[40_000];
        Arrays.fill(silence, (byte) 0xFF);

        assertThat(heard(AgentFormat.ULAW_8000, silence)).isEmpty();
        assertThat(heard(AgentFormat.ULAW_8000, new byte[40_000])).isEmpty();
        assertThat(heard(AgentFormat.PCM_16000, silence)).isEmpty();
    }

    private static Optional<String> heard(AgentFormat announced, byte[] audio) {
        FormatCheck check = new FormatCheck(announced);
        Optional<String> found = Optional.empty();
        for (int at = 0; at < audio.length; at += 400) {
            byte[] piece = Arrays.copyOfRange(audio, at, Math.min(audio.length, at + 400));
            Optional<String> now = check.mismatch(Base64.getEncoder().encodeToString(piece));
            found = found.isPresent() ? found : now;
        }
        return found;
    }

    /** Two seconds of something with the shape of speech: a voice of many tones, syllables and a little noise; the larger, the quieter. */
    private static short[] speech(int quieter) {
        Random random = new Random(7);
        short[] samples = new short[16_000];
        for (int i = 0; i < samples.length; i++) {
            double syllable = Math.max(0, Math.sin(2 * Math.PI * 4 * i / 8_000));
            double voice = 0;
            for (int tone = 1; tone <= 8; tone++) {
                voice += Math.sin(2 * Math.PI * 140 * tone * i / 8_000 + tone) / tone;
            }
            samples[i] = (short) (3_000 / quieter * syllable * voice + random.nextGaussian() * 5);
        }
        return samples;
    }

    private static byte[] pcm(short[] samples) {
        byte[] bytes = new byte[samples.length * 2];
        for (int i = 0; i < samples.length; i++) {
            bytes[2 * i] = (byte) samples[i];
            bytes[2 * i + 1] = (byte) (samples[i] >> 8);
        }
        return bytes;
    }

    private static byte[] mulaw(short[] samples) {
        byte[] bytes = new byte[samples.length];
        for (int i = 0; i < samples.length; i++) {
            bytes[i] = Mulaw.encode(samples[i]);
        }
        return bytes;
    }
}
