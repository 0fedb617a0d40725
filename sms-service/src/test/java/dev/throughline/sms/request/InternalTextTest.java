package dev.throughline.sms.request;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.throughline.events.SmsEvent;
import dev.throughline.events.Speaker;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.sms.AbstractTextsTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Texts our other services ask for. */
@QuarkusTest
class InternalTextTest extends AbstractTextsTest {

    private static final String PATH = "/internal/texts";

    @Inject
    ServiceToken tokens;

    private Map<String, Object> order(String purpose, String body) {
        Map<String, Object> order = new HashMap<>();
        order.put("tenantId", salon.id().toString());
        order.put("to", customer);
        order.put("body", body);
        order.put("purpose", purpose);
        return order;
    }

    private ValidatableResponse ask(String key, Map<String, Object> order) {
        return asked(tokens.mint(ServiceToken.SMS_SERVICE, key, salon.id()), order);
    }

    private static ValidatableResponse asked(String token, Map<String, Object> order) {
        return given().header(ServiceToken.HEADER, token)
                .contentType(ContentType.JSON)
                .body(order)
                .post(PATH)
                .then();
    }

    @Test
    void shouldSendATextOncePerKeyAndTellWhatItWasFor() {
        String first = ask("reminder-7", order("reminder", "See you at nine."))
                .statusCode(202)
                .body("data.status", equalTo("queued"))
                .extract()
                .path("data.id");
        String again = ask("reminder-7", order("reminder", "See you at nine."))
                .statusCode(202)
                .extract()
                .path("data.id");
        assertThat(again).isEqualTo(first);
        ask("reminder-7", order("reminder", "See you at ten."))
                .statusCode(422)
                .body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));

        awaitSent(1);
        status(sent().getFirst(), "delivered", null).statusCode(204);
        await().atMost(LONG).untilAsserted(() -> assertThat(told(SmsEvent.StatusChanged.class))
                .singleElement()
                .satisfies(status -> {
                    assertThat(status.purpose()).isEqualTo("reminder");
                    assertThat(status.key()).isEqualTo("reminder-7");
                }));
        assertThat(told(SmsEvent.Sent.class)).singleElement().satisfies(text -> {
            assertThat(text.purpose()).isEqualTo("reminder");
            assertThat(text.key()).isEqualTo("reminder-7");
            assertThat(text.author()).isEqualTo(Speaker.AGENT);
        });
    }

    @Test
    void shouldKnowATextWhoseStatusIsFasterThanTheAnswerToItsRequest() {
        ask("reminder-8", order("reminder", "This one is lost on the way.")).statusCode(202);
        await().atMost(LONG).until(() -> sent().size() == 1);

        status(sent().getFirst(), "delivered", null).statusCode(204);

        await().atMost(LONG).untilAsserted(() -> assertThat(told(SmsEvent.StatusChanged.class))
                .extracting(SmsEvent.StatusChanged::key)
                .containsExactly("reminder-8"));
        awaitSent(1);
    }

    @Test
    void shouldTellThatTwilioRefusedIt() {
        ask("follow-up-3", order("follow-up", "You stopped us?")).statusCode(202);

        await().atMost(LONG).untilAsserted(() -> assertThat(told(SmsEvent.Refused.class))
                .singleElement()
                .satisfies(refused -> {
                    assertThat(refused.purpose()).isEqualTo("follow-up");
                    assertThat(refused.key()).isEqualTo("follow-up-3");
                    assertThat(refused.errorCode()).isEqualTo(21_610);
                }));
    }

    @Test
    void shouldRefuseAsItRefusesAnOperator() {
        hear("STOP");
        ask("k1", order("agent-tool", "Hello")).statusCode(409).body("code", equalTo("OPTED_OUT"));
        hear("START");
        rules(quietNow());
        ask("k1", order("agent-tool", "Hello")).statusCode(409).body("code", equalTo("QUIET_HOURS"));
        Map<String, Object> wrong = order("agent-tool", "");
        wrong.put("to", "nobody");
        ask("k1", wrong).statusCode(400).body("error", containsString("to must"));
        ask("k1", order("advertising", "Hello"))
                .statusCode(400)
                .body("error", containsString("purpose must be agent-tool"));
    }

    @Test
    void shouldGiveAStrangerNothing() {
        Map<String, Object> order = order("agent-tool", "Hello");
        given().contentType(ContentType.JSON).body(order).post(PATH).then().statusCode(401);
        given().auth()
                .oauth2(Tokens.operator(salon.id(), "admin"))
                .contentType(ContentType.JSON)
                .body(order)
                .post(PATH)
                .then()
                .statusCode(401);
        asked(tokens.mint(ServiceToken.TELEPHONY_GATEWAY, "k1", salon.id()), order)
                .statusCode(401);
        asked(tokens.mint(ServiceToken.SMS_SERVICE, "k1", UUID.randomUUID()), order)
                .statusCode(403);
        order.put("idempotencyKey", "another");
        ask("k1", order).statusCode(403);
        assertThat(sent()).isEmpty();
    }
}
