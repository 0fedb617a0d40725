package dev.throughline.telephony.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.throughline.events.CallEvent;
import dev.throughline.events.CallEvent.Direction;
import dev.throughline.events.CallEvent.Path;
import dev.throughline.events.tenant.CallSettings;
import dev.throughline.events.tenant.CallSettings.AnsweringMachine;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.TestTenants;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.telephony.GatewayTest;
import dev.throughline.telephony.Published;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(FakeLines.class)
class BridgeCallTest extends GatewayTest {

    private static int numbers = 3000;

    @Inject
    ServiceToken tokens;

    @Test
    void shouldPlaceTheCallAndBringTheBriefedAgent() {
        Tenant tenant = publish(AnsweringMachine.HANG_UP, null);
        String to = newNumber();

        ValidatableResponse answer = call(
                        tenant,
                        new JsonObject()
                                .put("to", to)
                                .put("questions", new JsonArray().add("Are you coming?"))
                                .put("variables", new JsonObject().put("colour", "red")))
                .statusCode(200)
                .body("data.via", equalTo("bridge"))
                .body("data.from", equalTo(tenant.twilioPhoneNumber()));

        String id = answer.extract().path("data.outboundCallId");
        String callSid = answer.extract().path("data.callId");
        String base = IdentityTestResource.APP_BASE_URL + "/api/webhooks/twilio/outbound/" + id;
        assertThat(FakeLines.twilioTo(to)).singleElement().satisfies(asked -> assertThat(asked.form())
                .containsEntry("From", tenant.twilioPhoneNumber())
                .containsEntry("Url", base)
                .containsEntry("StatusCallback", base + "/status#rc=3&rp=ct,5xx")
                .containsEntry("Timeout", "45")
                .containsEntry("MachineDetection", "Enable")
                .containsEntry("AsyncAmd", "true")
                .containsEntry("AsyncAmdStatusCallback", base + "/amd#rc=3&rp=ct,5xx"));

        String twiml = twiml(path(id, ""), outbound(callSid, tenant, to, "in-progress"));

        assertThat(twiml).contains("<Connect", "<Stream", "agent_of_the_bridge");
        RestAssured.given()
                .header(ServiceToken.HEADER, tokens.mint(ServiceToken.TELEPHONY_GATEWAY, callSid, tenant.id()))
                .get("/internal/calls/" + callSid + "/briefing")
                .then()
                .statusCode(200)
                .body("variables.questions_text", equalTo("1. Are you coming?"))
                .body("variables.colour", equalTo("red"))
                .body("note", nullValue());
        var events = Published.until(callSid, CallEvent.QuestionsAsked.class::isInstance);
        assertThat(Published.only(CallEvent.Started.class, events))
                .containsExactly(new CallEvent.Started(
                        callSid, Direction.OUTBOUND, Path.BRIDGE, tenant.twilioPhoneNumber(), to));
    }

    @Test
    void shouldKnowACallByItsWebhooksWhenTwiliosAnswerIsLost() {
        Tenant tenant = publish(AnsweringMachine.GO_ON, null);
        String to = newNumber();
        String callSid = newCallSid();
        FakeLines.TWILIO_SCRIPTS.put(to, (asked, request) -> FakeLines.answer(request, 503, "{}"));
        ValidatableResponse answer =
                call(tenant, new JsonObject().put("to", to)).statusCode(202).body("data.status", equalTo("unknown"));
        String id = answer.extract().path("data.outboundCallId");

        post(path(id, "/status"), outbound(callSid, tenant, to, "ringing")).statusCode(204);

        get(tenant, id)
                .body("data.status", equalTo("placed"))
                .body("data.callId", equalTo(callSid))
                .body("data.callStatus", equalTo("ringing"));
        post(path(id, "/status"), outbound(callSid, tenant, to, "completed")).statusCode(204);
        var events = Published.ofEnded(callSid);
        assertThat(Published.only(CallEvent.Started.class, events)).hasSize(1);
        assertThat(Published.only(CallEvent.Ended.class, events)).hasSize(1);
        assertThat(FakeLines.twilioTo(to)).hasSize(1);
    }

    @Test
    void shouldFindACallWhoseAnswerWasLostInTwiliosList() {
        Tenant tenant = publish(AnsweringMachine.GO_ON, null);
        String to = newNumber();
        FakeLines.TWILIO_SCRIPTS.put(to, (asked, request) -> {
            FakeLines.call(to, tenant.twilioPhoneNumber());
            FakeLines.answer(request, 500, "<html>");
        });

        call(tenant, new JsonObject().put("to", to)).statusCode(200).body("data.status", equalTo("placed"));
        assertThat(FakeLines.twilioTo(to)).hasSize(1);
    }

    @Test
    void shouldHangUpOnAMachineOnce() {
        Tenant tenant = publish(AnsweringMachine.HANG_UP, null);
        Placed call = placed(tenant);

        amd(call, "machine_start").statusCode(204);
        amd(call, "machine_start").statusCode(204);

        assertThat(FakeLines.changesOf(call.callSid())).singleElement().satisfies(change -> assertThat(change.form())
                .containsEntry("Status", "completed"));
        assertThat(Published.only(
                        CallEvent.AnsweredBy.class,
                        Published.until(call.callSid(), CallEvent.AnsweredBy.class::isInstance)))
                .containsExactly(new CallEvent.AnsweredBy(call.callSid(), "machine_start"));
        get(tenant, call.id()).body("data.answeredBy", equalTo("machine_start"));
    }

