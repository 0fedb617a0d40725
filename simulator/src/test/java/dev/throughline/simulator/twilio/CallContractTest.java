package dev.throughline.simulator.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.rest.api.v2010.account.IncomingPhoneNumber;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Gather;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Redirect;
import com.twilio.twiml.voice.Say;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inbound calls: the signed webhooks, TwiML built by the official builder, fallbacks and the end of a call. */
class CallContractTest {

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
    void shouldAskForInstructionsAndTellTheEndAsTheReferenceDoes() throws Exception {
        bed.answerTwiml(
                "/voice",
                new VoiceResponse.Builder()
                        .say(new Say.Builder("This number is not in service.").build())
                        .hangup(new Hangup.Builder().build())
                        .build()
                        .toXml());

        String sid = bed.call(new JsonObject());

        JsonObject call = bed.finished(sid);
        assertThat(call.getJsonArray("heard").getJsonObject(0).getString("text"))
                .isEqualTo("This number is not in service.");
        TestBed.Received webhook = bed.at("/voice").getFirst();
        assertThat(webhook.isSigned()).isTrue();
        assertThat(webhook.headers()).containsKey("i-twilio-idempotency-token");
        assertThat(webhook.form().keySet())
                .containsExactlyElementsOf(Fixtures.form("inbound-call.form").keySet());
        assertThat(webhook.form()).containsEntry("CallSid", sid).containsEntry("CallStatus", "ringing");
        TestBed.Received status = bed.atLeast(1, "/status").getFirst();
        assertThat(status.isSigned()).isTrue();
        assertThat(status.form().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Fixtures.form("call-status.form").keySet());
        assertThat(status.form())
                .containsEntry("CallStatus", "completed")
                .containsEntry("SequenceNumber", "0")
                .containsEntry("CallDuration", String.valueOf(call.getLong("durationSeconds")));
        assertThat(bed.violationCodes()).isEmpty();
    }

    @Test
    void shouldNotAnswerARejectedCall() {
        bed.answerTwiml("/voice", Fixtures.text("twiml-reject.xml"));

        JsonObject call = bed.finished(bed.call(new JsonObject()));

        assertThat(call.getString("status")).isEqualTo("busy");
        assertThat(call.getValue("startTime")).isNull();
        assertThat(bed.atLeast(1, "/status").getFirst().form())
                .containsEntry("CallStatus", "busy")
                .containsEntry("CallDuration", "0");
    }

    @Test
    void shouldFollowARedirectAndGatherKeys() throws Exception {
        bed.answerTwiml(
                "/voice",
                new VoiceResponse.Builder()
                        .redirect(new Redirect.Builder("/menu").build())
                        .build()
                        .toXml());
        bed.answerTwiml(
                "/menu",
                new VoiceResponse.Builder()
                        .gather(new Gather.Builder()
                                .action("/choice")
                                .numDigits(1)
                                .timeout(5)
                                .say(new Say.Builder("Press one").build())
                                .build())
                        .build()
                        .toXml());
        bed.answerTwiml("/choice", Fixtures.text("twiml-say-hangup.xml"));

        bed.finished(
                bed.call(steps(new JsonObject().put("wait", "agent-speaking"), new JsonObject().put("dtmf", "1"))));

        assertThat(bed.at("/menu")).hasSize(1).allMatch(TestBed.Received::isSigned);
        assertThat(bed.at("/choice").getFirst().form()).containsEntry("Digits", "1");
    }

    @Test
    void shouldSayTheDialResultToItsAction() {
        bed.answerTwiml("/voice", "<Response><Dial action=\"/dialled\">+12025550143</Dial></Response>");
        bed.answerTwiml("/dialled", Fixtures.text("twiml-say-hangup.xml"));
        bed.post("/_sim/callees", new JsonObject().put("number", "+12025550143").put("outcome", "busy"));

        bed.finished(bed.call(new JsonObject()));

        assertThat(bed.at("/dialled").getFirst().form()).containsEntry("DialCallStatus", "busy");
    }

