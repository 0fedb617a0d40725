package dev.throughline.localstack.bench.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ToolsReportTest {

    @Test
    void shouldTellWhichTargetsAreMet() {
        ToolsReport report = report(20, 21, 80);

        assertThat(report.targets()).hasSize(4).allMatch(ToolsReport.Target::met);
        assertThat(report.lines()).anyMatch(line -> line.contains("met") && line.contains("under 50 ms"));
    }

    @Test
    void shouldTellWhichAreMissed() {
        ToolsReport report = report(60, 90, 900);

        assertThat(report.targets().subList(0, 3)).noneMatch(ToolsReport.Target::met);
    }

    @Test
    void shouldCountFromTheMomentARequestWasDue() throws InterruptedException {
        AtomicInteger done = new AtomicInteger();

        Figures figures = Load.open(100, Duration.ofMillis(200), number -> {
            done.incrementAndGet();
            return number % 2 == 0;
        });

        assertThat(done).hasValue(20);
        assertThat(figures.count()).isEqualTo(20);
        assertThat(figures.failed()).isEqualTo(10);
    }

    @Test
    void shouldTakePercentilesByRank() {
        Figures figures = Figures.of(
                LongStream.rangeClosed(1, 100).map(n -> n * 1_000_000).boxed().toList(), 0, 1_000_000_000);

        assertThat(figures.p50Millis()).isEqualTo(50);
        assertThat(figures.p99Millis()).isEqualTo(99);
        assertThat(figures.perSecond()).isEqualTo(100);
    }

    private static ToolsReport report(double young, double old, double most) {
        ToolsPlan plan = ToolsPlan.quick(Duration.ofSeconds(1));
        return new ToolsReport(
                plan,
                List.of(
                        row(ToolsReport.AVAILABILITY, 14, young),
                        row(ToolsReport.ONE, 14, young),
                        row(ToolsReport.ONE_OLD, 14, old),
                        row(ToolsReport.ONE_OLD, 56, most)),
                0);
    }

    private static ToolsReport.Row row(String name, int days, double millis) {
        return new ToolsReport.Row(name, days, new Figures(50, 0, millis, millis, 50));
    }
}
