package dev.throughline.telephony.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.throughline.events.CallEvent;
import dev.throughline.events.CallEvent.HandOver.Stage;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.telephony.FakeTwilio;
import dev.throughline.telephony.FakeTwilio.Request;
import dev.throughline.telephony.Published;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HandOverTest extends HandOversTest {

    @Test
    void shouldConnectTheCallerOnlyOnceTheHumanHasTakenTheCall() {
        UUID handOver = ask().statusCode(202)
                .body("status", equalTo("ringing"))
                .body("human", equalTo("Maria"))
                .extract()
                .jsonPath()
                .getUUID("handOverId");

        Request ring = rung(maria);
        assertThat(ring.form())
                .containsEntry("From", NUMBER)
                .containsEntry("Timeout", "25")
                .containsEntry("Url", "https://voice.example.test" + path(handOver, "brief", 0))
                .containsEntry("StatusCallback", "https://voice.example.test" + path(handOver, "status", 0) + REPEATED)
                .containsEntry("AsyncAmd", "true")
                .containsEntry(
                        "AsyncAmdStatusCallback",
                        "https://voice.example.test" + path(handOver, "machine", 0) + REPEATED);
        String leg = newCallSid();
        assertThat(twiml(path(handOver, "brief", 0), human(leg)))
                .contains("Call for Harbour Salon. A caller is on the line. Has a question about a bill.")
                .contains("Press 1")
                .contains("numDigits=\"1\"")
                .containsPattern("(?s)<Gather.*<Gather.*<Redirect");
        assertThat(changes(caller)).isEmpty();

        String seat = twiml(path(handOver, "answer", 0), human(leg, "Digits", "1"));

        Request move = changes(caller).getFirst();
        assertThat(move.get("Twiml"))
                .contains("participantLabel=\"caller\"")
                .contains("endConferenceOnExit=\"true\"")
                .contains("/hand-over/" + handOver + "/caller-left")
                .contains("<Conference ");
        assertThat(seat)
                .contains("participantLabel=\"human\"")
                .contains("hangupOnStar=\"true\"")
                .contains("endConferenceOnExit=\"false\"")
                .contains("/hand-over/" + handOver + "/human-left");
        assertThat(room(seat)).isEqualTo(room(move.get("Twiml"))).startsWith("conf-");
        // The same key twice is the same place, and moves nobody again.
        assertThat(twiml(path(handOver, "answer", 0), human(leg, "Digits", "1")))
                .isEqualTo(seat);
        assertThat(changes(caller)).hasSize(1);
        ask().statusCode(409);
        assertThat(stages(Stage.ACCEPTED)).containsExactly(Stage.REQUESTED, Stage.RINGING, Stage.ACCEPTED);
    }

    @Test
    void shouldBringTheCallerBackToTheAgentByStar() {
        UUID handOver = begun();
        String leg = newCallSid();
        accept(handOver, leg);

        assertThat(twiml(path(handOver, "human-left"), human(leg, "DialCallStatus", "answered")))
                .contains("The caller is back with the assistant.");

        String twiml = changes(caller).get(1).get("Twiml");
        assertThat(twiml).contains("<Connect ").hasSizeLessThan(4000);
        ServiceToken.Claims claims = tokens.verify(parameter(twiml, "token"), ServiceToken.MEDIA_BRIDGE)
                .orElseThrow();
        assertThat(claims.subject()).isEqualTo(caller);
        assertThat(claims.other()).containsEntry("resume", "handed-back").containsEntry("briefing", "true");
        RestAssured.given()
                .header(ServiceToken.HEADER, tokens.mint(ServiceToken.TELEPHONY_GATEWAY, caller, tenant.id()))
                .get("/internal/calls/" + caller + "/briefing")
                .then()
                .statusCode(200)
                .body("note", equalTo("The caller spoke with Maria for less than a minute and was handed back."));
        // The human's leg ends now; that is not the end of the call.
        post(path(handOver, "status", 0), human(leg, "CallStatus", "completed")).statusCode(204);
        assertThat(changes(caller)).hasSize(2);
        assertThat(stages(Stage.RETURNED))
                .containsExactly(Stage.REQUESTED, Stage.RINGING, Stage.ACCEPTED, Stage.RETURNED);
        // And it can be handed over again.
        ask().statusCode(202);
    }

    @Test
    void shouldEndTheRoomWhereTheCallerCannotBeBroughtBackByRequest() {
        UUID handOver = begun();
        String leg = newCallSid();
        accept(handOver, leg);
        FakeTwilio.refuse("/Calls/" + caller, 400, 20001);

        twiml(path(handOver, "human-left"), human(leg));
        String twiml = twiml(path(handOver, "caller-left"), inbound(caller, NUMBER));

        assertThat(twiml).contains("<Connect ");
        assertThat(stages(Stage.RETURNED)).endsWith(Stage.RETURNED);
    }

    @Test
    void shouldKnowThatACallerWhoLeftTheStreamWasHandedOver() {
        UUID handOver = begun();
        streamEnded("CALLER_LEFT");
        assertThat(outcome()).isEqualTo("CALLER_LEFT");

        accept(handOver, newCallSid());
        // To the bridge that has not heard of it yet, the caller is gone.
        streamEnded("CALLER_LEFT");

        assertThat(outcome()).isEqualTo("HANDED_OVER");
    }

    @Test
    void shouldAskTwilioBeforeItTakesAnybodyForMissing() {
        UUID handOver = begun();
        String leg = newCallSid();
        String seat = accept(handOver, leg);
        // Both are in the room; its callbacks were lost.
        String conference = FakeTwilio.conferenceSid(room(seat));
        execute("UPDATE conferences SET conference_sid = '" + conference + "' WHERE room = $1", room(seat));
        FakeTwilio.present(conference, Map.of(caller, "caller", leg, "human"));
        execute(
                "UPDATE hand_overs SET changed_at = now() - interval '1 minute' WHERE id = $1::text::uuid",
                handOver.toString());

        await().until(
                        () -> count(
                                "SELECT count(*) FROM conference_participants WHERE room = $1 AND joined_at IS NOT NULL",
                                room(seat)),
                        there -> there == 2);
        assertThat(stages(Stage.ACCEPTED)).containsExactly(Stage.REQUESTED, Stage.RINGING, Stage.ACCEPTED);
        assertThat(changes(caller)).hasSize(1);
        assertThat(changes(leg)).isEmpty();
    }

    @Test
    void shouldRingTheNextHumanAndTellEachOutcome() {
        UUID handOver = begun();
        String leg = newCallSid();

        post(path(handOver, "status", 0), human(newCallSid(), "CallStatus", "busy"))
                .statusCode(204);
        rung(tom);
        post(path(handOver, "machine", 1), human(leg, "AnsweredBy", "machine_start"))
                .statusCode(204);
        post(path(handOver, "status", 0), human(newCallSid(), "CallStatus", "busy"))
                .statusCode(204);

        assertThat(events(Stage.VOICEMAIL).stream()
                        .map(event -> event.stage() + " " + event.human() + (event.last() ? ", nobody else" : "")))
                .containsExactly(
                        "REQUESTED null", "RINGING Maria", "BUSY Maria", "RINGING Tom", "VOICEMAIL Tom, nobody else");
        assertThat(twiml(path(handOver, "brief", 1), human(leg))).contains("not needed any more");
        assertThat(changes(caller)).isEmpty();
    }

    @Test
    void shouldTellANoFromNoAnswer() {
        UUID handOver = begun();

        assertThat(twiml(path(handOver, "answer", 0), human(newCallSid(), "Digits", "2")))
                .contains("Goodbye");
        assertThat(twiml(path(handOver, "answer", 1), human(newCallSid()))).contains("No key was pressed");

        assertThat(stages(Stage.NO_ANSWER))
                .containsExactly(Stage.REQUESTED, Stage.RINGING, Stage.DECLINED, Stage.RINGING, Stage.NO_ANSWER);
    }

    @Test
    void shouldTellTheHumanWhenTheCallerIsGone() {
        UUID handOver = begun();
        String leg = newCallSid();
        FakeTwilio.refuse("/Calls/" + caller, 400, 21220);

        assertThat(twiml(path(handOver, "answer", 0), human(leg, "Digits", "1")))
                .contains("The caller has hung up.")
                .doesNotContain("<Conference");

        assertThat(stages(Stage.CALLER_GONE)).endsWith(Stage.ACCEPTED, Stage.CALLER_GONE);
    }

    @Test
    void shouldKeepTheCallerWithTheAgentWhenHeCannotBeMoved() {
        UUID handOver = begun();
        FakeTwilio.refuse("/Calls/" + caller, 401, 20003);

        assertThat(twiml(path(handOver, "answer", 0), human(newCallSid(), "Digits", "1")))
                .contains("stays with the assistant");

        assertThat(stages(Stage.FAILED)).endsWith(Stage.ACCEPTED, Stage.FAILED);
    }

    @Test
    void shouldStopRingingWhenTheCallerHangsUp() {
        begun();
        String ringing = rungLeg();

        post(STATUS, ended()).statusCode(204);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(changes(ringing)).isNotEmpty());
        assertThat(stages(Stage.CALLER_GONE)).containsExactly(Stage.REQUESTED, Stage.RINGING, Stage.CALLER_GONE);
    }

    @Test
    void shouldSayGoodbyeToTheCallerWhenTheHumanHangsUp() {
        UUID handOver = begun();
        String leg = newCallSid();
        accept(handOver, leg);

        post(path(handOver, "status", 0), human(leg, "CallStatus", "completed")).statusCode(204);

        await().untilAsserted(() -> assertThat(changes(caller)).hasSize(2));
        assertThat(changes(caller).get(1).get("Twiml")).contains("Goodbye").contains("<Hangup/>");
        assertThat(stages(Stage.ENDED)).endsWith(Stage.ENDED);
    }

    @Test
    void shouldSayGoodbyeToTheHumanWhenTheCallerHangsUp() {
        UUID handOver = begun();
        String leg = newCallSid();
        String room = room(accept(handOver, leg));
        Map<String, String> left = fixture("participant-leave.form", caller);
        left.put("FriendlyName", room);
        left.put("ParticipantLabel", "caller");

        post("/api/webhooks/twilio/conference-status", left).statusCode(204);

        assertThat(twiml(path(handOver, "human-left"), human(leg))).contains("The caller has hung up.");
        assertThat(stages(Stage.ENDED)).endsWith(Stage.ACCEPTED, Stage.ENDED);
        post(STATUS, ended()).statusCode(204);
        assertThat(Published.only(CallEvent.Ended.class, Published.ofEnded(caller)))
                .singleElement()
                .extracting(CallEvent.Ended::spokeWith)
                .isEqualTo(CallEvent.SpokeWith.HUMAN);
    }
}
