package dev.throughline.mediabridge.audio;

/**
 * 16 kHz to 8 kHz: every second sample of the low-passed sound. Keeps the end of one chunk, and whether a sample is owed, for the next;
 * one stream, one instance, one thread.
 */
final class RateHalver {

    private final float[] taps = LowPass.coefficients();
    private final float[] history = new float[LowPass.TAPS - 1];
    /** 0 when the next sample of the input is one to keep, else 1. */
    private int skip;

    /** Half as many samples as given (rounded by what earlier chunks left), delayed by 3 ms, not yet clipped. */
    float[] process(float[] samples) {
        float[] line = new float[history.length + samples.length];
        System.arraycopy(history, 0, line, 0, history.length);
        System.arraycopy(samples, 0, line, history.length, samples.length);
        float[] result = new float[(samples.length - skip + 1) / 2];
        int written = 0;
        for (int n = skip; n < samples.length; n += 2) {
            float sum = 0;
            int newest = n + history.length;
            for (int k = 0; k < taps.length; k++) {
                sum += taps[k] * line[newest - k];
            }
            result[written++] = sum;
        }
        skip = (skip + samples.length) % 2;
        System.arraycopy(line, samples.length, history, 0, history.length);
        return result;
    }
}
