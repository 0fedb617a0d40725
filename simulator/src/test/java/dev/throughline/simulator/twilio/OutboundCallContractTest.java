package dev.throughline.simulator.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.twilio.exception.ApiException;
import com.twilio.rest.api.v2010.account.Application;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.CallCreator;
import com.twilio.type.PhoneNumber;
import com.twilio.type.Twiml;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls placed through REST with the official SDK: what is refused, who answers, answering machines, TwiML Apps, the pace. */
class OutboundCallContractTest {

    private static final String LISTEN = "<Response><Pause length=\"60\"/></Response>";

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
    void shouldRefuseWhatTwilioRefusesWithItsCode() {
        assertRefused(21211, () -> to("+1202555XXXX").create(bed.sdk()));
        assertRefused(21217, () -> to("+1202").create(bed.sdk()));
        assertRefused(21212, () -> call(TestBed.CUSTOMER, "anonymous").create(bed.sdk()));
        assertRefused(21210, () -> call(TestBed.CUSTOMER, "+12025550199").create(bed.sdk()));
        assertRefused(21205, () -> Call.creator(customer(), ours(), URI.create("ftp://voice.example.test/x"))
                .create(bed.sdk()));
        assertRefused(21218, () -> Call.creator(customer(), ours(), "AP" + "0".repeat(32))
                .create(bed.sdk()));
        assertRefused(20001, () -> Call.creator(customer(), ours(), new Twiml("a".repeat(4001)))
                .create(bed.sdk()));
        assertRefused(21609, () -> to(TestBed.CUSTOMER)
                .setStatusCallback(URI.create("https://my_host.example.test/status"))
                .create(bed.sdk()));
        assertRefused(21206, () -> to(TestBed.CUSTOMER).setSendDigits("12x").create(bed.sdk()));
        assertRefused(21208, () -> to(TestBed.CUSTOMER).setTimeout(601).create(bed.sdk()));
        assertThat(Call.reader().read(bed.sdk())).isEmpty();
    }

    @Test
    void shouldPreferTheUrlToTheTwimlAndTakeSeveralEventsInOneParameter() {
        bed.answerTwiml("/outbound", Fixtures.text("twiml-say-hangup.xml"));

        JsonObject created = bed.postRest(
                "Calls.json",
                Map.of(
                        "To",
                        TestBed.CUSTOMER,
                        "From",
                        TestBed.OURS,
                        "Url",
                        TestBed.BASE + "/outbound",
                        "Twiml",
                        "<Response><Say>Not this</Say></Response>",
                        "StatusCallback",
                        TestBed.BASE + "/call-status",
                        "StatusCallbackEvent",
                        "initiated ringing answered completed"));

        assertThat(created.fieldNames())
                .containsExactlyInAnyOrderElementsOf(
                        Fixtures.json("rest-call-created.json").fieldNames());
        assertThat(bed.atLeast(4, "/call-status"))
                .extracting(each -> each.form().get("SequenceNumber"))
                .containsExactly("0", "1", "2", "3");
        assertThat(bed.at("/outbound")).hasSize(1);
        assertThat(bed.finished(created.getString("sid")).getJsonArray("heard").encode())
                .doesNotContain("Not this");
        assertThat(bed.violationCodes()).containsExactly("21205");
    }

    @Test
    void shouldGiveUpRingingAfterTheTimeoutAndEndTheTalkAfterTheLimit() {
        callee(TestBed.CUSTOMER, new JsonObject().put("ringMs", 60_000));
        String unanswered = to(TestBed.CUSTOMER).setTimeout(1).create(bed.sdk()).getSid();
        assertThat(bed.finished(unanswered).getString("status")).isEqualTo("no-answer");

        callee(TestBed.CUSTOMER, new JsonObject().put("ringMs", 10));
        String limited = to(TestBed.CUSTOMER).setTimeLimit(1).create(bed.sdk()).getSid();
        JsonObject call = bed.finished(limited);
        assertThat(call.getString("status")).isEqualTo("completed");
        assertThat(call.getJsonArray("events").encode()).contains("time limit");
    }