    @Test
    void shouldLeaveAMessageAfterTheBeep() {
        Tenant tenant = publish(AnsweringMachine.LEAVE_MESSAGE, "Please call Harbour Salon & friends.");
        Placed call = placed(tenant);
        assertThat(FakeLines.twilioTo(call.to()).getFirst().form())
                .containsEntry("MachineDetection", "DetectMessageEnd");

        amd(call, "machine_end_beep").statusCode(204);
        amd(call, "machine_end_beep").statusCode(204);

        assertThat(FakeLines.changesOf(call.callSid())).singleElement().satisfies(change -> assertThat(
                        change.form().get("Twiml"))
                .contains("<Say>Please call Harbour Salon &amp; friends.</Say>", "<Hangup/>"));
    }

    @Test
    void shouldGoOnWithAHumanAndWhereTheTenantWantsTo() {
        Placed human = placed(publish(AnsweringMachine.HANG_UP, null));
        Placed machine = placed(publish(AnsweringMachine.GO_ON, null));

        amd(human, "human").statusCode(204);
        amd(machine, "machine_start").statusCode(204);

        assertThat(FakeLines.changesOf(human.callSid())).isEmpty();
        assertThat(FakeLines.changesOf(machine.callSid())).isEmpty();
    }

    @Test
    void shouldAnswerWhatTwilioRefusesWithTheCure() {
        Tenant tenant = publish(AnsweringMachine.HANG_UP, null);
        String to = newNumber();
        FakeLines.TWILIO_SCRIPTS.put(
                to,
                (asked, request) -> FakeLines.answer(
                        request, 400, "{\"code\":21215,\"message\":\"Geo permission\",\"status\":400}"));

        ValidatableResponse answer = call(tenant, new JsonObject().put("to", to))
                .statusCode(502)
                .contentType("application/problem+json")
                .body("code", equalTo("DESTINATION_NOT_PERMITTED"))
                .body("cure", containsString("Geographic permissions"));

        String location = answer.extract().header("Location");
        get(tenant, location.substring(location.lastIndexOf('/') + 1))
                .body("data.status", equalTo("refused"))
                .body("data.refusal.code", equalTo("DESTINATION_NOT_PERMITTED"));
    }

    @Test
    void shouldTakeViaFromTheBodyToo() {
        Tenant tenant = publish(AnsweringMachine.HANG_UP, null);
        String to = newNumber();

        post(
                        tenant,
                        "/api/elevenlabs/outbound-call",
                        new JsonObject().put("to", to).put("via", "bridge"))
                .statusCode(200)
                .body("data.via", equalTo("bridge"));
    }

    @Test
    void shouldHangUpACallNobodyAskedForAndRefuseAStranger() {
        Tenant tenant = publish(AnsweringMachine.HANG_UP, null);
        String id = UUID.randomUUID().toString();
        Map<String, String> form = outbound(newCallSid(), tenant, newNumber(), "in-progress");

        assertThat(twiml(path(id, ""), form)).contains("<Response><Hangup/></Response>");
        for (String suffix : List.of("", "/status", "/amd")) {
            RestAssured.given()
                    .contentType("application/x-www-form-urlencoded")
                    .formParams(form)
                    .post(path(id, suffix))
                    .then()
                    .statusCode(403);
        }
    }

    private record Placed(String id, String callSid, String to, Tenant tenant) {}

    private static Placed placed(Tenant tenant) {
        String to = newNumber();
        ValidatableResponse answer =
                call(tenant, new JsonObject().put("to", to)).statusCode(200);
        return new Placed(
                answer.extract().path("data.outboundCallId"), answer.extract().path("data.callId"), to, tenant);
    }

    private static ValidatableResponse amd(Placed call, String answeredBy) {
        Map<String, String> form = outbound(call.callSid(), call.tenant(), call.to(), "in-progress");
        form.put("AnsweredBy", answeredBy);
        return post(path(call.id(), "/amd"), form);
    }

    private static Map<String, String> outbound(String callSid, Tenant tenant, String to, String status) {
        Map<String, String> form = fixture("call-status-outbound-noanswer.form", callSid);
        form.put("From", tenant.twilioPhoneNumber());
        form.put("To", to);
        form.put("CallStatus", status);
        form.remove("SequenceNumber");
        form.remove("SipResponseCode");
        return form;
    }

    private static String path(String id, String suffix) {
        return "/api/webhooks/twilio/outbound/" + id + suffix;
    }

    private static Tenant publish(AnsweringMachine machine, String message) {
        Tenant salon = TestTenants.salon(newNumber());
        CallSettings calls = new CallSettings(
                null, null, null, null, null, null, null, Set.of(), Set.of(), machine, message, List.of());
        return TestTenants.publish(new Tenant(
                salon.id(),
                salon.name(),
                salon.twilioPhoneNumber(),
                null,
                salon.timeZone(),
                salon.country(),
                salon.language(),
                salon.voicePath(),
                TestTenants.settings("agent_of_the_bridge").with(calls),
                salon.toolSecretHashes(),
                1));
    }

    private static String newNumber() {
        return "+1404555" + (numbers++);
    }

    private static ValidatableResponse call(Tenant tenant, JsonObject body) {
        return post(tenant, "/api/elevenlabs/outbound-call?via=bridge", body);
    }

    private static ValidatableResponse post(Tenant tenant, String path, JsonObject body) {
        return RestAssured.given()
                .auth()
                .oauth2(Tokens.operator(tenant.id(), "operator"))
                .contentType("application/json")
                .body(body.encode())
                .post(path)
                .then();
    }

    private static ValidatableResponse get(Tenant tenant, String id) {
        return RestAssured.given()
                .auth()
                .oauth2(Tokens.operator(tenant.id(), "viewer"))
                .get("/api/elevenlabs/outbound-calls/" + id)
                .then();
    }
}
