package dev.throughline.sms.request;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.throughline.events.LeadEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.Topics;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.LeadContextCodec;
import dev.throughline.events.tenant.TextSettings;
import dev.throughline.events.tenant.TextSettings.OnFailure;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.sms.AbstractTextsTest;
import dev.throughline.sms.FakeProviders;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class SendTextTest extends AbstractTextsTest {

    private static final String PATH = "/api/twilio/send-sms";

    private Map<String, Object> text(String body) {
        Map<String, Object> request = new HashMap<>();
        request.put("tenantId", salon.id().toString());
        request.put("to", customer);
        request.put("body", body);
        return request;
    }

    private ValidatableResponse ask(Map<String, Object> request) {
        return given().auth()
                .oauth2(Tokens.operator(salon.id(), "operator"))
                .contentType(ContentType.JSON)
                .body(request)
                .post(PATH)
                .then();
    }

    @Test
    void shouldSendAnOperatorsText() {
        ask(text("See you at 5 — Maria"))
                .statusCode(202)
                .body("success", equalTo(true))
                .body("data.id", notNullValue())
                .body("data.status", equalTo("queued"))
                .body("data.to", equalTo(customer))
                .body("data.from", equalTo(salonNumber))
                .body("data.segments", equalTo(1))
                .body("data.encoding", equalTo("ucs-2"));

        awaitSent(1);
        assertThat(told(SmsEvent.Sent.class).getFirst().author().name()).isEqualTo("OPERATOR");
        assertThat(FakeProviders.sentTo(customer).getFirst().body()).isEqualTo("See you at 5 — Maria");
    }

    @Test
    void shouldSendAPicture() {
        Map<String, Object> request = text("");
        request.put("mediaUrls", List.of("https://example.test/a.png", "https://example.test/b.png"));
        ask(request).statusCode(202).body("data.segments", equalTo(1));

        awaitSent(1);
        assertThat(FakeProviders.sentTo(customer).getFirst().mediaUrls())
                .containsExactly("https://example.test/a.png", "https://example.test/b.png");
    }

    @Test
    void shouldTakeARepeatUnderOneKeyAsOneText() {
        Map<String, Object> request = text("Once");
        request.put("idempotencyKey", "k-" + customer);
        String first = ask(request).statusCode(202).extract().path("data.id");
        String second = ask(request).statusCode(202).extract().path("data.id");
        assertThat(second).isEqualTo(first);

        request.put("body", "Another");
        ask(request).statusCode(422).body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
        awaitSent(1);
    }

    @Test
    void shouldTellEveryFieldThatIsWrong() {
        Map<String, Object> request = text("");
        request.put("to", "not a number");
        request.put("mediaUrls", List.of("http://insecure.test/a.png"));
        request.put("sendAt", "tomorrow");
        request.put("inQuietHours", "ignore");
        String error = ask(request).statusCode(400).extract().path("error");
        assertThat(error).contains("to must", "body is empty", "mediaUrls must", "sendAt must", "inQuietHours must");
        ask(text("x".repeat(1601))).statusCode(400).body("error", containsString("1601 characters"));
    }

    @Test
    void shouldRefuseWhoSaidStop() {
        hear("STOP");
        ask(text("Hello")).statusCode(409).body("code", equalTo("OPTED_OUT"));
        hear("START");
        ask(text("Hello")).statusCode(202);
        awaitSent(1);
    }

    @Test
    void shouldRefuseANumberThatSaidStopWhateverLeadItWasTypedFor() throws Exception {
        hear("STOP");
        UUID visitor = UUID.randomUUID();
        publish(LeadContext.of(
                salon.id(),
                visitor,
                List.of(new RecordedEvent(
                        UUID.randomUUID(),
                        Instant.now(),
                        "test",
                        salon.id(),
                        visitor,
                        new LeadEvent.ProfileChanged(null, null, customer)))));
        Map<String, Object> request = text("Hello");
        request.remove("to");
        request.put("leadId", visitor.toString());

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> ask(request).statusCode(409).body("code", equalTo("OPTED_OUT")));
    }

    private static void publish(LeadContext context) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", KafkaTestResource.bootstrapServers(), "acks", "all");
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.LEAD_CONTEXTS, context.leadId().toString(), LeadContextCodec.encode(context)))
                    .get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldBelieveTwilioThatTheCustomerOptedOut() {
        ask(text("You stopped us?")).statusCode(202);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(told(SmsEvent.OptedOut.class)).hasSize(1));
        assertThat(told(SmsEvent.Refused.class)).singleElement().satisfies(refused -> assertThat(refused.errorCode())
                .isEqualTo(21_610));
        ask(text("Hello")).statusCode(409).body("code", equalTo("OPTED_OUT"));
    }

    @Test
    void shouldRespectQuietHoursOrWaitForTheirEnd() {
        rules(quietNow());
        ask(text("Hello")).statusCode(409).body("code", equalTo("QUIET_HOURS"));

        Map<String, Object> later = text("Good morning");
        later.put("inQuietHours", "schedule");
        String at = ask(later)
                .statusCode(202)
                .body("data.status", equalTo("scheduled"))
                .extract()
                .path("data.sendAt");
        assertThat(Instant.parse(at)).isAfter(Instant.now().plus(Duration.ofMinutes(55)));
    }

    @Test
    void shouldTakeBackAPlannedText() {
        Map<String, Object> request = text("Later");
        request.put("sendAt", Instant.now().plus(Duration.ofHours(2)).toString());
        String id = ask(request)
                .statusCode(202)
                .body("data.status", equalTo("scheduled"))
                .extract()
                .path("data.id");

        String token = Tokens.operator(salon.id(), "operator");
        given().auth().oauth2(token).delete(PATH + "/" + id).then().statusCode(204);
        given().auth().oauth2(token).delete(PATH + "/" + id).then().statusCode(409);
        given().auth()
                .oauth2(token)
                .get(PATH + "/" + id)
                .then()
                .statusCode(200)
                .body("data.status", equalTo("refused"))
                .body("data.reason", equalTo("taken back"));
    }

    @Test
    void shouldKeepToTheTenantsRate() {
        rules(new TextSettings(null, 2, null, null, List.of(), null, null, OnFailure.NOTHING, null));
        ask(text("One")).statusCode(202);
        ask(text("Two")).statusCode(202);
        ask(text("Three")).statusCode(429);
    }

    @Test
    void shouldSendByTheMessagingService() {
        rules(new TextSettings(
                null, null, null, "MG" + "0".repeat(32), List.of(), null, null, OnFailure.NOTHING, null));
        ask(text("Hello")).statusCode(202);
        awaitSent(1);
        assertThat(FakeProviders.sentTo(customer).getFirst().service()).isEqualTo("MG" + "0".repeat(32));
        assertThat(FakeProviders.sentTo(customer).getFirst().from()).isNull();
    }

    @Test
    void shouldTextALeadByItsIdFromTheNumberItKnows() {
        hear("Hi");
        awaitSent(1);
        Map<String, Object> request = text("By id");
        request.remove("to");
        request.put("leadId", lead().toString());
        ask(request).statusCode(202).body("data.to", equalTo(customer)).body("data.from", equalTo(salonNumber));
        awaitSent(2);

        request.put("leadId", UUID.randomUUID().toString());
        ask(request).statusCode(404).body("code", equalTo("LEAD_HAS_NO_NUMBER"));
    }

    @ParameterizedTest
    @CsvSource({"viewer, 403", "'', 401"})
    void shouldRefuseWhoMayNot(String role, int status) {
        var request = given().contentType(ContentType.JSON).body(text("Hello"));
        if (!role.isEmpty()) {
            request.auth().oauth2(Tokens.operator(salon.id(), role));
        }
        request.post(PATH).then().statusCode(status);
    }

    @Test
    void shouldGiveAnotherTenantsOperatorNothing() {
        String id = ask(text("Ours")).statusCode(202).extract().path("data.id");
        String stranger = Tokens.operator(UUID.randomUUID(), "admin");
        given().auth()
                .oauth2(stranger)
                .contentType(ContentType.JSON)
                .body(text("Hello"))
                .post(PATH)
                .then()
                .statusCode(404);
        given().auth().oauth2(stranger).get(PATH + "/" + id).then().statusCode(404);
        given().auth().oauth2(stranger).delete(PATH + "/" + id).then().statusCode(404);
    }
}
