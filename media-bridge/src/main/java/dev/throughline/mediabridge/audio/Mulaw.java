package dev.throughline.mediabridge.audio;

/**
 * ITU-T G.711 mu-law, 8 bits per sample, against 16-bit linear samples (G.711's 14-bit values, times four). Pure.
 */
final class Mulaw {

    /** Digital silence. */
    static final byte SILENCE = (byte) 0xFF;

    private static final int BIAS = 0x84;
    /** Largest magnitude that still fits the last segment after the bias is added. */
    private static final int CLIP = 32_635;

    private static final short[] LINEAR = new short[256];

    static {
        for (int code = 0; code < LINEAR.length; code++) {
            int inverted = ~code & 0xFF;
            int magnitude = ((((inverted & 0x0F) << 3) + BIAS) << ((inverted & 0x70) >> 4)) - BIAS;
            LINEAR[code] = (short) ((inverted & 0x80) != 0 ? -magnitude : magnitude);
        }
    }

    private Mulaw() {}

    /** The linear sample of one mu-law byte, -32124..32124. */
    static short decode(byte code) {
        return LINEAR[code & 0xFF];
    }

    /** The mu-law byte of a linear sample; values beyond 16 bits are clipped. */
    static byte encode(int sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
        int segment = 24 - Integer.numberOfLeadingZeros(magnitude);
        int step = (magnitude >> (segment + 3)) & 0x0F;
        return (byte) ~(sign | (segment << 4) | step);
    }
}
