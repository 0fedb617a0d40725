package dev.throughline.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.tenant.CallSettings;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.TenantSettings;
import dev.throughline.platform.testing.TestTenants;
import dev.throughline.platform.testing.TwilioRequests;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TextsTest extends AbstractTextsTest {

    private ValidatableResponse text(String sid, String body) {
        return post(form(sid, body));
    }

    private String answeredWords() {
        return sent().stream().map(FakeProviders.Sent::body).collect(java.util.stream.Collectors.joining("\n"));
    }

    @Test
    void shouldAnswerATextByTheAgent() {
        String sid = sid();
        text(sid, "Do you have time on Tuesday? 💇").statusCode(200).body(containsString("<Response/>"));

        awaitSent(1);
        FakeProviders.Sent answer = sent().getFirst();
        assertThat(answer.body()).isEqualTo("You wrote: Do you have time on Tuesday? 💇");
        assertThat(answer.from()).isEqualTo(salonNumber);
        assertThat(answer.statusCallback())
                .startsWith("https://voice.example.test/api/webhooks/twilio/sms/status?text=");
        assertThat(told(SmsEvent.Received.class)).singleElement().satisfies(e -> assertThat(e.messageSid())
                .isEqualTo(sid));
        assertThat(told(SmsEvent.Sent.class)).singleElement().satisfies(e -> assertThat(e.inReplyTo())
                .isEqualTo(sid));
    }

    @Test
    void shouldGiveTheAgentEveryVariable() {
        text(sid(), "Hello there").statusCode(200);
        awaitSent(1);

        JsonNode variables = FakeProviders.INITIATIONS.stream()
                .map(initiation -> initiation.path("dynamic_variables"))
                .filter(v -> v.path("lead_id").asText().equals(lead().toString()))
                .findFirst()
                .orElseThrow();
        assertThat(variables.path("business_name").asText()).isEqualTo("Harbour Salon");
        assertThat(variables.path("customer_phone").asText()).isEqualTo(customer);
        assertThat(variables.path("channel").asText()).isEqualTo("sms");
        assertThat(variables.has("conversation_context")).isTrue();
    }

    @Test
    void shouldStoreARepeatedWebhookOnce() {
        String sid = sid();
        for (int i = 0; i < 5; i++) {
            text(sid, "Are you open?").statusCode(200);
        }
        text(sid(), "And on Sunday?").statusCode(200);

        // One burst or two answers, as the clock will have it: each text is answered once.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(answeredWords()).contains("Are you open?", "And on Sunday?"));
        assertThat(answeredWords()).containsOnlyOnce("Are you open?").containsOnlyOnce("And on Sunday?");
        assertThat(told(SmsEvent.Received.class)).hasSize(2);
    }

    @Test
    void shouldRefuseAWrongSignatureAndStoreNothing() {
        TwilioRequests.form(INCOMING, form("SMwrong", "Hi"), "bm90IGEgc2lnbmF0dXJl")
                .post(INCOMING)
                .then()
                .statusCode(403);
        io.restassured.RestAssured.given()
                .formParams(form("SMnone", "Hi"))
                .post(INCOMING)
                .then()
                .statusCode(403);
        io.restassured.RestAssured.given()
                .formParams(Map.of("MessageSid", "SM1"))
                .post(STATUS)
                .then()
                .statusCode(403);

        text("SMgood" + customer, "Hi").statusCode(200);
        awaitSent(1);
        assertThat(told(SmsEvent.Received.class)).singleElement().satisfies(e -> assertThat(e.messageSid())
                .startsWith("SMgood"));
    }

    @Test
    void shouldNameTheParameterThatIsMissing() {
        Map<String, String> form = form(sid(), "Hi");
        form.remove("From");
        TwilioRequests.form(INCOMING, form)
                .post(INCOMING)
                .then()
                .statusCode(400)
                .body(containsString("From"));
    }

    @Test
    void shouldTakeALongTextOfEmoji() {
        text(sid(), "😀".repeat(800)).statusCode(200);
        // In this script a text carries less, so the answer is three.
        awaitSent(3);
        assertThat(told(SmsEvent.Received.class)).singleElement().satisfies(e -> assertThat(e.text())
                .hasSize(1600));
    }

    @Test
    void shouldNeverAnswerStopAndNothingAfterItUntilStart() {
        text(sid(), "stop").statusCode(200);
        text(sid(), "Do you hear me?").statusCode(200);
        await().untilAsserted(() -> assertThat(told(SmsEvent.Received.class)).hasSize(2));
        assertThat(told(SmsEvent.OptedOut.class)).hasSize(1);

        text(sid(), "START").statusCode(200);
        text(sid(), "Hello again").statusCode(200);

        awaitSent(1);
        assertThat(sent().getFirst().body()).isEqualTo("You wrote: Hello again");
        assertThat(told(SmsEvent.OptedIn.class)).hasSize(1);
    }

    @Test
    void shouldAskOnceMoreWhenTheAgentSaysNothing() {
        text(sid(), "mute " + customer).statusCode(200);
        awaitSent(1);
        assertThat(sent().getFirst().body()).isEqualTo("You wrote: mute " + customer);
    }

    @Test
    void shouldSendTheTenantsOwnWordsWhenNoAgentAnswers() {
        TenantSettings plain = salon.settings();
        salon = new Tenant(
                salon.id(),
                salon.name(),
                salonNumber,
                null,
                salon.timeZone(),
                "US",
                "en",
                Tenant.VoicePath.BRIDGE,
                new TenantSettings(
                        plain.elevenLabsAgentId(),
                        null,
                        null,
                        null,
                        plain.businessHours(),
                        java.util.Set.of(),
                        "We will call you back.",
                        null,
                        CallSettings.standard()),
                salon.toolSecretHashes(),
                2);
        TestTenants.publish(salon);

        text(sid(), "silence please").statusCode(200);

        awaitSent(1);
        assertThat(sent().getFirst().body()).isEqualTo("We will call you back.");
    }

    @Test
    void shouldLookUpAnUnclearSendAndNotRepeatIt() {
        text(sid(), "lost " + customer).statusCode(200);
        awaitSent(1);
        assertThat(told(SmsEvent.Sent.class)).singleElement().satisfies(e -> assertThat(e.messageSid())
                .isEqualTo(sent().getFirst().sid()));
    }

    @Test
    void shouldNotTakeATextForAnotherWithTheSameWords() {
        text(sid(), "lost twice " + customer).statusCode(200);
        awaitSent(1);
        text(sid(), "lost twice " + customer).statusCode(200);
        awaitSent(2);
        assertThat(told(SmsEvent.Sent.class))
                .extracting(SmsEvent.Sent::messageSid)
                .containsExactlyElementsOf(
                        sent().stream().map(FakeProviders.Sent::sid).toList());
    }

    @Test
    void shouldSendAgainWhatTwilioWasTooBusyToTake() {
        text(sid(), "busy " + customer).statusCode(200);
        awaitSent(1);
    }
}
