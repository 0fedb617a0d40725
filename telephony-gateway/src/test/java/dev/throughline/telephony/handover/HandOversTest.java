package dev.throughline.telephony.handover;

import static org.awaitility.Awaitility.await;

import dev.throughline.events.CallEvent;
import dev.throughline.events.CallEvent.HandOver.Stage;
import dev.throughline.events.tenant.CallSettings;
import dev.throughline.events.tenant.CallSettings.Human;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.testing.TestTenants;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.telephony.FakeTwilio;
import dev.throughline.telephony.FakeTwilio.Request;
import dev.throughline.telephony.GatewayTest;
import dev.throughline.telephony.Published;
import dev.throughline.telephony.Tenants;
import dev.throughline.telephony.call.CallOrigin;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.call.CallRepository;
import dev.throughline.telephony.call.CallStatus;
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

/** What tests of hand-overs share: a tenant with two humans, a call that came in, and the webhooks of its legs. */
abstract class HandOversTest extends GatewayTest {

    static final String NUMBER = "+12025550141";
    static final String REPEATED = "#rc=3&rp=ct,5xx";

    @Inject
    ServiceToken tokens;

    @Inject
    CallRepository calls;

    /** Two humans with numbers of their own in each test, by which their calls are found. */
    final Human maria = new Human("Maria", number());

    final Human tom = new Human("Tom", number());
    Tenant tenant;
    String caller;

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

    UUID begun() {
        return ask().statusCode(202).extract().jsonPath().getUUID("handOverId");
    }

    String accept(UUID handOver, String leg) {
        rung(maria);
        return twiml(path(handOver, "answer", 0), human(leg, "Digits", "1"));
    }

    ValidatableResponse ask() {
        return ask(tokens.mint(ServiceToken.TELEPHONY_GATEWAY, caller, tenant.id()), tenant.id());
    }

    ValidatableResponse ask(String token, UUID tenantId) {
        return RestAssured.given()
                .header(ServiceToken.HEADER, token)
                .contentType("application/json")
                .body("{\"callSid\":\"" + caller + "\",\"tenantId\":\"" + tenantId
                        + "\",\"brief\":\"Has a question about a bill\",\"requestedBy\":\"agent\"}")
                .post("/internal/hand-overs")
                .then();
    }

    static Request rung(Human human) {
        return await().until(
                        () -> FakeTwilio.requests(request -> request.path().equals("/Calls.json")
                                && request.get("To").equals(human.number())),
                        found -> found.size() == 1)
                .getFirst();
    }

    /** The leg Twilio named for the human who rings. */
    String rungLeg() {
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

    void streamEnded(String outcome) {
        RestAssured.given()
                .header(ServiceToken.HEADER, tokens.mint(ServiceToken.TELEPHONY_GATEWAY, caller, tenant.id()))
                .contentType("application/json")
                .body("{\"outcome\":\"" + outcome + "\"}")
                .put("/internal/calls/" + caller + "/stream-outcome")
                .then()
                .statusCode(204);
    }

    String outcome() {
        return pool.preparedQuery("SELECT outcome FROM call_streams WHERE call_sid = $1")
                .execute(Tuple.of(caller))
                .await()
                .atMost(Duration.ofSeconds(5))
                .iterator()
                .next()
                .getString(0);
    }

    void execute(String sql, String parameter) {
        pool.preparedQuery(sql).execute(Tuple.of(parameter)).await().atMost(Duration.ofSeconds(5));
    }

    /** What a leg was told by REST. */
    static List<Request> changes(String leg) {
        return FakeTwilio.requests(request -> request.path().equals("/Calls/" + leg + ".json"));
    }

    String liveCall(CallEvent.Path path, Tenant owner) {
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

    Map<String, String> ended() {
        Map<String, String> form = fixture("call-status.form", caller);
        form.put("To", NUMBER);
        return form;
    }

    static Map<String, String> human(String leg, String... more) {
        Map<String, String> form = fixture("inbound-call.form", leg);
        form.put("Direction", "outbound-api");
        form.put("CallStatus", "in-progress");
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return form;
    }

    List<Stage> stages(Stage last) {
        return events(last).stream().map(CallEvent.HandOver::stage).toList();
    }

    List<CallEvent.HandOver> events(Stage last) {
        return Published.only(
                CallEvent.HandOver.class,
                Published.until(
                        caller, event -> event instanceof CallEvent.HandOver handOver && handOver.stage() == last));
    }

    static String path(UUID handOver, String which) {
        return "/api/webhooks/twilio/hand-over/" + handOver + "/" + which;
    }

    static String path(UUID handOver, String which, int attempt) {
        return path(handOver, which) + "?attempt=" + attempt;
    }

    static String room(String twiml) {
        return twiml.replaceAll("(?s).*<Conference[^>]*>([^<]*)</Conference>.*", "$1");
    }

    static String parameter(String twiml, String name) {
        String first = value(twiml, name);
        return twiml.contains("name=\"" + name + "_2\"") ? first + value(twiml, name + "_2") : first;
    }

    static String value(String twiml, String name) {
        return twiml.replaceAll("(?s).*<Parameter name=\"" + name + "\" value=\"([^\"]*)\".*", "$1");
    }

    static RequestSpecification operator(UUID tenantId) {
        return with(Tokens.operator(tenantId, "operator"));
    }

    static RequestSpecification with(String token) {
        return RestAssured.given().header("Authorization", "Bearer " + token).contentType("application/json");
    }

    static String number() {
        return "+1202556" + ThreadLocalRandom.current().nextInt(1000, 9999);
    }
}