    @Test
    void shouldCancelARingingCallAndFindItAgain() {
        callee(TestBed.CUSTOMER, new JsonObject().put("ringMs", 60_000));
        ZonedDateTime before = ZonedDateTime.now(ZoneOffset.UTC).minusSeconds(1);
        String sid = to(TestBed.CUSTOMER)
                .setStatusCallback(URI.create(TestBed.BASE + "/call-status"))
                .create(bed.sdk())
                .getSid();
        await().until(() -> status(sid) == Call.Status.RINGING);
        assertRefused(21220, () -> Call.updater(sid).setTwiml(new Twiml(LISTEN)).update(bed.sdk()));

        Call.updater(sid).setStatus(Call.UpdateStatus.CANCELED).update(bed.sdk());

        assertThat(bed.atLeast(1, "/call-status").getFirst().form()).containsEntry("CallStatus", "canceled");
        assertThat(Call.reader()
                        .setStatus(Call.Status.CANCELED)
                        .setTo(customer())
                        .read(bed.sdk()))
                .extracting(Call::getSid)
                .containsExactly(sid);
        assertThat(Call.reader().setStartTimeAfter(before).read(bed.sdk()))
                .as("it never started")
                .isEmpty();
    }

    @Test
    void shouldPutTheResultOfSynchronousDetectionOnTheFirstRequest() {
        callee(TestBed.CUSTOMER, new JsonObject().put("outcome", "machine").put("greetingMs", 800));
        bed.answerTwiml("/outbound", Fixtures.text("twiml-say-hangup.xml"));

        String sid = Call.creator(customer(), ours(), URI.create(TestBed.BASE + "/outbound"))
                .setMachineDetection("DetectMessageEnd")
                .create(bed.sdk())
                .getSid();

        assertThat(bed.atLeast(1, "/outbound").getFirst().form()).containsEntry("AnsweredBy", "machine_end_beep");
        bed.finished(sid);
        assertThat(Call.fetcher(sid).fetch(bed.sdk()).getAnsweredBy()).isEqualTo("machine_end_beep");
    }

