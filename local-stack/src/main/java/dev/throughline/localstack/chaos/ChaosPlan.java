package dev.throughline.localstack.chaos;

import java.time.Duration;

/**
 * How long and how hard.
 *
 * @param length of the disorder; each fault is struck once at least, however short that is
 * @param customers who write and call
 * @param callsAtOnce the most calls at a time
 * @param hold how long a fault lasts
 * @param calm the pause after it
 * @param soak whether nothing is broken: steady load, and memory is what is looked at
 */
public record ChaosPlan(Duration length, int customers, int callsAtOnce, Duration hold, Duration calm, boolean soak) {

    /** The whole. */
    public static ChaosPlan full(Duration length) {
        return new ChaosPlan(length, 16, 4, Duration.ofSeconds(8), Duration.ofSeconds(6), false);
    }

    /** Every fault once and shortly, for a look. */
    public static ChaosPlan quick() {
        return new ChaosPlan(Duration.ZERO, 10, 3, Duration.ofSeconds(4), Duration.ofSeconds(3), false);
    }

    /** Steady load without a fault. */
    public static ChaosPlan soak(Duration length) {
        return new ChaosPlan(length, 16, 4, Duration.ZERO, Duration.ZERO, true);
    }
}
