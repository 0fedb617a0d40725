package dev.throughline.localstack.bench.texts;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import dev.throughline.localstack.settings.Directories;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.settings.SettingsException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The processes of the benchmark, in a data directory of their own. Each is ready when its method returns; {@link #close} ends all. */
final class TextWorkbench implements AutoCloseable {

    /** Of a business without an agent. */
    static final String QUIET_NUMBER = "+12025550181";
    /** Of a business whose agent answers, or would. */
    static final String AGENT_NUMBER = "+12025550182";

    private static final String PUBLIC_URL = "https://bench.throughline.example";
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String LOOPBACK = "127.0.0.1";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** The embedded server's defaults lose what was acknowledged when the machine stops; what is measured must not. */
    private static final Map<String, String> DURABLE = Map.of("fsync", "on", "synchronous_commit", "on");

    private final Directories directories;
    private final StackPorts ports;
    private final Map<String, String> environment = new HashMap<>();
    private final LocalSecrets secrets;
    private final Deque<ManagedProcess> processes = new ArrayDeque<>();
    private final PostgresPart postgres;

    /** Starts PostgreSQL. @param elevenLabs where the stand-in for ElevenLabs is */
    TextWorkbench(Settings settings, String elevenLabs) throws IOException {
        this.directories = new Directories(
                settings.directories().root(), settings.directories().home().resolve("bench"));
        this.secrets = LocalSecrets.in(directories.home());
        Ports free = new Ports();
        this.ports = new StackPorts(
                0,
                free.free(),
                free.free(),
                free.free(),
                0,
                0,
                Map.of(ServiceModule.SMS_SERVICE, free.free()),
                Map.of(ServiceModule.SMS_SERVICE, free.free()));
        // What programs need to run at all; nothing of a person's configuration, so that every run measures the same.
        for (String name : List.of("PATH", "HOME", "LANG", "TMPDIR")) {
            settings.environment().get(name).ifPresent(value -> environment.put(name, value));
        }
        for (String name :
                List.of("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "INTERNAL_SECRET", "ELEVENLABS_API_KEY")) {
            environment.put(name, secrets.get(name));
        }
        environment.put("JWT_PUBLIC_KEY_LOCATION", secrets.publicKey().toUri().toString());
        environment.put("APP_BASE_URL", PUBLIC_URL);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", kafkaServers());
        environment.put("ELEVENLABS_API_BASE_URL", elevenLabs);
        // Nobody is texted from here.
        environment.put("TWILIO_API_BASE_URL", "http://" + LOOPBACK + ":9");
        // Every run begins with empty tables.
        PostgresPart.endStray(directories.postgresData());
        Directories.delete(directories.postgresData());
        Files.createDirectories(directories.logs());
        try {
            this.postgres = PostgresPart.start(directories, ports.postgres(), DURABLE);
        } catch (SQLException e) {
            throw new IOException("PostgreSQL cannot be set up: " + e.getMessage(), e);
        }
    }

    TextForm forms() {
        return new TextForm(secrets.get("TWILIO_AUTH_TOKEN"), secrets.get("TWILIO_ACCOUNT_SID"), PUBLIC_URL);
    }

    ProcessHandle database() {
        return postgres.process().orElseThrow();
    }

    /** Kafka with the topics and the two businesses. */
    void startKafka() throws IOException, InterruptedException {
        ManagedProcess kafka = KafkaPart.start(directories, ports, environment);
        processes.push(kafka);
        await(kafka, () -> {
            try {
                KafkaPart.createTopics(kafkaServers(), 5_000);
                return true;
            } catch (TimeoutException | ExecutionException e) {
                return false;
            }
        });
        publish(tenant("7f1c0000-0000-4000-8000-0000000000a1", QUIET_NUMBER, Map.of()));
        publish(tenant(
                "7f1c0000-0000-4000-8000-0000000000a2", AGENT_NUMBER, Map.of("elevenLabsTextAgentId", "agent_bench")));
    }

    /** The bare endpoint, with the JVM flags of the service. */
    ManagedProcess startBare() throws IOException, InterruptedException {
        int port = barePort;
        List<String> command = new ArrayList<>(JavaCommand.with("256m", false));
        command.addAll(List.of("-cp", JavaCommand.ownClassPath(), BareTextEndpoint.class.getName()));
        // In a database of its own, so that neither table's size is the other's matter.
        command.addAll(List.of(Integer.toString(port), postgres.url("tools"), PUBLIC_URL));
        ManagedProcess bare = ManagedProcess.start(
                "bare-text-endpoint", command, environment, directories.root(), directories.log("bare-text-endpoint"));
        processes.push(bare);
        await(bare, () -> listens(port));
        return bare;
    }

    private final int barePort = new Ports().free();

    int barePort() {
        return barePort;
    }

    int servicePort() {
        return ports.services().get(ServiceModule.SMS_SERVICE);
    }

    /** sms-service, as it runs in production: with the compiler's second tier. */
    ManagedProcess startService(Map<String, String> further) throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(further);
        ManagedProcess service = ServicePart.start(
                ServiceModule.SMS_SERVICE,
                ServiceModule.SMS_SERVICE.module(),
                directories,
                servicePort(),
                ports.management().get(ServiceModule.SMS_SERVICE),
                all,
                postgres::url,
                false);
        processes.push(service);
        await(service, () -> get("/q/health/ready").isPresent());
        return service;
    }

    /** A figure of the service's own; empty when it has none. @param line how its line begins */
    OptionalDouble figure(String line) throws InterruptedException {
        return get("/q/metrics").stream()
                .flatMap(String::lines)
                .filter(each -> each.startsWith(line))
                .mapToDouble(each -> Double.parseDouble(each.substring(each.lastIndexOf(' ') + 1)))
                .findFirst();
    }

    /** Ends one process before the others. */
    void stop(ManagedProcess process) {
        processes.remove(process);
        process.stop(PATIENCE);
    }

    @Override
    public void close() throws IOException {
        while (!processes.isEmpty()) {
            processes.pop().stop(PATIENCE);
        }
        postgres.close();
    }

    private String kafkaServers() {
        return LOOPBACK + ":" + ports.kafka();
    }

    private static Map<String, Object> tenant(String id, String number, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("businessHours", Map.of());
        all.put("elevenLabsOverrides", List.of());
        return Map.of(
                "id",
                id,
                "name",
                "Harbour Salon",
                "twilioPhoneNumber",
                number,
                "timeZone",
                "America/New_York",
                "country",
                "US",
                "language",
                "en",
                "voicePath",
                "BRIDGE",
                "settings",
                all,
                "toolSecretHashes",
                List.of(),
                "version",
                1);
    }

    private void publish(Map<String, Object> tenant) throws IOException, InterruptedException {
        Map<String, Object> configuration = Map.of("bootstrap.servers", kafkaServers(), "acks", "all");
        try (var producer = new KafkaProducer<>(configuration, new StringSerializer(), new ByteArraySerializer())) {
            byte[] value = new ObjectMapper().writeValueAsBytes(tenant);
            producer.send(new ProducerRecord<>("tenants-v1", (String) tenant.get("id"), value))
                    .get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the benchmark's tenant could not be published: " + e.getMessage(), e);
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

    private Optional<String> get(String path) throws InterruptedException {
        URI uri = URI.create("http://" + LOOPBACK + ":" + ports.management().get(ServiceModule.SMS_SERVICE) + path);
        try {
            var answer = HTTP.send(
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build(), BodyHandlers.ofString());
            return Optional.of(answer.body()).filter(body -> answer.statusCode() == 200);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(LOOPBACK, port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** One look. */
    @FunctionalInterface
    private interface Ready {
        boolean isReady() throws InterruptedException;
    }
}
