package dev.throughline.localstack.bench.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a run has measured.
 *
 * @param rows in the order they were measured
 * @param loadBefore the machine's load average (1 minute) before the run, negative when unknown: work of others spoils a measurement
 */
public record ToolsReport(ToolsPlan plan, List<Row> rows, double loadBefore) {

    static final String AVAILABILITY = "availability";
    static final String AVAILABILITY_OLD = "availability, old book";
    static final String ONE = "one look at a time";
    static final String ONE_OLD = "one look, old book";
    static final String BOOKING = "booking";
    static final String SQL = "plain SQL of it";

    private static final double LONGEST_P99_MILLIS = 50;
    /** Repeated runs of one row differ. */
    private static final double NOISE = 1.3;

    /** One measurement. @param days asked for, 0 where that means nothing */
    record Row(String name, int days, Figures figures) {}

    /** As people read it: the table, then the targets. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-26s %6s %8s %8s %10s %10s %8s",
                "",
                "days",
                "done",
                "failed",
                "p50 ms",
                "p99 ms",
                "per s"));
        for (Row row : rows) {
            Figures figures = row.figures();
            lines.add(String.format(
                    Locale.ROOT,
                    "%-26s %6s %8d %8d %10.2f %10.2f %8.0f",
                    row.name(),
                    row.days() == 0 ? "" : Integer.toString(row.days()),
                    figures.count(),
                    figures.failed(),
                    figures.p50Millis(),
                    figures.p99Millis(),
                    figures.perSecond()));
        }
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%d people, %d bookings ahead, %d behind in the old book; %d requests a second, counted from when each was due."
                        + " Load average before: %.1f.",
                plan.staff(),
                plan.bookings(),
                plan.oldBookings(),
                plan.perSecond(),
                loadBefore));
        targets()
                .forEach(target -> lines.add(String.format(
                        Locale.ROOT,
                        "  %-7s %s: %s",
                        target.met() ? "met" : "MISSED",
                        target.what(),
                        target.measured())));
        return lines;
    }

    /** A figure to reach. */
    record Target(String what, String measured, boolean met) {}

    List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        int asked = plan.days().getFirst();
        Row first = row(AVAILABILITY, asked);
        // What a look costs is told by one at a time: at a given rate the waiting grows faster than the work.
        Row one = row(ONE, asked);
        Row old = row(ONE_OLD, asked);
        Row most = row(ONE_OLD, plan.days().getLast());
        targets.add(new Target(
                "99 % of looks at availability under 50 ms",
                millis(first.figures().p99Millis()), first.figures().p99Millis() < LONGEST_P99_MILLIS));
        targets.add(new Target(
                "a look does not cost more in an old book",
                millis(one.figures().p50Millis()) + " and "
                        + millis(old.figures().p50Millis()),
                old.figures().p50Millis() <= one.figures().p50Millis() * NOISE));
        double times = (double) most.days() / asked;
        double grown = most.figures().p50Millis() / old.figures().p50Millis();
        targets.add(new Target(
                String.format(Locale.ROOT, "%.0f times the days cost at most %.0f times as much", times, times),
                String.format(Locale.ROOT, "%.1f times", grown),
                grown <= times * NOISE));
        long failed = rows.stream().mapToLong(row -> row.figures().failed()).sum();
        targets.add(new Target("nothing failed", Long.toString(failed), failed == 0));
        return targets;
    }

    private Row row(String name, int days) {
        return rows.stream()
                .filter(row -> row.name().equals(name) && row.days() == days)
                .findFirst()
                .orElseThrow();
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.1f ms", value);
    }
}
