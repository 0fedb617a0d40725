package dev.throughline.localstack.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.throughline.localstack.bench.BenchPlan;
import dev.throughline.localstack.bench.BridgeBench;
import dev.throughline.localstack.bench.Report;
import dev.throughline.localstack.bench.ReportJson;
import dev.throughline.localstack.bench.ReportTable;
import dev.throughline.localstack.bench.context.ContextBench;
import dev.throughline.localstack.bench.context.ContextPlan;
import dev.throughline.localstack.bench.context.ContextTable;
import dev.throughline.localstack.bench.context.Figure;
import dev.throughline.localstack.bench.images.ImageBench;
import dev.throughline.localstack.bench.images.ImageFigures;
import dev.throughline.localstack.bench.texts.TextBench;
import dev.throughline.localstack.bench.texts.TextBenchPlan;
import dev.throughline.localstack.bench.texts.TextReport;
import dev.throughline.localstack.bench.tools.ToolsBench;
import dev.throughline.localstack.bench.tools.ToolsPlan;
import dev.throughline.localstack.bench.tools.ToolsReport;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.stack.Progress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * {@code ./dev bench bridge [--calls N] [--seconds N] [--quick] [--cost]}, {@code ./dev bench texts [--connections N] [--seconds N] [--quick]} and
 * {@code ./dev bench tools [--seconds N] [--quick]} and {@code ./dev bench context [--quick] [--only PARTS]} and {@code ./dev bench images}: measures, prints the table, keeps the
 * figures as JSON where the table does not hold them all.
 */
final class BenchCommand {

    private static final String WHAT =
            "./dev bench measures \"bridge\", \"texts\", \"tools\", \"context\" or \"images\".";
    private static final int CALLS = 200;
    private static final int MOST_CALLS = 2_000;
    private static final int CONNECTIONS = 32;
    private static final int MOST_CONNECTIONS = 512;
    private static final int SECONDS = 10;
    private static final int QUICK_SECONDS = 3;
    private static final int MOST_SECONDS = 600;

    private BenchCommand() {}

    static int run(Settings settings, List<String> line, Progress progress) throws IOException, InterruptedException {
        return switch (line.isEmpty() ? "" : line.getFirst()) {
            case "bridge" -> bridge(settings, plan(line), progress);
            case "texts" -> texts(settings, textPlan(line), progress);
            case "tools" -> tools(settings, toolsPlan(line), progress);
            case "context" -> context(settings, line, progress);
            case "images" -> images(settings, line, progress);
            default -> throw new UsageException(WHAT);
        };
    }

    private static int bridge(Settings settings, BenchPlan plan, Progress progress)
            throws IOException, InterruptedException {
        progress.say("Measuring the bridge with " + plan.calls() + " calls; logs are in "
                + settings.directories().home().resolve("bench").resolve("logs"));
        Report report = new BridgeBench(settings, plan, progress).run();
        return tell(settings, "bridge", ReportTable.lines(report), ReportJson.of(report), progress);
    }

    private static int texts(Settings settings, TextBenchPlan plan, Progress progress)
            throws IOException, InterruptedException {
        progress.say("Measuring texts over " + plan.connections() + " connections; logs are in "
                + settings.directories().home().resolve("bench").resolve("logs"));
        TextReport report = new TextBench(settings, plan, progress).run();
        return tell(settings, "texts", report.lines(), report.json(), progress);
    }

    private static int tell(Settings settings, String what, List<String> lines, String json, Progress progress)
            throws IOException {
        progress.say("");
        lines.forEach(progress::say);
        Path file = settings.directories()
                .home()
                .resolve("bench")
                .resolve(what + "-" + Instant.now().toString().replaceAll("[:.]", "-") + ".json");
        Files.writeString(file, json);
        progress.say("");
        progress.say("The figures as JSON: " + file);
        return 0;
    }

    private static int tools(Settings settings, ToolsPlan plan, Progress progress)
            throws IOException, InterruptedException {
        progress.say("Measuring availability and bookings.");
        ToolsReport report = new ToolsBench(settings, plan, progress).run();
        progress.say("");
        report.lines().forEach(progress::say);
        Path file = settings.directories()
                .home()
                .resolve("bench")
                .resolve("tools-" + Instant.now().toString().replaceAll("[:.]", "-") + ".json");
        Files.writeString(file, new ObjectMapper().writeValueAsString(report.rows()));
        progress.say("");
        progress.say("The figures as JSON: " + file);
        return 0;
    }

