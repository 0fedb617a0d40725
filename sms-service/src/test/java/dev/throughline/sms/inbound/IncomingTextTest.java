package dev.throughline.sms.inbound;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.throughline.events.SmsEvent;
import dev.throughline.events.tenant.TextSettings;
import dev.throughline.events.tenant.TextSettings.OnFailure;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.platform.testing.TwilioRequests;
import dev.throughline.sms.AbstractTextsTest;
import dev.throughline.sms.FakeProviders;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class IncomingTextTest extends AbstractTextsTest {

    private final Map<String, String> form = new LinkedHashMap<>();
    private String sid;

    @BeforeEach
    void writeAText() {
        fresh("Hello");
    }

    private void fresh(String body) {
        sid = sid();
        form.clear();
        form.putAll(form(sid, body));
    }

    private ValidatableResponse post() {
        return post(form);
    }

    private SmsEvent.Received stored(String messageSid) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> toldOfSalon(SmsEvent.Received.class).stream()
                                .filter(text -> text.messageSid().equals(messageSid))
                                .findFirst(),
                        found -> found.isPresent())
                .orElseThrow();
    }

    /** Once a later text is answered, an earlier one that would be answered had been. */
    private void awaitAnAnswerTo(String words) {
        customer = customer.replace("+12025552", "+12025553");
        fresh(words);
        post().statusCode(200);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !FakeProviders.sentTo(customer).isEmpty());
    }

    @Test
    void shouldRefuseAnotherAccount() {
        form.put("AccountSid", "AC00000000000000000000000000000009");
        post().statusCode(403);
        String refused = sid;
        fresh("mine");
        post().statusCode(200);
        stored(sid);
        assertThat(toldOfSalon(SmsEvent.Received.class))
                .extracting(SmsEvent.Received::messageSid)
                .doesNotContain(refused);
    }

    @Test
    void shouldFindTheTenantByItsFurtherSendersAndItsMessagingService() {
        rules(new TextSettings(
                null,
                null,
                null,
                "MG" + sid.substring(2),
                List.of("+12025550777"),
                null,
                null,
                OnFailure.NOTHING,
                null));
        form.put("To", "+12025550777");
        post().statusCode(200);
        assertThat(stored(sid).to()).isEqualTo("+12025550777");

        String service = "MG" + sid.substring(2);
        fresh("by service");
        form.put("To", "+12025550778");
        form.put("MessagingServiceSid", service);
        post().statusCode(200);
        assertThat(stored(sid).to()).isEqualTo("+12025550778");
    }

    @ParameterizedTest
    @ValueSource(strings = {"32665", "ACME Bank"})
    void shouldStoreAShortCodeOrANameAndNeverAnswerIt(String from) {
        form.put("From", from);
        form.put("Body", "Your code is 123456");
        post().statusCode(200);
        assertThat(stored(sid).from()).isEqualTo(from);

        awaitAnAnswerTo("A person writes");
        assertThat(FakeProviders.sentTo(from)).isEmpty();
    }

    @Test
    void shouldNotTalkToOurOwnNumbers() {
        form.put("From", salonNumber);
        post().statusCode(200);
        stored(sid);
        awaitAnAnswerTo("A person writes");
        assertThat(FakeProviders.sentTo(salonNumber)).isEmpty();
    }

    @Test
    void shouldLeaveOtherChannelsAlone() {
        form.put("From", "whatsapp:" + customer);
        form.put("To", "whatsapp:" + salonNumber);
        post().statusCode(200).body(containsString("<Response/>"));
        String left = sid;
        fresh("by SMS");
        post().statusCode(200);
        stored(sid);
        assertThat(toldOfSalon(SmsEvent.Received.class))
                .extracting(SmsEvent.Received::messageSid)
                .doesNotContain(left);
    }

    @Test
    void shouldIgnoreANumberNobodyHas() {
        form.put("To", "+12025550666");
        post().statusCode(200).body(containsString("<Response/>"));
        assertThat(toldOfSalon(SmsEvent.Received.class)).isEmpty();
    }

    @Test
    void shouldTakeARepeatByItsTokenAloneForTheSameText() {
        for (int i = 0; i < 2; i++) {
            form.put("MessageSid", sid());
            TwilioRequests.form(INCOMING, form)
                    .header("I-Twilio-Idempotency-Token", "token-" + sid)
                    .post(INCOMING)
                    .then()
                    .statusCode(200);
        }
        String repeated = form.get("MessageSid");
        fresh("another");
        post().statusCode(200);
        stored(sid);
        assertThat(toldOfSalon(SmsEvent.Received.class))
                .extracting(SmsEvent.Received::messageSid)
                .hasSize(2)
                .doesNotContain(repeated);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MessageSid", "AccountSid", "From", "To"})
    void shouldNameWhatIsMissing(String parameter) {
        form.remove(parameter);
        post().statusCode(400).body(containsString(parameter));
    }

    @Test
    void shouldNameWhatIsMalformed() {
        form.put("From", "<script>");
        post().statusCode(400).body(containsString("From"));
        form.put("From", customer);
        form.put("MessageSid", "SM\0");
        post().statusCode(400).body(containsString("MessageSid"));
    }

    @Test
    void shouldRefuseTenMegabytes() {
        form.put("Body", "x".repeat(10 << 20));
        try {
            post().statusCode(413);
        } catch (Exception closedWhileSending) {
            // The answer may come, and the connection go, before everything was sent.
            assertThat(closedWhileSending).hasStackTraceContaining("java.net.SocketException");
        }
        fresh("x".repeat(100_000));
        post().statusCode(413);
        assertThat(toldOfSalon(SmsEvent.Received.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "שלום, יש לכם תור ביום שלישי?",
                "👩‍👩‍👧‍👦 family 🇮🇱 cut",
                "مرحبا \u202E reversed",
                "a\0b",
                ""
            })
    void shouldKeepEveryCharacterThatCanBeKept(String body) {
        form.put("Body", body);
        post().statusCode(200);
        assertThat(stored(sid).text()).isEqualTo(body.replace('\0', '\uFFFD'));
    }

    @Test
    void shouldLeaveHelpToTwilioUnlessTheTenantHasWords() {
        form.put("Body", "help");
        post().statusCode(200);
        rules(new TextSettings(
                null, null, null, null, List.of(), "Harbour Salon, call 202-555-0111.", null, OnFailure.NOTHING, null));
        fresh("HELP");
        form.put("OptOutType", "HELP");
        post().statusCode(200);
        fresh(" Help ");
        post().statusCode(200);
        post().statusCode(200);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> !FakeProviders.sentTo(customer).isEmpty());
        String helped = customer;
        awaitAnAnswerTo("A person writes");
        assertThat(FakeProviders.sentTo(helped))
                .extracting(FakeProviders.Sent::body)
                .containsExactly("Harbour Salon, call 202-555-0111.");
    }

    private void picture(String name) {
        form.put("NumMedia", "1");
        form.put(
                "MediaUrl0",
                "https://api.twilio.com/2010-04-01/Accounts/" + IdentityTestResource.TWILIO_ACCOUNT_SID + "/Messages/"
                        + sid + "/Media/" + name);
        form.put("MediaContentType0", "image/png");
        post().statusCode(200);
    }

    private ValidatableResponse look(String token, int index) {
        return given().header("Authorization", "Bearer " + token)
                .get("/api/twilio/texts/" + sid + "/media/" + index)
                .then();
    }

    @Test
    void shouldShowAPictureToItsTenantOnly() {
        picture("ME1");
        assertThat(stored(sid).mediaUrls()).hasSize(1);

        String operator = Tokens.operator(salon.id(), "viewer");
        look(operator, 0)
                .statusCode(200)
                .header("Content-Type", containsString("image/png"))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .body(equalTo("x".repeat(50_000)));
        look(operator, 1).statusCode(404);
        look(operator, -1).statusCode(404);
        look(Tokens.operator(UUID.randomUUID(), "admin"), 0).statusCode(404);
        given().get("/api/twilio/texts/" + sid + "/media/0").then().statusCode(401);
    }

    @Test
    void shouldNotShowWhatIsGoneOrStrange() {
        String operator = Tokens.operator(salon.id(), "operator");
        picture("gone");
        look(operator, 0).statusCode(404);
        fresh("a page");
        picture("page");
        look(operator, 0)
                .statusCode(200)
                .header("Content-Type", containsString("application/octet-stream"))
                .header("Content-Disposition", equalTo("attachment"));
        fresh("elsewhere");
        form.put("NumMedia", "1");
        form.put("MediaUrl0", "https://169.254.169.254/latest/meta-data");
        post().statusCode(200);
        look(operator, 0).statusCode(502);
    }
}
