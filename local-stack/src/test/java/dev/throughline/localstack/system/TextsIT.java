package dev.throughline.localstack.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.customer.TextCarrier;
import dev.throughline.localstack.customer.TwilioStandIn;
import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.parts.ServiceModule;
import dev.throughline.localstack.provisioning.DemoTenant;
import dev.throughline.localstack.stack.Stack;
import dev.throughline.localstack.stack.StackInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Texts in disorder, from outside: repeated, swapped and late, while the service is restarted, Kafka hangs, and partitions move. Whatever
 * happens, a text stands in its lead's timeline once and in order, is answered once, and nothing leaves after STOP.
 */
@Timeout(value = 420, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TextsIT {

    private static final Path ROOT = Path.of(System.getProperty("throughline.root", ".."));
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private static Path home;

    private static StackUnderTest suite;
    private static Stack stack;
    private static StackInfo info;
    private static TwilioStandIn twilio;
    private static TextCarrier carrier;
    private static JsonHttp operator;

    /** One customer. @param accepted bodies in the order the service took them @param answersAtStop texts it had when STOP was heard */
    private record Customer(String number, List<String> accepted, List<Integer> answersAtStop) {

        static Customer of(int number) {
            return new Customer(
                    "+1202556%04d".formatted(number), new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
        }

        boolean hasStopped() {
            return !answersAtStop.isEmpty();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        suite = StackUnderTest.start(
                ROOT,
                home,
                Map.of(
                        "THROUGHLINE_SMS_SEGMENTS_PER_SECOND", "1000",
                        "THROUGHLINE_SMS_SEGMENT_BURST", "10000",
                        "THROUGHLINE_SMS_QUIET_PERIOD", "300ms",
                        "THROUGHLINE_SMS_GREETING_WAIT", "300ms"));
        stack = suite.stack();
        info = suite.info();
        twilio = suite.twilio();
        carrier = new TextCarrier(
                suite.secret("TWILIO_AUTH_TOKEN"), suite.secret("TWILIO_ACCOUNT_SID"), info.appBaseUrl());
        operator = suite.operator(suite.demo().tenantId());
    }

    @AfterAll
    static void stop() throws Exception {
        carrier.close();
        suite.close();
    }

    @Test
    void shouldLoseNothingAndDoubleNothingThroughRestartsAndAHangingBroker() throws Exception {
        disorderStatuses();
        List<Customer> customers =
                IntStream.range(0, 100).mapToObj(Customer::of).toList();

        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writing = new ArrayList<>();
            for (int i = 0; i < customers.size(); i++) {
                Customer customer = customers.get(i);
                boolean stops = i % 10 == 0;
                int seed = i;
                writing.add(people.submit(() -> write(customer, 10, stops, new Random(seed), info.url(), info.url())));
            }
            Thread.sleep(3_000);
            stack.restart(ServiceModule.SMS_SERVICE);
            hang("kafka", Duration.ofSeconds(20));
            stack.restart(ServiceModule.SMS_SERVICE);
            for (Future<?> each : writing) {
                each.get();
            }
        }

        check(customers);
    }

    @Test
    void shouldStayOneConversationPerLeadWhilePartitionsMove() throws Exception {
        List<Customer> customers =
                IntStream.range(1_000, 1_040).mapToObj(Customer::of).toList();

        String second = stack.startReplica(ServiceModule.SMS_SERVICE);
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writing = new ArrayList<>();
            for (Customer customer : customers) {
                Random random = new Random(customer.number().hashCode());
                writing.add(people.submit(() -> write(customer, 6, false, random, info.url(), second)));
            }
            Thread.sleep(4_000);
            // Its partitions go to the second, and come back.
            stack.restart(ServiceModule.SMS_SERVICE);
            for (Future<?> each : writing) {
                each.get();
            }
        }
        stack.stopReplica(ServiceModule.SMS_SERVICE);

        check(customers);
    }

    private static void disorderStatuses() throws IOException {
        JsonHttp control = suite.twilioControl();
        for (Map<String, Object> fault : List.of(
                Map.<String, Object>of("kind", "duplicate", "match", "message-status", "count", 300),
                Map.<String, Object>of("kind", "reorder", "match", "message-status", "count", 100),
                Map.<String, Object>of("kind", "delay", "match", "message-status", "count", 100, "delayMs", 1_000))) {
            control.post("/_sim/faults", fault);
        }
    }

    /** One customer's texts, one after the other, each delivered once or more often, some swapped with the next. */
    private static Void write(Customer customer, int texts, boolean stops, Random random, String url, String otherUrl)
            throws Exception {
        List<Integer> order = new ArrayList<>(IntStream.range(0, texts).boxed().toList());
        for (int i = 0; i + 1 < texts; i += 3) {
            if (random.nextBoolean()) {
                Collections.swap(order, i, i + 1);
            }
        }
        for (int number : order) {
            Thread.sleep(random.nextInt(200, 4_500));
            boolean stop = stops && customer.accepted().size() == texts / 2;
            String body = stop ? "STOP" : "Text " + number + " of " + customer.number();
            String sid = "SM%s%04d".formatted(customer.number().substring(1), number);
            deliver(customer, sid, body, random.nextBoolean() ? url : otherUrl);
            customer.accepted().add(body);
            if (stop) {
                // What was with Twilio already when STOP was heard may still be seen coming.
                Thread.sleep(2_000);
                customer.answersAtStop().add(answers(customer.number()).size());
            }
            if (random.nextInt(3) == 0) {
                Thread.sleep(random.nextInt(0, 300));
                deliver(customer, sid, body, otherUrl);
            }
        }
        return null;
    }

    private static void deliver(Customer customer, String sid, String body, String url) throws InterruptedException {
        carrier.deliver(url, sid, customer.number(), DemoTenant.NUMBER, body);
    }

    /** Stops the process where it stands, as a paused machine does. */
    private static void hang(String part, Duration time) throws IOException, InterruptedException {
        String pid = Long.toString(stack.process(part).orElseThrow().pid());
        signal("-STOP", pid);
        try {
            Thread.sleep(time);
        } finally {
            signal("-CONT", pid);
        }
    }

    private static void signal(String signal, String pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", signal, pid).start().waitFor()).isZero();
    }

    private static List<JsonNode> answers(String customer) throws IOException {
        return twilio.messages(customer).stream()
                .filter(message -> message.path("from").asText().equals(DemoTenant.NUMBER))
                .toList();
    }

    private static void check(List<Customer> customers) throws IOException {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> {
            Map<String, List<JsonNode>> told = told();
            for (Customer customer : customers) {
                List<JsonNode> events = told.getOrDefault(customer.number(), List.of());
                assertThat(of(events, "sms.received"))
                        .as(customer.number())
                        .containsExactlyElementsOf(customer.accepted());
            }
            assertThat(unanswered(customers, told)).as("left without an answer").isEmpty();
        });
        // Once for all: there are thousands of events.
        Map<String, List<JsonNode>> told = told();
        for (Customer customer : customers) {
            checkOne(customer, told.getOrDefault(customer.number(), List.of()));
        }
    }

    /** Their numbers, with what the topic says of each. */
    private static List<String> unanswered(List<Customer> customers, Map<String, List<JsonNode>> told) {
        return customers.stream()
                .filter(customer -> !customer.hasStopped())
                .map(Customer::number)
                .filter(number -> !lastIsAnswered(told.getOrDefault(number, List.of())))
                .map(number -> number + " " + shortly(told.getOrDefault(number, List.of())))
                .toList();
    }

    private static void checkOne(Customer customer, List<JsonNode> events) {
        try {
            List<JsonNode> answers = answers(customer.number());
            List<String> sent = of(events, "sms.sent");
            assertThat(sent).as("told and sent").hasSameSizeAs(answers);
            assertThat(replyTo(events)).as("answered once").doesNotHaveDuplicates();
            if (customer.hasStopped()) {
                assertThat(answers)
                        .as("nothing after STOP")
                        .hasSize(customer.answersAtStop().getFirst());
            }
            String lead = events.getFirst().path("lead").asText();
            List<String> page = new ArrayList<>();
            operator.get("/api/leads/" + lead + "/timeline?limit=200")
                    .path("entries")
                    .forEach(entry -> {
                        if (entry.path("speaker").asText().equals("CUSTOMER")) {
                            page.add(entry.path("text").asText());
                        }
                    });
            assertThat(page).as("the timeline of %s", customer.number()).containsExactlyElementsOf(customer.accepted());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** {@code received 0003}, {@code sent to 0003}: by the ends of the texts' ids. */
    private static List<String> shortly(List<JsonNode> events) {
        return events.stream()
                .map(event -> event.path("type").asText().equals("sms.received")
                        ? "received " + end(event.path("messageSid"))
                        : "sent to " + end(event.path("inReplyTo")))
                .toList();
    }

    private static String end(JsonNode sid) {
        String text = sid.asText();
        return text.substring(Math.max(0, text.length() - 4));
    }

    private static boolean lastIsAnswered(List<JsonNode> events) {
        String last = "";
        for (JsonNode event : events) {
            if (event.path("type").asText().equals("sms.received")) {
                last = event.path("messageSid").asText();
            }
        }
        return replyTo(events).contains(last);
    }

    private static List<String> replyTo(List<JsonNode> events) {
        return events.stream()
                .filter(event -> event.path("type").asText().equals("sms.sent"))
                .map(event -> event.path("inReplyTo").asText())
                .filter(sid -> !sid.isEmpty())
                .toList();
    }

    private static List<String> of(List<JsonNode> events, String type) {
        return events.stream()
                .filter(event -> event.path("type").asText().equals(type))
                .map(event -> event.path("text").asText())
                .toList();
    }

    /** Everything on the topic about texts, by customer, each event once (a relay may publish twice), in the topic's order. */
    private static Map<String, List<JsonNode>> told() throws IOException {
        return TextEvents.read(info.kafka());
    }
}
