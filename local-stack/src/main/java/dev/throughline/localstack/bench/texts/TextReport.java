package dev.throughline.localstack.bench.texts;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.localstack.bench.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;

/**
 * What a run has measured.
 *
 * @param cores of the machine, for everything together, the load included
 * @param loadBefore the machine's load average (1 minute) before the run: work of others spoils a measurement
 * @param loadAfter the same after it
 * @param databaseP99Seconds how long 99 % of the texts took the database at most, under the load; empty when nobody could tell
 * @param heapPerSession bytes of live objects per idle text session; empty when nobody could tell
 */
public record TextReport(
        TextBenchPlan plan,
        int cores,
        double loadBefore,
        double loadAfter,
        Row bare,
        Row service,
        OptionalDouble databaseP99Seconds,
        OptionalLong heapPerSession) {

    private static final double LEAST_OF_BARE = 0.7;
    private static final double LONGEST_IN_DATABASE_MILLIS = 50;

    /**
     * An endpoint under load, all rounds together.
     *
     * @param micros from a webhook's first byte to its answer's last, of those answered 200: the text and its event are durable then
     * @param failed webhooks not answered 200
     * @param cpu of the endpoint's process
     * @param databaseCpu of PostgreSQL meanwhile
     */
    record Row(String endpoint, double seconds, Histogram micros, long failed, Duration cpu, Duration databaseCpu) {

        Row plus(Row other) {
            Histogram both = micros.copy();
            both.add(other.micros);
            return new Row(
                    endpoint,
                    seconds + other.seconds,
                    both,
                    failed + other.failed,
                    cpu.plus(other.cpu),
                    databaseCpu.plus(other.databaseCpu));
        }

        double perSecond() {
            return micros.getTotalCount() / seconds;
        }

        double millis(double percentile) {
            return micros.getValueAtPercentile(percentile) / 1e3;
        }

        double micros(Duration spent) {
            return spent.toNanos() / 1e3 / Math.max(1, micros.getTotalCount());
        }
    }

    /** The figures there are targets for. */
    public List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        double ratio = service.perSecond() / bare.perSecond();
        targets.add(new Target(
                "at least 0.7 of the bare endpoint's webhooks per second",
                Target.number(ratio),
                ratio >= LEAST_OF_BARE));
        long failed = service.failed() + bare.failed();
        targets.add(new Target("every webhook is answered 200", failed + " were not", failed == 0));
        databaseP99Seconds.ifPresent(seconds -> targets.add(new Target(
                "99 % of the texts take the database at most 50 ms",
                Target.number(seconds * 1e3) + " ms", seconds * 1e3 <= LONGEST_IN_DATABASE_MILLIS)));
        return targets;
    }

    /** The table and the targets, line by line. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "endpoint         webhooks/s   p50 ms   p99 ms   worst ms   CPU µs/webhook   PostgreSQL µs/webhook   failed");
        for (Row row : List.of(bare, service)) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-16s %10.0f %8.2f %8.2f %10.1f %16.0f %23.0f %8d",
                    row.endpoint(),
                    row.perSecond(),
                    row.millis(50),
                    row.millis(99),
                    row.millis(100),
                    row.micros(row.cpu()),
                    row.micros(row.databaseCpu()),
                    row.failed()));
        }
        lines.add("");
        heapPerSession.ifPresent(bytes -> lines.add(String.format(
                Locale.ROOT, "%d idle text sessions: %.1f KiB of live heap each.", plan.sessions(), bytes / 1_024.0)));
        lines.add(String.format(
                Locale.ROOT,
                "%d connections, each with its next webhook when the last was answered; load, endpoint, PostgreSQL and Kafka share %d cores."
                        + " Load average %.1f before, %.1f after.",
                plan.connections(),
                cores,
                loadBefore,
                loadAfter));
        lines.add("");
        targets()
                .forEach(target -> lines.add(String.format(
                        Locale.ROOT,
                        "  %-7s %s: %s",
                        target.met() ? "met" : "MISSED",
                        target.what(),
                        target.measured())));
        return lines;
    }

    /** The figures as programs read them. */
    public String json() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("connections", plan.connections())
                .put("rounds", plan.rounds())
                .put("windowSeconds", plan.window().toMillis() / 1e3)
                .put("cores", cores)
                .put("loadBefore", loadBefore)
                .put("loadAfter", loadAfter);
        for (Row row : List.of(bare, service)) {
            root.withArray("/rows")
                    .addObject()
                    .put("endpoint", row.endpoint())
                    .put("perSecond", row.perSecond())
                    .put("p50Millis", row.millis(50))
                    .put("p99Millis", row.millis(99))
                    .put("worstMillis", row.millis(100))
                    .put("cpuMicros", row.micros(row.cpu()))
                    .put("databaseCpuMicros", row.micros(row.databaseCpu()))
                    .put("failed", row.failed());
        }
        databaseP99Seconds.ifPresent(seconds -> root.put("databaseP99Millis", seconds * 1e3));
        heapPerSession.ifPresent(bytes -> root.put("heapBytesPerIdleSession", bytes));
        targets().forEach(target -> root.withArray("/targets")
                .addObject()
                .put("what", target.what())
                .put("measured", target.measured())
                .put("met", target.met()));
        return root.toPrettyString();
    }
}
