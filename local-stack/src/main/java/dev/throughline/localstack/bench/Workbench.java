package dev.throughline.localstack.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.throughline.localstack.bench.load.LoadMain;
import dev.throughline.localstack.bench.ordinary.OrdinaryBridge;
import dev.throughline.localstack.http.Polling;
import dev.throughline.localstack.parts.JavaCommand;
import dev.throughline.localstack.parts.KafkaPart;
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
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The processes of a benchmark, in a data directory of their own. Each is ready when its method returns; {@link #close} ends all. */
final class Workbench implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(6);
    private static final String TENANT_ID = "7f1c0000-0000-4000-8000-00000000be7c";
    private static final String PUBLIC_URL = "https://bench.throughline.example";
    private static final String LOOPBACK = "127.0.0.1";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Directories directories;
    private final StackPorts ports;
    private final int loadPort;
    private final Ports free = new Ports();
    private final Map<String, String> environment;
    private final Deque<ManagedProcess> processes = new ArrayDeque<>();

    Workbench(Settings settings, int calls) throws IOException {
        this.directories = new Directories(
                settings.directories().root(), settings.directories().home().resolve("bench"));
        this.ports = new StackPorts(
                0,
                0,
                free.free(),
                free.free(),
                0,
                0,
                Map.of(ServiceModule.MEDIA_BRIDGE, free.free()),
                Map.of(ServiceModule.MEDIA_BRIDGE, free.free()));
        this.loadPort = free.free();
        this.environment = environment(settings, LocalSecrets.in(directories.home()), calls);
    }

    /** Where logs, configurations and results lie. */
    Path home() {
        return directories.home();
    }

    /** The load process, which plays both providers. */
    LoadControl startLoad() throws IOException, InterruptedException {
        LoadControl control = new LoadControl("http://" + LOOPBACK + ":" + loadPort);
        ManagedProcess load = startJava("load", LoadMain.class, Integer.toString(loadPort));
        await(load, control::isReady);
        return control;
    }

    /** Kafka with the topics and one tenant. */
    void startKafka() throws IOException, InterruptedException {
        String servers = LOOPBACK + ":" + ports.kafka();
        ManagedProcess kafka = KafkaPart.start(directories, ports, environment);
        processes.push(kafka);
        await(kafka, () -> {
            try {
                KafkaPart.createTopics(servers, 5_000);
                return true;
            } catch (TimeoutException | ExecutionException e) {
                return false;
            }
        });
        publishTenant(servers);
    }

    /** The bridge, as {@code ./dev up} runs it. */
    ManagedProcess startBridge() throws IOException, InterruptedException {
        ManagedProcess bridge = ServicePart.start(
                ServiceModule.MEDIA_BRIDGE,
                ServiceModule.MEDIA_BRIDGE.module(),
                directories,
                ports.services().get(ServiceModule.MEDIA_BRIDGE),
                ports.management().get(ServiceModule.MEDIA_BRIDGE),
                environment,
                database -> "");
        processes.push(bridge);
        String ready =
                "http://" + LOOPBACK + ":" + ports.management().get(ServiceModule.MEDIA_BRIDGE) + "/q/health/ready";
        await(bridge, () -> answers(ready));
        return bridge;
    }

    /** The ordinary bridge, with the same JVM flags. */
    ManagedProcess startOrdinary(int port) throws IOException, InterruptedException {
        ManagedProcess ordinary = startJava(
                "ordinary-bridge", OrdinaryBridge.class, Integer.toString(port), "http://" + LOOPBACK + ":" + loadPort);
        await(ordinary, () -> listens(port));
        return ordinary;
    }

    /** nginx as a plain proxy before the load process; {@code program} is where it is. */
    ManagedProcess startNginx(Path program, int port) throws IOException, InterruptedException {
        ManagedProcess nginx = Nginx.start(program, home(), port, loadPort, environment);
        processes.push(nginx);
        await(nginx, () -> listens(port));
        return nginx;
    }

    /** A port for one of the relays. */
    int freePort() {
        return free.free();
    }

    /** Where the bridge's streams go. */
    String bridgeStream() {
        return stream(ports.services().get(ServiceModule.MEDIA_BRIDGE));
    }

    /** Where streams go that no relay is between. */
    String directStream() {
        return stream(loadPort);
    }

    static String stream(int port) {
        return "ws://" + LOOPBACK + ":" + port + "/media-stream";
    }

    /** Ends one process before the others. */
    void stop(ManagedProcess process) {
        processes.remove(process);
        process.stop(PATIENCE);
    }

    @Override
    public void close() {
        while (!processes.isEmpty()) {
            processes.pop().stop(PATIENCE);
        }
    }

    private ManagedProcess startJava(String name, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(JavaCommand.with("256m", false));
        command.addAll(List.of("-cp", JavaCommand.ownClassPath(), main.getName()));
        command.addAll(List.of(arguments));
        ManagedProcess process =
                ManagedProcess.start(name, command, environment, directories.root(), directories.log(name));
        processes.push(process);
        return process;
    }

    private Map<String, String> environment(Settings settings, LocalSecrets secrets, int calls) {
        Map<String, String> variables = new HashMap<>();
        // What programs need to run at all; nothing of a person's configuration, so that every run measures the same.
        for (String name : List.of("PATH", "HOME", "LANG", "TMPDIR")) {
            settings.environment().get(name).ifPresent(value -> variables.put(name, value));
        }
        for (String name :
                List.of("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "INTERNAL_SECRET", "ELEVENLABS_API_KEY")) {
            variables.put(name, secrets.get(name));
        }
        variables.put("APP_BASE_URL", PUBLIC_URL);
        variables.put("KAFKA_BOOTSTRAP_SERVERS", LOOPBACK + ":" + ports.kafka());
        variables.put("ELEVENLABS_API_BASE_URL", "http://" + LOOPBACK + ":" + loadPort);
        variables.put("TELEPHONY_GATEWAY_URL", "http://" + LOOPBACK + ":" + loadPort);
        variables.put("THROUGHLINE_BRIDGE_MAX_CALLS", Integer.toString(2 * calls));
        // The load's streams have no opening in their address.
        variables.put("THROUGHLINE_BRIDGE_MAX_UNSTARTED", Integer.toString(2 * calls));
        variables.put("BENCH_TENANT_ID", TENANT_ID);
        return variables;
    }

    private static void publishTenant(String servers) throws IOException, InterruptedException {
        Map<String, Object> tenant = Map.of(
                "id", TENANT_ID,
                "name", "Harbour Salon",
                "timeZone", "America/New_York",
                "country", "US",
                "language", "en",
                "voicePath", "BRIDGE",
                "settings", Map.of("businessHours", Map.of(), "elevenLabsOverrides", List.of()),
                "toolSecretHashes", List.of(),
                "version", 1);
        Map<String, Object> configuration = Map.of("bootstrap.servers", servers, "acks", "all");
        try (var producer = new KafkaProducer<>(configuration, new StringSerializer(), new ByteArraySerializer())) {
            byte[] value = new ObjectMapper().writeValueAsBytes(tenant);
            producer.send(new ProducerRecord<>("tenants-v1", TENANT_ID, value)).get(20, TimeUnit.SECONDS);
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

    private static boolean answers(String url) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(Duration.ofSeconds(3))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
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
