package dev.throughline.localstack.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.localstack.settings.SettingsException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WavFileTest {

    /** Values of ITU-T G.711 table 2a: silence, the smallest steps, full scale. */
    @ParameterizedTest
    @CsvSource({"0, 255", "-1, 127", "8, 254", "32767, 128", "-32768, 0", "1000, 206", "-1000, 78"})
    void shouldEncodeMuLaw(short sample, int expected) {
        assertThat(WavFile.muLaw(sample)).isEqualTo(expected);
    }

    @Test
    void shouldTakeEightKilohertzSampleBySample() {
        assertThat(WavFile.read(wav(8_000, 1, new short[] {0, 1000, -1000})).toMuLaw())
                .containsExactly(255, 206, 78);
    }

    @Test
    void shouldHalveSixteenKilohertzAndKeepWhatSpeechIsMadeOf() {
        byte[] low = WavFile.read(wav(16_000, 1, tone(1_000, 16_000))).toMuLaw();
        byte[] high = WavFile.read(wav(16_000, 1, tone(7_000, 16_000))).toMuLaw();

        assertThat(low).hasSize(8_000);
        assertThat(loudest(low)).isGreaterThan(9_000);
        assertThat(loudest(high)).isLessThan(1_000);
    }

    @Test
    void shouldSayWhatIsWanted() {
        assertThatThrownBy(() -> WavFile.read(wav(44_100, 2, new short[4])))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("one channel, 8 or 16 kHz");
        assertThatThrownBy(() -> WavFile.read("hello".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(SettingsException.class);
    }

    private static short[] tone(int hertz, int rate) {
        short[] samples = new short[rate];
        for (int i = 0; i < rate; i++) {
            samples[i] = (short) (10_000 * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return samples;
    }

    /** Decodes the middle half, where the filter's edges are not heard. */
    private static int loudest(byte[] muLaw) {
        int loudest = 0;
        for (int i = muLaw.length / 4; i < muLaw.length * 3 / 4; i++) {
            int code = ~muLaw[i] & 0xff;
            int magnitude = ((((code & 0x0f) << 3) + 132) << ((code >> 4) & 7)) - 132;
            loudest = Math.max(loudest, magnitude);
        }
        return loudest;
    }

    private static byte[] wav(int rate, int channels, short[] samples) {
        ByteBuffer file = ByteBuffer.allocate(44 + samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + samples.length * 2);
        file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        file.putShort((short) 1).putShort((short) channels).putInt(rate);
        file.putInt(rate * channels * 2).putShort((short) (channels * 2)).putShort((short) 16);
        file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(samples.length * 2);
        for (short sample : samples) {
            file.putShort(sample);
        }
        return file.array();
    }
}