    /** @throws UsageException when the words make no plan */
    static ToolsPlan toolsPlan(List<String> line) {
        Arguments arguments = Arguments.parse(line, Set.of("seconds"), Set.of("quick"));
        boolean quick = arguments.option("quick").isPresent();
        Duration window =
                Duration.ofSeconds(number(arguments, "seconds", quick ? QUICK_SECONDS : SECONDS, MOST_SECONDS));
        return quick ? ToolsPlan.quick(window) : ToolsPlan.full(window);
    }

    private static int context(Settings settings, List<String> line, Progress progress)
            throws IOException, InterruptedException {
        ContextPlan plan = contextPlan(line);
        double before = load();
        List<Figure> figures = new ContextBench(settings, plan, progress).run();
        progress.say("");
        ContextTable.lines(figures, before, load(), Runtime.getRuntime().availableProcessors())
                .forEach(progress::say);
        return 0;
    }

    private static int images(Settings settings, List<String> line, Progress progress)
            throws IOException, InterruptedException {
        if (Arguments.parse(line, Set.of()).words().size() != 1) {
            throw new UsageException("\"./dev bench images\" takes nothing else.");
        }
        try (ImageBench bench = new ImageBench(settings, progress, ImageBench.STARTS)) {
            List<ImageFigures> figures = bench.run();
            progress.say("");
            ImageFigures.lines(figures).forEach(progress::say);
        }
        return 0;
    }

    /** @throws UsageException when the words make no plan */
    static ContextPlan contextPlan(List<String> line) {
        Arguments arguments = Arguments.parse(line, Set.of("only"), Set.of("quick"));
        if (arguments.words().size() != 1) {
            throw new UsageException("\"./dev bench context\" takes --quick and --only and nothing else.");
        }
        ContextPlan plan = arguments.option("quick").isPresent() ? ContextPlan.quick() : ContextPlan.full();
        return arguments.option("only").map(only -> plan.only(parts(only))).orElse(plan);
    }

    private static Set<ContextPlan.Part> parts(String only) {
        Map<String, ContextPlan.Part> known = Arrays.stream(ContextPlan.Part.values())
                .collect(Collectors.toMap(ContextPlan.Part::word, part -> part));
        Set<String> wanted = Set.of(only.split(","));
        if (!known.keySet().containsAll(wanted)) {
            throw new UsageException("--only takes some of " + String.join(",", new TreeSet<>(known.keySet())) + ".");
        }
        return wanted.stream().map(known::get).collect(Collectors.toSet());
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** @throws UsageException when the words make no plan */
    static TextBenchPlan textPlan(List<String> line) {
        Arguments arguments = Arguments.parse(line, Set.of("connections", "seconds"), Set.of("quick"));
        boolean quick = arguments.option("quick").isPresent();
        int connections = number(arguments, "connections", CONNECTIONS, MOST_CONNECTIONS);
        Duration window =
                Duration.ofSeconds(number(arguments, "seconds", quick ? QUICK_SECONDS : SECONDS, MOST_SECONDS));
        return quick ? TextBenchPlan.quick(connections, window) : TextBenchPlan.full(connections, window);
    }

    /** @throws UsageException when the words make no plan */
    static BenchPlan plan(List<String> line) {
        Arguments arguments = Arguments.parse(line, Set.of("calls", "seconds"), Set.of("quick", "cost"));
        boolean quick = arguments.option("quick").isPresent();
        int calls = number(arguments, "calls", CALLS, MOST_CALLS);
        Duration window =
                Duration.ofSeconds(number(arguments, "seconds", quick ? QUICK_SECONDS : SECONDS, MOST_SECONDS));
        BenchPlan plan = quick ? BenchPlan.quick(calls, window) : BenchPlan.full(calls, window);
        return arguments.option("cost").isPresent() ? plan.only(BenchPlan.Rows.COST) : plan;
    }

    private static int number(Arguments arguments, String name, int otherwise, int most) {
        String text = arguments.option(name).orElse(Integer.toString(otherwise));
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
            throw new UsageException("--" + name + " takes a number from 1 to " + most + ".");
        }
        return Integer.parseInt(text);
    }
}
