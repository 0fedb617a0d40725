package dev.throughline.telephony.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.throughline.platform.twilio.SendOutcome;
import dev.throughline.platform.twilio.SendOutcome.Accepted;
import dev.throughline.platform.twilio.SendOutcome.Refused;
import dev.throughline.platform.twilio.SendOutcome.Unclear;
import dev.throughline.platform.twilio.TwilioConfig;
import dev.throughline.platform.twilio.TwilioRest;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TwilioCallsTest {

    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String CALL = "CA00000000000000000000000000000001";
    private static final String CALLS = "/2010-04-01/Accounts/" + ACCOUNT + "/Calls";
    private static final String CREATED = """
            {"sid":"%s","account_sid":"%s","from":"+12025550102","to":"+12025550103","status":"queued",
             "direction":"outbound-api","date_created":null,"end_time":null,"duration":null,"answered_by":null}
            """.formatted(CALL, ACCOUNT);

    private final AtomicInteger requests = new AtomicInteger();
    private volatile String request = "";
    private volatile int status = 201;
    private volatile String answer = CREATED;
    private HttpServer server;
    private TwilioCalls calls;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
        calls = new TwilioCalls(new TwilioRest(new SmallRyeConfigBuilder()
                .withMapping(TwilioConfig.class)
                .withConverter(Duration.class, 100, new DurationConverter())
                .withDefaultValues(Map.of(
                        "throughline.twilio.account-sid",
                        ACCOUNT,
                        "throughline.twilio.auth-token",
                        "0123456789abcdef0123456789abcdef",
                        "throughline.twilio.api-base-url",
                        "http://localhost:" + server.getAddress().getPort()))
                .build()
                .getConfigMapping(TwilioConfig.class)));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldPlaceACallWithCallbacksAndMachineDetection() {
        SendOutcome<TwilioCall> outcome = await(calls.create(new NewCall(
                "+12025550103",
                "+12025550102",
                new CallChange.Url("https://voice.example.test/twiml"),
                "https://voice.example.test/status?call=1",
                Duration.ofSeconds(30),
                new NewCall.MachineDetection(true, "https://voice.example.test/amd"))));

        assertThat(outcome)
                .isEqualTo(new Accepted<>(new TwilioCall(
                        CALL, "+12025550102", "+12025550103", "queued", "outbound-api", null, null, null, null)));
        assertThat(request)
                .startsWith("POST " + CALLS + ".json ")
                .contains(
                        "To=+12025550103",
                        "From=+12025550102",
                        "Url=https://voice.example.test/twiml",
                        "Timeout=30",
                        "StatusCallback=https://voice.example.test/status?call=1",
                        "StatusCallbackEvent=initiated",
                        "StatusCallbackEvent=ringing",
                        "StatusCallbackEvent=answered",
                        "StatusCallbackEvent=completed",
                        "MachineDetection=DetectMessageEnd",
                        "AsyncAmd=true",
                        "AsyncAmdStatusCallback=https://voice.example.test/amd")
                .doesNotContain("Twiml=");
    }

    @Test
    void shouldPlaceACallThatBringsItsTwimlAlong() {
        await(calls.create(new NewCall(
                "client:web_1",
                "+12025550102",
                new CallChange.Twiml("<Response><Hangup/></Response>"),
                null,
                Duration.ofSeconds(20),
                null)));

        assertThat(request)
                .contains("To=client:web_1", "Twiml=<Response><Hangup/></Response>")
                .doesNotContain("Url=", "MachineDetection", "StatusCallback");
    }

    @Test
    void shouldRefuseTwimlThatTwilioWouldCut() {
        var tooLong = new CallChange.Twiml("x".repeat(4001));

        assertThatThrownBy(() -> calls.update(CALL, tooLong)).isInstanceOf(IllegalArgumentException.class);
        assertThat(requests).hasValue(0);
    }

    @Test
    void shouldTellALiveCallWhatToDo() {
        await(calls.update(CALL, new CallChange.HangUp()));
        assertThat(request).isEqualTo("POST " + CALLS + "/" + CALL + ".json Status=completed");

        await(calls.update(CALL, new CallChange.Url("https://voice.example.test/next")));
        assertThat(request)
                .startsWith("POST " + CALLS + "/" + CALL + ".json ")
                .contains("Url=https://voice.example.test/next", "Method=POST");

        await(calls.update(CALL, new CallChange.Twiml("<Response/>")));
        assertThat(request).endsWith("Twiml=<Response/>");
    }

    @Test
    void shouldTellAnEndedCallFromAnUnknownOne() {
        answer = CREATED.replace("queued", "completed")
                .replace("\"date_created\":null", "\"date_created\":\"Fri, 20 Nov 2026 10:00:00 +0000\"")
                .replace("\"end_time\":null", "\"end_time\":\"Fri, 20 Nov 2026 10:01:13 +0000\"")
                .replace("\"duration\":null", "\"duration\":\"73\"")
                .replace("\"answered_by\":null", "\"answered_by\":\"human\"");
        status = 200;

        assertThat(await(calls.fetch(CALL)))
                .isEqualTo(new Accepted<>(new TwilioCall(
                        CALL,
                        "+12025550102",
                        "+12025550103",
                        "completed",
                        "outbound-api",
                        Instant.parse("2026-11-20T10:00:00Z"),
                        Instant.parse("2026-11-20T10:01:13Z"),
                        73,
                        "human")));

        status = 404;
        answer = "{\"code\":20404,\"message\":\"The requested resource was not found\",\"status\":404}";
        assertThat(await(calls.fetch(CALL))).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.httpStatus()).isEqualTo(404);
            assertThat(refused.code()).isEqualTo(20404);
        });
    }

    @Test
    void shouldFindCallsNotOlderThanAsked() {
        String old = CREATED.replace("\"date_created\":null", "\"date_created\":\"Fri, 20 Nov 2026 09:00:00 +0000\"");
        String young = CREATED.replace(CALL, CALL.replace('1', '2'))
                .replace("\"date_created\":null", "\"date_created\":\"Fri, 20 Nov 2026 10:00:00 +0000\"");
        answer = "{\"calls\":[" + young + "," + old + "],\"page\":0,\"page_size\":50}";
        status = 200;

        var found = await(calls.recentTo("+12025550103", "+12025550102", Instant.parse("2026-11-20T10:00:02Z")));

        assertThat(found)
                .isInstanceOfSatisfying(Accepted.class, accepted -> assertThat(((List<TwilioCall>) accepted.resource()))
                        .extracting(TwilioCall::sid)
                        .containsExactly(CALL.replace('1', '2')));
        assertThat(request).startsWith("GET " + CALLS + ".json?").contains("To=+12025550103", "From=+12025550102");
    }

    @Test
    void shouldNeverTryTwice() {
        status = 503;
        answer = "<html>Service Unavailable</html>";
        NewCall call = new NewCall(
                "+12025550103",
                "+12025550102",
                new CallChange.Twiml("<Response/>"),
                null,
                Duration.ofSeconds(20),
                null);

        assertThat(await(calls.create(call))).isInstanceOf(Unclear.class);
        assertThat(requests).hasValue(1);

        status = 201;
        answer = "{}";
        assertThat(await(calls.create(call))).isInstanceOf(Unclear.class);

        status = 429;
        answer = "{\"code\":20429,\"message\":\"Too Many Requests\",\"status\":429}";
        assertThat(await(calls.create(call)))
                .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.retryable())
                        .isTrue());
        assertThat(requests).hasValue(3);
    }

    private void serve(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        request = exchange.getRequestMethod() + " "
                + URLDecoder.decode(
                        exchange.getRequestURI().getRawPath()
                                + (exchange.getRequestURI().getRawQuery() == null
                                        ? ""
                                        : "?" + exchange.getRequestURI().getRawQuery()),
                        StandardCharsets.UTF_8)
                + (body.isEmpty() ? "" : " " + URLDecoder.decode(body, StandardCharsets.UTF_8));
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static <T> SendOutcome<T> await(io.smallrye.mutiny.Uni<SendOutcome<T>> outcome) {
        return outcome.await().atMost(Duration.ofSeconds(15));
    }
}
