package dev.throughline.localstack.bench.context;

import java.util.Optional;

/**
 * One thing measured.
 *
 * @param what in words
 * @param measured with its unit
 * @param baseline the plainest way to do the same, measured in the same run; empty where there is none
 * @param target in words, with whether it is met; empty where there is none
 */
public record Figure(String what, String measured, String baseline, Optional<Target> target) {

    /** A figure to be reached. */
    public record Target(String limit, boolean met) {}

    static Figure of(String what, String measured, String baseline) {
        return new Figure(what, measured, baseline, Optional.empty());
    }

    Figure withTarget(String limit, boolean met) {
        return new Figure(what, measured, baseline, Optional.of(new Target(limit, met)));
    }
}