    @Test
    void shouldTellAsynchronousDetectionToItsOwnCallback() {
        String human = detected("Enable");
        callee(TestBed.CUSTOMER, new JsonObject().put("outcome", "machine").put("greetingMs", 600));
        String machine = detected("Enable");

        List<TestBed.Received> told = bed.atLeast(2, "/amd");
        assertThat(told).allMatch(TestBed.Received::isSigned);
        assertThat(told.getFirst().form().keySet())
                .containsExactlyInAnyOrder("CallSid", "AccountSid", "AnsweredBy", "MachineDetectionDuration");
        assertThat(told)
                .extracting(
                        each -> each.form().get("CallSid"), each -> each.form().get("AnsweredBy"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(human, "human"),
                        org.assertj.core.groups.Tuple.tuple(machine, "machine_start"));
    }

    private String detected(String mode) {
        int before = bed.at("/amd").size();
        String sid = to(TestBed.CUSTOMER)
                .setMachineDetection(mode)
                .setAsyncAmd("true")
                .setAsyncAmdStatusCallback(URI.create(TestBed.BASE + "/amd"))
                .create(bed.sdk())
                .getSid();
        bed.atLeast(before + 1, "/amd");
        Call.updater(sid).setStatus(Call.UpdateStatus.COMPLETED).update(bed.sdk());
        return sid;
    }

    @Test
    void shouldTurnToAnotherDocumentAndEndTheStreamOfTheFirst() {
        bed.onSocket(socket -> {});
        bed.answerTwiml(
                "/outbound",
                Fixtures.text("twiml-connect-stream.xml").replace("voice.example.com", "voice.example.test"));
        String sid = Call.creator(customer(), ours(), URI.create(TestBed.BASE + "/outbound"))
                .create(bed.sdk())
                .getSid();
        await().until(() -> bed.get("/_sim/calls/" + sid).getBoolean("streaming"));

        Call.updater(sid)
                .setTwiml(new Twiml("<Response><Say>Moved</Say></Response>"))
                .update(bed.sdk());

        JsonObject call = bed.finished(sid);
        assertThat(call.getJsonArray("heard").encode()).contains("Moved");
        assertThat(bed.atLeast(2, "/api/twilio/stream-status"))
                .extracting(each -> each.form().get("StreamEvent"))
                .containsExactly("stream-started", "stream-stopped");
        assertThat(bed.at("/api/twilio/stream-ended")).isEmpty();
    }

    @Test
    void shouldConnectAnAppsLegWithTheParametersOfItsAddress() {
        String app = Application.creator()
                .setFriendlyName("AI leg")
                .setVoiceUrl(URI.create(TestBed.BASE + "/app"))
                .create(bed.sdk())
                .getSid();
        bed.answerTwiml("/app", Fixtures.text("twiml-say-hangup.xml"));

        String sid = to("app:" + app + "?token=one-time-token-123&role=ai&conference=conf-7f3a")
                .create(bed.sdk())
                .getSid();

        Map<String, String> form = bed.atLeast(1, "/app").getFirst().form();
        assertThat(form.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Fixtures.form("ai-leg-call.form").keySet());
        assertThat(form)
                .containsEntry("To", "app:" + app)
                .containsEntry("From", TestBed.OURS)
                .containsEntry("token", "one-time-token-123")
                .containsEntry("CallStatus", "ringing")
                .doesNotContainEntry("CallSid", sid);
        assertThat(bed.finished(sid).getString("status")).isEqualTo("completed");
    }

    @Test
    void shouldLetCallsWaitForTheirTurnWhenThereIsALimit() {
        bed.post("/_sim/limits", new JsonObject().put("callsPerSecond", 1));

        Call first = to(TestBed.CUSTOMER).create(bed.sdk());
        Call second = to(TestBed.CUSTOMER).create(bed.sdk());

        assertThat(first.getQueueTime()).isEqualTo("0");
        assertThat(Long.parseLong(second.getQueueTime())).isBetween(500L, 1_000L);
    }

    @Test
    void shouldWaitForTheWordsItWasToldToAndPressAKey() {
        callee(
                TestBed.CUSTOMER,
                new JsonObject()
                        .put(
                                "steps",
                                new JsonArray()
                                        .add(new JsonObject().put("waitFor", "press one"))
                                        .add(new JsonObject().put("dtmf", "1"))
                                        .add(new JsonObject().put("wait", "hangup"))));
        bed.answerTwiml("/choice", Fixtures.text("twiml-say-hangup.xml"));
        bed.answerTwiml(
                "/outbound",
                "<Response><Gather numDigits=\"1\" action=\"/choice\"><Say>To accept, press One.</Say></Gather></Response>");

        String sid = Call.creator(customer(), ours(), URI.create(TestBed.BASE + "/outbound"))
                .create(bed.sdk())
                .getSid();

        assertThat(bed.atLeast(1, "/choice").getFirst().form()).containsEntry("Digits", "1");
        assertThat(bed.finished(sid).getJsonArray("problems")).isEmpty();
    }

    private void callee(String number, JsonObject behaviour) {
        bed.post("/_sim/callees", behaviour.put("number", number));
    }

    private Call.Status status(String sid) {
        return Call.fetcher(sid).fetch(bed.sdk()).getStatus();
    }

    private static CallCreator to(String address) {
        return call(address, TestBed.OURS);
    }

    private static CallCreator call(String to, String from) {
        return Call.creator(new PhoneNumber(to), new PhoneNumber(from), new Twiml(LISTEN));
    }

    private static PhoneNumber customer() {
        return new PhoneNumber(TestBed.CUSTOMER);
    }

    private static PhoneNumber ours() {
        return new PhoneNumber(TestBed.OURS);
    }

    private static void assertRefused(int code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.getCode()).isEqualTo(code);
            assertThat(e.getStatusCode()).isEqualTo(400);
        });
    }
}
