package dev.throughline.simulator.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.twilio.exception.ApiException;
import com.twilio.rest.api.v2010.account.Application;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.Conference;
import com.twilio.rest.api.v2010.account.conference.Participant;
import com.twilio.rest.api.v2010.account.conference.ParticipantCreator;
import com.twilio.type.Client;
import com.twilio.type.PhoneNumber;
import com.twilio.type.Twiml;
import dev.throughline.simulator.twilio.audio.MuLaw;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rooms: participants by REST and by TwiML, their audio, their callbacks, who ends them. */
class ConferenceContractTest {

    private static final String ROOM = "conf-7f3a";
    private static final String HUMAN = "+12025550143";

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
    void shouldBringAPhoneAndAnAgentTogetherAndTellItAsTheReferenceDoes() {
        List<byte[]> toAgent = new CopyOnWriteArrayList<>();
        String app = agentApp(toAgent, MuLaw.tone(600, 1_000));
        callee(
                TestBed.CUSTOMER,
                new JsonObject().put("wait", "bridged").put("timeoutMs", 20_000),
                new JsonObject().put("tone", 440).put("ms", 600),
                new JsonObject().put("wait", "agent-finished"),
                new JsonObject().put("hangup", true));

        JsonObject created = bed.postRest(
                "Conferences/" + ROOM + "/Participants.json",
                Map.of(
                        "From", TestBed.OURS,
                        "To", TestBed.CUSTOMER,
                        "Label", "phone",
                        "EndConferenceOnExit", "true",
                        "Beep", "false",
                        "WaitUrl", "",
                        "ConferenceStatusCallback", TestBed.BASE + "/conference-status",
                        "ConferenceStatusCallbackEvent", "start end join leave"));
        Participant agent = add("app:" + app + "?token=one-time-token-123&role=ai&conference=" + ROOM, "ai")
                .setBeep("false")
                .setWaitUrl(URI.create(""))
                .setConferenceStatusCallback(URI.create(TestBed.BASE + "/conference-status"))
                .setConferenceStatusCallbackEvent(List.of("start", "end", "join", "leave"))
                .create(bed.sdk());

        assertThat(created.fieldNames())
                .containsExactlyInAnyOrderElementsOf(
                        Fixtures.json("rest-participant-created.json").fieldNames());
        assertThat(created.getString("status")).isEqualTo("queued");
        assertThat(agent.getConferenceSid()).isEqualTo(created.getString("conference_sid"));
        JsonObject phone = bed.finished(created.getString("call_sid"));
        bed.finished(agent.getCallSid());
        List<Map<String, String>> told = conferenceEvents(6);
        assertThat(told)
                .extracting(each -> each.get("StatusCallbackEvent"))
                .containsExactly(
                        "participant-join",
                        "participant-join",
                        "conference-start",
                        "participant-leave",
                        "participant-leave",
                        "conference-end");
        assertThat(told).extracting(each -> each.get("SequenceNumber")).containsExactly("1", "2", "3", "4", "5", "6");
        Map<String, String> join = told.stream()
                .filter(each -> "phone".equals(each.get("ParticipantLabel")))
                .findFirst()
                .orElseThrow();
        assertThat(join.keySet())
                .containsExactlyElementsOf(
                        Fixtures.form("participant-callback.form").keySet());
        assertThat(join).containsEntry("EndConferenceOnExit", "true");
        assertThat(told.get(3).keySet())
                .containsExactlyElementsOf(
                        Fixtures.form("participant-leave.form").keySet());
        assertThat(told.get(3))
                .containsEntry("ParticipantLabel", "phone")
                .containsEntry("ParticipantCallStatus", "completed")
                .containsEntry("ReasonParticipantLeft", "participant_hung_up");
        assertThat(told.get(4)).containsEntry("ReasonParticipantLeft", "moderator_ended_conference");
        Map<String, String> end = Fixtures.form("conference-end.form");
        assertThat(told.get(5).keySet()).containsExactlyElementsOf(end.keySet());
        assertThat(told.get(5))
                .containsEntry("CallSidEndingConference", created.getString("call_sid"))
                .containsEntry("ReasonConferenceEnded", end.get("ReasonConferenceEnded"))
                .containsEntry("Reason", end.get("Reason"));
        assertThat(bed.at("/conference-status")).allMatch(TestBed.Received::isSigned);

        assertThat(audible(toAgent).size()).as("20 ms frames of the caller").isEqualTo(30);
        assertThat(Arrays.equals(audible(toAgent).getFirst(), MuLaw.tone(440, 20)))
                .as("a single voice passes unchanged")
                .isTrue();
        assertThat(heardMillis(phone))
                .as("the agent, and not the caller's own tone")
                .isBetween(900L, 1_100L);
        assertThat(Conference.reader()
                        .setFriendlyName(ROOM)
                        .setStatus(Conference.Status.COMPLETED)
                        .read(bed.sdk()))
                .extracting(Conference::getSid)
                .containsExactly(agent.getConferenceSid());
        assertThat(bed.violationCodes()).isEmpty();
    }

