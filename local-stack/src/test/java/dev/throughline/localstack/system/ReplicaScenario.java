package dev.throughline.localstack.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.localstack.customer.TextCarrier;
import dev.throughline.localstack.http.Polling;
import dev.throughline.localstack.parts.ServiceModule;
import dev.throughline.localstack.provisioning.DemoTenant;
import dev.throughline.localstack.secrets.OperatorTokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/**
 * A page reads a lead's stream while texts keep coming. The replica it is connected to is killed, it goes on at the other one, and comes
 * back after a restart: it has every event once, in order.
 */
final class ReplicaScenario {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String CUSTOMER = "+12025550194";
    private static final int TEXTS = 60;

    /** What a page keeps. */
    private record Event(long id, String data) {}

    private final StackUnderTest suite;
    private final TextCarrier carrier;
    private final String token;
    private final List<Event> seen = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    private ReplicaScenario(StackUnderTest suite, TextCarrier carrier) throws IOException {
        this.suite = suite;
        this.carrier = carrier;
        this.token =
                suite.token(OperatorTokens.Role.VIEWER, Optional.of(suite.demo().tenantId()));
    }

    static void run(StackUnderTest suite) throws Exception {
        try (TextCarrier carrier = new TextCarrier(
                suite.secret("TWILIO_AUTH_TOKEN"),
                suite.secret("TWILIO_ACCOUNT_SID"),
                suite.info().appBaseUrl())) {
            new ReplicaScenario(suite, carrier).run();
        }
    }

    private void run() throws Exception {
        write(0);
        String stream = "/api/stream/conversation/" + lead();
        String second = suite.stack().startReplica(ServiceModule.CONVERSATION_CONTEXT);
        try {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(this::writeAll);
            try (Page page = new Page(suite.info().url() + stream, "0")) {
                await(10);
                suite.stack()
                        .process(ServiceModule.CONVERSATION_CONTEXT.module())
                        .orElseThrow()
                        .destroyForcibly();
                page.awaitEnd();
            }
            try (Page page = new Page(second + stream, last())) {
                await(30);
                suite.stack().restart(ServiceModule.CONVERSATION_CONTEXT);
            }
            try (Page page = new Page(suite.info().url() + stream, last())) {
                writing.join();
                Awaitility.await().atMost(PATIENCE).until(() -> texts(seen) == TEXTS);
            }
        } finally {
            suite.stack().stopReplica(ServiceModule.CONVERSATION_CONTEXT);
        }
        List<Event> all = List.copyOf(seen);
        seen.clear();
        try (Page page = new Page(suite.info().url() + stream, "0")) {
            Awaitility.await().atMost(PATIENCE).until(() -> seen.size() >= all.size());
        }
        List<Event> again = seen.subList(0, all.size());
        assertThat(all).extracting(Event::id).isSorted().doesNotHaveDuplicates();
        assertThat(all)
                .extracting(Event::id)
                .isEqualTo(again.stream().map(Event::id).toList());
        // One at a time: all of them together nobody could read.
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i)).isEqualTo(again.get(i));
        }
    }

    private void writeAll() {
        try {
            for (int i = 1; i <= TEXTS; i++) {
                write(i);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(int i) throws InterruptedException {
        carrier.deliver(
                suite.info().url(),
                "SM0000000000000000000000replica%03d".formatted(i),
                CUSTOMER,
                DemoTenant.NUMBER,
                "No " + i);
    }

    private UUID lead() throws IOException, InterruptedException {
        return Polling.until(
                        PATIENCE, () -> Optional.of(suite.operator(suite.demo().tenantId())
                                        .get("/api/leads?query=%2B12025550194")
                                        .path("leads"))
                                .filter(leads -> !leads.isEmpty())
                                .map(leads -> UUID.fromString(
                                        leads.get(0).path("leadId").asText())))
                .orElseThrow();
    }

    private void await(int events) {
        int before = seen.size();
        Awaitility.await().atMost(PATIENCE).until(() -> seen.size() >= before + events);
    }

    private String last() {
        return Long.toString(seen.getLast().id());
    }

    private static long texts(List<Event> events) {
        return events.stream()
                .filter(event -> event.data().contains("\"sms.received\""))
                .map(Event::data)
                .filter(data -> !data.contains("\"No 0\""))
                .count();
    }

    /** One connection; what comes is kept until the line ends. */
    private final class Page implements AutoCloseable {

        private final InputStream body;
        private final CompletableFuture<Void> reading;

        Page(String url, String lastEventId) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .header("Authorization", "Bearer " + token)
                    .header("Last-Event-ID", lastEventId)
                    .build();
            this.body = Polling.until(PATIENCE, () -> {
                        try {
                            var answer = http.send(request, BodyHandlers.ofInputStream());
                            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
                        } catch (IOException away) {
                            return Optional.empty();
                        }
                    })
                    .orElseThrow();
            this.reading = CompletableFuture.runAsync(
                    this::read, command -> Thread.ofVirtual().start(command));
        }

        private void read() {
            String id = "";
            List<String> data = new ArrayList<>();
            try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("id:")) {
                        id = line.substring(3).strip();
                    } else if (line.startsWith("data:")) {
                        data.add(line.substring(5));
                    } else if (line.isEmpty() && !data.isEmpty()) {
                        seen.add(new Event(Long.parseLong(id), String.join("\n", data)));
                        data.clear();
                    }
                }
            } catch (IOException cut) {
                // As meant.
            }
        }

        void awaitEnd() {
            reading.join();
        }

        @Override
        public void close() throws IOException {
            body.close();
            reading.join();
        }
    }
}
