package dev.throughline.localstack.customer;

import dev.throughline.localstack.settings.SettingsException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Audio of a WAV file (RIFF, PCM 16 bit, one channel, 8 or 16 kHz).
 *
 * @param samples signed 16-bit samples
 * @param sampleRateHz 8000 or 16000
 */
public record WavFile(
        @SuppressWarnings("ArrayRecordComponent") short[] samples, int sampleRateHz) {

    private static final int PCM = 1;
    private static final int PHONE_RATE_HZ = 8_000;

    /** Low-pass at about 3.4 kHz for halving 16 kHz: a 15-tap windowed sinc, symmetric, of unit gain at 0 Hz. */
    private static final double[] LOW_PASS = lowPass(15, 0.23);

    /**
     * Reads a whole file.
     *
     * @throws SettingsException when it is no such WAV; the message says what is wanted
     */
    public static WavFile read(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < 12 || !tag(in, 0).equals("RIFF") || !tag(in, 8).equals("WAVE")) {
            throw new SettingsException("This is not a WAV file.");
        }
        int rate = 0;
        int at = 12;
        while (at + 8 <= file.length) {
            String chunk = tag(in, at);
            int size = in.getInt(at + 4);
            int body = at + 8;
            if (size < 0) {
                break;
            }
            if (chunk.equals("fmt ") && body + 16 <= file.length) {
                rate = in.getInt(body + 4);
                boolean plain = in.getShort(body) == PCM && in.getShort(body + 2) == 1 && in.getShort(body + 14) == 16;
                if (!plain || (rate != PHONE_RATE_HZ && rate != 2 * PHONE_RATE_HZ)) {
                    throw new SettingsException("The WAV file must be PCM, 16 bit, one channel, 8 or 16 kHz.");
                }
            } else if (chunk.equals("data") && rate != 0) {
                short[] samples = new short[Math.min(size, file.length - body) / 2];
                in.position(body);
                in.asShortBuffer().get(samples);
                return new WavFile(samples, rate);
            }
            at = body + size + (size & 1);
        }
        throw new SettingsException("The WAV file holds no audio.");
    }

    /** The audio as G.711 mu-law at 8 kHz, as the telephone carries it. */
    public byte[] toMuLaw() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (short sample : sampleRateHz == PHONE_RATE_HZ ? samples : halved()) {
            out.write(muLaw(sample));
        }
        return out.toByteArray();
    }

    private short[] halved() {
        short[] half = new short[samples.length / 2];
        int middle = LOW_PASS.length / 2;
        for (int i = 0; i < half.length; i++) {
            double sum = 0;
            for (int tap = 0; tap < LOW_PASS.length; tap++) {
                int source = 2 * i + tap - middle;
                if (source >= 0 && source < samples.length) {
                    sum += samples[source] * LOW_PASS[tap];
                }
            }
            half[i] = (short) Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return half;
    }

    /** ITU-T G.711: sign, three bits of segment, four of step, all inverted; bias 132 of 14-bit values scaled to 16. */
    static int muLaw(short sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs((int) sample), 32_635) + 132;
        int segment = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
        int step = (magnitude >> (segment + 3)) & 0x0f;
        return ~(sign | (segment << 4) | step) & 0xff;
    }

    private static double[] lowPass(int taps, double cutoff) {
        double[] coefficients = new double[taps];
        double sum = 0;
        for (int i = 0; i < taps; i++) {
            double x = i - (taps - 1) / 2.0;
            double sinc = x == 0 ? 2 * cutoff : Math.sin(2 * Math.PI * cutoff * x) / (Math.PI * x);
            coefficients[i] = sinc * (0.54 - 0.46 * Math.cos(2 * Math.PI * i / (taps - 1)));
            sum += coefficients[i];
        }
        for (int i = 0; i < taps; i++) {
            coefficients[i] /= sum;
        }
        return coefficients;
    }

    private static String tag(ByteBuffer in, int at) {
        byte[] bytes = new byte[4];
        in.get(at, bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
