package dev.throughline.localstack.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.localstack.bench.BenchPlan.Rows;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.stack.Progress;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bridge's rows with a few calls: it is started as {@code ./dev up} does, and loses nothing. How fast it is decides no test. */
class BridgeBenchIT {

    @TempDir
    private Path home;

    @Test
    void shouldMeasureTheBridgeWithoutLosingAFrame() throws Exception {
        Duration second = Duration.ofSeconds(1);
        BenchPlan plan = new BenchPlan(4, Duration.ofSeconds(2), second, second, Duration.ofSeconds(2), Rows.OURS);
        Settings settings = Settings.read(
                Path.of(System.getProperty("throughline.root")),
                Map.of("PATH", System.getenv("PATH"), "THROUGHLINE_HOME", home.toString()));

        Report report =
                new BridgeBench(settings, plan, new Progress(new PrintStream(OutputStream.nullOutputStream()))).run();

        assertThat(report.rows())
                .extracting(Measurement::relay)
                .containsExactly(
                        BridgeBench.DIRECT,
                        BridgeBench.ORDINARY,
                        BridgeBench.COLD,
                        BridgeBench.BRIDGE,
                        BridgeBench.BRIDGE,
                        BridgeBench.BRIDGE,
                        BridgeBench.PCM);
        assertThat(report.rows()).allSatisfy(row -> {
            assertThat(row.trouble()).isEmpty();
            assertThat(row.lost()).isZero();
            assertThat(row.outOfOrder()).isZero();
            assertThat(row.frames()).isPositive();
        });
        assertThat(report.heapPerIdleCall()).isPresent();
        assertThat(Target.of(report)).hasSize(6);
        assertThat(ReportTable.lines(report)).anyMatch(line -> line.startsWith(BridgeBench.COLD));
    }
}
