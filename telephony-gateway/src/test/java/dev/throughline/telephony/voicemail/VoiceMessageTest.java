package dev.throughline.telephony.voicemail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.throughline.events.CallEvent;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.platform.testing.TwilioRequests;
import dev.throughline.telephony.FakeTwilio;
import dev.throughline.telephony.GatewayTest;
import dev.throughline.telephony.Published;
import dev.throughline.telephony.Tenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class VoiceMessageTest extends GatewayTest {

    private static final String DIAL_ENDED = "/api/webhooks/twilio/dial-ended";
    private static final String MESSAGE_ENDED = "/api/webhooks/twilio/message-ended";
    private static final Tenant TENANT = Tenants.harbourSalon();
    private static final UUID LEAD = UUID.randomUUID();
    private static final String CALLBACK = "/api/webhooks/twilio/recording?tenant=" + TENANT.id() + "&lead=" + LEAD;

    @Test
    void shouldTakeAMessageWhenTheBusinessDoesNotAnswer() {
        String callSid = newCallSid();
        assertThat(twiml(VOICE, inbound(callSid, Tenants.NUMBER))).contains("<Say>", "<Re");

        String twiml = twiml(DIAL_ENDED, dialled(callSid, "no-answer"));

        assertThat(twiml)
                .contains("Nobody can take your call right now.", "<Record ", "tenant=" + TENANT.id() + "&amp;lead=");
        assertThat(twiml(DIAL_ENDED, dialled(callSid, "completed"))).contains("<Response><Hangup/></Response>");
    }

    @Test
    void shouldThankACallerForAMessage() {
        Map<String, String> form = fixture("connect-action.form", newCallSid());
        form.put("RecordingUrl", "https://api.example/RE");

        assertThat(twiml(MESSAGE_ENDED, form)).contains("<Say>Thank you. Goodbye.</Say><Hangup/>");
        form.put("CallStatus", "completed");
        assertThat(twiml(MESSAGE_ENDED, form)).contains("<Response><Hangup/></Response>");
    }

    @Test
    void shouldTellOfAMessageOnce() {
        String callSid = newCallSid();
        String recording = recordingSid();

        recorded(callSid, recording, "completed", "17").statusCode(204);
        recorded(callSid, recording, "completed", "17").statusCode(204);
        recorded(callSid, recordingSid(), "completed", "3").statusCode(204);

        var events = Published.until(
                callSid, event -> event instanceof CallEvent.MessageLeft left && left.durationSeconds() == 3);
        assertThat(Published.only(CallEvent.MessageLeft.class, events))
                .extracting(CallEvent.MessageLeft::durationSeconds)
                .containsExactly(17, 3);
        assertThat(events.getFirst().leadId()).isEqualTo(LEAD);
        assertThat(events.getFirst().tenantId()).isEqualTo(TENANT.id());
    }

    @Test
    void shouldIgnoreRecordingsWithoutAMessage() {
        String callSid = newCallSid();
        String recording = recordingSid();

        recorded(callSid, recording, "completed", "0").statusCode(204);
        recorded(callSid, recording, "absent", "").statusCode(204);
        recorded(callSid, recording, "in-progress", "5").statusCode(204);

        assertThat(count("SELECT count(*) FROM call_messages WHERE recording_sid = $1", recording))
                .isZero();
    }

    @Test
    void shouldBelieveNobodyButTwilioAboutWhoseMessageItIs() {
        String callSid = newCallSid();
        Map<String, String> form = recording(callSid, recordingSid(), "completed", "5");
        String forAnother = CALLBACK.replace(
                TENANT.id().toString(), Tenants.withFallback().id().toString());

        TwilioRequests.form(CALLBACK, form).post(forAnother).then().statusCode(403);
        TwilioRequests.form(CALLBACK, form, "AAAA").post(CALLBACK).then().statusCode(403);
        post("/api/webhooks/twilio/recording", form).statusCode(400).body("error", containsString("tenant"));
        recorded(callSid, "RE1", "completed", "5").statusCode(400).body("error", containsString("RecordingSid"));

        assertThat(count("SELECT count(*) FROM call_messages WHERE call_sid = $1", callSid))
                .isZero();
    }

    @Test
    void shouldPlayAMessageToTheTenantsOperators() {
        String recording = left();

        byte[] audio = fetch(recording, Tokens.operator(TENANT.id(), "operator"))
                .statusCode(200)
                .contentType("audio/x-wav")
                .header("Cache-Control", containsString("no-store"))
                .extract()
                .asByteArray();

        assertThat(audio).isEqualTo(FakeTwilio.AUDIO);
        fetch(recording, Tokens.operator(TENANT.id(), "admin")).statusCode(200);
    }

    @Test
    void shouldPlayItToNobodyElse() {
        String recording = left();

        RestAssured.get("/api/twilio/recordings/" + recording).then().statusCode(401);
        fetch(recording, Tokens.operator(TENANT.id(), "viewer")).statusCode(403);
        fetch(recording, Tokens.operator(Tenants.withFallback().id(), "operator"))
                .statusCode(404);
        fetch(recordingSid(), Tokens.operator(TENANT.id(), "operator")).statusCode(404);
        fetch("..%2FCalls", Tokens.operator(TENANT.id(), "operator")).statusCode(404);
        fetch(recording, Tokens.installationAdmin()).statusCode(403);
    }

    @Test
    void shouldSayWhenTwilioHasTheRecordingNoLongerOrDoesNotAnswer() {
        String deleted = left();
        FakeTwilio.refuse(deleted, 404, 20404);
        String later = left();
        FakeTwilio.refuse(later, 503, 0);

        fetch(deleted, Tokens.operator(TENANT.id(), "operator")).statusCode(404);
        fetch(later, Tokens.operator(TENANT.id(), "operator")).statusCode(503);
    }

    @Test
    void shouldFindAMessageThatWasNeverWrittenDown() {
        String known = newCallSid();
        twiml(VOICE, inbound(known, Tenants.NUMBER));
        String ofKnownCall = recordingSid();
        FakeTwilio.recorded(ofKnownCall, known, "RecordVerb");
        String unknown = newCallSid();
        FakeTwilio.stands(unknown, "completed", "9");
        String ofUnknownCall = recordingSid();
        FakeTwilio.recorded(ofUnknownCall, unknown, "RecordVerb");
        String notAMessage = recordingSid();
        FakeTwilio.recorded(notAMessage, known, "DialVerb");
        String stranger = Tokens.operator(Tenants.withFallback().id(), "operator");

        fetch(ofKnownCall, stranger).statusCode(404);
        fetch(ofUnknownCall, stranger).statusCode(404);
        fetch(notAMessage, Tokens.operator(TENANT.id(), "operator")).statusCode(404);
        fetch(ofKnownCall, Tokens.operator(TENANT.id(), "operator")).statusCode(200);
        fetch(ofUnknownCall, Tokens.operator(TENANT.id(), "operator")).statusCode(200);

        assertThat(count("SELECT count(*) FROM call_messages WHERE recording_sid = $1", ofUnknownCall))
                .isOne();
        assertThat(Published.only(
                        CallEvent.MessageLeft.class, Published.until(known, CallEvent.MessageLeft.class::isInstance)))
                .containsExactly(new CallEvent.MessageLeft(known, ofKnownCall, 7));
    }

    private static String left() {
        String recording = recordingSid();
        recorded(newCallSid(), recording, "completed", "5").statusCode(204);
        return recording;
    }

    private static ValidatableResponse fetch(String recording, String token) {
        return RestAssured.given()
                .urlEncodingEnabled(false)
                .auth()
                .oauth2(token)
                .get("/api/twilio/recordings/" + recording)
                .then();
    }

    private static ValidatableResponse recorded(String callSid, String recording, String status, String seconds) {
        return post(CALLBACK, recording(callSid, recording, status, seconds));
    }

    private static Map<String, String> recording(String callSid, String recording, String status, String seconds) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("AccountSid", "AC00000000000000000000000000000001");
        form.put("CallSid", callSid);
        form.put("RecordingSid", recording);
        form.put("RecordingUrl", "https://api.example/" + recording);
        form.put("RecordingStatus", status);
        form.put("RecordingDuration", seconds);
        form.put("RecordingChannels", "1");
        form.put("RecordingSource", "RecordVerb");
        return form;
    }

    private static String recordingSid() {
        return "RE" + UUID.randomUUID().toString().replace("-", "");
    }

    private static Map<String, String> dialled(String callSid, String status) {
        Map<String, String> form = fixture("connect-action.form", callSid);
        form.put("DialCallStatus", status);
        return form;
    }
}