    @Test
    void shouldListMuteHoldAndRemoveParticipants() {
        List<byte[]> toAgent = new CopyOnWriteArrayList<>();
        String app = agentApp(toAgent, new byte[0]);
        callee(TestBed.CUSTOMER, new JsonObject().put("wait", "hangup").put("timeoutMs", 60_000));
        String phone = add(TestBed.CUSTOMER, "phone")
                .setConferenceStatusCallback(URI.create(TestBed.BASE + "/conference-status"))
                .setConferenceStatusCallbackEvent(List.of("mute", "hold", "leave", "end"))
                .create(bed.sdk())
                .getCallSid();
        untilSomebodyIsIn();
        Participant agent = add("app:" + app, "ai").create(bed.sdk());
        String room = agent.getConferenceSid();
        await().until(() -> status(room) == Conference.Status.IN_PROGRESS);

        assertThat(Participant.updater(room, "phone")
                        .setMuted(true)
                        .update(bed.sdk())
                        .getMuted())
                .isTrue();
        Participant.updater(room, phone).setHold(true).update(bed.sdk());
        assertThat(Participant.reader(room).setHold(true).read(bed.sdk()))
                .extracting(Participant::getLabel)
                .containsExactly("phone");
        Participant.deleter(room, "ai").delete(bed.sdk());

        bed.finished(agent.getCallSid());
        assertThat(conferenceEvents(3))
                .extracting(each -> each.get("StatusCallbackEvent"))
                .containsExactly("participant-mute", "participant-hold", "participant-leave");
        Conference.updater(room).setStatus(Conference.UpdateStatus.COMPLETED).update(bed.sdk());
        assertThat(conferenceEvents(5).get(4))
                .containsEntry("ReasonConferenceEnded", "conference-ended-via-api")
                .doesNotContainKey("CallSidEndingConference");
        assertThat(bed.finished(phone).getString("status")).isEqualTo("completed");
        assertRefused(404, 20404, () -> Participant.fetcher(room, "phone").fetch(bed.sdk()));
    }

    @Test
    void shouldRefuseALabelInUseOrOfAWrongShape() {
        callee(TestBed.CUSTOMER, new JsonObject().put("wait", "hangup").put("timeoutMs", 60_000));
        add(TestBed.CUSTOMER, "phone").create(bed.sdk());

        assertRefused(400, 16026, () -> add(HUMAN, "phone").create(bed.sdk()));
        assertRefused(400, 16024, () -> add(HUMAN, "a/b").create(bed.sdk()));
        assertRefused(400, 16024, () -> add(HUMAN, "CA" + "0".repeat(32)).create(bed.sdk()));
        assertRefused(400, 21211, () -> add("nobody", "other").create(bed.sdk()));
        assertRefused(400, 21218, () -> add("app:AP" + "0".repeat(32), "other").create(bed.sdk()));
    }

    @Test
    void shouldHearNothingOfARoomWhoseFirstParticipantAskedForNothing() {
        callee(TestBed.CUSTOMER, new JsonObject().put("wait", "bridged"), new JsonObject().put("hangup", true));
        callee(HUMAN, new JsonObject().put("wait", "hangup").put("timeoutMs", 60_000));
        String human = add(HUMAN, "human").create(bed.sdk()).getCallSid();
        untilSomebodyIsIn();
        String phone = add(TestBed.CUSTOMER, "phone")
                .setEndConferenceOnExit(true)
                .setConferenceStatusCallback(URI.create(TestBed.BASE + "/conference-status"))
                .setConferenceStatusCallbackEvent(List.of("start", "end", "join", "leave"))
                .create(bed.sdk())
                .getCallSid();

        bed.finished(phone);
        bed.finished(human);

        assertThat(bed.at("/conference-status")).isEmpty();
    }

