package dev.throughline.mediabridge.audio;

/** 8 kHz to 16 kHz: each sample becomes two. Keeps the end of one chunk for the next; one stream, one instance, one thread. */
final class RateDoubler {

    private static final int BRANCH = (LowPass.TAPS + 1) / 2;

    /** The filter's even and odd taps; the factor 2 makes up for the zeros that stuffing would insert. */
    private final float[] even = new float[BRANCH];

    private final float[] odd = new float[BRANCH];
    private final float[] history = new float[BRANCH - 1];

    RateDoubler() {
        float[] taps = LowPass.coefficients();
        for (int i = 0; i < taps.length; i++) {
            (i % 2 == 0 ? even : odd)[i / 2] = 2 * taps[i];
        }
    }

    /** Twice as many samples as given, delayed by 3 ms, not yet clipped to 16 bits. */
    float[] process(float[] samples) {
        float[] line = new float[history.length + samples.length];
        System.arraycopy(history, 0, line, 0, history.length);
        System.arraycopy(samples, 0, line, history.length, samples.length);
        float[] result = new float[samples.length * 2];
        for (int n = 0; n < samples.length; n++) {
            float first = 0;
            float second = 0;
            int newest = n + history.length;
            for (int k = 0; k < BRANCH; k++) {
                float sample = line[newest - k];
                first += even[k] * sample;
                second += odd[k] * sample;
            }
            result[2 * n] = first;
            result[2 * n + 1] = second;
        }
        System.arraycopy(line, samples.length, history, 0, history.length);
        return result;
    }
}
