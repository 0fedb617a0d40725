package dev.throughline.localstack.cli;

import dev.throughline.localstack.bench.BenchPlan;
import dev.throughline.localstack.bench.BridgeBench;
import dev.throughline.localstack.bench.Report;
import dev.throughline.localstack.bench.ReportJson;
import dev.throughline.localstack.bench.ReportTable;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.stack.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** {@code ./dev bench bridge [--calls N] [--seconds N] [--quick]}: measures, prints the table, keeps the figures as JSON. */
final class BenchCommand {

    private static final int CALLS = 200;
    private static final int MOST_CALLS = 2_000;
    private static final int SECONDS = 10;
    private static final int QUICK_SECONDS = 3;
    private static final int MOST_SECONDS = 600;

    private BenchCommand() {}

    static int run(Settings settings, List<String> line, Progress progress) throws IOException, InterruptedException {
        BenchPlan plan = plan(line);
        progress.say("Measuring the bridge with " + plan.calls() + " calls; logs are in "
                + settings.directories().home().resolve("bench").resolve("logs"));
        Report report = new BridgeBench(settings, plan, progress).run();
        progress.say("");
        ReportTable.lines(report).forEach(progress::say);
        Path file = settings.directories()
                .home()
                .resolve("bench")
                .resolve("bridge-" + Instant.now().toString().replaceAll("[:.]", "-") + ".json");
        Files.writeString(file, ReportJson.of(report));
        progress.say("");
        progress.say("The figures as JSON: " + file);
        return 0;
    }

    /** @throws UsageException when the words make no plan */
    static BenchPlan plan(List<String> line) {
        Arguments arguments = Arguments.parse(line, Set.of("calls", "seconds"), Set.of("quick"));
        if (!arguments.words().equals(List.of("bridge"))) {
            throw new UsageException("./dev bench measures one thing: \"./dev bench bridge\".");
        }
        boolean quick = arguments.option("quick").isPresent();
        int calls = number(arguments, "calls", CALLS, MOST_CALLS);
        Duration window =
                Duration.ofSeconds(number(arguments, "seconds", quick ? QUICK_SECONDS : SECONDS, MOST_SECONDS));
        return quick ? BenchPlan.quick(calls, window) : BenchPlan.full(calls, window);
    }

    private static int number(Arguments arguments, String name, int otherwise, int most) {
        String text = arguments.option(name).orElse(Integer.toString(otherwise));
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
            throw new UsageException("--" + name + " takes a number from 1 to " + most + ".");
        }
        return Integer.parseInt(text);
    }
}
