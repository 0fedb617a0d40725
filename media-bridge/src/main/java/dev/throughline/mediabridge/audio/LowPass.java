package dev.throughline.mediabridge.audio;

/**
 * The low-pass between 8 and 16 kHz: a windowed sinc, designed at 16 kHz.
 *
 * <pre>
 *   h[n] = 2 fc sinc(2 fc (n - M/2)) · kaiser(n, beta),   n = 0..M
 *   fc = 3700 / 16000, M = 96, beta = 5.65 (60 dB)
 * </pre>
 *
 * Passes the telephone band (to 3.4 kHz) and is down by about 60 dB from 4 kHz on, which is where 8 kHz sound would fold. 97 taps follow from
 * Kaiser's estimate (A - 7.95) / (14.36 Δf) for A = 60 dB and a transition of 600 Hz. It delays by 48 samples, 3 ms.
 */
final class LowPass {

    /** Number of taps, odd, so that the delay is a whole number of samples. */
    static final int TAPS = 97;

    /** Symmetric; they sum to 1, so the gain at 0 Hz is 1. */
    private static final float[] COEFFICIENTS = design(3_700.0 / 16_000.0, 5.65);

    private LowPass() {}

    /** A copy of the taps. */
    static float[] coefficients() {
        return COEFFICIENTS.clone();
    }

    private static float[] design(double cutoff, double beta) {
        double[] taps = new double[TAPS];
        double middle = (TAPS - 1) / 2.0;
        double sum = 0;
        for (int n = 0; n < TAPS; n++) {
            double x = n - middle;
            double sinc = x == 0 ? 2 * cutoff : Math.sin(2 * Math.PI * cutoff * x) / (Math.PI * x);
            double window = bessel(beta * Math.sqrt(1 - (x / middle) * (x / middle))) / bessel(beta);
            taps[n] = sinc * window;
            sum += taps[n];
        }
        float[] normalised = new float[TAPS];
        for (int n = 0; n < TAPS; n++) {
            normalised[n] = (float) (taps[n] / sum);
        }
        return normalised;
    }

    /** The modified Bessel function I0, by its power series. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; k < 32; k++) {
            term *= (x / (2 * k)) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}
