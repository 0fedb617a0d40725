package dev.throughline.localstack.bench.context;

import static dev.throughline.localstack.bench.context.ContextWorkbench.TENANT;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.bench.ProcessFigures;
import dev.throughline.localstack.bench.context.ContextPlan.Part;
import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.http.Polling;
import dev.throughline.localstack.process.ManagedProcess;
import dev.throughline.localstack.secrets.OperatorTokens.Role;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.settings.SettingsException;
import dev.throughline.localstack.stack.Progress;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * One run:
 *
 * <pre>
 *   events on the topic ─▶ service started: folded ─▶ same rows inserted plainly ─▶ rebuilt ─▶ contexts read ─▶ streamed ─▶ idle clients
 * </pre>
 */
public final class ContextBench {

    private static final int FOLDED_A_SECOND = 5_000;
    private static final double STREAM_P99_MILLIS = 100;
    private static final double READ_P99_MILLIS = 10;
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Settings settings;
    private final ContextPlan plan;
    private final Progress progress;
    private final List<Figure> figures = new ArrayList<>();
    private final EventMaker maker = new EventMaker(TENANT);

    public ContextBench(Settings settings, ContextPlan plan, Progress progress) {
        this.settings = settings;
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * Runs all of it.
     *
     * @throws SettingsException when a process does not start
     */
    public List<Figure> run() throws IOException, InterruptedException {
        try (ContextWorkbench bench = new ContextWorkbench(settings)) {
            Thread stop = new Thread(bench::close);
            Runtime.getRuntime().addShutdownHook(stop);
            progress.say("  starting PostgreSQL and Kafka");
            bench.startServers();
            measure(bench);
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (SQLException e) {
            throw new IOException("the database failed: " + e.getMessage(), e);
        }
        return List.copyOf(figures);
    }

    private void measure(ContextWorkbench bench) throws IOException, InterruptedException, SQLException {
        List<UUID> leads = new ArrayList<>();
        for (int i = 0; i < plan.leads(); i++) {
            leads.add(UUID.randomUUID());
        }
        // Once, so that the tables are there and both compilers have seen the fold.
        progress.say("  warming up");
        bench.startService();
        publish(bench, leads, plan.events() / 5);
        awaitFolded(bench, plan.events() / 5);
        bench.stopService();

        ManagedProcess service = withEvents(bench, leads);
        if (plan.has(Part.REBUILD)) {
            rebuild(bench);
        }
        if (plan.has(Part.READ)) {
            read(bench);
        }
        if (plan.has(Part.STREAM)) {
            stream(bench, leads);
        }
        if (plan.has(Part.CLIENTS)) {
            idle(bench, leads, service);
        }
    }

    /** The service with the events folded, which is measured, or with what it was warmed up with where nothing needs more. */
    private ManagedProcess withEvents(ContextWorkbench bench, List<UUID> leads)
            throws IOException, InterruptedException, SQLException {
        if (plan.has(Part.FOLD) || plan.has(Part.REBUILD)) {
            return fold(bench, publish(bench, leads, plan.events()));
        }
        return bench.startService();
    }

    private List<EventMaker.Made> publish(ContextWorkbench bench, List<UUID> leads, int count) {
        List<EventMaker.Made> made = new ArrayList<>(count);
        try (KafkaProducer<String, byte[]> producer = bench.producer()) {
            for (int i = 0; i < count; i++) {
                EventMaker.Made one = maker.next(leads.get(i % leads.size()));
                made.add(one);
                producer.send(maker.record(one));
            }
        }
        return made;
    }

    private void awaitFolded(ContextWorkbench bench, long events) throws IOException, InterruptedException {
        if (Polling.until(LONG, () -> folded(bench) >= events ? Optional.of(true) : Optional.empty())
                .isEmpty()) {
            throw new IOException("the events were not folded in time");
        }
    }

    /** From the offsets stored with the effect: to count the rows would take from what is measured. */
    private static long folded(ContextWorkbench bench) throws IOException {
        try (Connection database = bench.database();
                Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("select coalesce(sum(next_offset), 0) from consumed")) {
            return rows.next() ? rows.getLong(1) : 0;
        } catch (SQLException notYet) {
            throw new IOException(notYet);
        }
    }

    /** The service starts with everything on the topic; measured from the first fifth on to the last event. */
    private ManagedProcess fold(ContextWorkbench bench, List<EventMaker.Made> made)
            throws IOException, InterruptedException, SQLException {
        progress.say("  folding " + made.size() + " events of " + plan.leads() + " leads");
        long before = folded(bench);
        ManagedProcess service = bench.startService();
        long first = before + made.size() / 5;
        awaitFolded(bench, first);
        long from = System.nanoTime();
        long begun = folded(bench);
        awaitFolded(bench, before + made.size());
        double rate = (before + made.size() - begun) / seconds(from);
        progress.say("  inserting the same rows plainly");
        double plain = PlainInsert.rate(bench, made);
        add(Figure.of(
                        "events folded per second, Kafka to durable context",
                        number(rate),
                        number(plain) + " rows a second inserted plainly (" + percent(rate / plain) + ")")
                .withTarget("5,000", rate >= FOLDED_A_SECOND));
        return service;
    }

    private void rebuild(ContextWorkbench bench) throws IOException, InterruptedException {
        progress.say("  rebuilding");
        JsonHttp admin = bench.admin();
        admin.post("/api/admin/rebuild", Map.of());
        JsonNode done = Polling.until(LONG, () -> Optional.of(admin.get("/api/admin/rebuild"))
                        .filter(rebuild -> rebuild.path("state").asText().equals("done")))
                .orElseThrow(() -> new IOException("the rebuild did not end in time"));
        Duration took = Duration.between(
                Instant.parse(done.path("startedAt").asText()),
                Instant.parse(done.path("finishedAt").asText()));
        add(Figure.of(
                "events rebuilt per second, compared and swapped",
                number(done.path("folded").asLong() / (took.toMillis() / 1e3)),
                done.path("different").asLong() + " of " + done.path("leads").asLong() + " leads different"));
    }

    private void read(ContextWorkbench bench) throws IOException, InterruptedException {
        UUID few = UUID.randomUUID();
        UUID many = UUID.randomUUID();
        long before = folded(bench);
        publish(bench, List.of(few), 10);
        publish(bench, List.of(many), plan.longHistory());
        awaitFolded(bench, before + 10 + plan.longHistory());
        progress.say("  reading contexts");
        JsonHttp viewer = JsonHttp.bearing(bench.url(), bench.token(Role.VIEWER, Optional.of(TENANT)));
        Latencies nothing = reads(viewer, "/api/session");
        for (Map.Entry<String, UUID> lead :
                List.of(Map.entry("10", few), Map.entry(Integer.toString(plan.longHistory()), many))) {
            Latencies read = reads(viewer, "/api/leads/" + lead.getValue() + "/context");
            add(Figure.of(
                            "context read, lead with " + lead.getKey() + " events",
                            read.text(),
                            "a request without a database: " + nothing.text())
                    .withTarget("p99 < 10 ms", read.millis(0.99) < READ_P99_MILLIS));
        }
        String at = Instant.now().minusSeconds(43_200).toString();
        Latencies back = reads(viewer, "/api/leads/" + many + "/context?at=" + at);
        add(Figure.of("context at an earlier instant, lead with " + plan.longHistory() + " events", back.text(), ""));
    }

    private Latencies reads(JsonHttp viewer, String path) throws IOException {
        for (int i = 0; i < plan.reads() / 2; i++) {
            viewer.get(path);
        }
        Latencies latencies = new Latencies(plan.reads());
        for (int i = 0; i < plan.reads(); i++) {
            long from = System.nanoTime();
            viewer.get(path);
            latencies.add(System.nanoTime() - from);
        }
        return latencies;
    }

    private void stream(ContextWorkbench bench, List<UUID> leads) throws IOException, InterruptedException {
        int listeners = Math.min(100, leads.size());
        progress.say("  streaming " + plan.rate() + " events a second to " + listeners + " clients");
        StreamLoad load = new StreamLoad(bench, maker, leads.subList(0, listeners));
        StreamLoad.Measured measured = load.run(plan.rate(), plan.streamed());
        add(Figure.of(
                        "event published to SSE client, " + plan.rate() + " a second",
                        measured.toClient().text() + ", " + measured.lost() + " lost",
                        "published to a plain consumer: "
                                + measured.toConsumer().text())
                .withTarget(
                        "p99 < 100 ms",
                        measured.lost() == 0 && measured.toClient().millis(0.99) < STREAM_P99_MILLIS));
    }

    private void idle(ContextWorkbench bench, List<UUID> leads, ManagedProcess service)
            throws IOException, InterruptedException {
        progress.say("  opening " + plan.clients() + " idle clients");
        ProcessFigures process = new ProcessFigures(service.handle());
        OptionalLong heapBefore = process.liveHeapBytes();
        long residentBefore = process.residentBytes();
        String token = bench.token(Role.VIEWER, Optional.of(TENANT));
        List<SseListener> clients = new ArrayList<>();
        for (int i = 0; i < plan.clients(); i++) {
            clients.add(new SseListener(bench.port(), leads.get(i % leads.size()), token, line -> {}));
        }
        for (SseListener client : clients) {
            client.awaitOpen();
        }
        OptionalLong heap = process.liveHeapBytes();
        long resident = process.residentBytes();
        for (SseListener client : clients) {
            client.close();
        }
        add(Figure.of(
                "memory of " + plan.clients() + " SSE clients",
                heap.isPresent() && heapBefore.isPresent()
                        ? number((heap.getAsLong() - heapBefore.getAsLong()) / 1_024.0 / plan.clients())
                                + " KiB of heap each"
                        : "unknown",
                (residentBefore >> 20) + " MiB resident without them, " + (resident >> 20) + " with"));
    }

    /** Told at once: a run that is cut short has measured something. */
    private void add(Figure figure) {
        figures.add(figure);
        progress.say("    " + figure.measured());
    }

    private static double seconds(long fromNanos) {
        return (System.nanoTime() - fromNanos) / 1e9;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
