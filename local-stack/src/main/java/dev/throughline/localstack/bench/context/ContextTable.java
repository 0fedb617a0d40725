package dev.throughline.localstack.bench.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures as people read them. Pure. */
public final class ContextTable {

    private ContextTable() {}

    /** The table line by line. */
    public static List<String> lines(List<Figure> figures, double loadBefore, double loadAfter, int cores) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("what", "measured", "beside it, in the same run", "target"));
        figures.forEach(figure -> rows.add(List.of(
                figure.what(),
                figure.measured(),
                figure.baseline(),
                figure.target()
                        .map(target -> target.limit() + (target.met() ? ": met" : ": MISSED"))
                        .orElse(""))));
        int[] widths = new int[4];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "Load average %.1f before, %.1f after, on %d cores: PostgreSQL, Kafka, the service and this program share them.",
                loadBefore,
                loadAfter,
                cores));
        return lines;
    }
}
