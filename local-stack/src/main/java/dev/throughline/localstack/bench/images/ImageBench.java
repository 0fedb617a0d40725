package dev.throughline.localstack.bench.images;

import dev.throughline.localstack.bench.images.ImageFigures.Start;
import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.http.Polling;
import dev.throughline.localstack.parts.KafkaPart;
import dev.throughline.localstack.parts.PostgresPart;
import dev.throughline.localstack.parts.ServiceModule;
import dev.throughline.localstack.parts.StackPorts;
import dev.throughline.localstack.process.ManagedProcess;
import dev.throughline.localstack.process.Ports;
import dev.throughline.localstack.secrets.LocalSecrets;
import dev.throughline.localstack.settings.Directories;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.settings.SettingsException;
import dev.throughline.localstack.stack.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Builds every image, brings the schema as the migration job does, and starts each service alone, as restricted as in production: nobody's
 * user, a read-only root, no capabilities, limited memory. PostgreSQL and Kafka run on the machine, and the containers share its network.
 */
public final class ImageBench implements AutoCloseable {

    private static final String LOCAL_BASE = "throughline/local-base:25";
    private static final String CONTAINER = "throughline-bench";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Enough for a middle one. */
    public static final int STARTS = 3;

    private final Settings settings;
    private final Progress progress;
    private final int starts;
    private final Directories directories;
    private final StackPorts ports;
    private final Engine engine;
    private final Map<String, String> environment = new HashMap<>();
    private final Path publicKey;
    private @Nullable PostgresPart postgres;
    private @Nullable ManagedProcess kafka;

    /** @param starts how often each image is started with its cache, and as often without; odd */
    public ImageBench(Settings settings, Progress progress, int starts) throws IOException {
        this.settings = settings;
        this.progress = progress;
        this.starts = starts;
        this.directories = new Directories(
                settings.directories().root(),
                settings.directories().home().resolve("bench").resolve("images"));
        Files.createDirectories(directories.logs());
        Ports free = new Ports();
        this.ports = new StackPorts(0, free.free(), free.free(), free.free(), 0, 0, Map.of(), Map.of());
        this.engine = new Engine(
                directories.root(),
                directories.log("docker"),
                settings.environment()
                        .get("DOCKER_HOST")
                        .map(host -> Map.of("DOCKER_HOST", host))
                        .orElse(Map.of()));
        LocalSecrets secrets = LocalSecrets.in(directories.home());
        this.publicKey = readable(secrets.publicKey());
        environment.put("APP_BASE_URL", "https://bench.throughline.example");
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + ports.kafka());
        environment.put("JWT_PUBLIC_KEY_LOCATION", "file:/etc/throughline/jwt.pem");
        for (String name : List.of("INTERNAL_SECRET", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN")) {
            environment.put(name, secrets.get(name));
        }
        for (String name : List.of("TELEPHONY_GATEWAY_URL", "CONVERSATION_CONTEXT_URL", "SMS_SERVICE_URL")) {
            environment.put(name, "http://127.0.0.1:1");
        }
    }

    /** Whether there is an engine to build with. */
    public boolean hasEngine() throws InterruptedException {
        return engine.answers();
    }

    /**
     * The figures of all five.
     *
     * @throws SettingsException when there is no engine
     */
    public List<ImageFigures> run() throws IOException, InterruptedException {
        if (!hasEngine()) {
            throw new SettingsException(
                    "No Docker engine answers: start one (apt-get install docker.io; dockerd), or name it in DOCKER_HOST.");
        }
        String base = settings.environment().get("RUNTIME_IMAGE").orElse(LOCAL_BASE);
        if (base.equals(LOCAL_BASE)) {
            progress.say("  making a base image of this machine's JDK");
            engine.run(List.of(
                    "env",
                    "JAVA_HOME=" + System.getProperty("java.home"),
                    "bash",
                    "deploy/images/local-base.sh",
                    LOCAL_BASE));
        }
        startServers();
        List<ImageFigures> figures = new ArrayList<>();
        for (ServiceModule service : ServiceModule.values()) {
            figures.add(measure(service, base));
            progress.say("    " + figures.getLast().shortly());
        }
        return figures;
    }

    private void startServers() throws IOException, InterruptedException {
        progress.say("  starting PostgreSQL and Kafka");
        try {
            postgres = PostgresPart.start(directories, ports.postgres());
        } catch (SQLException e) {
            throw new IOException("the databases could not be made: " + e.getMessage(), e);
        }
        Map<String, String> own = new HashMap<>();
        settings.environment().get("PATH").ifPresent(path -> own.put("PATH", path));
        kafka = KafkaPart.start(directories, ports, own);
        Polling.until(PATIENCE, () -> {
            try {
                KafkaPart.createTopics("127.0.0.1:" + ports.kafka(), 5_000);
                return Optional.of(true);
            } catch (TimeoutException | ExecutionException notYet) {
                return Optional.empty();
            }
        });
    }

