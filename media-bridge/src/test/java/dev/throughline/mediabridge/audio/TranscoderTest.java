package dev.throughline.mediabridge.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TranscoderTest {

    private static final int DELAY_AT_16K = (LowPass.TAPS - 1) / 2;

    @Property(tries = 200)
    void shouldPassMulawThroughUntouched(@ForAll @Size(max = 400) byte[] audio) {
        String payload = Base64.getEncoder().encodeToString(audio);

        assertThat(Transcoder.toAgent(AgentFormat.ULAW_8000).next(payload)).isSameAs(payload);
        assertThat(Transcoder.toCaller(AgentFormat.ULAW_8000).next(payload)).isSameAs(payload);
    }

    @Property(tries = 200)
    void shouldLoseNothingBetweenMulawAndPcmAtTheSameRate(@ForAll @Size(min = 1, max = 400) byte[] mulaw) {
        byte[] pcm = run(Transcoder.toAgent(AgentFormat.PCM_8000), mulaw, 160);
        byte[] back = run(Transcoder.toCaller(AgentFormat.PCM_8000), pcm, 77);

        assertThat(pcm).hasSize(2 * mulaw.length);
        byte[] expected = mulaw.clone();
        for (int i = 0; i < expected.length; i++) {
            expected[i] = expected[i] == 0x7F ? (byte) 0xFF : expected[i];
        }
        assertThat(back).isEqualTo(expected);
    }

    @Property(tries = 100)
    void shouldGiveTheSameForAnyChunking(@ForAll @Size(min = 1, max = 800) byte[] pcm, @ForAll long seed) {
        byte[] whole = run(Transcoder.toCaller(AgentFormat.PCM_16000), pcm, pcm.length);
        Random random = new Random(seed);
        byte[] pieces = run(Transcoder.toCaller(AgentFormat.PCM_16000), pcm, 1 + random.nextInt(50));

        assertThat(pieces).isEqualTo(whole);
    }

    @Property(tries = 40)
    void shouldKeepSpeechTonesAtBothRates(@ForAll @DoubleRange(min = 200, max = 3_300) double hertz) {
        float[] tone = tone(hertz, 8_000, 4_000);

        float[] doubled = new RateDoubler().process(tone);
        float[] back = new RateHalver().process(doubled);

        // Down and up again delays by twice 48 samples at 16 kHz = 48 at 8 kHz.
        assertThat(signalToNoise(tone, back, DELAY_AT_16K)).as("%.0f Hz", hertz).isGreaterThan(45);
    }

    @Property(tries = 40)
    void shouldNotLetHighSoundFoldIntoSpeech(@ForAll @DoubleRange(min = 4_100, max = 7_900) double hertz) {
        float[] folded = new RateHalver().process(tone(hertz, 16_000, 8_000));

        double attenuation = 20 * Math.log10(rms(folded, 200) / (10_000 / Math.sqrt(2)));
        assertThat(attenuation).as("%.0f Hz", hertz).isLessThan(-55);
    }

    @Property(tries = 40)
    void shouldNotMirrorSpeechIntoTheUpperBand(@ForAll @DoubleRange(min = 200, max = 3_300) double hertz) {
        float[] doubled = new RateDoubler().process(tone(hertz, 8_000, 4_000));
        float[] ideal = tone(hertz, 16_000, 8_000);

        assertThat(signalToNoise(ideal, doubled, DELAY_AT_16K))
                .as("%.0f Hz", hertz)
                .isGreaterThan(45);
    }

    @Test
    void shouldKeepSpeechIntelligibleThroughMulawAndBack() {
        float[] tone = tone(1_000, 8_000, 8_000);
        byte[] mulaw = new byte[tone.length];
        for (int i = 0; i < tone.length; i++) {
            mulaw[i] = Mulaw.encode(Math.round(tone[i]));
        }

        byte[] pcm = run(Transcoder.toAgent(AgentFormat.PCM_16000), mulaw, 160);
        byte[] back = run(Transcoder.toCaller(AgentFormat.PCM_16000), pcm, 640);

        assertThat(pcm).hasSize(4 * mulaw.length);
        float[] heard = new float[back.length];
        for (int i = 0; i < back.length; i++) {
            heard[i] = Mulaw.decode(back[i]);
        }
        // Two quantisations by G.711, each about 38 dB.
        assertThat(signalToNoise(tone, heard, DELAY_AT_16K)).isGreaterThan(32);
    }

    @Test
    void shouldNameTheFormatsItCarriesAndNoOthers() {
        assertThat(AgentFormat.of("ulaw_8000")).contains(AgentFormat.ULAW_8000);
        assertThat(AgentFormat.of("pcm_16000")).contains(AgentFormat.PCM_16000);
        assertThat(AgentFormat.of("pcm_44100")).isEmpty();
        assertThat(AgentFormat.of("")).isEmpty();
    }

    @Test
    void shouldSurviveABrokenChunk() {
        Transcoder transcoder = Transcoder.toCaller(AgentFormat.PCM_16000);

        assertThatThrownBy(() -> transcoder.next("not base64!")).isInstanceOf(IllegalArgumentException.class);
        assertThat(transcoder.next("AAAAAA==")).isNotEmpty();
    }

    /** The filter's own response: flat where telephone speech is, down where 8 kHz sound would fold. */
    @Test
    void shouldPassTheTelephoneBandAndStopWhatWouldFold() {
        for (int hertz = 0; hertz <= 3_400; hertz += 25) {
            assertThat(gain(hertz)).as("%d Hz", hertz).isBetween(-0.1, 0.1);
        }
        for (int hertz = 4_000; hertz <= 8_000; hertz += 25) {
            assertThat(gain(hertz)).as("%d Hz", hertz).isLessThan(-58);
        }
    }

    /** In dB, of the taps at 16 kHz. */
    private static double gain(int hertz) {
        float[] taps = LowPass.coefficients();
        double real = 0;
        double imaginary = 0;
        for (int n = 0; n < taps.length; n++) {
            real += taps[n] * Math.cos(2 * Math.PI * hertz * n / 16_000);
            imaginary += taps[n] * Math.sin(2 * Math.PI * hertz * n / 16_000);
        }
        return 10 * Math.log10(real * real + imaginary * imaginary);
    }

    private static byte[] run(Transcoder transcoder, byte[] audio, int chunk) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < audio.length; at += chunk) {
            byte[] piece = Arrays.copyOfRange(audio, at, Math.min(audio.length, at + chunk));
            out.writeBytes(Base64.getDecoder()
                    .decode(transcoder.next(Base64.getEncoder().encodeToString(piece))));
        }
        return out.toByteArray();
    }

    private static float[] tone(double hertz, int rate, int samples) {
        float[] tone = new float[samples];
        for (int i = 0; i < samples; i++) {
            tone[i] = (float) (10_000 * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return tone;
    }

    private static double rms(float[] samples, int from) {
        double sum = 0;
        for (int i = from; i < samples.length; i++) {
            sum += samples[i] * (double) samples[i];
        }
        return Math.sqrt(sum / (samples.length - from));
    }

    /** In dB, of what came out {@code delay} samples late, without the filter's settling. */
    private static double signalToNoise(float[] expected, float[] actual, int delay) {
        double signal = 0;
        double noise = 0;
        for (int i = 300; i < actual.length - 1; i++) {
            double wanted = expected[i - delay];
            double off = actual[i] - wanted;
            signal += wanted * wanted;
            noise += off * off;
        }
        return 10 * Math.log10(signal / noise);
    }
}
