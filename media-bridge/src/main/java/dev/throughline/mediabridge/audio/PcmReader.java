package dev.throughline.mediabridge.audio;

/** 16-bit little-endian samples out of chunks that may end in the middle of one. One stream, one instance, one thread. */
final class PcmReader {

    /** The first byte of a sample whose second has not come, or -1. */
    private int half = -1;

    /** The whole samples of what came so far. */
    float[] read(byte[] chunk) {
        int start = half < 0 ? 0 : 1;
        int carried = half < 0 || chunk.length == 0 ? 0 : 1;
        float[] samples = new float[carried + Math.max(0, chunk.length - start) / 2];
        if (chunk.length == 0) {
            return samples;
        }
        if (carried == 1) {
            samples[0] = (short) (half | chunk[0] << 8);
        }
        for (int i = carried; i < samples.length; i++) {
            int at = start + 2 * (i - carried);
            samples[i] = (short) ((chunk[at] & 0xFF) | chunk[at + 1] << 8);
        }
        boolean odd = (chunk.length - start) % 2 != 0;
        half = odd ? chunk[chunk.length - 1] & 0xFF : -1;
        return samples;
    }
}
