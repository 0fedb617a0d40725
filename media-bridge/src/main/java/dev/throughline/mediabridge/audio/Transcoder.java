package dev.throughline.mediabridge.audio;

import java.util.Base64;

/**
 * Base64 of one audio format into base64 of another, chunk by chunk of one stream. {@code ulaw_8000} passes through without being
 * decoded. One instance per direction and conversation; one thread.
 */
public interface Transcoder {

    /**
     * The next chunk.
     *
     * @return empty when the chunk held too little for a sample
     * @throws IllegalArgumentException when {@code base64} is none; the stream stays usable
     */
    String next(String base64);

    /** The next chunk; empty for what cannot be read, because one broken frame must not end a call. */
    static String orEmpty(Transcoder transcoder, String base64) {
        try {
            return transcoder.next(base64);
        } catch (IllegalArgumentException broken) {
            return "";
        }
    }

    /** Caller's mu-law into the format the agent listens to. */
    static Transcoder toAgent(AgentFormat format) {
        return switch (format) {
            case ULAW_8000 -> base64 -> base64;
            case PCM_8000 -> base64 -> encode(pcm(linear(decode(base64))));
            case PCM_16000 -> {
                RateDoubler doubler = new RateDoubler();
                yield base64 -> encode(pcm(doubler.process(linear(decode(base64)))));
            }
        };
    }

    /** The agent's format into mu-law for the caller. */
    static Transcoder toCaller(AgentFormat format) {
        return switch (format) {
            case ULAW_8000 -> base64 -> base64;
            case PCM_8000 -> {
                PcmReader reader = new PcmReader();
                yield base64 -> encode(mulaw(reader.read(decode(base64))));
            }
            case PCM_16000 -> {
                PcmReader reader = new PcmReader();
                RateHalver halver = new RateHalver();
                yield base64 -> encode(mulaw(halver.process(reader.read(decode(base64)))));
            }
        };
    }

    private static byte[] decode(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static float[] linear(byte[] mulaw) {
        float[] samples = new float[mulaw.length];
        for (int i = 0; i < mulaw.length; i++) {
            samples[i] = Mulaw.decode(mulaw[i]);
        }
        return samples;
    }

    private static byte[] mulaw(float[] samples) {
        byte[] codes = new byte[samples.length];
        for (int i = 0; i < samples.length; i++) {
            codes[i] = Mulaw.encode(Math.round(samples[i]));
        }
        return codes;
    }

    private static byte[] pcm(float[] samples) {
        byte[] bytes = new byte[samples.length * 2];
        for (int i = 0; i < samples.length; i++) {
            int sample = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(samples[i])));
            bytes[2 * i] = (byte) sample;
            bytes[2 * i + 1] = (byte) (sample >> 8);
        }
        return bytes;
    }
}
