package dev.throughline.telephony.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.throughline.platform.testing.TwilioRequests;
import dev.throughline.telephony.FakeTwilio;
import dev.throughline.telephony.FakeTwilio.Request;
import dev.throughline.telephony.Tenants;
import dev.throughline.telephony.call.BrowserIdentity;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ParticipantTest extends RoomsTest {

    @Test
    void shouldLetAnOperatorsBrowserIn() {
        Room room = start();
        String leg = newCallSid();
        Map<String, String> form = browser(leg, TENANT, room.name());

        String twiml = twiml(LEG, form);

        assertThat(twiml)
                .contains("<Dial ")
                .contains("participantLabel=\"browser\"")
                .contains("endConferenceOnExit=\"false\"")
                .contains("waitUrl=\"\"")
                .contains("statusCallbackEvent=\"start end join leave mute hold\"")
                .contains("timeLimit=\"7200\"")
                .contains(">" + room.name() + "</Conference>");
        assertThat(twiml(LEG, form)).isEqualTo(twiml);
        assertThat(twiml(LEG, browser(newCallSid(), TENANT, room.name()))).contains("participantLabel=\"browser-2\"");
        assertThat(rows(leg)).isZero();
    }

    @Test
    void shouldKeepStrangersBrowsersOut() {
        Room room = start();
        Map<String, String> nobody = browser(newCallSid(), TENANT, room.name());
        nobody.put("From", "client:web_user_1");

        assertThat(twiml(LEG, browser(newCallSid(), Tenants.withFallback().id(), room.name())))
                .contains("not available")
                .doesNotContain("<Conference");
        assertThat(twiml(LEG, browser(newCallSid(), TENANT, "conf-nowhere"))).doesNotContain("<Conference");
        assertThat(twiml(LEG, nobody)).doesNotContain("<Conference");
        assertThat(twiml(LEG, agentsLeg(newCallSid(), "token", "guessed"))).contains("<Hangup/>");
        TwilioRequests.form(LEG, browser(newCallSid(), TENANT, room.name()), "AAAA")
                .post(LEG)
                .then()
                .statusCode(403);
    }

    @Test
    void shouldAskMorePeopleIn() {
        Room room = start();
        String identity = BrowserIdentity.named(TENANT, "maria").identity();

        invite(room, "{\"type\":\"phone\",\"to\":\"+12025550143\",\"muted\":true}")
                .statusCode(202)
                .body("data.participants[1].label", equalTo("phone-2"));
        invite(room, "{\"type\":\"browser\",\"identity\":\"" + identity + "\",\"label\":\"maria\"}")
                .statusCode(202);

        assertThat(added(room).stream().map(request -> request.get("To")))
                .containsExactly(number, "+12025550143", "client:" + identity);
        assertThat(added(room).get(1).form())
                .containsEntry("EndConferenceOnExit", "false")
                .containsEntry("Muted", "true");
        assertThat(added(room).get(1).get("StatusCallback")).contains("/" + room.name() + "/phone-2#");
        invite(room, "{\"type\":\"phone\",\"to\":\"+12025550144\",\"label\":\"maria\"}")
                .statusCode(409)
                .body("code", equalTo("LABEL_TAKEN"));
        invite(room, "{\"type\":\"browser\",\"identity\":\"t_00000000000000000000000000000000_x\"}")
                .statusCode(400);
        invite(room, "{\"type\":\"fax\"}").statusCode(400).body("error", containsString("type"));
    }

    @Test
    void shouldAskSomebodyInOnceForOneKey() {
        Room room = start();
        String body = "{\"type\":\"phone\",\"to\":\"+12025550147\",\"idempotencyKey\":\"guest-1\"}";

        invite(room, body).statusCode(202).body("data.participants.size()", equalTo(2));
        invite(room, body).statusCode(202).body("data.participants.size()", equalTo(2));
        invite(room, body.replace("0147", "0148")).statusCode(422).body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
        // An agent that waits for a human takes no place, and its key counts all the same.
        String agent = "{\"type\":\"ai\",\"idempotencyKey\":\"guest-2\"}";
        invite(room, agent).statusCode(202);
        callback(room, "participant-join", room.phoneLeg(), "phone", 1);
        invite(room, agent).statusCode(202);

        assertThat(added(room).stream().map(request -> request.get("To")))
                .containsOnlyOnce("+12025550147")
                .doesNotContain("+12025550148");
        assertThat(room.agentLegs()).hasSize(1);
    }

    @Test
    void shouldGiveAGuestsKeyBackWhereNobodyWasCalled() {
        Room room = start();
        FakeTwilio.refuse("+12025550149", 400, 21215);
        String body = "{\"type\":\"phone\",\"to\":\"+12025550149\",\"idempotencyKey\":\"guest-3\"}";

        invite(room, body).statusCode(422);
        invite(room, body).statusCode(422).body("code", equalTo("COUNTRY_NOT_PERMITTED"));

        assertThat(calledTo("+12025550149")).hasSize(2);
    }

    @Test
    void shouldForgetAPhoneThatIsBusy() {
        Room room = start();
        String leg = invite(room, "{\"type\":\"phone\",\"to\":\"+12025550143\"}")
                .statusCode(202)
                .extract()
                .path("data.participants[1].callSid");
        String path = CONFERENCE_STATUS + "/" + room.name() + "/phone-2";
        Map<String, String> busy = fixture("call-status-outbound-noanswer.form", leg);
        busy.put("CallStatus", "busy");

        post(path, busy).statusCode(204);
        // Asked again, and Twilio repeats what it said of the first call.
        invite(room, "{\"type\":\"phone\",\"to\":\"+12025550143\"}").statusCode(202);
        post(path, busy).statusCode(204);

        get(room)
                .body("data.participants[1].status", equalTo("absent"))
                .body("data.participants[1].reason", equalTo("busy"))
                .body("data.participants[2].status", equalTo("invited"));
    }

    @Test
    void shouldBringAnAgentIntoARoomThatHadNone() {
        ValidatableResponse started =
                start(operator(), "{\"to\":\"" + number + "\",\"agent\":false}").statusCode(202);
        Room room = new Room(
                started.extract().path("data.room"),
                started.extract().path("data.conferenceSid"),
                started.extract().path("data.participants[0].callSid"));
        callback(room, "participant-join", room.phoneLeg(), "phone", 1);
        assertThat(room.agentLegs()).isEmpty();

        invite(room, "{\"type\":\"ai\"}").statusCode(202).body("data.agentId", equalTo("agent_harbour"));

        String to = room.agentLegs().getFirst().get("To");
        assertThat(twiml(LEG, agentsLeg(newCallSid(), "token", to.substring(to.indexOf('=') + 1))))
                .contains("<Connect ", "agent_harbour");
    }

    @Test
    void shouldNotSeatMoreThanARoomTakes() {
        Room room = start();
        for (int i = 1; i < 10; i++) {
            assertThat(twiml(LEG, browser(newCallSid(), TENANT, room.name()))).contains("<Conference");
        }

        assertThat(twiml(LEG, browser(newCallSid(), TENANT, room.name()))).contains("not available");
    }

    @Test
    void shouldMuteHoldAndRemove() {
        Room room = start();
        callback(room, "participant-join", room.phoneLeg(), "phone", 1);
        String path = "/api/twilio/conferences/" + room.name() + "/participants/phone";

        operator()
                .body("{\"muted\":true}")
                .patch(path)
                .then()
                .statusCode(200)
                .body("data.participants[0].muted", is(true));
        operator()
                .body("{\"hold\":true}")
                .post(path)
                .then()
                .statusCode(200)
                .body("data.participants[0].onHold", is(true));
        operator().delete(path).then().statusCode(204);

        String at = "/Conferences/" + room.conferenceSid() + "/Participants/" + room.phoneLeg() + ".json";
        assertThat(FakeTwilio.requests(request -> request.path().equals(at)))
                .extracting(Request::method)
                .containsExactly("POST", "POST", "DELETE");
        operator().body("{}").patch(path).then().statusCode(400);
        operator().delete(path.replace("/phone", "/nobody")).then().statusCode(404);
    }
}
