package dev.throughline.telephony.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.throughline.events.CallEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.platform.testing.TwilioRequests;
import dev.throughline.telephony.FakeTwilio;
import dev.throughline.telephony.FakeTwilio.Request;
import dev.throughline.telephony.GatewayTest;
import dev.throughline.telephony.Published;
import dev.throughline.telephony.Tenants;
import dev.throughline.telephony.call.BrowserIdentity;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ConferenceTest extends GatewayTest {

    private static final String LEG = "/api/twilio/conference-elevenlabs";
    private static final String CONFERENCE_STATUS = "/api/webhooks/twilio/conference-status";
    private static final UUID TENANT = Tenants.harbourSalon().id();

    @Inject
    ServiceToken tokens;

    private final String number = "+1202555" + ThreadLocalRandom.current().nextInt(1000, 9999);

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
    void shouldMakeOneRoomForOneKey() {
        String body = "{\"to\":\"" + number + "\",\"idempotencyKey\":\"k-" + number + "\"}";

        String room = start(operator(), body).statusCode(202).extract().path("data.room");
        start(operator(), body).statusCode(202).body("data.room", equalTo(room));
        start(operator().header("Idempotency-Key", "k-" + number), body)
                .statusCode(202)
                .body("data.room", equalTo(room));
        start(operator().header("Idempotency-Key", "k-" + number), "{\"to\":\"" + number + "\"}")
                .statusCode(202)
                .body("data.room", equalTo(room));
        start(operator().header("Idempotency-Key", "another"), body)
                .statusCode(400)
                .body("error", containsString("idempotencyKey"));
        start(operator(), body.replace("}", ",\"agent\":false}"))
                .statusCode(422)
                .body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
        assertThat(calledTo(number)).hasSize(1);
        // A key is its tenant's.
        start(with(Tokens.operator(Tenants.withFallback().id(), "operator")), body)
                .statusCode(202)
                .body("data.room", not(equalTo(room)));
    }

    @Test
    void shouldGiveTheKeyBackWhereNobodyWasCalled() {
        FakeTwilio.refuse(number, 400, 21215);
        String body = "{\"to\":\"" + number + "\",\"idempotencyKey\":\"r-" + number + "\"}";

        start(operator(), body).statusCode(422);
        start(operator(), body).statusCode(422).body("code", equalTo("COUNTRY_NOT_PERMITTED"));

        assertThat(calledTo(number)).hasSize(2);
    }

    @Test
    void shouldKeepThePlaceOfACallTwilioDidNotAnswerFor() {
        FakeTwilio.refuse(number, 503, 0);
        String body = "{\"to\":\"" + number + "\",\"idempotencyKey\":\"u-" + number + "\"}";

        start(operator(), body).statusCode(504).body("code", equalTo("UNCLEAR"));

        // The same request shows what became of it, and calls nobody.
        start(operator(), body)
                .statusCode(202)
                .body("data.status", equalTo("planned"))
                .body("data.participants[0].status", equalTo("invited"));
        assertThat(calledTo(number)).hasSize(1);
    }

    @Test
    void shouldNotCallWhomTheTenantDoesNotCall() {
        start(operator(), "{\"to\":\"" + Tenants.NUMBER + "\"}").statusCode(422).body("code", equalTo("OWN_NUMBER"));
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

    @Test
    void shouldNameTheCureOfWhatTwilioRefuses() {
        FakeTwilio.refuse("+12025550145", 400, 21215);
        FakeTwilio.refuse("+12025550146", 400, 16025);

        operator()
                .body("{\"to\":\"+12025550145\"}")
                .post("/api/twilio/start-conference")
                .then()
                .statusCode(422)
                .body("code", equalTo("COUNTRY_NOT_PERMITTED"))
                .body("error", containsString("Geo permissions"));
        Room room = start();
        invite(room, "{\"type\":\"phone\",\"to\":\"+12025550146\"}")
                .statusCode(409)
                .body("error", containsString("another label"));
        get(room).body("data.participants[1].status", equalTo("absent"));
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

    private record Room(String name, String conferenceSid, String phoneLeg) {
        List<Request> agentLegs() {
            return added(this).stream()
                    .filter(request -> request.get("To").startsWith("app:"))
                    .toList();
        }
    }

    /** As if all that is known of the room had happened minutes ago. */
    private void longAgo(Room room) {
        for (String sql : List.of(
                "UPDATE conference_participants SET invited_at = now() - interval '5 minutes' WHERE room = $1",
                "UPDATE conference_participants SET joined_at = now() - interval '5 minutes' WHERE room = $1"
                        + " AND joined_at IS NOT NULL",
                "UPDATE conferences SET created_at = now() - interval '5 minutes', next_look_at = now()"
                        + " WHERE room = $1")) {
            pool.preparedQuery(sql).execute(Tuple.of(room.name())).await().atMost(Duration.ofSeconds(5));
        }
    }

    private static List<Request> calledTo(String number) {
        return FakeTwilio.requests(request -> request.method().equals("POST")
                && request.path().endsWith("/Participants.json")
                && request.get("To").equals(number));
    }

    private static ValidatableResponse start(RequestSpecification operator, String body) {
        return operator.body(body).post("/api/twilio/start-conference").then();
    }

    private Room start() {
        ValidatableResponse started = operator()
                .body("{\"to\":\"" + number + "\",\"tenantId\":\"" + TENANT + "\"}")
                .post("/api/twilio/start-conference")
                .then()
                .statusCode(202)
                .body("success", is(true));
        return new Room(
                started.extract().path("data.room"),
                started.extract().path("data.conferenceSid"),
                started.extract().path("data.participants[0].callSid"));
    }

    private static Request phone(Room room) {
        return added(room).getFirst();
    }

    private static List<Request> added(Room room) {
        return FakeTwilio.requests(request -> request.method().equals("POST")
                && request.path().equals("/Conferences/" + room.name() + "/Participants.json"));
    }

    private static void callback(Room room, String event, String leg, String label, int sequence) {
        post(CONFERENCE_STATUS, form(room, event, leg, label, sequence)).statusCode(204);
    }

    private static Map<String, String> form(Room room, String event, String leg, String label, int sequence) {
        String fixture =
                switch (event) {
                    case "participant-leave" -> "participant-leave.form";
                    case "conference-start", "conference-end" -> "conference-end.form";
                    default -> "participant-callback.form";
                };
        Map<String, String> form = fixture(fixture, String.valueOf(leg));
        form.put("FriendlyName", room.name());
        form.put("ConferenceSid", room.conferenceSid());
        form.put("StatusCallbackEvent", event);
        form.put("SequenceNumber", Integer.toString(sequence));
        if (leg == null) {
            form.remove("CallSid");
        } else {
            form.put("ParticipantLabel", label);
        }
        return form;
    }

    private static Map<String, String> agentsLeg(String leg, String name, String value) {
        Map<String, String> form = fixture("ai-leg-call.form", leg);
        form.remove("token");
        form.put(name, value);
        return form;
    }

    private static Map<String, String> browser(String leg, UUID tenant, String room) {
        Map<String, String> form = fixture("client-call.form", leg);
        form.put("From", BrowserIdentity.named(tenant, "maria").address());
        form.put("Caller", form.get("From"));
        form.put("conference", room);
        return form;
    }

    private List<String> story() {
        return Published.ofLead(LeadIds.of(TENANT, ContactAddress.phone(number)), "conference.ended").stream()
                .map(RecordedEvent::type)
                .filter(type -> type.startsWith("conference."))
                .toList();
    }

    private static ValidatableResponse get(Room room) {
        return operator().get("/api/twilio/conferences/" + room.name()).then().statusCode(200);
    }

    private static ValidatableResponse invite(Room room, String body) {
        return operator()
                .body(body)
                .post("/api/twilio/conferences/" + room.name() + "/participants")
                .then();
    }

    private static RequestSpecification operator() {
        return with(Tokens.operator(TENANT, "operator"));
    }

    private static RequestSpecification with(String token) {
        return RestAssured.given().header("Authorization", "Bearer " + token).contentType("application/json");
    }

    private static String parameter(String twiml, String name) {
        String first = value(twiml, name);
        return twiml.contains("name=\"" + name + "_2\"") ? first + value(twiml, name + "_2") : first;
    }

    private static String value(String twiml, String name) {
        return twiml.replaceAll("(?s).*<Parameter name=\"" + name + "\" value=\"([^\"]*)\".*", "$1");
    }
}
