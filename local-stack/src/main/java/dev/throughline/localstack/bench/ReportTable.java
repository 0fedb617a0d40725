package dev.throughline.localstack.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report as people read it. Pure. */
public final class ReportTable {

    private static final List<String> COLUMNS = List.of(
            "between the two ends",
            "calls",
            "frames/s",
            "CPU µs/frame",
            "to agent p50",
            "p99",
            "p99.9 ms",
            "to caller p50",
            "p99",
            "p99.9 ms",
            "lost",
            "out of order",
            "RSS MiB",
            "RSS KiB/call",
            "heap KiB/idle call");

    private ReportTable() {}

    /** The table, what was not measured, and the targets, line by line. */
    public static List<String> lines(Report report) {
        List<List<String>> cells = new ArrayList<>(List.of(COLUMNS));
        report.rows().forEach(row -> cells.add(cells(report, row)));
        List<String> lines = new ArrayList<>(aligned(cells));
        lines.add("");
        report.row(BridgeBench.COLD)
                .ifPresent(cold -> lines.add(String.format(
                        Locale.ROOT,
                        "Cold start: %d calls in the first %d s after readiness; the worst frame was %.0f ms late to the agent,"
                                + " %.0f ms to the caller.",
                        cold.calls(),
                        report.plan().arrival().toSeconds(),
                        cold.toAgent().maxMillis(),
                        cold.toCaller().maxMillis())));
        transcoding(report).forEach(lines::add);
        lines.add(String.format(
                Locale.ROOT,
                "Delays include the load generator's own, which was late itself by at most %.2f ms (99 %% of its ticks, worst row)."
                        + " Load average %.1f before, %.1f after, on %d cores.",
                report.rows().stream()
                        .mapToDouble(Measurement::latenessMillis)
                        .max()
                        .orElse(0),
                report.loadBefore(),
                report.loadAfter(),
                report.cores()));
        report.rows().stream()
                .filter(row -> !row.trouble().isEmpty())
                .forEach(row -> lines.add("TROUBLE: " + row.relay() + ": " + row.trouble()));
        lines.addAll(report.notes());
        List<Target> targets = Target.of(report);
        if (!targets.isEmpty()) {
            lines.add("");
            targets.forEach(target -> lines.add(String.format(
                    Locale.ROOT, "  %-7s %s: %s", target.met() ? "met" : "MISSED", target.what(), target.measured())));
        }
        return lines;
    }

    private static List<String> cells(Report report, Measurement row) {
        boolean relayed = !row.relay().equals(BridgeBench.DIRECT);
        boolean stamped = !row.relay().equals(BridgeBench.PCM);
        boolean heap = report.row(BridgeBench.BRIDGE).filter(row::equals).isPresent()
                && report.heapPerIdleCall().isPresent();
        return List.of(
                row.relay(),
                Integer.toString(row.calls()),
                String.format(Locale.ROOT, "%.0f", row.framesPerSecond()),
                relayed ? String.format(Locale.ROOT, "%.1f", row.cpuMicrosPerFrame()) : "-",
                millis(stamped, row.toAgent().p50Millis()),
                millis(stamped, row.toAgent().p99Millis()),
                millis(stamped, row.toAgent().p999Millis()),
                millis(stamped, row.toCaller().p50Millis()),
                millis(stamped, row.toCaller().p99Millis()),
                millis(stamped, row.toCaller().p999Millis()),
                Long.toString(row.lost()),
                Long.toString(row.outOfOrder()),
                relayed ? Long.toString(row.residentBytes() >> 20) : "-",
                relayed ? String.format(Locale.ROOT, "%.0f", row.residentKibPerCall()) : "-",
                heap
                        ? String.format(
                                Locale.ROOT, "%.1f", report.heapPerIdleCall().getAsLong() / 1_024.0)
                        : "-");
    }

    private static List<String> transcoding(Report report) {
        return report.row(BridgeBench.BRIDGE)
                .flatMap(bridge -> Target.transcoding(report, bridge))
                .map(percent -> {
                    String others = report.audioTools().stream()
                            .map(tool -> tool.tool() + " " + Target.number(tool.corePercent()) + " %")
                            .collect(Collectors.joining(", "));
                    return List.of("Transcoding to pcm_16000 and back, of a core per call: media-bridge "
                            + Target.number(percent) + " %"
                            + (others.isEmpty() ? "; neither sox nor ffmpeg is installed." : ", " + others + "."));
                })
                .orElse(List.of());
    }

    private static String millis(boolean known, double millis) {
        return known ? Target.number(millis) : "-";
    }

    private static List<String> aligned(List<List<String>> cells) {
        List<String> lines = new ArrayList<>();
        int[] widths = new int[COLUMNS.size()];
        for (List<String> row : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : cells) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? row.get(i) + padding : "  " + padding + row.get(i));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
