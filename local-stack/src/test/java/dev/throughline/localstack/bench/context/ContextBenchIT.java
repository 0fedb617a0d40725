package dev.throughline.localstack.bench.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.localstack.bench.context.ContextPlan.Part;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.stack.Progress;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything in little: it runs, loses nothing and prints what it is for. How fast it is decides no test. */
class ContextBenchIT {

    @TempDir
    private Path home;

    @Test
    void shouldMeasureEveryFigureBesideItsBaseline() throws Exception {
        ContextPlan plan =
                new ContextPlan(1_000, 40, 300, Duration.ofSeconds(1), 50, 50, 40, EnumSet.allOf(Part.class));
        Settings settings = Settings.read(
                Path.of(System.getProperty("throughline.root")),
                Map.of("PATH", System.getenv("PATH"), "THROUGHLINE_HOME", home.toString()));

        List<Figure> figures =
                new ContextBench(settings, plan, new Progress(new PrintStream(OutputStream.nullOutputStream()))).run();

        assertThat(figures).hasSize(7);
        assertThat(figures)
                .extracting(Figure::baseline)
                .anyMatch(text -> text.contains("inserted plainly"))
                .anyMatch(text -> text.startsWith("0 of "))
                .anyMatch(text -> text.contains("plain consumer"));
        assertThat(figures).extracting(Figure::measured).anyMatch(text -> text.endsWith(" 0 lost"));
        assertThat(figures.stream().filter(figure -> figure.target().isPresent()))
                .hasSize(4);
        assertThat(ContextTable.lines(figures, 0, 0, 2)).hasSize(10);
    }
}
