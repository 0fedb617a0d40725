package dev.throughline.localstack.chaos;

import dev.throughline.localstack.customer.TextCarrier;
import dev.throughline.localstack.customer.TwilioStandIn;
import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.process.Ports;
import dev.throughline.localstack.provisioning.DemoTenant;
import dev.throughline.localstack.secrets.LocalSecrets;
import dev.throughline.localstack.secrets.OperatorTokens;
import dev.throughline.localstack.settings.Directories;
import dev.throughline.localstack.settings.Environment;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.stack.Detours;
import dev.throughline.localstack.stack.PartFailure;
import dev.throughline.localstack.stack.Progress;
import dev.throughline.localstack.stack.Stack;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A stack of its own, with cables to its servers, against the stand-ins alone whatever the machine is set up for. */
final class ChaosStack implements AutoCloseable {

    private static final List<String> PROVIDERS = List.of(
            "TWILIO_API_BASE_URL",
            "TWILIO_ACCOUNT_SID",
            "TWILIO_AUTH_TOKEN",
            "ELEVENLABS_API_BASE_URL",
            "ELEVENLABS_API_KEY",
            "ELEVENLABS_AGENT_ID",
            "APP_BASE_URL",
            "WEBHOOK_BASE_URL");

    /** The pace of a real sender is not what is tried, and lost callbacks are to be noticed while somebody looks. */
    private static final Map<String, String> PACE = Map.of(
            "THROUGHLINE_SMS_SEGMENTS_PER_SECOND", "1000",
            "THROUGHLINE_SMS_SEGMENT_BURST", "10000",
            "THROUGHLINE_SMS_TEXTS_PER_MINUTE", "100000",
            "THROUGHLINE_TELEPHONY_REAPER_FIRST_ASK", "20s",
            "THROUGHLINE_TELEPHONY_REAPER_LONGEST_PAUSE", "20s");

    /** What the embedded server acknowledges would not survive a kill with its own settings. */
    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    private final Vertx vertx = Vertx.vertx();
    private final Stack stack;
    private final Cable postgres;
    private final Cable kafka;
    private final LocalSecrets secrets;
    private final Settings settings;

    private ChaosStack(Settings settings, Progress progress, Ports ports) throws IOException {
        this.settings = settings;
        int postgresAt = ports.free();
        int kafkaAt = ports.free();
        this.postgres = Cable.between(
                vertx, postgresAt, settings.environment().port("POSTGRES_PORT").orElseThrow());
        this.kafka = Cable.between(
                vertx, kafkaAt, settings.environment().port("KAFKA_PORT").orElseThrow());
        this.stack = Stack.prepare(settings, progress, new Detours(postgresAt, kafkaAt, DURABLE));
        this.secrets = LocalSecrets.in(settings.directories().home());
    }

    /** Takes ports and an empty directory, {@code chaos} in that of {@code given}; nothing is started yet. */
    static ChaosStack prepare(Settings given, Progress progress) throws IOException {
        Path home = given.directories().home().resolve("chaos");
        forget(home);
        Ports ports = new Ports();
        Map<String, String> environment = new HashMap<>(given.environment().variables());
        PROVIDERS.forEach(name -> environment.put(name, ""));
        environment.putAll(PACE);
        environment.put("THROUGHLINE_HOME", home.toString());
        for (String port : List.of("PORT", "POSTGRES_PORT", "KAFKA_PORT")) {
            environment.put(port, Integer.toString(ports.free()));
        }
        return new ChaosStack(Settings.of(given.directories().root(), new Environment(environment)), progress, ports);
    }

    /** Removes what an earlier run left, but for the unpacked server. */
    private static void forget(Path home) throws IOException {
        if (!Files.isDirectory(home)) {
            return;
        }
        try (Stream<Path> children = Files.list(home)) {
            for (Path child : children.toList()) {
                if (!child.endsWith("postgres-binaries")) {
                    Directories.delete(child);
                }
            }
        }
    }

    void start() throws PartFailure, InterruptedException, IOException {
        stack.start();
    }

    Stack stack() {
        return stack;
    }

    Faults faults() {
        return new Faults(stack, postgres, kafka);
    }

    TwilioStandIn twilio() {
        return new TwilioStandIn(stack.info().twilioUrl());
    }

    TextCarrier carrier() {
        return new TextCarrier(
                secrets.get("TWILIO_AUTH_TOKEN"),
                secrets.get("TWILIO_ACCOUNT_SID"),
                stack.info().appBaseUrl());
    }

    Checker checker() throws IOException {
        UUID tenant = DemoTenant.read(settings.directories()).orElseThrow().tenantId();
        return new Checker(
                stack.info(),
                as(OperatorTokens.Role.OPERATOR, Optional.of(tenant)),
                as(OperatorTokens.Role.ADMIN, Optional.empty()));
    }

    private JsonHttp as(OperatorTokens.Role role, Optional<UUID> tenant) throws IOException {
        return JsonHttp.bearing(
                stack.info().url(), new OperatorTokens(secrets.privateKey(), Clock.systemUTC()).issue(role, tenant));
    }

    @Override
    public void close() throws IOException {
        postgres.mend();
        kafka.mend();
        stack.close();
        vertx.close();
    }
}
