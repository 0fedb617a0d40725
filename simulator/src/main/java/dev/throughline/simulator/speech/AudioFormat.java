package dev.throughline.simulator.speech;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The audio formats an agent can be given (ElevenLabs: {@code ulaw_8000} and 16-bit little-endian PCM at six rates).
 *
 * @param name as on the wire
 * @param sampleRateHz samples in a second
 * @param mulaw one mu-law byte a sample, else two bytes little-endian
 */
public record AudioFormat(String name, int sampleRateHz, boolean mulaw) {

    private static final Map<String, AudioFormat> KNOWN = Map.of(
            "ulaw_8000", new AudioFormat("ulaw_8000", 8000, true),
            "pcm_8000", pcm(8000),
            "pcm_16000", pcm(16000),
            "pcm_22050", pcm(22050),
            "pcm_24000", pcm(24000),
            "pcm_44100", pcm(44100),
            "pcm_48000", pcm(48000));

    /** The format {@code name}, or empty when there is none of that name. */
    public static Optional<AudioFormat> named(String name) {
        return Optional.ofNullable(KNOWN.get(name));
    }

    private static AudioFormat pcm(int rate) {
        return new AudioFormat("pcm_" + rate, rate, false);
    }

    /** Bytes in a millisecond, rounded down. */
    public int bytesPerMilli() {
        return sampleRateHz * (mulaw ? 1 : 2) / 1000;
    }

    /** A decoder of one stream in this format to 8 kHz samples; keeps state, one stream each. */
    public java.util.function.Function<byte[], short[]> decoder() {
        if (mulaw) {
            return Mulaw::decode;
        }
        if (sampleRateHz == Mulaw.SAMPLE_RATE_HZ) {
            return AudioFormat::fromPcm;
        }
        Resampler resampler = new Resampler(sampleRateHz, Mulaw.SAMPLE_RATE_HZ);
        return bytes -> resampler.accept(fromPcm(bytes));
    }

    /** An encoder of one stream of mu-law 8 kHz to this format; keeps state, one stream each. */
    public UnaryOperator<byte[]> encoderFromMulaw() {
        if (mulaw) {
            return bytes -> bytes;
        }
        if (sampleRateHz == Mulaw.SAMPLE_RATE_HZ) {
            return bytes -> toPcm(Mulaw.decode(bytes));
        }
        Resampler resampler = new Resampler(Mulaw.SAMPLE_RATE_HZ, sampleRateHz);
        return bytes -> toPcm(resampler.accept(Mulaw.decode(bytes)));
    }

    private static short[] fromPcm(byte[] bytes) {
        short[] samples = new short[bytes.length / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) ((bytes[2 * i] & 0xFF) | (bytes[2 * i + 1] << 8));
        }
        return samples;
    }

    private static byte[] toPcm(short[] samples) {
        byte[] bytes = new byte[samples.length * 2];
        for (int i = 0; i < samples.length; i++) {
            bytes[2 * i] = (byte) samples[i];
            bytes[2 * i + 1] = (byte) (samples[i] >> 8);
        }
        return bytes;
    }
}
