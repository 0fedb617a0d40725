package dev.throughline.localstack.bench.tools;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Every row, for a second each: nothing fails. How fast it is decides no test. */
class ToolsBenchIT {

    @TempDir
    private Path home;

    @Test
    void shouldMeasureTheBookWithoutAFailure() throws Exception {
        Duration second = Duration.ofSeconds(1);
        ToolsPlan plan = new ToolsPlan(4, 400, 400, 5, second, second, List.of(14, 28));
        Settings settings = Settings.read(
                Path.of(System.getProperty("throughline.root")),
                Map.of("PATH", System.getenv("PATH"), "THROUGHLINE_HOME", home.toString()));

        ToolsReport report =
                new ToolsBench(settings, plan, new Progress(new PrintStream(OutputStream.nullOutputStream()))).run();

        assertThat(report.rows()).hasSize(10).allSatisfy(row -> {
            assertThat(row.figures().failed()).as(row.toString()).isZero();
            assertThat(row.figures().count()).as(row.toString()).isPositive();
        });
        assertThat(report.targets()).hasSize(4);
    }
}
