package dev.throughline.simulator.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.twilio.exception.ApiException;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.IncomingPhoneNumber;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import com.twilio.type.Twiml;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The REST side through the official SDK. */
class RestContractTest {

    @TempDir
    Path stateDir;

    private TestBed bed;

    @BeforeEach
    void start() {
        bed = TestBed.withNumber(stateDir);
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void shouldSendATextAndReportItsProgressInSignedCallbacks() {
        Message created = send("See you at five", TestBed.CUSTOMER).create(bed.sdk());

        assertThat(created.getSid()).matches("SM[0-9a-f]{32}");
        assertThat(created.getStatus()).isEqualTo(Message.Status.QUEUED);
        assertThat(created.getNumSegments()).isEqualTo("1");
        assertThat(created.getDateCreated()).isNotNull();
        List<TestBed.Received> callbacks = bed.atLeast(2, "/sms-status");
        assertThat(callbacks).allMatch(TestBed.Received::isSigned);
        assertThat(callbacks)
                .extracting(each -> each.form().get("MessageStatus"))
                .containsExactly("sent", "delivered");
        var expected = Fixtures.form("message-status.form");
        expected.remove("MessagingServiceSid");
        assertThat(callbacks.get(1).form().keySet()).containsExactlyElementsOf(expected.keySet());
        assertThat(Message.fetcher(created.getSid()).fetch(bed.sdk()).getStatus())
                .isEqualTo(Message.Status.DELIVERED);
        assertThat(Message.reader().setTo(new PhoneNumber(TestBed.CUSTOMER)).read(bed.sdk()))
                .extracting(Message::getSid)
                .containsExactly(created.getSid());
    }

    @Test
    void shouldFindATextByRecipientAndTime() {
        ZonedDateTime before = ZonedDateTime.now(ZoneOffset.UTC);
        Message created = send("Hello", TestBed.CUSTOMER).create(bed.sdk());

        assertThat(Message.reader()
                        .setTo(new PhoneNumber(TestBed.CUSTOMER))
                        .setDateSentAfter(before)
                        .read(bed.sdk()))
                .extracting(Message::getSid)
                .containsExactly(created.getSid());
        assertThat(Message.reader().setDateSentAfter(before.plusHours(1)).read(bed.sdk()))
                .isEmpty();
        assertThat(Message.reader().setDateSent(before).read(bed.sdk())).hasSize(1);
        assertThat(Message.reader().setDateSent(before.minusDays(1)).read(bed.sdk()))
                .isEmpty();
    }

    @Test
    void shouldAnswerACreatedMessageInTheShapeOfTheReference() {
        bed.post("/_sim/messaging-service", service());

        Message created = Message.creator(new PhoneNumber(TestBed.CUSTOMER), SERVICE, "Hello")
                .create(bed.sdk());

        assertThat(created.getStatus()).isEqualTo(Message.Status.ACCEPTED);
        assertThat(created.getFrom()).isNull();
        assertThat(created.getNumSegments()).isEqualTo("0");
        JsonObject raw = bed.rest("Messages/" + created.getSid() + ".json");
        assertThat(raw.fieldNames())
                .containsExactlyInAnyOrderElementsOf(
                        Fixtures.json("rest-message-created.json").fieldNames());
    }

    @Test
    void shouldTellAFailedDeliveryWithItsErrorCode() {
        bed.fault("undelivered", "message");

        send("Hello", TestBed.CUSTOMER).create(bed.sdk());

        TestBed.Received last = bed.atLeast(2, "/sms-status").get(1);
        var expected = Fixtures.form("message-status-undelivered.form");
        expected.remove("MessagingServiceSid");
        assertThat(last.form().keySet()).containsExactlyElementsOf(expected.keySet());
        assertThat(last.form()).containsEntry("MessageStatus", "undelivered").containsEntry("ErrorCode", "30003");
    }

    @Test
    void shouldRefuseWhatTwilioRefuses() {
        assertRefused(400, 21211, () -> send("Hello", "+1202555XXXX").create(bed.sdk()));
        assertRefused(400, 21602, () -> send("", TestBed.CUSTOMER).create(bed.sdk()));
        assertRefused(400, 21617, () -> send("a".repeat(1601), TestBed.CUSTOMER).create(bed.sdk()));
        assertRefused(401, 20003, () -> send("Hello", TestBed.CUSTOMER).create(bed.sdk("wrong")));
        assertRefused(404, 20404, () -> Message.fetcher("SM" + "0".repeat(32)).fetch(bed.sdk()));
        assertThat(bed.violationCodes())
                .contains("21211", "21602", "21617", "20003")
                .as("to look whether something is there is allowed")
                .doesNotContain("20404");
    }

    @Test
    void shouldRefuseATextToACustomerWhoSaidStopUntilStart() {
        bed.answerTwiml("/sms", Fixtures.text("twiml-empty.xml"));
        bed.post("/_sim/messages", text("stop"));

        assertRefused(400, 21610, () -> send("Hello", TestBed.CUSTOMER).create(bed.sdk()));
        bed.post("/_sim/messages", text("START"));

        assertThat(send("Hello", TestBed.CUSTOMER).create(bed.sdk()).getSid()).startsWith("SM");
        assertThat(bed.atLeast(2, "/sms"))
                .allSatisfy(each -> assertThat(each.form()).doesNotContainKey("OptOutType"));
    }

    @Test
    void shouldFailOnceWhenARestFaultIsArmed() {
        bed.post("/_sim/faults", rest("rest-error", 429));
        assertRefused(429, 20429, () -> send("Hello", TestBed.CUSTOMER).create(bed.sdk()));

        bed.post("/_sim/faults", rest("rest-error", 503).put("effect", "after"));
        assertThatThrownBy(() -> send("Once", TestBed.CUSTOMER).create(bed.sdk()))
                .isInstanceOf(ApiException.class);

        assertThat(Message.reader().read(bed.sdk()))
                .as("the request with an unclear outcome was carried out")
                .extracting(Message::getBody)
                .containsExactly("Once");
    }

    @Test
    void shouldLeaveARestRequestWithoutAnAnswerWhenToldTo() {
        bed.post("/_sim/faults", rest("rest-timeout", 0).put("hangMs", 300));

        assertThatThrownBy(() -> send("Hello", TestBed.CUSTOMER).create(bed.sdk()))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getStatusCode()).isNull());

