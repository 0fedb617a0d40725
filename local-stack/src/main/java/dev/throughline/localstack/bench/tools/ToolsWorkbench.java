package dev.throughline.localstack.bench.tools;

import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.http.Polling;
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
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** PostgreSQL, Kafka and tools-service in a data directory of their own; {@link #close} ends all. */
final class ToolsWorkbench implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(180);
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private final Directories directories;
    private final StackPorts ports;
    private final Map<String, String> environment = new HashMap<>();
    private final LocalSecrets secrets;
    private @Nullable PostgresPart postgres;
    private @Nullable ManagedProcess kafka;
    private @Nullable ManagedProcess service;

    ToolsWorkbench(Settings settings) throws IOException {
        this.directories = new Directories(
                settings.directories().root(),
                settings.directories().home().resolve("bench").resolve("tools"));
        Files.createDirectories(directories.logs());
        Ports free = new Ports();
        this.ports = new StackPorts(
                0,
                free.free(),
                free.free(),
                free.free(),
                0,
                0,
                Map.of(ServiceModule.TOOLS_SERVICE, free.free()),
                Map.of(ServiceModule.TOOLS_SERVICE, free.free()));
        this.secrets = LocalSecrets.in(directories.home());
        // What programs need to run at all; nothing of a person's configuration, so that every run measures the same.
        for (String name : List.of("PATH", "HOME", "LANG", "TMPDIR")) {
            settings.environment().get(name).ifPresent(value -> environment.put(name, value));
        }
        environment.put("APP_BASE_URL", "https://bench.throughline.example");
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + ports.kafka());
        environment.put("JWT_PUBLIC_KEY_LOCATION", secrets.publicKey().toUri().toString());
        environment.put("INTERNAL_SECRET", secrets.get("INTERNAL_SECRET"));
        environment.put("THROUGHLINE_BOOKING_HORIZON_DAYS", "400");
    }

    Directories directories() {
        return directories;
    }

    void startServers() throws IOException, InterruptedException, SQLException {
        postgres = PostgresPart.start(directories, ports.postgres());
        kafka = KafkaPart.start(directories, ports, environment);
        String servers = "127.0.0.1:" + ports.kafka();
        await(kafka, () -> {
            try {
                KafkaPart.createTopics(servers, 5_000);
                return true;
            } catch (TimeoutException | ExecutionException e) {
                return false;
            }
        });
    }

    /** Starts the service, or starts it again, with another number of days a look asks for. */
    void startService(int searchDays) throws IOException, InterruptedException {
        if (service != null) {
            service.stop(PATIENCE);
        }
        Map<String, String> own = new HashMap<>(environment);
        own.put("THROUGHLINE_BOOKING_SEARCH_DAYS", Integer.toString(searchDays));
        PostgresPart database = postgres;
        if (database == null) {
            throw new IllegalStateException("the servers have not been started");
        }
        service = ServicePart.start(
                ServiceModule.TOOLS_SERVICE,
                ServiceModule.TOOLS_SERVICE.module(),
                directories,
                ports.services().get(ServiceModule.TOOLS_SERVICE),
                ports.management().get(ServiceModule.TOOLS_SERVICE),
                own,
                database::url);
        JsonHttp management =
                new JsonHttp("http://127.0.0.1:" + ports.management().get(ServiceModule.TOOLS_SERVICE), Map.of());
        await(service, () -> {
            try {
                management.get("/q/health/ready");
                return true;
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    /** The service, as the admin of the installation. */
    JsonHttp admin() throws IOException {
        return JsonHttp.bearing(
                url(),
                new OperatorTokens(secrets.privateKey(), Clock.systemUTC())
                        .issue(OperatorTokens.Role.ADMIN, Optional.empty()));
    }

    String url() {
        return "http://127.0.0.1:" + ports.services().get(ServiceModule.TOOLS_SERVICE);
    }

    /** JDBC's address of the service's database. */
    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/tools?user=postgres&password=postgres";
    }

    @Override
    public void close() {
        if (service != null) {
            service.stop(PATIENCE);
        }
        if (kafka != null) {
            kafka.stop(PATIENCE);
        }
        if (postgres != null) {
            try {
                postgres.close();
            } catch (IOException stillThere) {
                throw new IllegalStateException("PostgreSQL could not be stopped", stillThere);
            }
        }
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

    /** One look. */
    @FunctionalInterface
    private interface Ready {
        boolean isReady() throws InterruptedException;
    }
}
