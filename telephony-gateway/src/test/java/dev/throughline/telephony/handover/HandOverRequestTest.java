package dev.throughline.telephony.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.throughline.events.CallEvent;
import dev.throughline.events.CallEvent.HandOver.Stage;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.platform.testing.TwilioRequests;
import dev.throughline.telephony.FakeTwilio;
import dev.throughline.telephony.FakeTwilio.Request;
import dev.throughline.telephony.Tenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HandOverRequestTest extends HandOversTest {

    @Test
    void shouldAnswerARepeatedRequestWithTheSameHandOver() {
        String first = ask().statusCode(202).extract().path("handOverId");

        ask().statusCode(202).body("handOverId", equalTo(first));

        rung(maria);
        assertThat(stages(Stage.RINGING)).containsExactly(Stage.REQUESTED, Stage.RINGING);
    }

    @Test
    void shouldLetAnOperatorChooseTheHuman() {
        operator(tenant.id())
                .body("{\"to\":\"tom\",\"reason\":\"VIP\"}")
                .post("/api/twilio/calls/" + caller + "/transfer")
                .then()
                .statusCode(202)
                .body("data.human", equalTo("Tom"));

        rung(tom);
        assertThat(events(Stage.RINGING))
                .allMatch(event -> event.requestedBy().equals("operator:operator@example.test"))
                .allMatch(event -> "VIP".equals(event.reason()));
        operator(tenant.id())
                .body("{\"to\":\"Nobody\"}")
                .post("/api/twilio/calls/" + liveCall(CallEvent.Path.BRIDGE, tenant) + "/transfer")
                .then()
                .statusCode(422)
                .body("code", equalTo("UNKNOWN_HUMAN"));
    }

    @Test
    void shouldRefuseWhatCannotBeHandedOver() {
        operator(tenant.id())
                .body("{}")
                .post("/api/twilio/calls/" + liveCall(CallEvent.Path.NATIVE, tenant) + "/transfer")
                .then()
                .statusCode(409)
                .body("error", containsString("transfer_to_number"));
        operator(Tenants.harbourSalon().id())
                .body("{}")
                .post("/api/twilio/calls/" + liveCall(CallEvent.Path.BRIDGE, Tenants.harbourSalon()) + "/transfer")
                .then()
                .statusCode(422)
                .body("code", equalTo("NOBODY_TO_RING"));
        operator(tenant.id())
                .body("{}")
                .post("/api/twilio/calls/" + newCallSid() + "/transfer")
                .then()
                .statusCode(404);
        post(STATUS, ended()).statusCode(204);
        ask().statusCode(404);
    }

    @Test
    void shouldRingTheBusinessOfATenantThatNamesNoHumans() {
        operator(Tenants.withFallback().id())
                .body("{}")
                .post("/api/twilio/calls/" + liveCall(CallEvent.Path.DIRECT, Tenants.withFallback()) + "/transfer")
                .then()
                .statusCode(202)
                .body("data.human", equalTo("the business"));
    }

    @Test
    void shouldMoveALiveCallAndItsAgentIntoARoomOthersCanJoin() {
        String join = "/api/twilio/calls/" + caller + "/join";
        String room = operator(tenant.id())
                .post(join)
                .then()
                .statusCode(202)
                .extract()
                .path("data.room");

        assertThat(changes(caller).getFirst().get("Twiml"))
                .contains("participantLabel=\"caller\"")
                .contains(">" + room + "</Conference>");
        operator(tenant.id()).post(join).then().statusCode(202).body("data.room", equalTo(room));
        assertThat(changes(caller)).hasSize(1);

        Map<String, String> joined = fixture("participant-callback.form", caller);
        joined.put("FriendlyName", room);
        joined.put("ParticipantLabel", "caller");
        post("/api/webhooks/twilio/conference-status", joined).statusCode(204);
        Request agent = await().until(
                        () -> FakeTwilio.requests(
                                request -> request.path().equals("/Conferences/" + room + "/Participants.json")),
                        found -> found.size() == 1)
                .getFirst();
        Map<String, String> leg = fixture("ai-leg-call.form", newCallSid());
        leg.put("token", agent.get("To").replaceAll(".*token=", ""));
        String twiml = twiml("/api/twilio/conference-elevenlabs", leg);
        assertThat(tokens.verify(parameter(twiml, "token"), ServiceToken.MEDIA_BRIDGE)
                        .orElseThrow()
                        .other())
                .containsEntry("role", "conference-ai")
                .containsEntry("resume", "handed-back")
                .containsEntry("briefing", "true")
                .containsEntry("call_id", caller);

        operator(Tenants.withFallback().id()).post(join).then().statusCode(404);
        with(Tokens.operator(tenant.id(), "viewer")).post(join).then().statusCode(403);
        RestAssured.given().post(join).then().statusCode(401);
        operator(tenant.id())
                .post("/api/twilio/calls/" + liveCall(CallEvent.Path.NATIVE, tenant) + "/join")
                .then()
                .statusCode(409);
    }

    @Test
    void shouldGiveStrangersNothing() {
        String transfer = "/api/twilio/calls/" + caller + "/transfer";
        operator(Tenants.withFallback().id()).body("{}").post(transfer).then().statusCode(404);
        with(Tokens.operator(tenant.id(), "viewer"))
                .body("{}")
                .post(transfer)
                .then()
                .statusCode(403);
        RestAssured.given()
                .contentType("application/json")
                .body("{}")
                .post(transfer)
                .then()
                .statusCode(401);

        String foreign = tokens.mint(
                ServiceToken.TELEPHONY_GATEWAY, caller, Tenants.withFallback().id());
        ask(foreign, tenant.id()).statusCode(403);
        ask(foreign, Tenants.withFallback().id()).statusCode(404);
        ask(tokens.mint(ServiceToken.MEDIA_BRIDGE, caller, tenant.id()), tenant.id())
                .statusCode(403);
        ask(tokens.mint(ServiceToken.TELEPHONY_GATEWAY, newCallSid(), tenant.id()), tenant.id())
                .statusCode(403);
        ask("nonsense", tenant.id()).statusCode(403);

        UUID handOver = begun();
        for (String which : List.of("brief", "answer", "machine", "status", "human-left", "caller-left")) {
            String path = path(handOver, which, 0);
            TwilioRequests.form(path, human(newCallSid(), "Digits", "1"), "AAAA")
                    .post(path)
                    .then()
                    .statusCode(403);
        }
        assertThat(changes(caller)).isEmpty();
    }

    @Test
    void shouldAnswerALegOfNoHandOver() {
        UUID unknown = UUID.randomUUID();

        assertThat(twiml(path(unknown, "brief", 0), human(newCallSid()))).contains("not needed");
        assertThat(twiml(path(unknown, "answer", 0), human(newCallSid(), "Digits", "1")))
                .contains("not needed");
        assertThat(twiml(path(unknown, "human-left"), human(newCallSid()))).contains("not needed");
        assertThat(twiml(path(unknown, "caller-left"), human(newCallSid()))).contains("Goodbye");
    }
}
