package dev.throughline.sms.consent;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.throughline.events.SmsEvent;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.sms.AbstractTextsTest;
import dev.throughline.sms.FakeProviders;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a customer's word does to everything else. */
@QuarkusTest
class ConsentTest extends AbstractTextsTest {

    private static final String TEXTS = "/api/twilio/send-sms";

    @Inject
    Pool pool;

    private void say(String body, String optOutType) {
        Map<String, String> form = form(sid(), body);
        form.put("OptOutType", optOutType);
        post(form).statusCode(200);
    }

    private Row consent() {
        return pool.preparedQuery("SELECT * FROM consent WHERE tenant_id = $1 AND lead_id = $2")
                .execute(Tuple.of(salon.id(), lead()))
                .await()
                .atMost(LONG)
                .iterator()
                .next();
    }

    @Test
    void shouldTakeBackWhatIsQueuedAndRememberTheWishWithItsTimeAndSource() {
        String operator = Tokens.operator(salon.id(), "operator");
        String queued = given().auth()
                .oauth2(operator)
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "tenantId",
                        salon.id().toString(),
                        "to",
                        customer,
                        "body",
                        "See you tomorrow",
                        "sendAt",
                        Instant.now().plus(Duration.ofHours(2)).toString()))
                .post(TEXTS)
                .then()
                .statusCode(202)
                .extract()
                .path("data.id");
        Instant before = Instant.now();

        // A word of the tenant's own, which Twilio knows.
        say("Arrêtez", "STOP");

        given().auth()
                .oauth2(operator)
                .get(TEXTS + "/" + queued)
                .then()
                .body("data.status", equalTo("refused"))
                .body("data.reason", equalTo("the customer has opted out"));
        assertThat(consent().getBoolean("opted_out")).isTrue();
        assertThat(consent().getString("word")).isEqualTo("ARRÊTEZ");
        assertThat(consent().getString("source")).isEqualTo("sms");
        assertThat(consent().getOffsetDateTime("changed_at").toInstant())
                .isBetween(before.minusMillis(1), Instant.now());

        say("Encore", "START");
        hear("Hello");
        awaitSent(1);
        assertThat(sent()).extracting(FakeProviders.Sent::body).containsExactly("You wrote: Hello");
        assertThat(consent().getBoolean("opted_out")).isFalse();
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(told(SmsEvent.OptedOut.class)).hasSize(1);
            assertThat(told(SmsEvent.OptedIn.class)).hasSize(1);
        });
    }
}
