package dev.throughline.localstack.bench;

import dev.throughline.localstack.bench.BenchPlan.Rows;
import dev.throughline.localstack.bench.LoadControl.Load;
import dev.throughline.localstack.process.ManagedProcess;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.stack.Progress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One run, row after row:
 *
 * <pre>
 *   load process ─▶ nothing between ─▶ nginx ─▶ ordinary bridge ─▶ bridge: cold start ─▶ all calls ─▶ half ─▶ an eighth ─▶ pcm_16000
 *                    (it warms up)                                 (the load is warm, the bridge is not)
 * </pre>
 */
public final class BridgeBench {

    static final String DIRECT = "nothing between";
    static final String NGINX = "nginx, plain proxy";
    static final String ORDINARY = "ordinary bridge";
    static final String BRIDGE = "media-bridge";
    static final String COLD = "media-bridge, cold start";
    static final String PCM = "media-bridge, pcm_16000";

    private static final Duration DIAL = Duration.ofSeconds(1);

    private final Settings settings;
    private final BenchPlan plan;
    private final Progress progress;
    private final List<Measurement> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    public BridgeBench(Settings settings, BenchPlan plan, Progress progress) {
        this.settings = settings;
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * Runs all of it.
     *
     * @throws dev.throughline.localstack.settings.SettingsException when a process does not start
     */
    public Report run() throws IOException, InterruptedException {
        double loadBefore = loadAverage();
        OptionalLong heapPerIdleCall = OptionalLong.empty();
        List<AudioTools.Cost> audioTools = List.of();
        try (Workbench bench = new Workbench(settings, plan.calls())) {
            Thread stop = new Thread(bench::close);
            Runtime.getRuntime().addShutdownHook(stop);
            LoadControl load = bench.startLoad();
            measureOthers(bench, load);
            if (plan.rows() != Rows.ORDINARY) {
                heapPerIdleCall = measureBridge(bench, load);
            }
            if (plan.rows() == Rows.ALL) {
                progress.say("  measuring sox and ffmpeg");
                audioTools = AudioTools.measure(bench.home().resolve("audio"));
            }
            Runtime.getRuntime().removeShutdownHook(stop);
        }
        return new Report(
                plan,
                Runtime.getRuntime().availableProcessors(),
                loadBefore,
                loadAverage(),
                rows,
                heapPerIdleCall,
                audioTools,
                notes);
    }

    private void measureOthers(Workbench bench, LoadControl load) throws IOException, InterruptedException {
        row(load, load(DIRECT, bench.directStream(), "PLAIN", plan.calls(), plan.warmUp()), Optional.empty());
        load.hangUp();
        if (plan.rows() == Rows.ALL || plan.rows() == Rows.COST) {
            measureNginx(bench, load);
        }
        if (plan.rows() == Rows.COST) {
            return;
        }
        int port = bench.freePort();
        ManagedProcess ordinary = bench.startOrdinary(port);
        row(
                load,
                load(ORDINARY, Workbench.stream(port), "ULAW", plan.calls(), plan.bridgeWarmUp()),
                Optional.of(new ProcessFigures(ordinary.handle())));
        load.hangUp();
        bench.stop(ordinary);
    }

    private void measureNginx(Workbench bench, LoadControl load) throws IOException, InterruptedException {
        Optional<Path> program = Nginx.find(settings.environment().get("PATH").orElse(""));
        if (program.isEmpty()) {
            notes.add(
                    NGINX + ": not measured, nginx is not installed ('apt-get install nginx', 'brew install nginx').");
            return;
        }
        int port = bench.freePort();
        ManagedProcess nginx = bench.startNginx(program.get(), port);
        row(
                load,
                load(NGINX, Workbench.stream(port), "PLAIN", plan.calls(), Duration.ofSeconds(1)),
                Optional.of(new ProcessFigures(nginx.handle())));
        load.hangUp();
        bench.stop(nginx);
    }

    private OptionalLong measureBridge(Workbench bench, LoadControl load) throws IOException, InterruptedException {
        progress.say("  starting kafka");
        bench.startKafka();
        progress.say("  starting media-bridge");
        ManagedProcess bridge = bench.startBridge();
        ProcessFigures figures = new ProcessFigures(bridge.handle());
        Optional<ProcessFigures> process = Optional.of(figures);
        String stream = bench.bridgeStream();

        Load cold = new Load(COLD, stream, "ULAW", plan.calls(), plan.arrival(), Duration.ZERO);
        progress.say("  measuring " + COLD);
        rows.add(load.measure(cold, process, plan.arrival()));
        load.hangUp();

        row(load, load(BRIDGE, stream, "ULAW", plan.calls(), plan.bridgeWarmUp()), process);
        if (plan.rows() == Rows.COST) {
            load.hangUp();
            return OptionalLong.empty();
        }
        OptionalLong busy = figures.liveHeapBytes();
        load.hangUp();
        OptionalLong idle = figures.liveHeapBytes();
        for (int fewer : plan.fewerCalls()) {
            row(load, load(BRIDGE, stream, "ULAW", fewer, Duration.ofSeconds(1)), process);
            load.hangUp();
        }
        row(load, load(PCM, stream, "PCM", plan.calls(), plan.warmUp()), process);
        load.hangUp();
        return busy.isPresent() && idle.isPresent()
                ? OptionalLong.of((busy.getAsLong() - idle.getAsLong()) / plan.calls())
                : OptionalLong.empty();
    }

    private void row(LoadControl load, Load calls, Optional<ProcessFigures> process)
            throws IOException, InterruptedException {
        progress.say("  measuring " + calls.relay() + ", " + calls.calls() + " calls");
        rows.add(load.measure(calls, process, plan.window()));
    }

    private static Load load(String relay, String target, String dialect, int calls, Duration warmUp) {
        return new Load(relay, target, dialect, calls, DIAL, warmUp);
    }

    private static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
