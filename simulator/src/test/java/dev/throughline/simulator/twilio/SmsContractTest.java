package dev.throughline.simulator.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.api.v2010.account.IncomingPhoneNumber;
import com.twilio.twiml.MessagingResponse;
import com.twilio.twiml.messaging.Body;
import com.twilio.twiml.messaging.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts that come in: the signed form, its retries and the answers Twilio executes. */
class SmsContractTest {

    @TempDir
    Path stateDir;

    private TestBed bed;

    @BeforeEach
    void start() {
        bed = TestBed.withNumber(stateDir);
        bed.answerTwiml("/sms", Fixtures.text("twiml-empty.xml"));
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void shouldPostTheFormOfTheReferenceSignedWithUnusualCharacters() {
        bed.post("/_sim/messaging-service", RestContractTest.service());

        String sid = text("Hi, is the café open & can I come at 5+? 😀 ");

        TestBed.Received received = bed.atLeast(1, "/sms").getFirst();
        assertThat(received.isSigned()).isTrue();
        assertThat(received.headers())
                .containsKey("i-twilio-idempotency-token")
                .containsEntry("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
                .containsEntry("host", "voice.example.test");
        assertThat(received.form().keySet())
                .containsExactlyElementsOf(Fixtures.form("inbound-sms.form").keySet());
        assertThat(received.form())
                .containsEntry("MessageSid", sid)
                .containsEntry("Body", "Hi, is the café open & can I come at 5+? 😀 ");
    }

    @Test
    void shouldNameTheOptOutOnlyWithAdvancedOptOutAndStillPost() {
        bed.post("/_sim/messaging-service", RestContractTest.service());

        text("STOP");

        assertThat(bed.atLeast(1, "/sms").getFirst().form().keySet())
                .containsExactlyElementsOf(
                        Fixtures.form("inbound-sms-stop.form").keySet());
    }

    @Test
    void shouldPostMediaAsTheReferenceDoes() {
        bed.post(
                "/_sim/messages",
                new JsonObject()
                        .put("from", TestBed.CUSTOMER)
                        .put("to", TestBed.OURS)
                        .put(
                                "media",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("url", "https://api.twilio.com/picture")
                                                .put("contentType", "image/jpeg"))));

        Map<String, String> form = bed.atLeast(1, "/sms").getFirst().form();
        assertThat(form.keySet())
                .containsExactlyElementsOf(Fixtures.form("inbound-mms.form").keySet());
        assertThat(form.get("MessageSid")).startsWith("MM");
        assertThat(form).containsEntry("Body", "").containsEntry("NumMedia", "1");
    }

    @Test
    void shouldExecuteAReplyBuiltByTheOfficialBuilder() throws Exception {
        bed.answerTwiml(
                "/sms",
                new MessagingResponse.Builder()
                        .message(new Message.Builder()
                                .body(new Body.Builder("Fish & chips").build())
                                .statusCallback(TestBed.BASE + "/reply-status")
                                .build())
                        .build()
                        .toXml());

        text("What is on the menu?");

        assertThat(bed.atLeast(2, "/reply-status"))
                .allMatch(TestBed.Received::isSigned)
                .extracting(each -> each.form().get("MessageStatus"))
                .containsExactly("sent", "delivered");
        JsonObject reply = messages().getJsonObject(1);
        assertThat(reply.getString("direction")).isEqualTo("outbound-reply");
        assertThat(reply.getString("body")).isEqualTo("Fish & chips");
        assertThat(bed.violationCodes()).isEmpty();
    }

    @Test
    void shouldDeliverTwiceWithTheSameIdempotencyTokenWhenTold() {
        bed.fault("duplicate", "sms");

        text("Hello");

        List<TestBed.Received> twice = bed.atLeast(2, "/sms");
        assertThat(twice)
                .extracting(TestBed.Received::body)
                .hasSize(2)
                .containsOnly(twice.getFirst().body());
        assertThat(twice)
                .extracting(each -> each.headers().get("i-twilio-idempotency-token"))
                .hasSize(2)
                .containsOnly(twice.getFirst().headers().get("i-twilio-idempotency-token"));
    }

    @Test
    void shouldSignWronglyOnceWhenTold() {
        bed.fault("wrong-signature", "sms");

        text("First");
        bed.atLeast(1, "/sms");
        text("Second");

        assertThat(bed.atLeast(2, "/sms"))
                .extracting(TestBed.Received::isSigned)
                .containsExactly(false, true);
    }

    @Test
    void shouldDeliverInAnotherOrderWhenTold() {
        bed.fault("reorder", "sms");

        text("First");
        text("Second");

        assertThat(bed.atLeast(2, "/sms"))
                .extracting(each -> each.form().get("Body"))
                .containsExactly("Second", "First");
    }

    @Test
    void shouldDropAndDelayWhenTold() {
        bed.fault("drop", "sms");
        text("Lost");
        // The webhook goes out on its own time: were both faults armed, it could take the other one.
        bed.untilNoFaultIsArmed();
        bed.post(
                "/_sim/faults",
                new JsonObject().put("kind", "delay").put("match", "sms").put("delayMs", 400));
        long before = System.nanoTime();

        text("Late");

        assertThat(bed.atLeast(1, "/sms"))
                .extracting(each -> each.form().get("Body"))
                .containsExactly("Late");
        assertThat((System.nanoTime() - before) / 1_000_000).isGreaterThanOrEqualTo(400);
        assertThat(bed.violationCodes())
                .as("injected faults are nobody's mistake")
                .isEmpty();
    }

    @Test
    void shouldNotRetryAServerErrorByDefault() {
        bed.answer("/sms", response -> response.setStatusCode(503).end());

        String sid = text("Hello");

        await().until(() -> bed.violationCodes().contains("11200"));
        assertThat(bed.get("/_sim/webhooks?subject=" + sid).getJsonArray("webhooks"))
                .hasSize(1);
    }

    @Test
    void shouldRetryAServerErrorWhenTheUrlAsksForItAndSignWithoutTheFragment() {
        configure(TestBed.BASE + "/sms#rc=2&rp=5xx", null);
        bed.answer("/sms", response -> response.setStatusCode(503).end());

        text("Hello");

        List<TestBed.Received> attempts = bed.atLeast(3, "/sms");
        assertThat(attempts).hasSize(3).allMatch(TestBed.Received::isSigned);
        assertThat(attempts)
                .extracting(each -> each.headers().get("i-twilio-idempotency-token"))
                .containsOnly(attempts.getFirst().headers().get("i-twilio-idempotency-token"));
    }

    @Test
    void shouldGoToTheFallbackWithTheErrorWhenTheWebhookFails() {
        configure(TestBed.BASE + "/sms", TestBed.BASE + "/sms-fallback");
        bed.answer("/sms", response -> response.setStatusCode(500).end());

        text("Hello");

        assertThat(bed.atLeast(1, "/sms-fallback").getFirst().form())
                .containsEntry("ErrorCode", "11200")
                .containsEntry("ErrorUrl", TestBed.BASE + "/sms");
    }

    @Test
    void shouldReportAReplyToSomebodyWhoSaidStop() {
        bed.answerTwiml("/sms", Fixtures.text("twiml-message-reply.xml"));

        text("STOP");

        await().until(() -> bed.violationCodes().contains("21610"));
        await().untilAsserted(() -> assertThat(messages().stream()
                        .map(JsonObject.class::cast)
                        .filter(each -> !each.getBoolean("automatic")
                                && each.getString("direction").startsWith("out"))
                        .map(each -> each.getString("status")))
                .containsExactly("failed"));
    }

    private JsonArray messages() {
        return bed.get("/_sim/messages?with=%2B12025550142").getJsonArray("messages");
    }

    private String text(String body) {
        return bed.post(
                        "/_sim/messages",
                        new JsonObject()
                                .put("from", TestBed.CUSTOMER)
                                .put("to", TestBed.OURS)
                                .put("body", body))
                .getString("messageSid");
    }

    private void configure(String smsUrl, @org.jspecify.annotations.Nullable String fallback) {
        IncomingPhoneNumber number = IncomingPhoneNumber.reader()
                .setPhoneNumber(TestBed.OURS)
                .read(bed.sdk())
                .iterator()
                .next();
        var update = IncomingPhoneNumber.updater(number.getSid()).setSmsUrl(smsUrl);
        if (fallback != null) {
            update.setSmsFallbackUrl(fallback);
        }
        update.update(bed.sdk());
    }
}
