package dev.throughline.localstack.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.throughline.localstack.bench.BenchPlan.Rows;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.stack.Progress;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load, the measuring and the table, with the relay that needs nothing else; the bridge's own rows are in the system test. */
class BridgeBenchTest {

    private static final int CALLS = 4;

    @TempDir
    private Path root;

    @Test
    void shouldMeasureAFewCallsWithoutLosingAFrame() throws Exception {
        Duration second = Duration.ofSeconds(1);
        BenchPlan plan = new BenchPlan(CALLS, Duration.ofSeconds(2), second, second, second, Rows.ORDINARY);
        Settings settings = Settings.read(root, Map.of("PATH", System.getenv("PATH")));

        Report report =
                new BridgeBench(settings, plan, new Progress(new PrintStream(OutputStream.nullOutputStream()))).run();

        assertThat(report.rows())
                .extracting(Measurement::relay)
                .containsExactly(BridgeBench.DIRECT, BridgeBench.ORDINARY);
        assertThat(report.rows()).allSatisfy(row -> {
            assertThat(row.trouble()).isEmpty();
            assertThat(row.lost()).isZero();
            assertThat(row.outOfOrder()).isZero();
            assertThat(row.toAgent().frames()).isPositive();
            assertThat(row.toCaller().frames()).isPositive();
            assertThat(row.toAgent().p50Millis()).isPositive();
            assertThat(row.toCaller().p999Millis())
                    .isGreaterThanOrEqualTo(row.toCaller().p99Millis());
        });
        Measurement ordinary = report.rows().getLast();
        assertThat(ordinary.cpuMillis()).isPositive();
        assertThat(ordinary.residentBytes()).isGreaterThan(1 << 20);
        assertTable(ReportTable.lines(report));
        assertJson(new ObjectMapper().readTree(ReportJson.of(report)));
    }

    private static void assertTable(List<String> lines) {
        assertThat(lines.getFirst())
                .contains(
                        "calls",
                        "frames/s",
                        "CPU µs/frame",
                        "to agent p50",
                        "to caller p50",
                        "p99",
                        "p99.9 ms",
                        "lost",
                        "out of order",
                        "RSS KiB/call",
                        "heap KiB/idle call");
        assertThat(lines.get(1)).startsWith(BridgeBench.DIRECT);
        assertThat(lines.get(2)).startsWith(BridgeBench.ORDINARY);
        assertThat(lines).noneMatch(line -> line.contains("MISSED"));
    }

    private static void assertJson(JsonNode json) {
        assertThat(json.at("/rows/1/relay").asText()).isEqualTo(BridgeBench.ORDINARY);
        assertThat(json.at("/rows/1/cpuMicrosPerFrame").asDouble()).isPositive();
        assertThat(json.at("/rows/1/toAgent/lost").asLong()).isZero();
    }
}