    @Test
    void shouldTellAParticipantWhoNeverCame() {
        bed.post("/_sim/callees", new JsonObject().put("number", HUMAN).put("outcome", "busy"));
        callee(TestBed.CUSTOMER, new JsonObject().put("wait", "hangup").put("timeoutMs", 60_000));
        Participant phone = add(TestBed.CUSTOMER, "phone")
                .setConferenceStatusCallback(URI.create(TestBed.BASE + "/conference-status"))
                .setConferenceStatusCallbackEvent(List.of("leave", "end"))
                .create(bed.sdk());
        untilSomebodyIsIn();
        add(HUMAN, "human").create(bed.sdk());

        assertThat(conferenceEvents(1).getFirst())
                .containsEntry("ReasonParticipantLeft", "participant_add_failed")
                .containsEntry("ParticipantCallStatus", "busy")
                .containsEntry("ParticipantLabel", "human");
        assertThat(status(phone.getConferenceSid())).isEqualTo(Conference.Status.INIT);
    }

    @Test
    void shouldHoldACallerOfTwimlInTheWaitingRoomWithMusicUntilSomebodyStartsIt() {
        bed.answerTwiml(
                "/voice",
                "<Response><Dial action=\"/left\"><Conference startConferenceOnEnter=\"false\" beep=\"false\" participantLabel=\"phone\">"
                        + ROOM + "</Conference></Dial></Response>");
        bed.answerTwiml("/left", Fixtures.text("twiml-say-hangup.xml"));
        String caller = bed.call(new JsonObject());
        await().until(() -> bed.get("/_sim/calls/" + caller).getLong("heardMs") > 300);
        assertThat(bed.get("/_sim/calls/" + caller).getJsonArray("events").encode())
                .doesNotContain("conference-left");

        callee(HUMAN, new JsonObject().put("wait", "bridged"), new JsonObject().put("hangup", true));
        String human = add(HUMAN, "human")
                .setEndConferenceOnExit(true)
                .create(bed.sdk())
                .getCallSid();

        bed.finished(human);
        assertThat(bed.atLeast(1, "/left").getFirst().form())
                .containsEntry("DialCallStatus", "answered")
                .doesNotContainKeys("DialCallSid", "DialCallDuration");
        assertThat(bed.finished(caller).getJsonArray("heard").encode()).contains("not in service");
    }

    @Test
    void shouldLetACallLeaveTheRoomWhenItIsGivenOtherTwiml() {
        callee(TestBed.CUSTOMER, new JsonObject().put("wait", "hangup").put("timeoutMs", 60_000));
        String phone = add(TestBed.CUSTOMER, "phone")
                .setConferenceStatusCallback(URI.create(TestBed.BASE + "/conference-status"))
                .setConferenceStatusCallbackEvent(List.of("leave", "end"))
                .create(bed.sdk())
                .getCallSid();
        untilSomebodyIsIn();

        Call.updater(phone)
                .setTwiml(new Twiml("<Response><Say>Moved</Say></Response>"))
                .update(bed.sdk());

        assertThat(bed.finished(phone).getJsonArray("heard").encode()).contains("Moved");
        assertThat(conferenceEvents(2).getFirst())
                .containsEntry("ReasonParticipantLeft", "participant_updated_via_api")
                .containsEntry("ParticipantCallStatus", "in-progress");
    }

    @Test
    void shouldAnnounceToOneParticipantAndCallABrowser() {
        bed.answerTwiml("/announce", "<Response><Say>A human is joining</Say></Response>");
        callee(
                "client:web_user_1",
                new JsonObject().put("waitFor", "human is joining"),
                new JsonObject().put("hangup", true));
        Participant browser = Participant.creator(ROOM, new PhoneNumber(TestBed.OURS), new Client("web_user_1?room=7"))
                .setLabel("web")
                .setConferenceStatusCallback(URI.create(TestBed.BASE + "/conference-status"))
                .setConferenceStatusCallbackEvent(List.of("announcement", "end"))
                .create(bed.sdk());
        untilSomebodyIsIn();

        Participant.updater(browser.getConferenceSid(), "web")
                .setAnnounceUrl(URI.create(TestBed.BASE + "/announce"))
                .update(bed.sdk());

        JsonObject call = bed.finished(browser.getCallSid());
        assertThat(call.getJsonArray("problems")).isEmpty();
        assertThat(call.getString("to")).isEqualTo("client:web_user_1");
        assertThat(conferenceEvents(2))
                .extracting(each -> each.get("StatusCallbackEvent"))
                .containsExactly("announcement-end", "conference-end");
    }

