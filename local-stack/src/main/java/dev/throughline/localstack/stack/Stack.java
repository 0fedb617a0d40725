package dev.throughline.localstack.stack;

import dev.throughline.localstack.front.Front;
import dev.throughline.localstack.front.RouteTable;
import dev.throughline.localstack.parts.KafkaPart;
import dev.throughline.localstack.parts.PartEnvironment;
import dev.throughline.localstack.parts.PostgresPart;
import dev.throughline.localstack.parts.ServiceModule;
import dev.throughline.localstack.parts.ServicePart;
import dev.throughline.localstack.parts.SimulatorPart;
import dev.throughline.localstack.parts.StackPorts;
import dev.throughline.localstack.process.ManagedProcess;
import dev.throughline.localstack.process.Ports;
import dev.throughline.localstack.process.ProcessRecord;
import dev.throughline.localstack.process.ProcessRecords;
import dev.throughline.localstack.process.Termination;
import dev.throughline.localstack.provisioning.DemoProvisioning;
import dev.throughline.localstack.secrets.LocalSecrets;
import dev.throughline.localstack.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One running stack.
 *
 * <pre>
 *   PostgreSQL ┐
 *   Kafka      ├─▶ provider set-up ─▶ five services ─▶ demo tenant ─▶ up
 *   stand-ins  │
 *   front      ┘
 * </pre>
 *
 * The parts of a column start side by side. {@link #close} stops in the reverse order; it may be called from another thread in the
 * middle of a start, which then fails.
 */
public final class Stack implements AutoCloseable {

    private final Settings settings;
    private final Progress progress;
    private final StackLock lock;
    private final ProcessRecords records;
    private final RunningParts parts;
    private final StackPorts ports;
    private final Map<String, String> environment;
    private final LocalSecrets secrets;
    private final Detours detours;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable Front front;

    private Stack(Settings settings, Progress progress, Detours detours, StackLock lock) throws IOException {
        this.settings = settings;
        this.progress = progress;
        this.detours = detours;
        this.lock = lock;
        this.records = new ProcessRecords(settings.directories().run());
        this.parts = new RunningParts(records);
        List<String> leftovers = records.endLeftovers();
        if (!leftovers.isEmpty()) {
            progress.say("Ended what a killed run had left: " + String.join(", ", leftovers) + ".");
        }
        PostgresPart.endStray(settings.directories().postgresData());
        this.ports = StackPorts.claim(settings);
        this.secrets = LocalSecrets.in(settings.directories().home());
        this.environment = new ConcurrentHashMap<>(PartEnvironment.of(settings, ports, secrets));
        if (detours.kafka() != 0) {
            environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + detours.kafka());
        }
        Files.createDirectories(settings.directories().logs());
        records.write(
                ProcessRecord.of(ProcessRecords.LAUNCHER, ProcessHandle.current(), Map.of("front", ports.front())));
    }

    /**
     * Takes the data directory and the ports; nothing is started yet.
     *
     * @throws dev.throughline.localstack.settings.SettingsException when a stack already runs there, a given port is taken or a
     *     service was never built
     */
    public static Stack prepare(Settings settings, Progress progress) throws IOException {
        return prepare(settings, progress, Detours.NONE);
    }

    /** As above, with somebody between the services and the servers. */
    public static Stack prepare(Settings settings, Progress progress, Detours detours) throws IOException {
        ServicePart.requireBuilt(settings.directories());
        StackLock lock = StackLock.take(settings.directories());
        try {
            return new Stack(settings, progress, detours, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Starts everything and makes the demo tenant.
     *
     * @return where it is
     * @throws PartFailure when a part did not start; whatever was started still runs until {@link #close}
     */
    public StackInfo start() throws PartFailure, InterruptedException, IOException {
        List<Callable<Void>> servers =
                new ArrayList<>(List.of(this::startFront, this::startPostgres, this::startKafka));
        boolean standIns = settings.standInForTwilio() || settings.standInForElevenLabs();
        if (standIns) {
            servers.add(this::startStandIns);
        }
        Parallel.run(servers);

        DemoProvisioning provisioning = new DemoProvisioning(
                settings, new DemoProvisioning.Addresses(info().url(), info().twilioUrl()), environment, secrets);
        provisioned("provider set-up", provisioning::beforeServices);
        List<Callable<Void>> services = new ArrayList<>();
        for (ServiceModule service : ServiceModule.values()) {
            services.add(() -> startService(service));
        }
        Parallel.run(services);
        if (settings.standInForTwilio()) {
            provisioned("demo tenant", provisioning::afterServices);
        }
        info().write(settings.directories());
        return info();
    }

    /** Where the parts are; complete from the beginning, because all ports are claimed first. */
    public StackInfo info() {
        return new StackInfo(
                "http://localhost:" + ports.front(),
                settings.appBaseUrl(),
                ports.twilio() == 0 ? "" : "http://127.0.0.1:" + ports.twilio(),
                ports.elevenLabs() == 0 ? "" : "http://127.0.0.1:" + ports.elevenLabs(),
                "127.0.0.1:" + ports.kafka(),
                "postgresql://postgres@127.0.0.1:" + ports.postgres());
    }

    /** Whether {@link #close} has been called. */
    public boolean isClosed() {
        return closed.get();
    }

    /** Parts that ended by themselves since the start. */
    public List<ManagedProcess> ended() {
        return parts.ended();
    }

    @Override
    public void close() throws IOException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        StackInfo.remove(settings.directories());
        Front listening = front;
        if (listening != null) {
            listening.close();
        }
        parts.stop();
        // A start interrupted half way may have a server whose start never returned.
        PostgresPart.endStray(settings.directories().postgresData());
        records.remove(ProcessRecords.LAUNCHER);
        lock.close();
    }

    private Void startFront() throws IOException {
        RouteTable routes = RouteTable.read(settings.directories().routes());
        Front created =
                new Front(routes, URI.create(settings.appBaseUrl()), ports.servicesByName(), ports.managementByName());
        front = created;
        created.listen(ports.front());
        return null;
    }

    private Void startPostgres() throws PartFailure {
        Instant from = Instant.now();
        try {
            parts.add(
                    PostgresPart.start(settings.directories(), ports.postgres(), detours.database()), ports.postgres());
        } catch (Exception e) {
            throw new PartFailure(
                    "postgres",
                    "did not start: " + e.getMessage(),
                    settings.directories().log("postgres"),
                    e);
        }
        progress.ready("postgres", Duration.between(from, Instant.now()));
        return null;
    }

    private Void startKafka() throws PartFailure, InterruptedException, IOException {
        Instant from = Instant.now();
        ManagedProcess kafka = KafkaPart.start(
                settings.directories(), ports, detours.kafka() == 0 ? ports.kafka() : detours.kafka(), environment);
        parts.add(kafka, Map.of("port", ports.kafka(), "controller", ports.kafkaController()));
        ReadyCheck.await(kafka, () -> {
            try {
                KafkaPart.createTopics("127.0.0.1:" + ports.kafka(), 5_000);
                return true;
            } catch (TimeoutException | ExecutionException e) {
                return false;
            }
        });
        progress.ready("kafka", Duration.between(from, Instant.now()));
        return null;
    }

    private Void startStandIns() throws PartFailure, InterruptedException, IOException {
        Instant from = Instant.now();
        ManagedProcess simulator = SimulatorPart.start(settings, ports, environment);
        parts.add(simulator, Map.of("twilio", ports.twilio(), "elevenlabs", ports.elevenLabs()));
        for (int port : List.of(ports.twilio(), ports.elevenLabs())) {
            if (port != 0) {
                ReadyCheck.await(simulator, ReadyCheck.http("http://127.0.0.1:" + port + "/_sim/health"));
            }
        }
        progress.ready("simulator", Duration.between(from, Instant.now()));
        return null;
    }

    private Void startService(ServiceModule service) throws PartFailure, InterruptedException, IOException {
        startService(
                service,
                service.module(),
                ports.services().get(service),
                ports.management().get(service));
        return null;
    }

    private void startService(ServiceModule service, String name, int port, int management)
            throws PartFailure, InterruptedException, IOException {
        startService(service, name, port, management, environment);
    }

    private void startService(
            ServiceModule service, String name, int port, int management, Map<String, String> variables)
            throws PartFailure, InterruptedException, IOException {
        Instant from = Instant.now();
        ManagedProcess process = ServicePart.start(
                service, name, settings.directories(), port, management, variables, this::databaseUrl);
        parts.add(process, Map.of("http", port, "management", management));
        ReadyCheck.await(process, ReadyCheck.http("http://127.0.0.1:" + management + "/q/health/ready"));
        progress.ready(name, Duration.between(from, Instant.now()));
    }

    private String databaseUrl(String database) {
        return parts.postgres().url(database, detours.postgres() == 0 ? ports.postgres() : detours.postgres());
    }

    /** Ends a service and starts it again, where it was; returns when it is ready. */
    public void restart(ServiceModule service) throws PartFailure, InterruptedException, IOException {
        stop(service.module());
        startService(service);
    }

    /** As above. @param extra environment of this one process */
    public void restart(ServiceModule service, Map<String, String> extra)
            throws PartFailure, InterruptedException, IOException {
        stop(service.module());
        Map<String, String> variables = new HashMap<>(environment);
        variables.putAll(extra);
        startService(
                service,
                service.module(),
                ports.services().get(service),
                ports.management().get(service),
                variables);
    }

    /** Ends a part as a crash does, at once and without a word; PostgreSQL's own children go with it. */
    public void kill(String name) {
        process(name).ifPresent(process -> {
            List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            Termination.awaitExit(process, RunningParts.PATIENCE);
            children.forEach(child -> Termination.awaitExit(child, RunningParts.PATIENCE));
        });
    }

    /** Starts a part again that was killed, with what it had on its disk; returns when it is ready. */
    public void revive(String name) throws PartFailure, InterruptedException, IOException {
        switch (name) {
            case "postgres" -> {
                letGoOfPostgres();
                startPostgres();
            }
            case "kafka" -> {
                stop(name);
                startKafka();
            }
            default ->
                restart(ServiceModule.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')));
        }
    }

    /** The dead server's handle holds the lock of the data directory; to ask it to stop fails, because there is nobody. */
    private void letGoOfPostgres() {
        try {
            parts.postgres().close();
        } catch (IOException gone) {
            // What follows starts a server or says why not.
        }
    }

    /** Where a service answers about itself: {@code http://127.0.0.1:<port>}. */
    public String managementUrl(ServiceModule service) {
        return "http://127.0.0.1:" + ports.management().get(service);
    }

    /**
     * Starts another process of a service beside the first, on ports of its own; the front leads to it when the first cannot be reached.
     *
     * @return its URL
     */
    public String startReplica(ServiceModule service) throws PartFailure, InterruptedException, IOException {
        Ports free = new Ports();
        int port = free.free();
        startService(service, replica(service), port, free.free());
        Front listening = front;
        if (listening != null) {
            listening.addReplica(service.module(), port);
        }
        return "http://127.0.0.1:" + port;
    }

    /** Ends what {@link #startReplica} started. */
    public void stopReplica(ServiceModule service) throws IOException {
        Front listening = front;
        if (listening != null) {
            listening.removeReplicas(service.module());
        }
        stop(replica(service));
    }

    /** The process of a part, for somebody who wants to see what happens when it hangs. */
    public Optional<ProcessHandle> process(String name) {
        return name.equals("postgres")
                ? parts.postgres().process()
                : parts.find(name).map(ManagedProcess::handle);
    }

    private static String replica(ServiceModule service) {
        return service.module() + "-2";
    }

    private void stop(String name) throws IOException {
        parts.release(name).ifPresent(process -> process.stop(RunningParts.PATIENCE));
    }

    private void provisioned(String what, Provisioning work) throws PartFailure, InterruptedException {
        Instant from = Instant.now();
        try {
            work.run();
        } catch (IOException e) {
            throw new PartFailure("The " + what, "failed: " + e.getMessage(), null, e);
        }
        progress.ready(what, Duration.between(from, Instant.now()));
    }

    /** A step of provisioning. */
    @FunctionalInterface
    private interface Provisioning {
        void run() throws IOException, InterruptedException;
    }
}
