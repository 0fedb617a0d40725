package dev.throughline.simulator.speech;

import java.util.Arrays;

/**
 * Converts a stream of 16-bit samples from one rate to another by windowed-sinc interpolation, low-passed below the slower
 * rate's half. Keeps its state between calls; the output lags the input by half the filter. Not for several threads.
 */
public final class Resampler {

    /** Filter half width in zero crossings; 16 keep the pass band flat to about 0.9 of the cut-off. */
    private static final int HALF_WIDTH = 16;

    private final double step;
    private final double cutoff;
    private final int reach;
    private short[] history;
    private double position;

    /** Converts from {@code fromHz} to {@code toHz}. */
    public Resampler(int fromHz, int toHz) {
        step = (double) fromHz / toHz;
        cutoff = Math.min(1.0, (double) toHz / fromHz) * 0.95;
        reach = (int) Math.ceil(HALF_WIDTH / cutoff);
        history = new short[reach];
        position = reach;
    }

    /** The output samples that {@code samples} complete. */
    public short[] accept(short[] samples) {
        short[] all = Arrays.copyOf(history, history.length + samples.length);
        System.arraycopy(samples, 0, all, history.length, samples.length);
        short[] out = new short[(int) (all.length / step) + 1];
        int count = 0;
        while (position + reach < all.length) {
            out[count++] = at(all, position);
            position += step;
        }
        int spent = Math.max(0, (int) position - reach);
        history = Arrays.copyOfRange(all, spent, all.length);
        position -= spent;
        return Arrays.copyOf(out, count);
    }

    private short at(short[] samples, double where) {
        double sum = 0;
        int centre = (int) where;
        for (int i = centre - reach + 1; i <= centre + reach; i++) {
            double distance = i - where;
            double x = Math.PI * cutoff * distance;
            double sinc = x == 0 ? 1 : Math.sin(x) / x;
            double window = 0.5 + 0.5 * Math.cos(Math.PI * distance / (reach + 1));
            sum += samples[i] * cutoff * sinc * window;
        }
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sum)));
    }
}