    @Test
    void shouldLetTheRoomHearWhatTheAgentsLegFallsBackTo() {
        String app = "AP" + "a".repeat(32);
        bed.post("/_sim/applications", new JsonObject().put("sid", app).put("VoiceUrl", TestBed.BASE + "/ai"));
        bed.answerTwiml(
                "/ai",
                "<Response><Connect><Stream url=\"wss://voice.example.test/refused\"/></Connect>"
                        + "<Pause length=\"1\"/><Say>The assistant is away</Say></Response>");
        callee(
                TestBed.CUSTOMER,
                new JsonObject().put("waitFor", "assistant is away"),
                new JsonObject().put("hangup", true));
        String phone = add(TestBed.CUSTOMER, "phone").create(bed.sdk()).getCallSid();
        untilSomebodyIsIn();

        String agent = add("app:" + app, "ai").create(bed.sdk()).getCallSid();

        assertThat(bed.finished(phone).getJsonArray("problems")).isEmpty();
        bed.finished(agent);
        assertThat(bed.violationCodes()).containsExactly("31920");
    }

    @Test
    void shouldRecordARoomFromItsStart() {
        callee(
                TestBed.CUSTOMER,
                new JsonObject().put("wait", "bridged"),
                new JsonObject().put("tone", 440).put("ms", 1_500),
                new JsonObject().put("hangup", true));
        callee(HUMAN, new JsonObject().put("wait", "hangup").put("timeoutMs", 60_000));
        add(HUMAN, "human").create(bed.sdk());
        add(TestBed.CUSTOMER, "phone")
                .setEndConferenceOnExit(true)
                .setConferenceRecord("record-from-start")
                .setConferenceRecordingStatusCallback(URI.create(TestBed.BASE + "/recorded"))
                .create(bed.sdk());

        Map<String, String> form = bed.atLeast(1, "/recorded").getFirst().form();
        assertThat(form).containsEntry("RecordingSource", "Conference").containsKey("ConferenceSid");
        byte[] wav = bed.restBytes("Recordings/" + form.get("RecordingSid") + ".wav");
        assertThat(wav.length).isGreaterThan(44 + 8_000 * 2);
    }

    /** A TwiML App whose stream keeps what it hears, and says its piece once it has heard 600 ms of the caller. */
    private String agentApp(List<byte[]> received, byte[] says) {
        bed.answerTwiml(
                "/ai",
                "<Response><Connect><Stream url=\"wss://voice.example.test/media-stream\"/></Connect></Response>");
        AtomicBoolean said = new AtomicBoolean(says.length == 0);
        bed.onSocket(socket -> socket.textMessageHandler(text -> {
            JsonObject message = new JsonObject(text);
            if (message.getString("event").equals("media")) {
                String payload = message.getJsonObject("media").getString("payload");
                received.add(Base64.getDecoder().decode(payload));
            }
            if (audible(received).size() >= 29 && said.compareAndSet(false, true)) {
                String payload = Base64.getEncoder().encodeToString(says);
                socket.writeTextMessage(new JsonObject()
                        .put("event", "media")
                        .put("streamSid", message.getString("streamSid"))
                        .put("media", new JsonObject().put("payload", payload))
                        .encode());
            }
        }));
        return Application.creator()
                .setVoiceUrl(URI.create(TestBed.BASE + "/ai"))
                .create(bed.sdk())
                .getSid();
    }

    private static List<byte[]> audible(List<byte[]> frames) {
        return frames.stream().filter(frame -> !MuLaw.isSilent(frame)).toList();
    }

    private static long heardMillis(JsonObject call) {
        return call.getJsonArray("heard").stream()
                .map(JsonObject.class::cast)
                .mapToLong(each -> each.getLong("ms", 0L))
                .sum();
    }

    private List<Map<String, String>> conferenceEvents(int count) {
        return bed.atLeast(count, "/conference-status").stream()
                .map(TestBed.Received::form)
                .toList();
    }

    private List<Participant> participants() {
        List<Participant> all = new ArrayList<>();
        Conference.reader().setFriendlyName(ROOM).read(bed.sdk()).forEach(room -> {
            if (room.getStatus() != Conference.Status.COMPLETED) {
                Participant.reader(room.getSid()).read(bed.sdk()).forEach(all::add);
            }
        });
        return all;
    }

    private void untilSomebodyIsIn() {
        await().until(() -> participants().stream().anyMatch(each -> each.getStatus() == Participant.Status.CONNECTED));
    }

    private Conference.Status status(String room) {
        return Conference.fetcher(room).fetch(bed.sdk()).getStatus();
    }

    private void callee(String address, JsonObject... steps) {
        bed.post("/_sim/callees", new JsonObject().put("number", address).put("steps", new JsonArray(List.of(steps))));
    }

    private static ParticipantCreator add(String to, String label) {
        return Participant.creator(ROOM, new PhoneNumber(TestBed.OURS), new PhoneNumber(to))
                .setLabel(label);
    }

    private static void assertRefused(int status, int code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.getCode()).isEqualTo(code);
            assertThat(e.getStatusCode()).isEqualTo(status);
        });
    }
}