    private ImageFigures measure(ServiceModule service, String base) throws IOException, InterruptedException {
        String image = "throughline/" + service.module() + ":bench";
        progress.say("  building " + image);
        engine.docker(
                "build",
                "--network",
                "host",
                "-f",
                "deploy/images/Dockerfile.jvm",
                "--build-arg",
                "RUNTIME=" + base,
                "--build-arg",
                "SERVICE=" + service.module(),
                "--build-arg",
                "TRAIN_KAFKA=" + environment.get("KAFKA_BOOTSTRAP_SERVERS"),
                "--build-arg",
                "TRAIN_DATABASE_URL=" + service.database().map(this::database).orElse(""),
                "-t",
                image,
                ".");
        if (service.database().isPresent()) {
            progress.say("  migrating " + service.database().get());
            engine.run(command(service, image, List.of("--rm"), Map.of("QUARKUS_INIT_AND_EXIT", "true"), List.of()));
        }
        progress.say("  starting " + image + ", " + starts + " times with its cache and without");
        long bytes = Long.parseLong(engine.docker("image", "inspect", "--format", "{{.Size}}", image));
        List<String> without = List.of("@java.options", "dev.throughline.platform.config.ServiceMain");
        return new ImageFigures(
                service.module(), bytes, middle(service, image, List.of()), middle(service, image, without));
    }

    /** The start of the middle time among several. */
    private Start middle(ServiceModule service, String image, List<String> plain)
            throws IOException, InterruptedException {
        List<Start> seen = new ArrayList<>();
        for (int i = 0; i < starts; i++) {
            seen.add(start(service, image, plain));
        }
        seen.sort(Comparator.comparing(Start::ready));
        return seen.get(starts / 2);
    }

    private Start start(ServiceModule service, String image, List<String> plain)
            throws IOException, InterruptedException {
        Ports free = new Ports();
        int management = free.free();
        Map<String, String> own = new HashMap<>(Map.of(
                "QUARKUS_HTTP_PORT", Integer.toString(free.free()),
                "QUARKUS_MANAGEMENT_PORT", Integer.toString(management)));
        if (service.database().isPresent()) {
            own.put("QUARKUS_FLYWAY_ACTIVE", "false");
        }
        engine.run(command(service, image, List.of("-d", "--name", CONTAINER), own, plain));
        try {
            String id = CONTAINER;
            JsonHttp health = new JsonHttp("http://127.0.0.1:" + management, Map.of());
            boolean ready = Polling.until(PATIENCE, () -> isReady(health)).isPresent();
            Instant now = Instant.now();
            if (!ready) {
                throw new IOException(image + " was not ready: " + engine.docker("logs", "--tail", "20", id));
            }
            Instant from = Instant.parse(engine.docker("inspect", "--format", "{{.State.StartedAt}}", id));
            engine.docker("exec", id, "bash", "/usr/local/bin/healthy");
            long pid = Long.parseLong(engine.docker("inspect", "--format", "{{.State.Pid}}", id));
            return new Start(Duration.between(from, now), resident(pid));
        } finally {
            // It takes its leave of its consumer group: the next one would wait for a member that is no more.
            engine.docker("stop", "--time", "10", CONTAINER);
            engine.docker("rm", "-f", CONTAINER);
        }
    }

    private static Optional<Boolean> isReady(JsonHttp health) {
        try {
            health.get("/q/health/ready");
            return Optional.of(true);
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }

    private String database(String name) {
        return "postgresql://postgres:postgres@127.0.0.1:" + ports.postgres() + "/" + name;
    }

    /** @param plain what java is given instead of the image's own arguments; empty for those */
    private List<String> command(
            ServiceModule service, String image, List<String> how, Map<String, String> further, List<String> plain) {
        List<String> command = new ArrayList<>(List.of("docker", "run"));
        command.addAll(how);
        command.addAll(List.of(
                "--network",
                "host",
                "--read-only",
                "--tmpfs",
                "/tmp",
                "--cap-drop",
                "ALL",
                "--security-opt",
                "no-new-privileges",
                "--memory",
                "640m",
                "-v",
                publicKey + ":/etc/throughline/jwt.pem:ro"));
        Map<String, String> variables = new HashMap<>(environment);
        service.database().ifPresent(database -> variables.put("DATABASE_URL", database(database)));
        variables.putAll(further);
        variables.forEach((name, value) -> command.addAll(List.of("-e", name + "=" + value)));
        if (!plain.isEmpty()) {
            command.addAll(List.of("--entrypoint", "java"));
        }
        command.add(image);
        command.addAll(plain);
        return command;
    }

    /** A copy that nobody's user in the container may read. */
    private Path readable(Path key) throws IOException {
        Path copy = directories.home().resolve("jwt.pem").toAbsolutePath();
        Files.copy(key, copy, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("r--r--r--"));
        return copy;
    }

    private static long resident(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        if (kafka != null) {
            kafka.stop(Duration.ofSeconds(6));
        }
        if (postgres != null) {
            postgres.close();
        }
    }
}
