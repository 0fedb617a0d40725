package dev.throughline.simulator.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.security.RequestValidator;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Connect;
import com.twilio.twiml.voice.Parameter;
import com.twilio.twiml.voice.Say;
import com.twilio.twiml.voice.Stream;
import dev.throughline.simulator.twilio.audio.MuLaw;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Media Streams from the server's side: what comes, when it comes, and what becomes of what is sent. */
class MediaStreamContractTest {

    private static final String URL = "wss://voice.example.test/media-stream";

    @TempDir
    Path stateDir;

    private final List<Frame> frames = new CopyOnWriteArrayList<>();
    private TestBed bed;
    private volatile ServerWebSocket socket;
    private volatile String host = "";

    /** A message from the stand-in with the moment it arrived. */
    private record Frame(JsonObject json, long nanos) {

        String event() {
            return json.getString("event");
        }
    }

    @BeforeEach
    void start() {
        bed = TestBed.withNumber(stateDir);
        bed.answerTwiml("/voice", connect(true));
        bed.answerTwiml("/stream-ended", Fixtures.text("twiml-say-hangup.xml"));
        bed.onSocket(opened -> {
            opened.textMessageHandler(text -> frames.add(new Frame(new JsonObject(text), System.nanoTime())));
            host = opened.headers().get("Host");
            socket = opened;
        });
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void shouldOpenWithASignatureOverTheSocketUrlAndSendTheMessagesOfTheReference() {
        String sid = bed.call(CallContractTest.steps(
                new JsonObject().put("wait", "stream"),
                new JsonObject().put("dtmf", "5"),
                new JsonObject().put("pause", 300),
                new JsonObject().put("hangup", true)));
        bed.finished(sid);
        await().until(() -> frames.getLast().event().equals("stop"));

        assertThat(new RequestValidator(TestBed.TOKEN).validate(URL, Map.of(), bed.upgradeSignatures.getFirst()))
                .isTrue();
        assertThat(host).isEqualTo("voice.example.test");
        assertThat(frames.get(0).event()).isEqualTo("connected");
        assertThat(frames.get(1).event()).isEqualTo("start");
        for (String event : List.of("connected", "start", "media", "dtmf", "stop")) {
            JsonObject sent = first(event);
            assertThat(Fixtures.shape(sent))
                    .as(event)
                    .isEqualTo(Fixtures.shape(Fixtures.json("media-stream-in-" + event + ".json")));
        }
        JsonObject start = first("start").getJsonObject("start");
        assertThat(start.getString("callSid")).isEqualTo(sid);
        assertThat(start.getJsonObject("customParameters"))
                .isEqualTo(new JsonObject().put("token", "one-time-token-123").put("tenantId", "tenant-1"));
        assertThat(frames.stream()
                        .skip(1)
                        .map(each -> Integer.valueOf(each.json().getString("sequenceNumber"))))
                .as("numbered without a gap")
                .isEqualTo(java.util.stream.IntStream.rangeClosed(1, frames.size() - 1)
                        .boxed()
                        .toList());
        assertThat(bed.at("/stream-ended")).as("a hang-up runs no action").isEmpty();
    }

    @Test
    void shouldSendFiftyFramesASecondOfOneHundredSixtyBytes() {
        bed.call(new JsonObject());
        await().until(() -> media().size() >= 150);

        List<Frame> media = media().subList(0, 150);
        double seconds = (media.getLast().nanos() - media.getFirst().nanos()) / 1e9;
        assertThat(149 / seconds).as("frames per second").isBetween(48.5, 51.5);
        assertThat(media).allSatisfy(each -> {
            byte[] payload = Base64.getDecoder()
                    .decode(each.json().getJsonObject("media").getString("payload"));
            assertThat(payload).hasSize(160).containsOnly(0xFF);
        });
        assertThat(media.get(149).json().getJsonObject("media").getString("timestamp"))
                .isEqualTo("3000");
    }

    @Test
    void shouldSendTheCallersSpeechUnchangedAndTimeIt() {
        byte[] speech = MuLaw.tone(440, 200);

        bed.call(CallContractTest.steps(
                new JsonObject().put("audio", Base64.getEncoder().encodeToString(speech))));
        await().until(() -> spoken().length >= speech.length);

        assertThat(spoken()).isEqualTo(speech);
        spokenPayloads().forEach(bed.clock::received);
        assertThat(bed.clock.summary().getLong("count")).isEqualTo(10);
    }

    @Test
    void shouldEchoAMarkOnlyWhenTheAudioBeforeItWasPlayedAndRecordWhatWasHeard() {
        byte[] audio = MuLaw.tone(300, 400);
        String sid = streaming();
        long sentAt = System.nanoTime();

        sendAudio(audio);
        sendMark("u1-1");
        await().until(() -> marks().contains("u1-1"));

        assertThat((frames.stream()
                                        .filter(each -> each.event().equals("mark"))
                                        .findFirst()
                                        .orElseThrow()
                                        .nanos()
                                - sentAt)
                        / 1_000_000)
                .isBetween(380L, 2_000L);
        assertThat(Fixtures.shape(first("mark"))).isEqualTo(Fixtures.shape(Fixtures.json("media-stream-in-mark.json")));
        byte[] wav = bed.getBytes("/_sim/calls/" + sid + "/recording.wav").body();
        assertThat(indexOf(wav, Arrays.copyOf(audio, 800))).as("recording").isGreaterThan(44);
        assertThat(ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).getInt(24))
                .isEqualTo(8000);
        JsonObject heard = bed.get("/_sim/calls/" + sid).getJsonArray("heard").getJsonObject(0);
        assertThat(heard.getLong("ms")).isEqualTo(400);
        assertThat(heard.getBoolean("cut")).isFalse();
    }

