package dev.throughline.platform.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import dev.throughline.platform.Configs;
import dev.throughline.platform.twilio.SendOutcome.Accepted;
import dev.throughline.platform.twilio.SendOutcome.Refused;
import dev.throughline.platform.twilio.SendOutcome.Unclear;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The SDK on our transport, against a server that counts. */
class TwilioRestTest {

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicReference<String> lastRequest = new AtomicReference<>("");
    private final CountDownLatch released = new CountDownLatch(1);
    private HttpServer server;
    private TwilioRest rest;
    private volatile Answer answer = exchange -> respond(exchange, 201, fixture("rest-message-created.json"));

    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            lastRequest.set(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answer.to(exchange);
        });
        server.start();
        rest = new TwilioRest(config("http://localhost:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        released.countDown();
        server.stop(0);
        rest.close();
    }

    @Test
    void shouldSendOnceAndGiveTheResource() {
        SendOutcome<Message> outcome = send("Café & +😀");
        assertThat(outcome).isInstanceOf(Accepted.class);
        assertThat(((Accepted<Message>) outcome).resource().getSid()).startsWith("SM");
        assertThat(requests).hasValue(1);
        assertThat(lastRequest.get())
                .startsWith("POST /2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json Basic ")
                .contains("Body=Caf%C3%A9+%26+%2B%F0%9F%98%80")
                .contains("To=%2B12025550142");
    }

    @Test
    void shouldNotRepeatAServerError() {
        answer = exchange -> respond(exchange, 503, "<html>sorry</html>");
        assertThat(send("x")).isInstanceOf(Unclear.class);
        assertThat(requests).hasValue(1);
    }

    @Test
    void shouldNotTakeTheJsonOfAProxyForARefusal() {
        answer = exchange -> respond(exchange, 503, "{}");
        assertThat(send("x")).isInstanceOf(Unclear.class);
        answer = exchange -> respond(exchange, 502, "{\"message\":\"upstream connect error\"}");
        assertThat(send("x")).isInstanceOf(Unclear.class);
        assertThat(requests).hasValue(2);
    }

    @Test
    void shouldNotRepeatWhenAskedToSlowDown() {
        answer = exchange -> respond(exchange, 429, fixture("rest-error-20429.json"));
        assertThat(send("x")).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(20429);
            assertThat(refused.retryable()).isTrue();
        });
        assertThat(requests).hasValue(1);
    }

    @Test
    void shouldTellARefusalWithItsCode() {
        answer = exchange -> respond(exchange, 400, fixture("rest-error-21211.json"));
        assertThat(send("x")).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.httpStatus()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo(21211);
            assertThat(refused.retryable()).isFalse();
        });
    }

    @Test
    void shouldBeUnclearWhenTheAnswerIsCutOrLate() {
        answer = exchange -> {
            exchange.sendResponseHeaders(201, 1_000);
            exchange.getResponseBody().write("{\"sid\":".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        };
        assertThat(send("x")).isInstanceOf(Unclear.class);
        answer = this::hold;
        assertThat(send("x")).isInstanceOf(Unclear.class);
        assertThat(requests).hasValue(2);
    }

    @Test
    void shouldBeUnclearWhenTheAnswerBeginsAndDoesNotEnd() {
        answer = exchange -> {
            exchange.sendResponseHeaders(201, 1_000);
            exchange.getResponseBody().write("{\"sid\":".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            hold(exchange);
        };
        assertThat(send("x")).isInstanceOf(Unclear.class);
        assertThat(requests).hasValue(1);
    }

    @Test
    void shouldKnowThatNothingWasSentWithoutAConnection() {
        server.stop(0);
        assertThat(send("x")).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.httpStatus()).isZero();
            assertThat(refused.retryable()).isTrue();
        });
    }

    private void hold(HttpExchange exchange) {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private SendOutcome<Message> send(String text) {
        return rest.<Message>send(client -> Message.creator(
                                new PhoneNumber("+12025550142"), new PhoneNumber("+12025550100"), text)
                        .create(client))
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    static TwilioConfig config(String baseUrl) {
        return Configs.of(
                TwilioConfig.class,
                Map.of(
                        "throughline.twilio.account-sid", "AC00000000000000000000000000000001",
                        "throughline.twilio.auth-token", "0123456789abcdef0123456789abcdef",
                        "throughline.twilio.api-base-url", baseUrl,
                        "throughline.twilio.read-timeout", "700ms"));
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String fixture(String name) throws IOException {
        try (var in = TwilioRestTest.class.getResourceAsStream("/twilio/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