        assertThat(Message.reader().read(bed.sdk())).isEmpty();
    }

    @Test
    void shouldKeepNumbersOverARestart() {
        IncomingPhoneNumber number = IncomingPhoneNumber.reader()
                .setPhoneNumber(TestBed.OURS)
                .read(bed.sdk())
                .iterator()
                .next();
        IncomingPhoneNumber.updater(number.getSid())
                .setVoiceFallbackUrl(TestBed.BASE + "/fallback")
                .update(bed.sdk());
        bed.close();

        bed = new TestBed(stateDir);

        IncomingPhoneNumber kept = IncomingPhoneNumber.fetcher(number.getSid()).fetch(bed.sdk());
        assertThat(kept.getVoiceUrl()).hasToString(TestBed.BASE + "/voice");
        assertThat(kept.getVoiceFallbackUrl()).hasToString(TestBed.BASE + "/fallback");
        assertThat(kept.getCapabilities().getVoice()).isTrue();
    }

    @Test
    void shouldPlaceACallAndTellItsProgress() {
        bed.answerTwiml("/outbound", Fixtures.text("twiml-say-hangup.xml"));
        Call created = Call.creator(
                        new PhoneNumber(TestBed.CUSTOMER),
                        new PhoneNumber(TestBed.OURS),
                        URI.create(TestBed.BASE + "/outbound"))
                .setStatusCallback(URI.create(TestBed.BASE + "/call-status"))
                .setStatusCallbackEvent(List.of("initiated", "ringing", "answered", "completed"))
                .create(bed.sdk());

        assertThat(created.getStatus()).isEqualTo(Call.Status.QUEUED);
        List<TestBed.Received> callbacks = bed.atLeast(4, "/call-status");
        assertThat(callbacks).allMatch(TestBed.Received::isSigned);
        assertThat(callbacks)
                .extracting(each -> each.form().get("CallStatus"))
                .containsExactly("initiated", "ringing", "in-progress", "completed");
        assertThat(callbacks)
                .extracting(each -> each.form().get("SequenceNumber"))
                .containsExactly("0", "1", "2", "3");
        assertThat(bed.at("/outbound").getFirst().form()).containsEntry("Direction", "outbound-api");
        await().until(() -> Call.fetcher(created.getSid()).fetch(bed.sdk()).getStatus() == Call.Status.COMPLETED);
    }

    @Test
    void shouldTellACallNobodyTakesAsTheReferenceDoes() {
        bed.post(
                "/_sim/callees",
                new JsonObject().put("number", TestBed.CUSTOMER).put("outcome", "no-answer"));

        Call created = Call.creator(
                        new PhoneNumber(TestBed.CUSTOMER),
                        new PhoneNumber(TestBed.OURS),
                        new Twiml("<Response><Say>Hi</Say></Response>"))
                .setStatusCallback(URI.create(TestBed.BASE + "/call-status"))
                .create(bed.sdk());

        JsonObject raw = bed.rest("Calls/" + created.getSid() + ".json");
        assertThat(raw.fieldNames())
                .containsExactlyInAnyOrderElementsOf(
                        Fixtures.json("rest-call-created.json").fieldNames());
        var form = bed.atLeast(1, "/call-status").getFirst().form();
        assertThat(form.keySet())
                .containsExactlyElementsOf(
                        Fixtures.form("call-status-outbound-noanswer.form").keySet());
        assertThat(form).containsEntry("CallStatus", "no-answer").containsEntry("SipResponseCode", "487");
    }

    @Test
    void shouldReplaceTheTwimlOfALiveCallAndEndIt() {
        bed.answerTwiml("/voice", "<Response><Pause length=\"60\"/></Response>");
        String sid = bed.call(new JsonObject());
        await().until(() -> Call.fetcher(sid).fetch(bed.sdk()).getStatus() == Call.Status.IN_PROGRESS);

        Call.updater(sid)
                .setTwiml(new Twiml("<Response><Say>Moved</Say><Pause length=\"60\"/></Response>"))
                .update(bed.sdk());
        await().until(() ->
                bed.get("/_sim/calls/" + sid).getJsonArray("heard").encode().contains("Moved"));
        Call.updater(sid).setStatus(Call.UpdateStatus.COMPLETED).update(bed.sdk());

        assertThat(bed.finished(sid).getString("status")).isEqualTo("completed");
        assertRefused(400, 21220, () -> Call.updater(sid)
                .setStatus(Call.UpdateStatus.COMPLETED)
                .update(bed.sdk()));
    }

    @Test
    void shouldLoseTheAnswerToACallThatWasPlacedAndAnswerLateForAParticipant() {
        bed.post(
                "/_sim/faults",
                rest("rest-timeout", 0).put("match", "calls").put("hangMs", 200).put("effect", "after"));
        assertThatThrownBy(() -> Call.creator(
                                new PhoneNumber(TestBed.CUSTOMER),
                                new PhoneNumber(TestBed.OURS),
                                new Twiml("<Response><Pause length=\"60\"/></Response>"))
                        .create(bed.sdk()))
                .isInstanceOf(ApiException.class);
        assertThat(Call.reader().setTo(new PhoneNumber(TestBed.CUSTOMER)).read(bed.sdk()))
                .as("it is under way all the same")
                .hasSize(1);

        bed.post("/_sim/faults", rest("rest-error", 429).put("match", "participants"));
        assertRefused(429, 20429, () -> participant().create(bed.sdk()));
        bed.post(
                "/_sim/faults",
                rest("rest-slow", 0).put("match", "participants").put("delayMs", 700));
        long from = System.nanoTime();
        assertThat(participant().create(bed.sdk()).getCallSid()).startsWith("CA");
        assertThat(System.nanoTime() - from).isGreaterThan(690_000_000L);
    }

    private static com.twilio.rest.api.v2010.account.conference.ParticipantCreator participant() {
        return com.twilio.rest.api.v2010.account.conference.Participant.creator(
                "conf-7f3a", new PhoneNumber(TestBed.OURS), new PhoneNumber(TestBed.CUSTOMER));
    }

    static final String SERVICE = "MGf1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1";

    static JsonObject service() {
        return new JsonObject()
                .put("number", TestBed.OURS)
                .put("messagingServiceSid", SERVICE)
                .put("advancedOptOut", true);
    }

    private static com.twilio.rest.api.v2010.account.MessageCreator send(String body, String to) {
        return Message.creator(new PhoneNumber(to), new PhoneNumber(TestBed.OURS), body)
                .setStatusCallback(URI.create(TestBed.BASE + "/sms-status"));
    }

    private static JsonObject text(String body) {
        return new JsonObject()
                .put("from", TestBed.CUSTOMER)
                .put("to", TestBed.OURS)
                .put("body", body);
    }

    private static JsonObject rest(String kind, int status) {
        return new JsonObject().put("kind", kind).put("match", "messages").put("status", status);
    }

    private static void assertRefused(
            int status, int code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.getStatusCode()).isEqualTo(status);
            assertThat(e.getCode()).isEqualTo(code);
        });
    }
}
