package dev.throughline.platform.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.throughline.platform.Configs;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls, numbers and conversations over the REST API, against the documented bodies. */
class ConvaiCallsTest {

    private static final String AGENT = "agent_0123456789abcdefghjkmnpqrs";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ConversationData DATA = new ConversationData(
            Map.of(
                    "lead_id",
                    "lead-42",
                    "customer_phone",
                    "+15550100001",
                    "questions_text",
                    "1. Are you still looking for a car?\n2. What is your budget?",
                    "conversation_context",
                    "Customer (SMS): call me after five."),
            Map.of(),
            "lead-42");

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicReference<String> uri = new AtomicReference<>("");
    private final AtomicReference<String> body = new AtomicReference<>("");
    private volatile Consumer<HttpServerRequest> answer =
            request -> request.response().end();
    private ConvaiClient client;

    @BeforeEach
    void start() {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(read -> {
                    requests.incrementAndGet();
                    uri.set(request.uri());
                    body.set(read.toString());
                    answer.accept(request);
                }))
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        client = new ConvaiClient(
                Configs.of(
                        ElevenLabsConfig.class,
                        Map.of(
                                "throughline.elevenlabs.api-key", "xi-key",
                                "throughline.elevenlabs.api-base-url", "http://localhost:" + server.actualPort(),
                                "throughline.elevenlabs.outbound-call-timeout", "700ms")),
                vertx);
    }

    @AfterEach
    void stop() {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldAskForACallAsDocumented() throws IOException {
        answer = with(200, "rest_twilio_outbound_call_response.json");

        assertThat(await(client.outboundCall(call())))
                .isEqualTo(new ConvaiAnswer.Success<>(
                        new PlacedCall("conv_0123456789abcdefghjkmnpqrs", "CA00000000000000000000000000000001")));

        var sent = JSON.readTree(body.get());
        var documented = JSON.readTree(fixture("rest_twilio_outbound_call_request.json"));
        assertThat(uri).hasValue("/v1/convai/twilio/outbound-call");
        for (String member :
                List.of("agent_id", "agent_phone_number_id", "to_number", "conversation_initiation_client_data")) {
            assertThat(sent.path(member)).as(member).isEqualTo(documented.path(member));
        }
        assertThat(sent.path("telephony_call_config")
                        .path("ringing_timeout_secs")
                        .asInt())
                .isEqualTo(45);
    }

    @Test
    void shouldTakeARefusalInA200AsTheFailureItIs() {
        answer = with(200, "rest_twilio_outbound_call_response_failed.json");

        ConvaiAnswer.Failure<PlacedCall> failure = failure(await(client.outboundCall(call())));

        assertThat(failure.reason()).isEqualTo(ConvaiFailure.NOT_PLACED);
        assertThat(failure.message()).isEqualTo("Twilio rejected the call");
        assertThat(failure.reason().mayHaveHappened()).isFalse();
    }

    @Test
    void shouldNeverRepeatACallAndSayWhenItMayHaveHappened() {
        answer = request -> request.response().setStatusCode(503).end();
        assertThat(failure(await(client.outboundCall(call()))).reason().mayHaveHappened())
                .isTrue();
        assertThat(requests).hasValue(1);

        answer = request -> {};
        assertThat(failure(await(client.outboundCall(call()))).reason()).isEqualTo(ConvaiFailure.TIMEOUT);
        assertThat(requests).hasValue(2);

        answer = request -> request.connection().close();
        assertThat(failure(await(client.outboundCall(call()))).reason()).isEqualTo(ConvaiFailure.CUT_OFF);
        assertThat(requests).hasValue(3);

        answer = request -> request.response().end("<html>proxy</html>");
        assertThat(failure(await(client.outboundCall(call()))).reason()).isEqualTo(ConvaiFailure.UNREADABLE);
        answer = request -> request.response().end("{\"message\":\"ok\"}");
        assertThat(failure(await(client.outboundCall(call()))).reason()).isEqualTo(ConvaiFailure.UNREADABLE);
        assertThat(requests).hasValue(5);
    }

    @Test
    void shouldPassOnHowLongToWait() {
        answer = request -> request.response()
                .setStatusCode(429)
                .putHeader("Retry-After", "7")
                .end(fixture("rest_error_429.json"));

        ConvaiAnswer.Failure<PlacedCall> failure = failure(await(client.outboundCall(call())));

        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(failure.code()).isEqualTo("concurrent_limit_exceeded");
    }

    @Test
    void shouldReadBothFormsOfRetryAfter() {
        Instant now = Instant.parse("2026-11-20T10:00:00Z");

        assertThat(ConvaiTransport.retryAfter("3", now)).isEqualTo(Duration.ofSeconds(3));
        assertThat(ConvaiTransport.retryAfter("Fri, 20 Nov 2026 10:00:09 GMT", now))
                .isEqualTo(Duration.ofSeconds(9));
        assertThat(ConvaiTransport.retryAfter("Fri, 20 Nov 2026 09:00:00 GMT", now))
                .isEqualTo(Duration.ZERO);
        assertThat(ConvaiTransport.retryAfter("soon", now)).isNull();
        assertThat(ConvaiTransport.retryAfter(null, now)).isNull();
    }

    @Test
    void shouldRegisterACallAndGiveItsTwimlUnchanged() throws IOException {
        String twiml = fixture("rest_twilio_register_call_response.xml");
        answer = request ->
                request.response().putHeader("Content-Type", "text/html").end(twiml);

        assertThat(await(client.registerCall(new RegisterCall(AGENT, "+15550100001", "+15550100002", false, DATA))))
                .isEqualTo(new ConvaiAnswer.Success<>(twiml));
        assertThat(uri).hasValue("/v1/convai/twilio/register-call");
        assertThat(JSON.readTree(body.get()))
                .isEqualTo(JSON.readTree(fixture("rest_twilio_register_call_request.json")));
    }

    @Test
    void shouldNotTakeAnythingElseForTwiml() {
        RegisterCall call = new RegisterCall(AGENT, "+15550100001", "+15550100002", true, DATA);
        for (String other : List.of(
                "",
                "{\"twiml\":\"\"}",
                "<html><body>Bad gateway</body></html>",
                "<Response><Connect>",
                "<!DOCTYPE Response SYSTEM \"http://localhost/x\"><Response/>")) {
            answer = request -> request.response().end(other);
            assertThat(failure(await(client.registerCall(call))).reason())
                    .as(other)
                    .isEqualTo(ConvaiFailure.UNREADABLE);
        }
    }

    @Test
    void shouldListTheNumbersOfAnAgent() {
        answer = with(200, "rest_phone_numbers_list_response.json");

        assertThat(await(client.phoneNumbers(AGENT)).found().orElseThrow())
                .containsExactly(
                        new AgentNumber("phnum_0123456789abcdefghjkmnpqr", "+15550100002", "twilio", AGENT, true),
                        new AgentNumber("phnum_0123456789abcdefghjkmnpqz", "+15550100003", "twilio", null, true));
        assertThat(uri).hasValue("/v1/convai/phone-numbers?agent_id=" + AGENT);
    }

    @Test
    void shouldReadAllPagesOfConversations() {
        Instant start = Instant.ofEpochSecond(1795168800);
        answer = request -> request.response()
                .end(
                        request.uri().contains("cursor=")
                                ? fixture("rest_conversations_list_response.json")
                                : "{\"conversations\":[{\"conversation_id\":\"conv_1\",\"start_time_unix_secs\":1795168801,"
                                        + "\"status\":\"in-progress\"}],\"next_cursor\":\"c 2\",\"has_more\":true}");

        assertThat(await(client.conversations(AGENT, start.minusSeconds(5), start.plusSeconds(60)))
                        .found()
                        .orElseThrow())
                .containsExactly(
                        new ConversationSummary("conv_1", start.plusSeconds(1), "in-progress", ""),
                        new ConversationSummary("conv_0123456789abcdefghjkmnpqrs", start, "done", "outbound"));
        assertThat(uri)
                .hasValue(
                        "/v1/convai/conversations?agent_id=" + AGENT
                                + "&call_start_after_unix=1795168794&call_start_before_unix=1795168861&page_size=100&cursor=c+2");
    }

    @Test
    void shouldReadAConversationWithItsVariables() {
        answer = with(200, "rest_conversation_get_response.json");

        ConversationDetail conversation =
                await(client.conversation("conv_1")).found().orElseThrow();

        assertThat(conversation.id()).isEqualTo("conv_0123456789abcdefghjkmnpqrs");
        assertThat(conversation.variables()).containsEntry("lead_id", "lead-42");
        assertThat(conversation.callSid()).isEqualTo("CA00000000000000000000000000000001");
        assertThat(conversation.status()).isEqualTo("done");
    }

    @Test
    void shouldAskAgainForWhatOnlyReads() {
        answer = request -> {
            if (requests.get() < 3) {
                request.response().setStatusCode(503).end();
            } else {
                request.response().end("[]");
            }
        };

        assertThat(await(client.phoneNumbers(AGENT)).found().orElseThrow()).isEmpty();
        assertThat(requests).hasValue(3);
    }

    private static OutboundCall call() {
        return new OutboundCall(AGENT, "phnum_0123456789abcdefghjkmnpqr", "+15550100001", DATA, Duration.ofSeconds(45));
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(15));
    }

    private static <T> ConvaiAnswer.Failure<T> failure(ConvaiAnswer<T> answer) {
        assertThat(answer).isInstanceOf(ConvaiAnswer.Failure.class);
        return (ConvaiAnswer.Failure<T>) answer;
    }

    private static Consumer<HttpServerRequest> with(int status, String fixture) {
        return request -> request.response().setStatusCode(status).end(fixture(fixture));
    }

    private static String fixture(String name) {
        try (InputStream in = ConvaiCallsTest.class.getResourceAsStream("/elevenlabs/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
