package dev.throughline.localstack.chaos;

import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.parts.ServiceModule;
import dev.throughline.localstack.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that is broken, in the order it is. */
final class Faults {

    private static final Duration SLOW_NETWORK = Duration.ofMillis(150);
    private static final int MANY = 100_000;
    /** By how much a service's clock goes wrong: more than any token of ours is good for. */
    private static final String CLOCK_JUMP = "+120s";

    private final Stack stack;
    private final Cable postgres;
    private final Cable kafka;
    private final JsonHttp twilio;
    private final JsonHttp elevenLabs;

    Faults(Stack stack, Cable postgres, Cable kafka) {
        this.stack = stack;
        this.postgres = postgres;
        this.kafka = kafka;
        this.twilio = new JsonHttp(stack.info().twilioUrl(), Map.of());
        this.elevenLabs = new JsonHttp(stack.info().elevenLabsUrl(), Map.of());
    }

    /** What goes wrong all the time: Twilio tells things twice, late and in the wrong order. */
    void disorder() throws IOException {
        arm(twilio, Map.of("kind", "duplicate", "match", "status", "count", MANY));
        arm(twilio, Map.of("kind", "reorder", "match", "message-status", "count", MANY / 2));
        arm(twilio, Map.of("kind", "delay", "match", "call-status", "count", 5, "delayMs", 3_000));
        arm(elevenLabs, Map.of("kind", "duplicate", "match", "post-call", "count", MANY));
    }

    List<Fault> all() {
        List<Fault> faults = new ArrayList<>();
        for (ServiceModule service : ServiceModule.values()) {
            faults.add(killed(service.module()));
        }
        faults.add(killed("kafka"));
        faults.add(killed("postgres"));
        faults.addAll(network("PostgreSQL", postgres));
        faults.addAll(network("Kafka", kafka));
        faults.addAll(providers());
        faults.add(new Fault("outbox refuses (disk full)", () -> outbox(true), () -> outbox(false)));
        fakeClock().ifPresent(library -> faults.add(wrongClock(library)));
        return faults;
    }

    /** The library that gives a process another clock; empty when it is not installed. */
    static Optional<Path> fakeClock() {
        try (Stream<Path> found = Stream.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu")
                .map(directory -> Path.of(directory, "faketime", "libfaketimeMT.so.1"))) {
            return found.filter(Files::exists).findFirst();
        }
    }

    private Fault killed(String part) {
        return new Fault("kill -9 " + part, () -> stack.kill(part), () -> stack.revive(part));
    }

    private static List<Fault> network(String to, Cable cable) {
        return List.of(
                new Fault("network to " + to + " slow, 150 ms each way", () -> cable.slow(SLOW_NETWORK), cable::mend),
                new Fault("network to " + to + " hangs", cable::hang, cable::mend),
                new Fault("network to " + to + " cut", cable::cut, cable::mend));
    }

    private List<Fault> providers() {
        return List.of(
                provider(
                        "Twilio refuses every request (503)",
                        twilio,
                        Map.of("kind", "rest-error", "match", "rest", "status", 503, "count", MANY)),
                provider(
                        "Twilio does what is asked and does not answer",
                        twilio,
                        Map.of(
                                "kind",
                                "rest-timeout",
                                "match",
                                "messages",
                                "hangMs",
                                30_000,
                                "effect",
                                "after",
                                "count",
                                6)),
                provider(
                        "Twilio answers after 3 s",
                        twilio,
                        Map.of("kind", "rest-slow", "match", "rest", "delayMs", 3_000, "count", MANY)),
                provider(
                        "ElevenLabs opens no conversation (503)",
                        elevenLabs,
                        Map.of("kind", "refuse-upgrade", "match", "socket", "status", 503, "count", MANY)),
                provider(
                        "ElevenLabs cuts conversations",
                        elevenLabs,
                        Map.of("kind", "drop-tcp", "match", "text", "afterMillis", 700, "count", 4)),
                provider(
                        "ElevenLabs does not reply",
                        elevenLabs,
                        Map.of("kind", "no-reply", "match", "text", "count", 3)));
    }

    private Fault provider(String name, JsonHttp standIn, Map<String, Object> fault) {
        return new Fault(name, () -> arm(standIn, fault), () -> {
            standIn.delete("/_sim/faults");
            disorderAgain(standIn);
        });
    }

    private void disorderAgain(JsonHttp standIn) throws IOException {
        if (standIn == twilio) {
            elevenLabs.delete("/_sim/faults");
        } else {
            twilio.delete("/_sim/faults");
        }
        disorder();
    }

    private static void arm(JsonHttp standIn, Map<String, Object> fault) throws IOException {
        standIn.post("/_sim/faults", fault);
    }

    /** As a full table space does it: every insert fails with 53100 (PostgreSQL, <i>Error Codes</i>, disk_full). */
    private void outbox(boolean refuses) throws IOException {
        for (ServiceModule service : ServiceModule.values()) {
            if (service.database().isEmpty()) {
                continue;
            }
            try (Connection connection = database(service.database().get());
                    Statement statement = connection.createStatement()) {
                // Waits for no transaction of the services for long.
                statement.execute("SET lock_timeout = '10s'");
                if (refuses) {
                    statement.execute("""
                            CREATE OR REPLACE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$
                            BEGIN RAISE EXCEPTION 'could not extend file: no space left' USING ERRCODE = '53100'; END $$""");
                    statement.execute("CREATE OR REPLACE TRIGGER disk_full BEFORE INSERT ON outbox"
                            + " FOR EACH ROW EXECUTE FUNCTION disk_full()");
                } else {
                    statement.execute("DROP TRIGGER IF EXISTS disk_full ON outbox");
                }
            } catch (SQLException e) {
                throw new IOException("the outbox of " + service.module() + ": " + e.getMessage(), e);
            }
        }
    }

    private Connection database(String name) throws SQLException {
        return DriverManager.getConnection("jdbc:" + stack.info().postgres().replace("postgres@", "") + "/" + name
                + "?user=postgres&password=postgres");
    }

    private Fault wrongClock(Path library) {
        Map<String, String> ahead =
                Map.of("LD_PRELOAD", library.toString(), "FAKETIME", CLOCK_JUMP, "FAKETIME_DONT_FAKE_MONOTONIC", "1");
        return new Fault(
                "clock of sms-service two minutes ahead, then right again",
                () -> stack.restart(ServiceModule.SMS_SERVICE, ahead),
                () -> stack.restart(ServiceModule.SMS_SERVICE));
    }
}