    @Test
    void shouldGoToTheFallbackWhenTheWebhookFails() {
        useFallback("");
        bed.answer("/voice", response -> response.setStatusCode(500).end());
        bed.answerTwiml("/fallback", Fixtures.text("twiml-say-hangup.xml"));

        JsonObject call = bed.finished(bed.call(new JsonObject()));

        assertThat(bed.at("/fallback").getFirst().form())
                .containsEntry("ErrorCode", "11200")
                .containsEntry("ErrorUrl", TestBed.BASE + "/voice");
        assertThat(call.getJsonArray("heard")).hasSize(1);
        assertThat(bed.violationCodes()).containsExactly("11200");
    }

    @Test
    void shouldGoToTheFallbackWhenTheWebhookIsSilent() {
        useFallback("#rt=200");
        bed.answer("/voice", response -> {});
        bed.answerTwiml("/fallback", Fixtures.text("twiml-say-hangup.xml"));

        bed.finished(bed.call(new JsonObject()));

        assertThat(bed.at("/fallback").getFirst().form()).containsEntry("ErrorCode", "11200");
    }

    @Test
    void shouldRefuseWhatIsNoTwimlAndEndTheCallWithAnApology() {
        for (Map.Entry<String, String> each : Map.of(
                        "text/xml", "<Response><Say>", "application/json", "{\"say\":\"hello\"}")
                .entrySet()) {
            bed.answer("/voice", response -> response.putHeader("Content-Type", each.getKey())
                    .end(each.getValue()));
            JsonObject call = bed.finished(bed.call(new JsonObject()));
            assertThat(call.getJsonArray("heard").encode()).contains("application error");
        }
        bed.answer("/voice", response -> response.putHeader("Content-Type", "text/xml")
                .end("<Response><Say>" + "a".repeat(70_000) + "</Say></Response>"));
        bed.finished(bed.call(new JsonObject()));

        assertThat(bed.violationCodes()).containsExactlyInAnyOrder("12100", "12300", "11750");
    }

    @Test
    void shouldPassOverWhatIsNotInTheSchemaAndReportIt() {
        bed.answerTwiml("/voice", "<Response><Shout>Hi</Shout><Say volume=\"11\">Hello</Say></Response>");

        JsonObject call = bed.finished(bed.call(new JsonObject()));

        assertThat(call.getJsonArray("heard").getJsonObject(0).getString("text"))
                .isEqualTo("Hello");
        assertThat(bed.violationCodes()).containsExactly("12200", "12200");
    }

    @Test
    void shouldSignWronglyOnceWhenTold() {
        bed.answerTwiml("/voice", Fixtures.text("twiml-say-hangup.xml"));
        bed.fault("wrong-signature", "voice");

        bed.finished(bed.call(new JsonObject()));
        bed.finished(bed.call(new JsonObject()));

        assertThat(bed.at("/voice")).extracting(TestBed.Received::isSigned).containsExactly(false, true);
    }

    @Test
    void shouldEndWhenTheCallerHangsUp() {
        bed.answerTwiml("/voice", "<Response><Pause length=\"60\"/></Response>");

        String sid = bed.call(steps(new JsonObject().put("pause", 100), new JsonObject().put("hangup", true)));

        assertThat(bed.finished(sid).getString("status")).isEqualTo("completed");
        assertThat(bed.atLeast(1, "/status")).hasSize(1);
    }

    static JsonObject steps(JsonObject... steps) {
        return new JsonObject().put("steps", new JsonArray(List.of(steps)));
    }

    private void useFallback(String overrides) {
        IncomingPhoneNumber number = IncomingPhoneNumber.reader()
                .setPhoneNumber(TestBed.OURS)
                .read(bed.sdk())
                .iterator()
                .next();
        IncomingPhoneNumber.updater(number.getSid())
                .setVoiceUrl(TestBed.BASE + "/voice" + overrides)
                .setVoiceFallbackUrl(TestBed.BASE + "/fallback")
                .update(bed.sdk());
    }
}