    @Test
    void shouldEchoAMarkAtOnceWhenNothingIsQueued() {
        streaming();
        long sentAt = System.nanoTime();

        sendMark("u1-1");
        await().pollInterval(Duration.ofMillis(5)).until(() -> marks().contains("u1-1"));

        assertThat((System.nanoTime() - sentAt) / 1_000_000).isLessThan(1_500);
    }

    @Test
    void shouldReturnEveryPendingMarkAtOnceOnClearAndDropTheAudio() {
        String sid = streaming();
        for (int i = 1; i <= 3; i++) {
            sendAudio(MuLaw.tone(300, 5_000));
            sendMark("u1-" + i);
        }
        long clearedAt = System.nanoTime();

        send(new JsonObject().put("event", "clear").put("streamSid", streamSid()));
        await().pollInterval(Duration.ofMillis(5)).until(() -> marks().size() == 3);

        assertThat((System.nanoTime() - clearedAt) / 1_000_000)
                .as("far sooner than 15 s of audio")
                .isLessThan(3_000);
        assertThat(marks()).containsExactly("u1-1", "u1-2", "u1-3");
        JsonObject clear = bed.get("/_sim/calls/" + sid)
                .getJsonArray("streams")
                .getJsonObject(0)
                .getJsonArray("clears")
                .getJsonObject(0);
        assertThat(clear.getInteger("droppedMs")).isGreaterThan(10_000);
        assertThat(clear.getInteger("marksReturned")).isEqualTo(3);
    }

    @Test
    void shouldIgnoreMessagesOfAWrongShapeAndReportThemOnce() {
        String sid = streaming();

        send(new JsonObject().put("event", "mark").put("streamSid", streamSid()).put("name", "flat"));
        send(media(MuLaw.tone(300, 100)).put("sequenceNumber", "1"));
        send(media(MuLaw.tone(300, 100)).put("streamSid", "MZ" + "0".repeat(32)));
        send(new JsonObject().put("event", "shout").put("streamSid", streamSid()));
        socket.writeBinaryMessage(Buffer.buffer(new byte[160]));
        sendMark("u1-1");
        await().until(() -> marks().contains("u1-1"));

        await().until(() -> bed.violationCodes().size() == 2);
        assertThat(bed.violationCodes()).containsExactly("31951", "31950");
        JsonObject stream =
                bed.get("/_sim/calls/" + sid).getJsonArray("streams").getJsonObject(0);
        assertThat(stream.getInteger("invalidMessages")).isEqualTo(5);
        assertThat(stream.getInteger("audioReceivedMs")).isZero();
        assertThat(marks()).containsExactly("u1-1");
    }

    @Test
    void shouldGoToTheActionWhenTheServerClosesTheSocket() {
        String sid = streaming();

        socket.close((short) 1000, "done");
        bed.finished(sid);

        TestBed.Received action = bed.at("/stream-ended").getFirst();
        assertThat(action.isSigned()).isTrue();
        assertThat(action.form().keySet())
                .containsExactlyElementsOf(Fixtures.form("connect-action.form").keySet());
        assertThat(action.form()).containsEntry("CallStatus", "in-progress").containsEntry("StreamSid", streamSid());
        assertThat(bed.atLeast(2, "/stream-status"))
                .extracting(each -> each.form().get("StreamEvent"))
                .containsExactly("stream-started", "stream-stopped");
        assertThat(bed.violationCodes()).isEmpty();
    }

    @Test
    void shouldGoToTheActionWhenTheSocketIsDroppedByAFault() {
        bed.post(
                "/_sim/faults",
                new JsonObject()
                        .put("kind", "socket-drop")
                        .put("match", "socket")
                        .put("afterMs", 200));

        bed.finished(bed.call(new JsonObject()));

        assertThat(bed.at("/stream-ended")).hasSize(1);
        assertThat(frames).extracting(Frame::event).doesNotContain("stop");
        assertThat(bed.atLeast(2, "/stream-status").get(1).form()).containsEntry("StreamEvent", "stream-error");
    }

