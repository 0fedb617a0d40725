package dev.throughline.telephony.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.throughline.events.CallEvent;
import dev.throughline.events.CallEvent.HandOver.Stage;
import dev.throughline.events.tenant.CallSettings;
import dev.throughline.events.tenant.CallSettings.Human;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.testing.TestTenants;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.platform.testing.TwilioRequests;
import dev.throughline.telephony.FakeTwilio;
import dev.throughline.telephony.FakeTwilio.Request;
import dev.throughline.telephony.GatewayTest;
import dev.throughline.telephony.Published;
import dev.throughline.telephony.Tenants;
import dev.throughline.telephony.call.CallOrigin;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.call.CallRepository;
import dev.throughline.telephony.call.CallStatus;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HandOverTest extends GatewayTest {

    private static final String NUMBER = "+12025550141";
    private static final String REPEATED = "#rc=3&rp=ct,5xx";

    @Inject
    ServiceToken tokens;

    @Inject
    CallRepository calls;

    /** Two humans with numbers of their own in each test, by which their calls are found. */
    private final Human maria = new Human("Maria", number());

    private final Human tom = new Human("Tom", number());
    private Tenant tenant;
    private String caller;

    @BeforeEach
    void callComesIn() {
        Tenant like = Tenants.harbourSalon();
        CallSettings standard = CallSettings.standard();
        tenant = new Tenant(
                new UUID(0x7f1c_0000_0000_4000L, 0x8000_0000_0000_0041L),
                "Harbour Salon",
                NUMBER,
                null,
                like.timeZone(),
                like.country(),
                like.language(),
                Tenant.VoicePath.BRIDGE,
                like.settings()
                        .with(new CallSettings(
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                standard.blockedCallers(),
                                standard.sipAddresses(),
                                standard.answeringMachine(),
                                null,
                                List.of(maria, tom))),
                List.of(),
                System.nanoTime());
        TestTenants.publish(tenant);
        caller = newCallSid();
        twiml(ELEVENLABS, inbound(caller, NUMBER));
    }

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
    }

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

    private UUID begun() {
        return ask().statusCode(202).extract().jsonPath().getUUID("handOverId");
    }

    private String accept(UUID handOver, String leg) {
        rung(maria);
        return twiml(path(handOver, "answer", 0), human(leg, "Digits", "1"));
    }

    private ValidatableResponse ask() {
        return ask(tokens.mint(ServiceToken.TELEPHONY_GATEWAY, caller, tenant.id()), tenant.id());
    }

    private ValidatableResponse ask(String token, UUID tenantId) {
        return RestAssured.given()
                .header(ServiceToken.HEADER, token)
                .contentType("application/json")
                .body("{\"callSid\":\"" + caller + "\",\"tenantId\":\"" + tenantId
                        + "\",\"brief\":\"Has a question about a bill\",\"requestedBy\":\"agent\"}")
                .post("/internal/hand-overs")
                .then();
    }

    private static Request rung(Human human) {
        return await().until(
                        () -> FakeTwilio.requests(request -> request.path().equals("/Calls.json")
                                && request.get("To").equals(human.number())),
                        found -> found.size() == 1)
                .getFirst();
    }

    /** The leg Twilio named for the human who rings. */
    private String rungLeg() {
        rung(maria);
        return await().until(
                        () -> {
                            var rows = pool.preparedQuery(
                                            "SELECT human_call_sid FROM hand_overs WHERE call_sid = '" + caller + "'")
                                    .execute()
                                    .await()
                                    .atMost(Duration.ofSeconds(5));
                            return rows.iterator().next().getString(0);
                        },
                        leg -> leg != null);
    }

    private void streamEnded(String outcome) {
        RestAssured.given()
                .header(ServiceToken.HEADER, tokens.mint(ServiceToken.TELEPHONY_GATEWAY, caller, tenant.id()))
                .contentType("application/json")
                .body("{\"outcome\":\"" + outcome + "\"}")
                .put("/internal/calls/" + caller + "/stream-outcome")
                .then()
                .statusCode(204);
    }

    private String outcome() {
        return pool.preparedQuery("SELECT outcome FROM call_streams WHERE call_sid = $1")
                .execute(Tuple.of(caller))
                .await()
                .atMost(Duration.ofSeconds(5))
                .iterator()
                .next()
                .getString(0);
    }

    private void execute(String sql, String parameter) {
        pool.preparedQuery(sql).execute(Tuple.of(parameter)).await().atMost(Duration.ofSeconds(5));
    }

    /** What a leg was told by REST. */
    private static List<Request> changes(String leg) {
        return FakeTwilio.requests(request -> request.path().equals("/Calls/" + leg + ".json"));
    }

    private String liveCall(CallEvent.Path path, Tenant owner) {
        String callSid = newCallSid();
        pool.withTransaction(tx -> calls.announce(
                        tx,
                        CallParties.of(callSid, owner, CALLER),
                        CallOrigin.inbound(path, CALLER, String.valueOf(owner.twilioPhoneNumber()), null),
                        CallStatus.IN_PROGRESS,
                        Instant.now()))
                .await()
                .atMost(Duration.ofSeconds(5));
        return callSid;
    }

    private Map<String, String> ended() {
        Map<String, String> form = fixture("call-status.form", caller);
        form.put("To", NUMBER);
        return form;
    }

    private static Map<String, String> human(String leg, String... more) {
        Map<String, String> form = fixture("inbound-call.form", leg);
        form.put("Direction", "outbound-api");
        form.put("CallStatus", "in-progress");
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return form;
    }

    private List<Stage> stages(Stage last) {
        return events(last).stream().map(CallEvent.HandOver::stage).toList();
    }

    private List<CallEvent.HandOver> events(Stage last) {
        return Published.only(
                CallEvent.HandOver.class,
                Published.until(
                        caller, event -> event instanceof CallEvent.HandOver handOver && handOver.stage() == last));
    }

    private static String path(UUID handOver, String which) {
        return "/api/webhooks/twilio/hand-over/" + handOver + "/" + which;
    }

    private static String path(UUID handOver, String which, int attempt) {
        return path(handOver, which) + "?attempt=" + attempt;
    }

    private static String room(String twiml) {
        return twiml.replaceAll("(?s).*<Conference[^>]*>([^<]*)</Conference>.*", "$1");
    }

    private static String parameter(String twiml, String name) {
        String first = value(twiml, name);
        return twiml.contains("name=\"" + name + "_2\"") ? first + value(twiml, name + "_2") : first;
    }

    private static String value(String twiml, String name) {
        return twiml.replaceAll("(?s).*<Parameter name=\"" + name + "\" value=\"([^\"]*)\".*", "$1");
    }

    private static RequestSpecification operator(UUID tenantId) {
        return with(Tokens.operator(tenantId, "operator"));
    }

    private static RequestSpecification with(String token) {
        return RestAssured.given().header("Authorization", "Bearer " + token).contentType("application/json");
    }

    private static String number() {
        return "+1202556" + ThreadLocalRandom.current().nextInt(1000, 9999);
    }
}
