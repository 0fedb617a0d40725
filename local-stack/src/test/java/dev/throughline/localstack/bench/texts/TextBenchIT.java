package dev.throughline.localstack.bench.texts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.localstack.bench.Target;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.stack.Progress;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both endpoints with a few texts: each answers, and the table is made. How fast they are decides no test. */
class TextBenchIT {

    @TempDir
    private Path home;

    @Test
    void shouldMeasureTextsBesideTheBareEndpoint() throws Exception {
        Duration second = Duration.ofSeconds(1);
        TextBenchPlan plan = new TextBenchPlan(4, 1, second, second, 20, 20, 10);
        Settings settings = Settings.read(
                Path.of(System.getProperty("throughline.root")),
                Map.of("PATH", System.getenv("PATH"), "THROUGHLINE_HOME", home.toString()));

        TextReport report =
                new TextBench(settings, plan, new Progress(new PrintStream(OutputStream.nullOutputStream()))).run();

        assertThat(report.bare().micros().getTotalCount()).isPositive();
        assertThat(report.service().micros().getTotalCount()).isPositive();
        assertThat(report.bare().failed() + report.service().failed()).isZero();
        assertThat(report.databaseP99Seconds()).isPresent();
        assertThat(report.heapPerSession()).isPresent();
        assertThat(report.targets()).extracting(Target::what).hasSize(3);
        assertThat(report.lines()).anyMatch(line -> line.startsWith(TextBench.SERVICE));
        assertThat(report.json()).contains("heapBytesPerIdleSession");
    }
}