    @Test
    void shouldFallThroughToTheNextVerbWhenTheUpgradeIsRefused() {
        bed.answerTwiml("/voice", connect(false));
        bed.onSocket(opened -> opened.reject(403));

        JsonObject call = bed.finished(bed.call(new JsonObject()));

        assertThat(call.getJsonArray("heard").encode()).contains("unavailable");
        assertThat(bed.violationCodes()).containsExactly("31920");
        var error = bed.atLeast(1, "/stream-status").getFirst();
        assertThat(error.isSigned()).isTrue();
        assertThat(error.form().keySet())
                .containsExactlyElementsOf(Fixtures.form("stream-status.form").keySet());
        assertThat(error.form()).containsEntry("StreamError", "WebSocket - Handshake Error (31920)");
    }

    @Test
    void shouldForgeTheUpgradeWhenToldWithoutBlamingTheServer() {
        bed.fault("wrong-signature", "socket");
        bed.onSocket(opened -> {
            String signature = opened.headers().get("x-twilio-signature");
            opened.reject(new RequestValidator(TestBed.TOKEN).validate(URL, Map.of(), signature) ? 500 : 403);
        });

        JsonObject call = bed.finished(bed.call(new JsonObject()));

        assertThat(bed.upgradeSignatures).hasSize(1);
        assertThat(call.getJsonArray("events").encode()).contains("31920");
        assertThat(bed.violationCodes()).isEmpty();
    }

    @Test
    void shouldRefuseStreamAddressesTwilioRefuses() {
        Map<String, String> codes = Map.of(
                "https://voice.example.test/media-stream",
                "31922",
                "ws://voice.example.test/media-stream",
                "31922",
                URL + "?agent=1",
                "31920");
        codes.forEach((url, code) -> {
            bed.answerTwiml("/voice", "<Response><Connect><Stream url=\"" + url + "\"/></Connect></Response>");
            bed.finished(bed.call(new JsonObject()));
            assertThat(bed.violationCodes()).contains(code);
        });
        assertThat(bed.upgradeSignatures).isEmpty();
    }

    private String streaming() {
        String sid = bed.call(new JsonObject());
        await().until(() -> media().size() > 2);
        return sid;
    }

    private static String connect(boolean action) {
        Connect.Builder connect = new Connect.Builder();
        if (action) {
            connect.action(TestBed.BASE + "/stream-ended");
        }
        try {
            return new VoiceResponse.Builder()
                    .connect(connect.stream(new Stream.Builder()
                                    .url(URL)
                                    .statusCallback(TestBed.BASE + "/stream-status")
                                    .parameter(new Parameter.Builder()
                                            .name("token")
                                            .value("one-time-token-123")
                                            .build())
                                    .parameter(new Parameter.Builder()
                                            .name("tenantId")
                                            .value("tenant-1")
                                            .build())
                                    .build())
                            .build())
                    .say(new Say.Builder("Our assistant is unavailable right now.").build())
                    .build()
                    .toXml();
        } catch (com.twilio.twiml.TwiMLException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonObject first(String event) {
        return frames.stream()
                .filter(each -> each.event().equals(event))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + event))
                .json();
    }

    private List<Frame> media() {
        return frames.stream().filter(each -> each.event().equals("media")).toList();
    }

    private List<String> spokenPayloads() {
        String silence = Base64.getEncoder().encodeToString(MuLaw.silence(20));
        return media().stream()
                .map(each -> each.json().getJsonObject("media").getString("payload"))
                .filter(payload -> !payload.equals(silence))
                .toList();
    }

    private byte[] spoken() {
        Buffer all = Buffer.buffer();
        spokenPayloads().forEach(each -> all.appendBytes(Base64.getDecoder().decode(each)));
        return all.getBytes();
    }

    private List<String> marks() {
        return frames.stream()
                .filter(each -> each.event().equals("mark"))
                .map(each -> each.json().getJsonObject("mark").getString("name"))
                .toList();
    }

    private String streamSid() {
        return first("start").getString("streamSid");
    }

    private JsonObject media(byte[] audio) {
        return new JsonObject()
                .put("event", "media")
                .put("streamSid", streamSid())
                .put(
                        "media",
                        new JsonObject().put("payload", Base64.getEncoder().encodeToString(audio)));
    }

    private void sendAudio(byte[] audio) {
        send(media(audio));
    }

    private void sendMark(String name) {
        send(new JsonObject()
                .put("event", "mark")
                .put("streamSid", streamSid())
                .put("mark", new JsonObject().put("name", name)));
    }

    private void send(JsonObject message) {
        socket.writeTextMessage(message.encode());
    }

    private static int indexOf(byte[] haystack, byte[] needle) {
        for (int i = 0; i + needle.length <= haystack.length; i++) {
            if (Arrays.equals(haystack, i, i + needle.length, needle, 0, needle.length)) {
                return i;
            }
        }
        return -1;
    }
}
