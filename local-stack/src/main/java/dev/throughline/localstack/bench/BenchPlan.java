package dev.throughline.localstack.bench;

import java.time.Duration;

/**
 * What a run does.
 *
 * @param calls simulated calls at once, 1..2000
 * @param window how long each row is measured
 * @param warmUp how long the calls of a row speak before that; a JVM compiles meanwhile
 * @param bridgeWarmUp the same for the first row of a bridge, the ordinary one too
 * @param arrival over which the calls of the cold start arrive, and how long that row is measured
 * @param rows which relays are measured
 */
public record BenchPlan(
        int calls, Duration window, Duration warmUp, Duration bridgeWarmUp, Duration arrival, Rows rows) {

    /** Which relays are measured. */
    public enum Rows {
        /** All, and what the machine has of nginx, sox and ffmpeg. */
        ALL,
        /** nginx and the bridge with all calls: what a frame costs, and nothing else. */
        COST,
        /** The bridge and the ordinary one; nothing that has to be installed. */
        OURS,
        /** The ordinary bridge alone: no Kafka, no service. */
        ORDINARY
    }

    private static final Duration ARRIVAL = Duration.ofSeconds(5);

    /**
     * A full run: some three minutes with the default window of ten seconds. Both bridges speak until their compilers are nearly done; what
     * they cost before is the cold start's row.
     */
    public static BenchPlan full(int calls, Duration window) {
        return new BenchPlan(calls, window, Duration.ofSeconds(5), Duration.ofSeconds(25), ARRIVAL, Rows.ALL);
    }

    /** A run of less than a minute; its figures are rougher. */
    public static BenchPlan quick(int calls, Duration window) {
        return new BenchPlan(calls, window, Duration.ofSeconds(1), Duration.ofSeconds(3), ARRIVAL, Rows.ALL);
    }

    /** The same for these rows only. */
    public BenchPlan only(Rows some) {
        return new BenchPlan(calls, window, warmUp, bridgeWarmUp, arrival, some);
    }

    /** Fewer calls, to see whether the cost of a frame grows with their number. */
    int[] fewerCalls() {
        return new int[] {Math.max(1, calls / 2), Math.max(1, calls / 8)};
    }
}
