package dev.throughline.localstack.bench.context;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.http.Polling;
import dev.throughline.localstack.parts.JavaCommand;
import dev.throughline.localstack.parts.KafkaPart;
import dev.throughline.localstack.parts.PostgresPart;
import dev.throughline.localstack.parts.ServiceModule;
import dev.throughline.localstack.parts.ServicePart;
import dev.throughline.localstack.parts.StackPorts;
import dev.throughline.localstack.process.ManagedProcess;
import dev.throughline.localstack.process.Ports;
import dev.throughline.localstack.secrets.LocalSecrets;
import dev.throughline.localstack.secrets.OperatorTokens;
import dev.throughline.localstack.settings.Directories;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.settings.SettingsException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** PostgreSQL, Kafka and conversation-context, fresh, in a data directory of their own; {@link #close} ends all. */
final class ContextWorkbench implements AutoCloseable {

    static final UUID TENANT = UUID.fromString("7f1c0000-0000-4000-8000-00000000be7c");
    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration PATIENCE = Duration.ofSeconds(6);
    private static final String LOOPBACK = "127.0.0.1";

    private final Settings settings;
    private final Directories directories;
    private final StackPorts ports;
    private final LocalSecrets secrets;
    private final List<AutoCloseable> running = new ArrayList<>();
    private @Nullable PostgresPart postgres;
    private @Nullable ManagedProcess service;

    ContextWorkbench(Settings settings) throws IOException {
        this.settings = settings;
        Path home = settings.directories().home().resolve("bench-context");
        removed(home.resolve("postgres"));
        removed(home.resolve("kafka"));
        this.directories = new Directories(settings.directories().root(), home);
        Files.createDirectories(directories.logs());
        Ports free = new Ports();
        this.ports = new StackPorts(
                0,
                free.free(),
                free.free(),
                free.free(),
                0,
                0,
                Map.of(ServiceModule.CONVERSATION_CONTEXT, free.free()),
                Map.of(ServiceModule.CONVERSATION_CONTEXT, free.free()));
        this.secrets = LocalSecrets.in(home);
    }

    private static void removed(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** PostgreSQL, and Kafka with the topics and the tenant. */
    void startServers() throws IOException, InterruptedException, SQLException {
        PostgresPart server = PostgresPart.start(directories, ports.postgres());
        postgres = server;
        running.add(server);
        ManagedProcess kafka = KafkaPart.start(directories, ports, environment());
        running.add(() -> kafka.stop(PATIENCE));
        await(kafka, () -> {
            try {
                KafkaPart.createTopics(kafkaServers(), 5_000);
                return true;
            } catch (TimeoutException | ExecutionException e) {
                return false;
            }
        });
        try (KafkaProducer<String, byte[]> producer = producer()) {
            producer.send(new ProducerRecord<>("tenants-v1", TENANT.toString(), tenant()))
                    .get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the benchmark's tenant could not be published: " + e.getMessage(), e);
        }
    }

    /** The service with both compilers, as in production. */
    ManagedProcess startService() throws IOException, InterruptedException {
        Map<String, String> environment = environment();
        environment.put("QUARKUS_HTTP_HOST", LOOPBACK);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port()));
        environment.put("QUARKUS_MANAGEMENT_HOST", LOOPBACK);
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort()));
        environment.put("DATABASE_URL", server().url("context"));
        List<String> command = new ArrayList<>(JavaCommand.with("512m", false));
        command.addAll(List.of(
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-jar",
                ServicePart.jar(ServiceModule.CONVERSATION_CONTEXT, directories).toString()));
        ManagedProcess started = ManagedProcess.start(
                "conversation-context",
                command,
                environment,
                directories.root(),
                directories.log("conversation-context"));
        service = started;
        running.add(() -> started.stop(PATIENCE));
        await(started, this::isReady);
        return started;
    }

    /** Ends the service; it can be started again. */
    void stopService() {
        ManagedProcess stopping = service;
        if (stopping != null) {
            stopping.stop(PATIENCE);
        }
    }

    Connection database() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:" + server().url("context").replaceFirst("//[^@]*@", "//") + "?user=postgres&password=postgres");
    }

    KafkaProducer<String, byte[]> producer() {
        Map<String, Object> configuration = Map.of("bootstrap.servers", kafkaServers(), "acks", "all", "linger.ms", 0);
        return new KafkaProducer<>(configuration, new StringSerializer(), new ByteArraySerializer());
    }

    String kafkaServers() {
        return LOOPBACK + ":" + ports.kafka();
    }

    int port() {
        return ports.services().get(ServiceModule.CONVERSATION_CONTEXT);
    }

    String url() {
        return "http://" + LOOPBACK + ":" + port();
    }

    /** @param tenant empty: an admin of the installation */
    String token(OperatorTokens.Role role, Optional<UUID> tenant) throws IOException {
        return new OperatorTokens(secrets.privateKey(), Clock.systemUTC()).issue(role, tenant);
    }

    JsonHttp admin() throws IOException {
        return JsonHttp.bearing(url(), token(OperatorTokens.Role.ADMIN, Optional.empty()));
    }

    @Override
    public void close() {
        for (AutoCloseable part : running.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                // What does not stop is ended with this process.
            }
        }
        running.clear();
    }

    private PostgresPart server() {
        PostgresPart started = postgres;
        if (started == null) {
            throw new IllegalStateException("PostgreSQL is not started yet");
        }
        return started;
    }

    private int managementPort() {
        return ports.management().get(ServiceModule.CONVERSATION_CONTEXT);
    }

    private Map<String, String> environment() {
        Map<String, String> variables = new HashMap<>();
        for (String name : List.of("PATH", "HOME", "LANG", "TMPDIR")) {
            settings.environment().get(name).ifPresent(value -> variables.put(name, value));
        }
        variables.put("INTERNAL_SECRET", secrets.get("INTERNAL_SECRET"));
        variables.put("APP_BASE_URL", "https://bench.throughline.example");
        variables.put("KAFKA_BOOTSTRAP_SERVERS", kafkaServers());
        variables.put("JWT_PUBLIC_KEY_LOCATION", secrets.publicKey().toUri().toString());
        return variables;
    }

    private static byte[] tenant() throws IOException {
        return new ObjectMapper()
                .writeValueAsBytes(Map.of(
                        "id", TENANT.toString(),
                        "name", "Harbour Salon",
                        "timeZone", "America/New_York",
                        "country", "US",
                        "language", "en",
                        "voicePath", "BRIDGE",
                        "settings", Map.of("businessHours", Map.of(), "elevenLabsOverrides", List.of()),
                        "toolSecretHashes", List.of(),
                        "version", 1));
    }

    private boolean isReady() {
        try {
            HttpURLConnection asked =
                    (HttpURLConnection) URI.create("http://" + LOOPBACK + ":" + managementPort() + "/q/health/ready")
                            .toURL()
                            .openConnection();
            asked.setConnectTimeout(1_000);
            asked.setReadTimeout(3_000);
            return asked.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private interface Ready {
        boolean isReady() throws IOException, InterruptedException;
    }

    private static void await(ManagedProcess process, Ready ready) throws IOException, InterruptedException {
        Optional<Boolean> seen = Polling.until(START, () -> {
            if (!process.isAlive()) {
                throw new SettingsException(process.name() + " stopped while starting; its log is " + process.log());
            }
            return ready.isReady() ? Optional.of(true) : Optional.empty();
        });
        if (seen.isEmpty()) {
            throw new SettingsException(process.name() + " was not ready after " + START.toSeconds()
                    + " seconds; its log is " + process.log());
        }
    }
}
