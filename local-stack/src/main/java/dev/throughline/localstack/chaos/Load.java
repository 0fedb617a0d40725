package dev.throughline.localstack.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.customer.TextCarrier;
import dev.throughline.localstack.customer.TwilioStandIn;
import dev.throughline.localstack.http.Polling;
import dev.throughline.localstack.provisioning.DemoTenant;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Customers who write and call until they are told to end. Texts are carried by a Twilio that repeats what is not heard, some twice all the
 * same; calls by the stand-in. One customer in eight says STOP at some time and goes on writing.
 */
final class Load {

    private static final int ONE_STOPS_IN = 8;
    private static final int ONE_CALL_IN = 7;
    private static final Duration LONGEST_CALL = Duration.ofSeconds(60);
    private static final Duration AFTER_STOP = Duration.ofSeconds(3);
    private static final List<Map<String, Object>> STEPS = List.of(
            Map.of("wait", "agent-finished", "timeoutMs", 20_000, "orContinue", true),
            Map.of("say", "what-are-your-opening-hours"),
            Map.of("wait", "agent-finished", "timeoutMs", 15_000, "orContinue", true),
            Map.of("say", "thank-you-goodbye"),
            Map.of("wait", "hangup", "timeoutMs", 10_000, "orContinue", true),
            Map.of("hangup", true));

    private final List<Customer> customers;
    private final TextCarrier carrier;
    private final TwilioStandIn twilio;
    private final String url;
    private final Semaphore lines;
    private final AtomicInteger failures = new AtomicInteger();
    private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> lives = new ArrayList<>();
    private volatile boolean over;

    Load(ChaosPlan plan, TextCarrier carrier, TwilioStandIn twilio, String url) {
        this.customers =
                IntStream.range(0, plan.customers()).mapToObj(Customer::new).toList();
        this.carrier = carrier;
        this.twilio = twilio;
        this.url = url;
        this.lines = new Semaphore(plan.callsAtOnce());
    }

    List<Customer> customers() {
        return customers;
    }

    /** Times a customer could not do what it wanted: a text nobody took within a minute and a half, a stand-in that did not answer. */
    int failures() {
        return failures.get();
    }

    void start() {
        for (int i = 0; i < customers.size(); i++) {
            Customer customer = customers.get(i);
            boolean stops = i % ONE_STOPS_IN == 0;
            Random random = new Random(i);
            lives.add(people.submit(() -> live(customer, stops, random)));
        }
    }

    /** Lets everybody finish what was begun, then has each write once more. */
    void end() throws InterruptedException {
        over = true;
        for (Future<?> life : lives) {
            try {
                life.get();
            } catch (ExecutionException e) {
                failures.incrementAndGet();
            }
        }
        people.close();
    }

    private Void live(Customer customer, boolean stops, Random random) throws InterruptedException {
        for (int turn = 1; !over; turn++) {
            Thread.sleep(random.nextInt(1_000, 5_000));
            try {
                if (stops && !customer.hasStopped() && turn > 6) {
                    write(customer, "STOP", turn, random);
                    // What was with Twilio already when STOP was heard may still be seen coming.
                    Thread.sleep(AFTER_STOP);
                    customer.stopped(twilio.messages(customer.number()).stream()
                            .filter(Load::isOurs)
                            .toList()
                            .size());
                } else if (random.nextInt(ONE_CALL_IN) == 0 && lines.tryAcquire()) {
                    call(customer);
                } else {
                    write(customer, "Text " + turn + " of " + customer.number(), turn, random);
                }
            } catch (IOException | IllegalStateException away) {
                failures.incrementAndGet();
            }
        }
        write(customer, "The last text of " + customer.number(), 9_999, random);
        return null;
    }

    private void write(Customer customer, String body, int turn, Random random) throws InterruptedException {
        String sid = "SM%s%04d".formatted(customer.number().substring(1), turn);
        deliver(customer, sid, body);
        customer.accepted(body);
        if (random.nextInt(3) == 0) {
            Thread.sleep(random.nextInt(0, 300));
            deliver(customer, sid, body);
        }
    }

    private void deliver(Customer customer, String sid, String body) throws InterruptedException {
        carrier.deliver(url, sid, customer.number(), DemoTenant.NUMBER, body);
        customer.delivered();
    }

    private void call(Customer customer) throws IOException, InterruptedException {
        try {
            String sid = twilio.call(Map.of("from", customer.number(), "to", DemoTenant.NUMBER, "steps", STEPS));
            customer.called(sid);
            if (ended(sid, LONGEST_CALL).isEmpty()) {
                twilio.hangUp(sid);
                ended(sid, LONGEST_CALL);
            }
        } finally {
            lines.release();
        }
    }

    private Optional<JsonNode> ended(String sid, Duration patience) throws IOException, InterruptedException {
        return Polling.until(patience, () -> {
            Thread.sleep(500);
            return Optional.of(twilio.callState(sid))
                    .filter(call -> call.path("ended").asBoolean());
        });
    }

    static boolean isOurs(JsonNode message) {
        return message.path("from").asText().equals(DemoTenant.NUMBER);
    }
}
