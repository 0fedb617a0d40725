package dev.throughline.simulator.speech;

/**
 * G.711 mu-law: one byte per sample, decoded to and encoded from 16-bit linear PCM. Source: ITU-T G.711, with the usual
 * 14-bit arithmetic (bias 33, here 132 because samples are 16 bit).
 */
public final class Mulaw {

    /** Samples, and so bytes, in a second. */
    public static final int SAMPLE_RATE_HZ = 8000;

    /** Bytes in a millisecond. */
    public static final int BYTES_PER_MILLI = SAMPLE_RATE_HZ / 1000;

    /** The byte of digital silence. */
    public static final byte SILENCE = (byte) 0xFF;

    private static final int BIAS = 132;
    private static final int CLIP = 32635;
    private static final short[] DECODED = decodeTable();

    private Mulaw() {}

    /** Linear value, -32124..32124, of one mu-law byte. */
    public static short decode(byte encoded) {
        return DECODED[encoded & 0xFF];
    }

    /** Linear values of every byte, in order. */
    public static short[] decode(byte[] encoded) {
        short[] samples = new short[encoded.length];
        for (int i = 0; i < encoded.length; i++) {
            samples[i] = decode(encoded[i]);
        }
        return samples;
    }

    /** The mu-law byte nearest to {@code sample}; values beyond the code's range are clipped. */
    public static byte encode(int sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
        int exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
        int mantissa = (magnitude >> (exponent + 3)) & 0x0F;
        return (byte) ~(sign | (exponent << 4) | mantissa);
    }

    /** Encodes every sample, in order. */
    public static byte[] encode(short[] samples) {
        byte[] encoded = new byte[samples.length];
        for (int i = 0; i < samples.length; i++) {
            encoded[i] = encode(samples[i]);
        }
        return encoded;
    }

    private static short[] decodeTable() {
        short[] table = new short[256];
        for (int code = 0; code < table.length; code++) {
            int bits = ~code & 0xFF;
            int magnitude = (((bits & 0x0F) << 3) + BIAS) << ((bits & 0x70) >> 4);
            int value = magnitude - BIAS;
            table[code] = (short) ((bits & 0x80) != 0 ? -value : value);
        }
        return table;
    }
}
