package dev.throughline.telephony.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import dev.throughline.events.CallEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.platform.testing.TwilioRequests;
import dev.throughline.telephony.FakeTwilio;
import dev.throughline.telephony.FakeTwilio.Request;
import dev.throughline.telephony.Published;
import dev.throughline.telephony.Tenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ConferenceTest extends RoomsTest {

    @Inject
    Rooms rooms;

    @Test
    void shouldCallTheCustomerIntoARoomOfItsOwn() {
        Room room = start();

        Request phone = phone(room);
        assertThat(phone.form())
                .containsEntry("Label", "phone")
                .containsEntry("To", number)
                .containsEntry("From", Tenants.NUMBER)
                .containsEntry("EndConferenceOnExit", "true")
                .containsEntry("StartConferenceOnEnter", "true")
                .containsEntry("Beep", "false")
                .containsEntry("WaitUrl", "")
                .containsEntry("JitterBufferSize", "small")
                .containsEntry("TimeLimit", "7200")
                .containsEntry(
                        "ConferenceStatusCallback",
                        "https://voice.example.test" + CONFERENCE_STATUS + "?tenant=" + TENANT + "&lead="
                                + LeadIds.of(TENANT, ContactAddress.phone(number)) + "#rc=3&rp=ct,5xx")
                .containsEntry("ConferenceStatusCallbackEvent", "start end join leave mute hold")
                .containsEntry("StatusCallback", "https://voice.example.test" + STATUS + "#rc=3&rp=ct,5xx");
        assertThat(room.name()).matches("conf-[A-Za-z0-9_-]{16}");
        assertThat(room.agentLegs()).isEmpty();
        assertThat(Published.only(
                        CallEvent.Started.class, Published.until(room.phoneLeg(), CallEvent.Started.class::isInstance)))
                .containsExactly(new CallEvent.Started(
                        room.phoneLeg(),
                        CallEvent.Direction.OUTBOUND,
                        CallEvent.Path.CONFERENCE,
                        Tenants.NUMBER,
                        number));
    }

    @Test
    void shouldBringTheAgentOnceSomebodyIsThereToHearIt() {
        Room room = start();

        callback(room, "participant-join", room.phoneLeg(), "phone", 1);
        callback(room, "participant-join", room.phoneLeg(), "phone", 1);

        Request agent = await().until(room::agentLegs, legs -> legs.size() == 1).getFirst();
        String token = agent.get("To").replace("app:" + FakeTwilio.APPLICATION + "?token=", "");
        assertThat(agent.form())
                .containsEntry("Label", "ai")
                .containsEntry("EndConferenceOnExit", "false")
                .containsEntry("TimeLimit", "7200");
        assertThat(agent.get("StatusCallback")).doesNotContain(STATUS + "#");

        String leg = newCallSid();
        String twiml = twiml(LEG, agentsLeg(leg, "token", token));
        ServiceToken.Claims claims = tokens.verify(parameter(twiml, "token"), ServiceToken.MEDIA_BRIDGE)
                .orElseThrow();
        assertThat(twiml).contains("<Connect ").contains("value=\"" + leg + "\"");
        assertThat(claims.subject()).isEqualTo(leg);
        assertThat(claims.tenantId()).isEqualTo(TENANT);
        assertThat(claims.other())
                .containsEntry("role", "conference-ai")
                .containsEntry("direction", "outbound")
                .containsEntry("call_id", room.phoneLeg())
                .containsEntry("customer_phone", number)
                .containsEntry(
                        "lead_id",
                        LeadIds.of(TENANT, ContactAddress.phone(number)).toString());
        // The same leg may ask twice, no other one may.
        assertThat(twiml(LEG, agentsLeg(leg, "Param_token", token))).contains("<Connect ");
        assertThat(twiml(LEG, agentsLeg(newCallSid(), "token", token))).contains("<Hangup/>");
        assertThat(rows(leg)).isZero();
    }

    @Test
    void shouldReadTheTokenFromTheQueryToo() {
        Room room = start();
        callback(room, "participant-join", room.phoneLeg(), "phone", 1);
        String to = await().until(room::agentLegs, legs -> legs.size() == 1)
                .getFirst()
                .get("To");
        String path = LEG + "?token=" + to.substring(to.indexOf('=') + 1);

        Map<String, String> form = agentsLeg(newCallSid(), "role", "ai");

        assertThat(twiml(path, form)).contains("<Connect ");
    }

    @Test
    void shouldTellTheRoomsStoryOnceHoweverItIsDelivered() {
        Room room = start();
        callback(room, "participant-leave", room.phoneLeg(), "phone", 3);
        callback(room, "participant-join", room.phoneLeg(), "phone", 1);
        callback(room, "conference-start", null, null, 2);
        callback(room, "conference-end", null, null, 4);
        callback(room, "participant-leave", room.phoneLeg(), "phone", 3);
        callback(room, "conference-end", null, null, 4);

        assertThat(story())
                .containsExactlyInAnyOrder(
                        "conference.started",
                        "conference.participant-joined",
                        "conference.participant-left",
                        "conference.ended");
        get(room).body("data.status", equalTo("ended")).body("data.participants[0].status", equalTo("left"));
    }

    @Test
    void shouldEndTheRoomWhenTheLastHumanHasLeft() {
        Room room = start();
        callback(room, "participant-join", room.phoneLeg(), "phone", 1);
        callback(room, "participant-join", newCallSid(), "ai", 2);

        callback(room, "participant-leave", room.phoneLeg(), "phone", 3);

        await().untilAsserted(() -> assertThat(FakeTwilio.requests(
                        request -> request.path().equals("/Conferences/" + room.conferenceSid() + ".json")
                                && request.get("Status").equals("completed")))
                .hasSize(1));
    }

    @Test
    void shouldEndTheRoomWhenThePhoneIsNotPickedUp() {
        Room room = start();
        Map<String, String> noAnswer = fixture("call-status-outbound-noanswer.form", room.phoneLeg());
        noAnswer.put("From", Tenants.NUMBER);
        noAnswer.put("To", number);

        post(STATUS, noAnswer).statusCode(204);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> get(room)
                .body("data.participants[0].status", equalTo("absent"))
                .body("data.status", is("ending")));
    }

    @Test
    void shouldAskTwilioWhoIsThereBeforeItEndsARoomOfWhichNothingWasHeard() {
        Room room = start();
        String browser = newCallSid();
        FakeTwilio.present(room.conferenceSid(), Map.of(room.phoneLeg(), "phone", browser, "browser"));

        longAgo(room);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> get(room)
                .body("data.status", equalTo("live"))
                .body("data.participants.findAll{it.status=='present'}.label", hasItems("phone", "browser")));
        await().until(room::agentLegs, legs -> legs.size() == 1);
        assertThat(FakeTwilio.requests(request -> request.get("Status").equals("completed")
                        && (request.path().contains(room.conferenceSid())
                                || request.path().contains(room.phoneLeg()))))
                .isEmpty();

        FakeTwilio.present(room.conferenceSid(), Map.of());
        longAgo(room);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> get(room).body("data.status", equalTo("ending")));
        assertThat(
                        Published.ofLead(
                                        LeadIds.of(TENANT, ContactAddress.phone(number)), "conference.participant-left")
                                .stream()
                                .map(RecordedEvent::type))
                .contains("conference.started", "conference.participant-joined");
    }

    @Test
    void shouldCatchUpWithWhatWasToldWhileTheDatabaseWasAway() {
        Room room = start();
        FakeTwilio.present(room.conferenceSid(), Map.of(room.phoneLeg(), "phone"));

        // As a report does that only Kafka took.
        rooms.doubt(room.name());

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> get(room).body("data.participants[0].status", equalTo("present")));
        await().until(room::agentLegs, legs -> legs.size() == 1);
    }

    @Test
    void shouldEndARoomForAll() {
        Room room = start();

        operator().delete("/api/twilio/conferences/" + room.name()).then().statusCode(204);

        assertThat(FakeTwilio.requests(
                        request -> request.path().equals("/Conferences/" + room.conferenceSid() + ".json")))
                .hasSize(1);
        // Nobody had picked up: the ringing phone is let go as well.
        assertThat(FakeTwilio.requests(request -> request.path().equals("/Calls/" + room.phoneLeg() + ".json")))
                .extracting(request -> request.get("Status"))
                .containsExactly("completed");
        invite(room, "{\"type\":\"phone\",\"to\":\"+12025550143\"}")
                .statusCode(409)
                .body("code", equalTo("ROOM_OVER"));
    }

    @Test
    void shouldShowARoomToItsTenantAlone() {
        Room room = start();
        String path = "/api/twilio/conferences/" + room.name();
        List<RequestSpecification> others = List.of(
                with(Tokens.operator(Tenants.withFallback().id(), "admin")),
                with(Tokens.operator(Tenants.withFallback().id(), "operator")));

        for (RequestSpecification other : others) {
            other.get(path).then().statusCode(404);
            other.delete(path).then().statusCode(404);
            other.body("{\"type\":\"ai\"}").post(path + "/participants").then().statusCode(404);
            other.body("{\"muted\":true}")
                    .patch(path + "/participants/phone")
                    .then()
                    .statusCode(404);
            other.body("{\"muted\":true}")
                    .post(path + "/participants/phone")
                    .then()
                    .statusCode(404);
            other.delete(path + "/participants/phone").then().statusCode(404);
            other.body("{\"to\":\"" + number + "\",\"tenantId\":\"" + TENANT + "\"}")
                    .post("/api/twilio/start-conference")
                    .then()
                    .statusCode(404);
        }
        RestAssured.get(path).then().statusCode(401);
        RestAssured.given()
                .contentType("application/json")
                .body("{}")
                .post("/api/twilio/start-conference")
                .then()
                .statusCode(401);
        with(Tokens.operator(TENANT, "viewer")).get(path).then().statusCode(200);
        with(Tokens.operator(TENANT, "viewer")).delete(path).then().statusCode(403);
        with(Tokens.installationAdmin()).get(path).then().statusCode(200);
    }

    @Test
    void shouldRefuseReportsThatAreNotSigned() {
        Room room = start();
        Map<String, String> form = form(room, "participant-join", room.phoneLeg(), "phone", 1);

        TwilioRequests.form(CONFERENCE_STATUS, form, "AAAA")
                .post(CONFERENCE_STATUS)
                .then()
                .statusCode(403);
        TwilioRequests.form(CONFERENCE_STATUS + "/r/l", form, "AAAA")
                .post(CONFERENCE_STATUS + "/r/l")
                .then()
                .statusCode(403);

        get(room).body("data.participants[0].status", equalTo("invited"));
    }
}
