package dev.throughline.sms.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import dev.throughline.events.SmsEvent;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.platform.testing.TwilioRequests;
import dev.throughline.sms.AbstractTextsTest;
import dev.throughline.sms.FakeProviders.Sent;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of texts that left. */
@QuarkusTest
class DeliveryTest extends AbstractTextsTest {

    private static final int UNREACHABLE = 30_003;
    private static final int FILTERED = 30_007;

    private Sent answered() {
        hear("Hi");
        awaitSent(1);
        return sent().getFirst();
    }

    private SmsEvent.StatusChanged statusOf(Sent text) {
        return await().atMost(LONG)
                .until(
                        () -> told(SmsEvent.StatusChanged.class).stream()
                                .filter(status -> status.messageSid().equals(text.sid()))
                                .findFirst(),
                        found -> found.isPresent())
                .orElseThrow();
    }

    @Test
    void shouldMoveForwardOnlyAndOnce() {
        Sent text = answered();
        for (String status : List.of("delivered", "sent", "delivered", "queued", "undelivered")) {
            status(text, status, null).statusCode(204);
        }
        hear("marker");

        awaitSent(2);
        assertThat(told(SmsEvent.StatusChanged.class))
                .extracting(SmsEvent.StatusChanged::status)
                .containsExactly("delivered");
    }

    @Test
    void shouldSendOnceMoreWhatMayPass() {
        Sent first = answered();
        status(first, "undelivered", UNREACHABLE).statusCode(204);
        status(first, "undelivered", UNREACHABLE).statusCode(204);

        awaitSent(2);
        assertThat(statusOf(first).repeatAt()).isNotNull();
        Sent second = sent().getLast();
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(told(SmsEvent.Sent.class).getLast().repeats()).isEqualTo(first.sid());

        status(second, "undelivered", UNREACHABLE).statusCode(204);
        assertThat(statusOf(second).repeatAt()).isNull();
    }

    @Test
    void shouldNotRepeatWhatWasFiltered() {
        Sent text = answered();
        status(text, "undelivered", FILTERED).statusCode(204);
        assertThat(statusOf(text).repeatAt()).isNull();
    }

    @Test
    void shouldNotRepeatToWhomSaidStop() {
        Sent text = answered();
        hear("STOP");
        status(text, "failed", UNREACHABLE).statusCode(204);
        assertThat(statusOf(text).repeatAt()).isNull();
    }

    @Test
    void shouldNotRepeatIntoQuietHours() {
        Sent text = answered();
        rules(quietNow());
        status(text, "undelivered", UNREACHABLE).statusCode(204);
        assertThat(statusOf(text).repeatAt()).isNull();
    }

    @Test
    void shouldNotRepeatAnAnswerTheConversationHasPassed() {
        Sent text = answered();
        hear("Hello?");
        awaitSent(2);
        status(text, "undelivered", UNREACHABLE).statusCode(204);
        assertThat(statusOf(text).repeatAt()).isNull();
    }

    @Test
    void shouldNotRepeatAnAnswerInAHumansPlace() {
        Sent text = answered();
        given().auth()
                .oauth2(Tokens.operator(salon.id(), "operator"))
                .post("/api/twilio/text-conversations/" + lead() + "/take-over")
                .then()
                .statusCode(200);
        status(text, "undelivered", UNREACHABLE).statusCode(204);
        assertThat(statusOf(text).repeatAt()).isNull();
    }

    @Test
    void shouldRefuseAnotherAccountAndNameWhatIsMissing() {
        Map<String, String> form = new HashMap<>(Map.of("MessageSid", sid(), "MessageStatus", "sent"));
        TwilioRequests.form(STATUS, form).post(STATUS).then().statusCode(400).body(containsString("AccountSid"));
        form.put("AccountSid", "AC00000000000000000000000000000009");
        TwilioRequests.form(STATUS, form).post(STATUS).then().statusCode(403);
        TwilioRequests.form(STATUS, form, "bm90IGEgc2lnbmF0dXJl")
                .post(STATUS)
                .then()
                .statusCode(403);
    }
}
