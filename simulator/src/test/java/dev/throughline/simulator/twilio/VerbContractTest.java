package dev.throughline.simulator.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.Recording;
import com.twilio.rest.api.v2010.account.call.Stream;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Dial;
import com.twilio.twiml.voice.Gather;
import com.twilio.twiml.voice.Number;
import com.twilio.twiml.voice.Record;
import com.twilio.twiml.voice.Say;
import dev.throughline.simulator.twilio.audio.MuLaw;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gather, Record, Dial and one-way streams, with TwiML of the official builder where it has them. */
class VerbContractTest {

    private static final String HUMAN = "+12025550143";
    private static final JsonObject LISTEN =
            new JsonObject().put("wait", "hangup").put("timeoutMs", 60_000);

    @TempDir
    Path stateDir;

    private TestBed bed;

    @BeforeEach
    void start() {
        bed = TestBed.withNumber(stateDir);
        bed.answerTwiml("/bye", "<Response><Hangup/></Response>");
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void shouldCutThePromptAtTheFirstKeyAndEndAtTheFinishingOne() throws Exception {
        bed.answerTwiml(
                "/voice",
                new VoiceResponse.Builder()
                        .gather(new Gather.Builder()
                                .action("/bye")
                                .finishOnKey("#")
                                .say(new Say.Builder("x".repeat(90)).build())
                                .build())
                        .build()
                        .toXml());

        long from = System.nanoTime();
        bed.finished(
                bed.call(CallContractTest.steps(new JsonObject().put("wait", "agent-speaking"), keys("12#"), LISTEN)));

        assertThat(bed.at("/bye").getFirst().form()).containsEntry("Digits", "12");
        assertThat(System.nanoTime() - from).as("the prompt takes 4.5 s").isLessThan(4_400_000_000L);
    }

    @Test
    void shouldGoOnWithoutKeysUnlessTheEmptyResultIsWanted() {
        bed.answerTwiml(
                "/voice",
                "<Response><Gather timeout=\"1\" action=\"/never\"/>"
                        + "<Gather timeout=\"1\" action=\"/bye\" actionOnEmptyResult=\"true\"/></Response>");

        bed.finished(bed.call(new JsonObject()));

        assertThat(bed.at("/never")).isEmpty();
        assertThat(bed.at("/bye").getFirst().form()).containsEntry("Digits", "");
    }

    @Test
    void shouldRecordAMessageAndGiveItOut() throws Exception {
        bed.answerTwiml("/voice", voicemail());

        String sid = bed.call(CallContractTest.steps(
                new JsonObject().put("tone", 440).put("ms", 1_500),
                new JsonObject().put("pause", 100),
                keys("#"),
                LISTEN));

        Map<String, String> form = bed.atLeast(1, "/bye").getFirst().form();
        String recording = form.get("RecordingSid");
        assertThat(form)
                .containsEntry("RecordingDuration", "2")
                .containsEntry("Digits", "#")
                .containsEntry(
                        "RecordingUrl",
                        "https://api.twilio.com/2010-04-01/Accounts/" + TestBed.ACCOUNT + "/Recordings/" + recording);
        TestBed.Received told = bed.atLeast(1, "/recorded").getFirst();
        assertThat(told.isSigned()).isTrue();
        assertThat(told.form())
                .containsEntry("RecordingStatus", "completed")
                .containsEntry("RecordingSid", recording)
                .containsEntry("CallSid", sid);
        assertThat(Recording.reader().setCallSid(sid).read(bed.sdk()))
                .extracting(Recording::getSid)
                .containsExactly(recording);
        byte[] wav = bed.restBytes("Recordings/" + recording + ".wav");
        assertThat(new String(wav, 0, 4, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("RIFF");
        assertThat((wav.length - 44) / 16).as("milliseconds").isBetween(1_500, 2_000);
        assertThat(Recording.deleter(recording).delete(bed.sdk())).isTrue();
        assertThat(Recording.reader().read(bed.sdk())).isEmpty();
    }

    @Test
    void shouldGoOnWhenNothingIsSaidToTheRecorder() throws Exception {
        bed.answerTwiml("/voice", voicemail().replace("</Response>", "<Say>Nothing was recorded</Say></Response>"));

        JsonObject call = bed.finished(bed.call(new JsonObject()));

        assertThat(call.getJsonArray("heard").encode()).contains("Nothing was recorded");
        assertThat(bed.at("/bye")).isEmpty();
        assertThat(bed.at("/recorded")).isEmpty();
    }

    @Test
    void shouldKeepTheMessageOfACallerWhoHangsUp() throws Exception {
        bed.answerTwiml("/voice", voicemail());

        bed.finished(bed.call(CallContractTest.steps(
                new JsonObject().put("tone", 440).put("ms", 1_000), new JsonObject().put("hangup", true))));

        assertThat(bed.atLeast(1, "/bye").getFirst().form())
                .containsEntry("Digits", "hangup")
                .containsEntry("CallStatus", "completed")
                .containsKey("RecordingSid");
        bed.atLeast(1, "/recorded");
    }

    @Test
    void shouldConnectWhoIsDialledAfterItsOwnTwiml() throws Exception {
        bed.answerTwiml("/voice", screened());
        bed.answerTwiml(
                "/brief",
                "<Response><Gather numDigits=\"1\" action=\"/accepted\" timeout=\"5\"><Say>Press one to accept</Say></Gather><Hangup/></Response>");
        bed.answerTwiml("/accepted", Fixtures.text("twiml-empty.xml"));
        callee(
                HUMAN,
                new JsonObject().put("waitFor", "to accept"),
                keys("1"),
                new JsonObject().put("wait", "bridged"),
                new JsonObject().put("tone", 440).put("ms", 600),
                new JsonObject().put("hangup", true));

        JsonObject call = bed.finished(bed.call(CallContractTest.steps(LISTEN)));

        Map<String, String> brief = bed.at("/brief").getFirst().form();
        assertThat(brief)
                .containsEntry("Direction", "outbound-dial")
                .containsEntry("ParentCallSid", call.getString("callSid"))
                .containsEntry("From", TestBed.OURS)
                .containsEntry("To", HUMAN)
                .containsEntry("CallStatus", "in-progress");
        assertThat(bed.at("/bye").getFirst().form())
                .containsEntry("DialCallStatus", "completed")
                .containsEntry("DialBridged", "true")
                .containsEntry("DialCallSid", brief.get("CallSid"))
                .containsKey("DialCallDuration");
        assertThat(bed.atLeast(4, "/leg-status"))
                .extracting(each -> each.form().get("CallStatus"))
                .containsExactly("initiated", "ringing", "in-progress", "completed");
        assertThat(call.getJsonArray("heard").stream()
                        .map(JsonObject.class::cast)
                        .mapToLong(each -> each.getLong("ms", 0L))
                        .sum())
                .isBetween(560L, 640L);
        assertThat(bed.violationCodes()).isEmpty();
    }

    @Test
    void shouldSayThatTheCalleeDeclinedWithoutDroppingTheCaller() throws Exception {
        bed.answerTwiml("/voice", screened());
        bed.answerTwiml(
                "/brief",
                "<Response><Gather numDigits=\"1\" timeout=\"1\"><Say>Press one</Say></Gather><Hangup/></Response>");
        bed.answerTwiml("/bye", "<Response><Say>Nobody took it</Say></Response>");
        callee(HUMAN, LISTEN);

        JsonObject call = bed.finished(bed.call(CallContractTest.steps(LISTEN)));

        assertThat(bed.at("/bye").getFirst().form()).containsEntry("DialBridged", "false");
        assertThat(call.getJsonArray("heard").encode()).contains("Nobody took it");
    }

    @Test
    void shouldKeepRingingWhoIsAnsweredOnlyWhenSomebodyIsThere() {
        bed.answerTwiml(
                "/voice",
                "<Response><Dial answerOnBridge=\"true\" timeout=\"1\" action=\"/bye\">" + HUMAN
                        + "</Dial></Response>");
        bed.answerTwiml("/bye", Fixtures.text("twiml-reject.xml"));
        bed.post("/_sim/callees", new JsonObject().put("number", HUMAN).put("ringMs", 20_000));

        JsonObject call = bed.finished(bed.call(new JsonObject()));

        assertThat(bed.at("/bye").getFirst().form())
                .containsEntry("DialCallStatus", "no-answer")
                .containsEntry("CallStatus", "ringing");
        assertThat(call.getString("status")).isEqualTo("busy");
    }

    @Test
    void shouldKeepTheFirstWhoAnswersAndCancelTheOthers() {
        bed.answerTwiml(
                "/voice",
                "<Response><Dial action=\"/bye\"><Number>" + HUMAN
                        + "</Number><Client>web_user_1</Client><Sip>sip:desk@pbx.example.test</Sip></Dial></Response>");
        bed.post("/_sim/callees", new JsonObject().put("number", HUMAN).put("ringMs", 20_000));
        bed.post(
                "/_sim/callees",
                new JsonObject()
                        .put("number", "client:web_user_1")
                        .put("ringMs", 1_500)
                        .put("talkMs", 200));
        bed.post(
                "/_sim/callees",
                new JsonObject()
                        .put("number", "sip:desk@pbx.example.test")
                        .put("ringMs", 0)
                        .put("outcome", "failed"));

        String sid = bed.call(CallContractTest.steps(LISTEN));
        bed.finished(sid);
        Call.reader().setParentCallSid(sid).read(bed.sdk()).forEach(leg -> bed.finished(leg.getSid()));

        String winner = bed.at("/bye").getFirst().form().get("DialCallSid");
        assertThat(Call.fetcher(winner).fetch(bed.sdk()).getTo()).isEqualTo("client:web_user_1");
        assertThat(Call.reader().setParentCallSid(sid).read(bed.sdk()))
                .extracting(Call::getTo, Call::getStatus)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(HUMAN, Call.Status.CANCELED),
                        org.assertj.core.groups.Tuple.tuple("client:web_user_1", Call.Status.COMPLETED),
                        org.assertj.core.groups.Tuple.tuple("sip:desk@pbx.example.test", Call.Status.FAILED));
    }

    @Test
    void shouldEndTheDialAtTheStarAndRefuseAForeignCallerId() {
        bed.answerTwiml(
                "/voice",
                "<Response><Dial hangupOnStar=\"true\">" + HUMAN
                        + "</Dial><Dial callerId=\"+12025550199\" action=\"/bye\">" + HUMAN + "</Dial></Response>");
        callee(HUMAN, LISTEN);

        bed.finished(bed.call(CallContractTest.steps(new JsonObject().put("wait", "bridged"), keys("*"), LISTEN)));

        assertThat(bed.at("/bye").getFirst().form()).containsEntry("DialCallStatus", "failed");
        assertThat(bed.violationCodes()).containsExactly("13214");
    }

    @Test
    void shouldCopyBothDirectionsOfACallUntilTold() {
        List<JsonObject> media = new CopyOnWriteArrayList<>();
        List<JsonObject> starts = new CopyOnWriteArrayList<>();
        bed.onSocket(socket -> socket.textMessageHandler(text -> {
            JsonObject message = new JsonObject(text);
            switch (message.getString("event")) {
                case "media" -> media.add(message.getJsonObject("media"));
                case "start" -> starts.add(message.getJsonObject("start"));
                default -> {}
            }
        }));
        bed.answerTwiml(
                "/voice",
                "<Response><Start><Stream name=\"monitor-1\" url=\"wss://voice.example.test/monitor\" track=\"both_tracks\">"
                        + "<Parameter name=\"conference\" value=\"conf-7f3a\"/></Stream></Start><Dial>" + HUMAN
                        + "</Dial></Response>");
        callee(
                HUMAN,
                new JsonObject().put("wait", "bridged"),
                new JsonObject().put("tone", 440).put("ms", 300),
                LISTEN);
        String sid = bed.call(CallContractTest.steps(
                new JsonObject().put("wait", "bridged"),
                new JsonObject().put("tone", 880).put("ms", 300),
                LISTEN));

        await().until(() -> audible(media, "inbound") == 15 && audible(media, "outbound") == 15);
        assertThat(starts.getFirst().getJsonArray("tracks")).isEqualTo(new JsonArray(List.of("inbound", "outbound")));
        assertThat(starts.getFirst().getJsonObject("customParameters").getString("conference"))
                .isEqualTo("conf-7f3a");
        Stream stopped =
                Stream.updater(sid, "monitor-1", Stream.UpdateStatus.STOPPED).update(bed.sdk());
        assertThat(stopped.getStatus()).isEqualTo(Stream.Status.STOPPED);
        await().until(() -> !bed.get("/_sim/calls/" + sid)
                .getJsonArray("streams")
                .getJsonObject(0)
                .getBoolean("live"));
        assertThat(bed.get("/_sim/calls/" + sid).getBoolean("ended")).isFalse();
        bed.post("/_sim/calls/" + sid + "/hangup", new JsonObject());
    }

    private static long audible(List<JsonObject> media, String track) {
        return media.stream()
                .filter(each -> each.getString("track").equals(track))
                .filter(each -> !MuLaw.isSilent(Base64.getDecoder().decode(each.getString("payload"))))
                .count();
    }

    private static String voicemail() throws Exception {
        return new VoiceResponse.Builder()
                .record(new Record.Builder()
                        .action("/bye")
                        .timeout(2)
                        .maxLength(10)
                        .finishOnKey("#")
                        .recordingStatusCallback("/recorded")
                        .build())
                .build()
                .toXml();
    }

    private static String screened() throws Exception {
        return new VoiceResponse.Builder()
                .dial(new Dial.Builder()
                        .action("/bye")
                        .callerId(TestBed.OURS)
                        .number(new Number.Builder(HUMAN)
                                .url("/brief")
                                .statusCallback("/leg-status")
                                .statusCallbackEvents(List.of(
                                        Number.Event.INITIATED,
                                        Number.Event.RINGING,
                                        Number.Event.ANSWERED,
                                        Number.Event.COMPLETED))
                                .build())
                        .build())
                .build()
                .toXml();
    }

    private static JsonObject keys(String digits) {
        return new JsonObject().put("dtmf", digits);
    }

    private void callee(String address, JsonObject... steps) {
        bed.post("/_sim/callees", new JsonObject().put("number", address).put("steps", new JsonArray(List.of(steps))));
    }
}
