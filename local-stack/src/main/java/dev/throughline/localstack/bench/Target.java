package dev.throughline.localstack.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A figure that has to be reached.
 *
 * @param what in words, with its limit
 * @param measured the figure, with its unit
 * @param met whether it is reached
 */
public record Target(String what, String measured, boolean met) {

    private static final double MOST_TIMES_NGINX = 1.4;
    private static final double LONGEST_P99_MILLIS = 10;
    private static final double LONGEST_COLD_P99_MILLIS = 250;
    private static final double MOST_HEAP_KIB = 64;
    /** Repeated runs of the same row differ by some percent. */
    private static final double NOISE = 1.1;

    private static final double MOST_CORE_PERCENT = 1;

    /** The targets this report has figures for. */
    static List<Target> of(Report report) {
        List<Target> targets = new ArrayList<>();
        Optional<Measurement> found = report.row(BridgeBench.BRIDGE);
        if (found.isEmpty()) {
            return targets;
        }
        Measurement bridge = found.get();
        report.row(BridgeBench.NGINX).ifPresent(nginx -> {
            double times = bridge.cpuMicrosPerFrame() / nginx.cpuMicrosPerFrame();
            targets.add(new Target(
                    "CPU per frame at most 1.4 times nginx's", number(times) + " times", times <= MOST_TIMES_NGINX));
        });
        long broken = report.rows().stream()
                .filter(row -> row.relay().startsWith(BridgeBench.BRIDGE))
                .mapToLong(row -> row.lost() + row.outOfOrder())
                .sum();
        targets.add(new Target("no frame lost or out of order", Long.toString(broken), broken == 0));
        targets.add(new Target(
                "99 % of frames added less than 10 ms, both ways",
                number(bridge.worstP99Millis()) + " ms", bridge.worstP99Millis() < LONGEST_P99_MILLIS));
        report.heapPerIdleCall().ifPresent(bytes -> {
            double kib = bytes / 1_024.0;
            targets.add(
                    new Target("less than 64 KiB of heap per idle call", number(kib) + " KiB", kib < MOST_HEAP_KIB));
        });
        growth(report, bridge).ifPresent(targets::add);
        report.row(BridgeBench.COLD)
                .ifPresent(cold -> targets.add(new Target(
                        "99 % of frames of a cold start added less than 250 ms",
                        number(cold.worstP99Millis()) + " ms", cold.worstP99Millis() < LONGEST_COLD_P99_MILLIS)));
        transcoding(report, bridge)
                .ifPresent(percent -> targets.add(new Target(
                        "transcoding pcm_16000 less than 1 % of a core per call",
                        number(percent) + " %", percent < MOST_CORE_PERCENT)));
        return targets;
    }

    /** Percent of a core that one call with PCM costs more than one with mu-law. */
    static Optional<Double> transcoding(Report report, Measurement bridge) {
        return report.row(BridgeBench.PCM)
                .map(pcm -> pcm.corePercent() / pcm.calls() - bridge.corePercent() / bridge.calls());
    }

    public static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static Optional<Target> growth(Report report, Measurement all) {
        return report.rows().stream()
                .filter(row -> row.relay().equals(BridgeBench.BRIDGE) && row.calls() < all.calls())
                .reduce((first, fewest) -> fewest)
                .map(fewest -> new Target(
                        "CPU per frame does not grow with the calls",
                        String.format(
                                Locale.ROOT,
                                "%.1f µs at %d, %.1f at %d",
                                fewest.cpuMicrosPerFrame(),
                                fewest.calls(),
                                all.cpuMicrosPerFrame(),
                                all.calls()),
                        all.cpuMicrosPerFrame() <= fewest.cpuMicrosPerFrame() * NOISE));
    }
}
