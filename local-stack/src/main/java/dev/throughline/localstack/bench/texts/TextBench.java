package dev.throughline.localstack.bench.texts;

import dev.throughline.localstack.bench.ProcessFigures;
import dev.throughline.localstack.bench.texts.TextReport.Row;
import dev.throughline.localstack.http.Polling;
import dev.throughline.localstack.process.ManagedProcess;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.settings.SettingsException;
import dev.throughline.localstack.stack.Progress;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One run:
 *
 * <pre>
 *   warm the bare endpoint ─▶ warm the service ─▶ (bare endpoint ─▶ service) × rounds ─▶ service anew, 1,000 sessions nobody speaks in
 * </pre>
 */
public final class TextBench {

    static final String BARE = "bare endpoint";
    static final String SERVICE = "sms-service";

    private static final Duration ALL_OPEN = Duration.ofSeconds(90);
    private static final String DATABASE_P99 = "throughline_sms_store_seconds{quantile=\"0.99\"";

    private final Settings settings;
    private final TextBenchPlan plan;
    private final Progress progress;
    private final Map<String, Row> rows = new LinkedHashMap<>();

    public TextBench(Settings settings, TextBenchPlan plan, Progress progress) {
        this.settings = settings;
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * Runs all of it.
     *
     * @throws SettingsException when a process does not start
     */
    public TextReport run() throws IOException, InterruptedException {
        double loadBefore = loadAverage();
        try (SilentAgent agent = new SilentAgent();
                TextWorkbench bench = new TextWorkbench(settings, agent.url())) {
            progress.say("  starting kafka, sms-service and the bare endpoint");
            bench.startKafka();
            OptionalDouble databaseP99 = measureWebhooks(bench);
            OptionalLong heap = measureSessions(bench, agent);
            return new TextReport(
                    plan,
                    Runtime.getRuntime().availableProcessors(),
                    loadBefore,
                    loadAverage(),
                    rows.get(BARE),
                    rows.get(SERVICE),
                    databaseP99,
                    heap);
        }
    }

    private OptionalDouble measureWebhooks(TextWorkbench bench) throws IOException, InterruptedException {
        ManagedProcess bare = bench.startBare();
        ManagedProcess service = bench.startService(Map.of());
        OptionalDouble databaseP99;
        try (TextLoad load = new TextLoad(Vertx.vertx(), bench.forms(), plan.leads())) {
            progress.say("  warming both up");
            silence(bench, load);
            warm(load, bench.barePort());
            warm(load, bench.servicePort());
            for (int round = 1; round <= plan.rounds(); round++) {
                progress.say("  measuring, round " + round + " of " + plan.rounds());
                row(BARE, bench, load, bench.barePort(), bare);
                row(SERVICE, bench, load, bench.servicePort(), service);
            }
            databaseP99 = bench.figure(DATABASE_P99);
        }
        bench.stop(bare);
        bench.stop(service);
        return databaseP99;
    }

    /** The customers say STOP: their texts are stored and told of, and answered by nobody, who would need the machine as well. */
    private void silence(TextWorkbench bench, TextLoad load) throws IOException, InterruptedException {
        TextLoad.Running stops = load.once(bench.servicePort(), TextWorkbench.QUIET_NUMBER, plan.connections(), "STOP");
        Polling.until(ALL_OPEN, () -> stops.answered() >= plan.leads() ? Optional.of(true) : Optional.empty());
        stops.stop();
    }

    private void warm(TextLoad load, int port) throws IOException, InterruptedException {
        TextLoad.Running running = load.start(port, TextWorkbench.QUIET_NUMBER, plan.connections());
        Thread.sleep(plan.warmUp());
        // On a busy machine that is not enough for a JVM to have compiled what it does.
        Polling.until(ALL_OPEN, () -> running.answered() >= plan.warmUpTexts() ? Optional.of(true) : Optional.empty());
        running.stop();
    }

    private void row(String name, TextWorkbench bench, TextLoad load, int port, ManagedProcess process)
            throws InterruptedException {
        ProcessFigures endpoint = new ProcessFigures(process.handle());
        ProcessFigures database = new ProcessFigures(bench.database());
        TextLoad.Running running = load.start(port, TextWorkbench.QUIET_NUMBER, plan.connections());
        // Its connections open, and it is in its stride.
        Thread.sleep(Duration.ofMillis(500));
        running.take();
        Duration cpu = endpoint.cpu();
        Duration databaseCpu = database.cpu();
        long began = System.nanoTime();
        Thread.sleep(plan.window());
        TextLoad.Answered answered = running.take();
        Row row = new Row(
                name,
                (System.nanoTime() - began) / 1e9,
                answered.micros(),
                answered.failed(),
                endpoint.cpu().minus(cpu),
                database.cpu().minus(databaseCpu));
        running.stop();
        rows.merge(name, row, Row::plus);
    }

    /** Bytes of live objects for each session in which the agent thinks. */
    private OptionalLong measureSessions(TextWorkbench bench, SilentAgent agent)
            throws IOException, InterruptedException {
        progress.say("  opening " + plan.sessions() + " text sessions");
        ManagedProcess service = bench.startService(Map.of(
                "THROUGHLINE_SMS_MAX_CONVERSATIONS",
                Integer.toString(2 * plan.sessions()),
                "THROUGHLINE_SMS_REPLY_TIMEOUT",
                "300s"));
        ProcessFigures figures = new ProcessFigures(service.handle());
        OptionalLong before = OptionalLong.empty();
        OptionalLong with = OptionalLong.empty();
        try (TextLoad load = new TextLoad(Vertx.vertx(), bench.forms(), plan.sessions())) {
            before = figures.liveHeapBytes();
            TextLoad.Running running =
                    load.once(bench.servicePort(), TextWorkbench.AGENT_NUMBER, plan.connections(), "Hello");
            Optional<Boolean> open = Polling.until(
                    ALL_OPEN, () -> agent.asked() >= plan.sessions() ? Optional.of(true) : Optional.empty());
            if (open.isEmpty()) {
                throw new SettingsException(
                        agent.asked() + " of " + plan.sessions() + " text sessions were open after " + ALL_OPEN);
            }
            running.stop();
            with = figures.liveHeapBytes();
        }
        bench.stop(service);
        return before.isPresent() && with.isPresent()
                ? OptionalLong.of((with.getAsLong() - before.getAsLong()) / plan.sessions())
                : OptionalLong.empty();
    }

    private static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
