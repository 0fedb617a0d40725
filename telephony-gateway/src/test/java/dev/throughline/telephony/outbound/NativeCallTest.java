package dev.throughline.telephony.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.throughline.events.CallEvent;
import dev.throughline.events.CallEvent.Direction;
import dev.throughline.events.CallEvent.Path;
import dev.throughline.events.CallEvent.Question;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.testing.TestTenants;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.telephony.GatewayTest;
import dev.throughline.telephony.Published;
import dev.throughline.telephony.Tenants;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(FakeLines.class)
class NativeCallTest extends GatewayTest {

    private static final String PATH = "/api/elevenlabs/outbound-call";
    private static final UUID TENANT = Tenants.harbourSalon().id();
    private static final String OPERATOR = Tokens.operator(TENANT, "operator");
    private static int customers = 2000;

    @Test
    void shouldHaveTheCustomerCalledWithQuestionsAndContext() {
        String to = newCustomer();
        UUID lead = LeadIds.of(TENANT, ContactAddress.phone(to));

        ValidatableResponse answer = call(new JsonObject()
                        .put("to", to)
                        .put(
                                "questions",
                                new JsonArray()
                                        .add("Are you coming?")
                                        .add(new JsonObject()
                                                .put("id", "budget")
                                                .put("text", "What is your budget?")))
                        .put(
                                "variables",
                                new JsonObject()
                                        .put("colour", "red")
                                        .put("visits", 3)
                                        .put("vip", true)))
                .statusCode(200)
                .body("success", equalTo(true))
                .body("data.status", equalTo("placed"))
                .body("data.via", equalTo("native"))
                .body("data.leadId", equalTo(lead.toString()))
                .body("data.from", equalTo(Tenants.NUMBER))
                .body("data.conversationId", notNullValue());

        JsonObject asked = FakeLines.nativeTo(to).getFirst();
        assertThat(asked.getString("agent_id")).isEqualTo("agent_harbour");
        assertThat(asked.getString("agent_phone_number_id")).isEqualTo("phnum_harbour");
        JsonObject data = asked.getJsonObject("conversation_initiation_client_data");
        assertThat(data.getString("user_id")).isEqualTo(lead.toString());
        JsonObject variables = data.getJsonObject("dynamic_variables");
        assertThat(variables.getMap())
                .containsEntry("lead_id", lead.toString())
                .containsEntry("customer_phone", to)
                .containsEntry("questions_text", "1. Are you coming?\n2. What is your budget?")
                .containsEntry("call_id", answer.extract().path("data.outboundCallId"))
                .containsEntry("colour", "red")
                .containsEntry("visits", "3")
                .containsEntry("vip", "true")
                .containsEntry("business_name", "Harbour Salon")
                .containsKeys("conversation_context", "tenant_id", "today", "greeting");
        assertThat(new JsonArray(variables.getString("questions"))
                        .getJsonObject(1)
                        .getString("id"))
                .isEqualTo("budget");

        String callSid = answer.extract().path("data.callId");
        var events = Published.until(callSid, CallEvent.QuestionsAsked.class::isInstance);
        assertThat(Published.only(CallEvent.Started.class, events))
                .containsExactly(new CallEvent.Started(callSid, Direction.OUTBOUND, Path.NATIVE, Tenants.NUMBER, to));
        assertThat(Published.only(CallEvent.QuestionsAsked.class, events))
                .containsExactly(new CallEvent.QuestionsAsked(
                        callSid,
                        answer.extract().path("data.conversationId"),
                        List.of(
                                new Question("question_1", "Are you coming?"),
                                new Question("budget", "What is your budget?"))));

        state(answer).statusCode(200).body("data.status", equalTo("placed")).body("data.callStatus", equalTo("queued"));
    }

    @Test
    void shouldTellNobodyElse() {
        String to = newCustomer();
        JsonObject body = new JsonObject().put("to", to);

        post(null, body).statusCode(401);
        post(Tokens.operator(TENANT, "viewer"), body).statusCode(403);
        post(OPERATOR, body.copy().put("tenantId", Tenants.withFallback().id().toString()))
                .statusCode(404)
                .contentType("application/problem+json");
        assertThat(FakeLines.nativeTo(to)).isEmpty();

        String location = post(OPERATOR, body).statusCode(200).extract().header("Location");
        RestAssured.get(location).then().statusCode(401);
        get(Tokens.operator(Tenants.withFallback().id(), "admin"), location).statusCode(404);
        get(Tokens.installationAdmin(), location).statusCode(200);
        get(Tokens.operator(TENANT, "viewer"), location).statusCode(200);
    }

    @Test
    void shouldNameEveryWrongField() {
        call(new JsonObject()
                        .put("to", "nonsense")
                        .put("via", "pigeon")
                        .put(
                                "variables",
                                new JsonObject()
                                        .put("system__x", "1")
                                        .put("lead_id", "1")
                                        .put("list", new JsonArray())))
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("VALIDATION_ERROR"))
                .body(
                        "errors.field",
                        org.hamcrest.Matchers.containsInAnyOrder(
                                "to", "via", "variables.system__x", "variables.lead_id", "variables.list"));
        call(new JsonObject()).statusCode(400).body("errors[0].field", equalTo("to"));
    }

    @Test
    void shouldNotCallWhomItMayNotCall() {
        Tenant blocking = tenant(Set.of("+12025550155"), null, "+1202555" + (customers++), "agent_harbour_2");
        TestTenants.publish(blocking);
        String token = Tokens.operator(blocking.id(), "admin");

        post(token, new JsonObject().put("to", "+12025550155"))
                .statusCode(422)
                .body("code", equalTo("NUMBER_BLOCKED"))
                .body("cure", containsString("blockedCallers"));
        post(token, new JsonObject().put("to", blocking.twilioPhoneNumber()))
                .statusCode(422)
                .body("code", equalTo("OWN_NUMBER"));
        post(token, new JsonObject().put("to", newCustomer()).put("agentId", "agent_harbour"))
                .statusCode(422)
                .body("code", equalTo("AGENT_NOT_FOUND"));
        post(token, new JsonObject().put("leadId", UUID.randomUUID().toString()))
                .statusCode(422)
                .body("code", equalTo("NUMBER_NOT_KNOWN"));
        post(token, new JsonObject().put("leadId", UUID.randomUUID().toString()).put("to", newCustomer()))
                .statusCode(422)
                .body("code", equalTo("LEAD_MISMATCH"));
        post(token, new JsonObject().put("to", newCustomer()))
                .statusCode(422)
                .body("code", equalTo("NO_OUTBOUND_NUMBER"))
                .body("cure", containsString("via=bridge"));
    }

    @Test
    void shouldNotCallMoreAtOnceThanTheTenantMay() {
        String own = "+1202555" + (customers++);
        Tenant single = tenant(Set.of(), 1, own, "agent_single");
        TestTenants.publish(single);
        FakeLines.NUMBERS.put(
                "agent_single", FakeLines.numbers(FakeLines.number("phnum_single", own, "agent_single", true)));
        String token = Tokens.operator(single.id(), "operator");

        post(token, new JsonObject().put("to", newCustomer())).statusCode(200);
        post(token, new JsonObject().put("to", newCustomer()))
                .statusCode(429)
                .body("code", equalTo("TOO_MANY_CALLS"))
                .body("cure", containsString("maxConcurrentCalls"));
    }

    @Test
    void shouldTakeARefusalInA200AsTheFailureItIs() {
        String to = newCustomer();
        FakeLines.NATIVE_SCRIPTS.put(
                to,
                (body, request) -> FakeLines.answer(
                        request,
                        200,
                        "{\"success\":false,\"message\":\"Twilio rejected the call\",\"conversation_id\":null,"
                                + "\"callSid\":null}"));

        ValidatableResponse answer = call(new JsonObject().put("to", to))
                .statusCode(502)
                .contentType("application/problem+json")
                .body("code", equalTo("PROVIDER_DID_NOT_CALL"))
                .body("detail", containsString("Twilio rejected the call"))
                .body("cure", notNullValue())
                .body("title", notNullValue());

        state(answer)
                .body("data.status", equalTo("refused"))
                .body("data.refusal.code", equalTo("PROVIDER_DID_NOT_CALL"))
                .body("data.callId", nullValue());
        assertThat(callsOfLead(to)).isZero();
    }

    @Test
    void shouldPassOnWhenToAskAgainAndGiveTheKeyBack() {
        String to = newCustomer();
        FakeLines.NATIVE_SCRIPTS.put(to, (body, request) -> {
            FakeLines.NATIVE_SCRIPTS.remove(to);
            request.response().putHeader("Retry-After", "7");
            FakeLines.answer(
                    request, 429, "{\"detail\":{\"code\":\"concurrent_limit_exceeded\",\"message\":\"Too many\"}}");
        });
        JsonObject body = new JsonObject().put("to", to).put("idempotencyKey", "key-" + to);

        call(body)
                .statusCode(429)
                .header("Retry-After", "7")
                .body("code", equalTo("PROVIDER_BUSY"))
                .body("cure", containsString("concurrency"));
        call(body).statusCode(200).body("data.status", equalTo("placed"));
    }

    @Test
    void shouldLookUpTheNumberAgainOnceItIsGone() {
        String to = newCustomer();
        String own = "+1202555" + (customers++);
        Tenant moved = tenant(Set.of(), null, own, "agent_moved");
        TestTenants.publish(moved);
        FakeLines.NUMBERS.put(
                "agent_moved", FakeLines.numbers(FakeLines.number("phnum_old", own, "agent_moved", true)));
        String token = Tokens.operator(moved.id(), "operator");
        post(token, new JsonObject().put("to", newCustomer())).statusCode(200);
        post(token, new JsonObject().put("to", newCustomer())).statusCode(200);
        assertThat(FakeLines.NUMBER_LOOK_UPS.stream().filter("agent_moved"::equals))
                .hasSize(1);
        FakeLines.NUMBERS.put(
                "agent_moved", FakeLines.numbers(FakeLines.number("phnum_new", own, "agent_moved", true)));
        FakeLines.NATIVE_SCRIPTS.put(to, (body, request) -> {
            FakeLines.NATIVE_SCRIPTS.remove(to);
            FakeLines.answer(request, 404, "{\"detail\":{\"code\":\"phone_number_not_found\",\"message\":\"gone\"}}");
        });

        post(token, new JsonObject().put("to", to)).statusCode(200);

        assertThat(FakeLines.nativeTo(to))
                .extracting(call -> call.getString("agent_phone_number_id"))
                .containsExactly("phnum_old", "phnum_new");
    }

    @Test
    void shouldFindACallWhoseAnswerWasLost() {
        String to = newCustomer();
        String callSid = newCallSid();
        FakeLines.NATIVE_SCRIPTS.put(to, (body, request) -> FakeLines.converse(body, callSid));

        call(new JsonObject().put("to", to))
                .statusCode(200)
                .body("data.status", equalTo("placed"))
                .body("data.callId", equalTo(callSid));

        assertThat(FakeLines.nativeTo(to)).hasSize(1);
        assertThat(Published.only(
                        CallEvent.Started.class, Published.until(callSid, CallEvent.Started.class::isInstance)))
                .hasSize(1);
    }

    @Test
    void shouldBelieveTwilioWhereElevenLabsKnowsNothingYet() {
        String to = newCustomer();
        FakeLines.NATIVE_SCRIPTS.put(to, (body, request) -> {
            FakeLines.call(to, Tenants.NUMBER);
            FakeLines.answer(request, 503, "{}");
        });

        call(new JsonObject().put("to", to)).statusCode(200).body("data.callId", notNullValue());
    }

    @Test
    void shouldSayThatNobodyKnowsAndFindOutLater() {
        String to = newCustomer();
        String callSid = newCallSid();
        FakeLines.NATIVE_SCRIPTS.put(to, (body, request) -> {});

        ValidatableResponse answer = call(new JsonObject().put("to", to).put("idempotencyKey", "key-" + to))
                .statusCode(202)
                .body("success", equalTo(true))
                .body("data.status", equalTo("unknown"));
        call(new JsonObject().put("to", to).put("idempotencyKey", "key-" + to))
                .statusCode(202)
                .body("data.outboundCallId", equalTo(answer.extract().path("data.outboundCallId")));
        assertThat(FakeLines.nativeTo(to)).hasSize(1);

        FakeLines.converse(FakeLines.nativeTo(to).getFirst(), callSid);

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> status(answer), "placed"::equals);
        state(answer).body("data.callId", equalTo(callSid));
        assertThat(Published.until(callSid, CallEvent.Started.class::isInstance))
                .hasSize(1);
        assertThat(FakeLines.nativeTo(to)).hasSize(1);
    }

    @Test
    void shouldGiveUpOnACallNobodyKnowsOfAndOnAProcessThatDied() {
        String to = newCustomer();
        FakeLines.NATIVE_SCRIPTS.put(to, (body, request) -> {});
        JsonObject body = new JsonObject().put("to", to).put("idempotencyKey", "gone-" + to);
        ValidatableResponse answer = call(body).statusCode(202);

        execute("UPDATE outbound_calls SET state = 'PLACING', next_check_at = now() WHERE id = $1", id(answer));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> status(answer), "unknown"::equals);

        execute(
                "UPDATE outbound_calls SET created_at = now() - interval '1 hour', next_check_at = now() WHERE id = $1",
                id(answer));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> status(answer), "not-found"::equals);
        call(body)
                .statusCode(502)
                .body("code", equalTo("CALL_NOT_MADE"))
                .body("cure", containsString("new idempotency key"));
        assertThat(FakeLines.nativeTo(to)).hasSize(1);
    }

    @Test
    void shouldCallOnceForOneKey() {
        String to = newCustomer();
        JsonObject body = new JsonObject().put("to", to).put("questions", new JsonArray().add("Are you coming?"));

        String first = withKey("k-" + to, body).statusCode(200).extract().path("data.outboundCallId");
        withKey("k-" + to, body).statusCode(200).body("data.outboundCallId", equalTo(first));
        withKey("k-" + to, body.copy().put("idempotencyKey", "k-" + to)).statusCode(200);
        withKey("k-" + to, body.copy().put("questions", new JsonArray().add("Another?")))
                .statusCode(422)
                .body("code", equalTo("IDEMPOTENCY_KEY_REUSED"))
                .body("cure", notNullValue());
        withKey("k-" + to, body.copy().put("idempotencyKey", "another")).statusCode(400);
        assertThat(FakeLines.nativeTo(to)).hasSize(1);

        Tenant other = tenant(Set.of(), null, "+1202555" + (customers++), "agent_other_key");
        TestTenants.publish(other);
        FakeLines.NUMBERS.put(
                "agent_other_key",
                FakeLines.numbers(FakeLines.number("phnum_x", other.twilioPhoneNumber(), "agent_other_key", true)));
        RestAssured.given()
                .auth()
                .oauth2(Tokens.operator(other.id(), "operator"))
                .header("Idempotency-Key", "k-" + to)
                .contentType("application/json")
                .body(body.encode())
                .post(PATH)
                .then()
                .statusCode(200)
                .body("data.outboundCallId", org.hamcrest.Matchers.not(equalTo(first)));
    }

    @Test
    void shouldGiveASecondRequestTheAnswerOfTheFirstOrSayThatItIsUnderWay() throws InterruptedException {
        String to = newCustomer();
        CountDownLatch asked = new CountDownLatch(1);
        FakeLines.NATIVE_SCRIPTS.put(to, (body, request) -> {
            FakeLines.NATIVE_SCRIPTS.remove(to);
            asked.countDown();
        });
        JsonObject body = new JsonObject().put("to", to);

        var first = CompletableFuture.supplyAsync(() -> withKey("c-" + to, body).extract());
        asked.await();
        int second = withKey("c-" + to, body).extract().statusCode();

        // Whether the first is done before the second has waited long enough is the machine's affair; that nobody calls
        // twice is not.
        assertThat(second).isIn(202, 409);
        assertThat(first.join().statusCode()).isEqualTo(202);
        withKey("c-" + to, body)
                .statusCode(202)
                .body("data.outboundCallId", equalTo(first.join().path("data.outboundCallId")));
        assertThat(FakeLines.nativeTo(to)).hasSize(1);
    }

    @Test
    void shouldGiveTheFirstAnswerAgainWhateverHasChangedSince() {
        String to = newCustomer();
        Tenant own = tenant(Set.of(), null, "+1202555" + (customers++), "agent_blocking");
        TestTenants.publish(own);
        FakeLines.NUMBERS.put(
                "agent_blocking",
                FakeLines.numbers(FakeLines.number("phnum_b", own.twilioPhoneNumber(), "agent_blocking", true)));
        JsonObject body = new JsonObject().put("to", to).put("idempotencyKey", "b-" + to);
        String token = Tokens.operator(own.id(), "operator");
        String first = post(token, body).statusCode(200).extract().path("data.outboundCallId");

        Tenant blocking = tenant(Set.of(to), null, own.twilioPhoneNumber(), "agent_blocking");
        TestTenants.publish(new Tenant(
                own.id(),
                own.name(),
                own.twilioPhoneNumber(),
                null,
                own.timeZone(),
                own.country(),
                own.language(),
                own.voicePath(),
                blocking.settings(),
                own.toolSecretHashes(),
                2));

        post(token, new JsonObject().put("to", to)).statusCode(422).body("code", equalTo("NUMBER_BLOCKED"));
        post(token, body).statusCode(200).body("data.outboundCallId", equalTo(first));
    }

    @Test
    void shouldNotWaitForEverForTheFirstRequest() {
        String to = newCustomer();
        JsonObject body = new JsonObject().put("to", to);
        ValidatableResponse answer = withKey("w-" + to, body).statusCode(200);
        execute("UPDATE outbound_calls SET state = 'PLACING' WHERE id = $1", id(answer));

        withKey("w-" + to, body)
                .statusCode(409)
                .header("Retry-After", "1")
                .body("code", equalTo("IDEMPOTENCY_KEY_IN_USE"))
                .body("cure", notNullValue());
    }

    private static Tenant tenant(Set<String> blocked, Integer limit, String number, String agent) {
        var calls = Tenants.harbourSalon().settings().calls();
        var settings = TestTenants.settings(agent)
                .with(new dev.throughline.events.tenant.CallSettings(
                        null,
                        null,
                        null,
                        null,
                        null,
                        limit,
                        null,
                        blocked,
                        Set.of(),
                        calls.answeringMachine(),
                        null,
                        List.of()));
        Tenant salon = TestTenants.salon(number);
        return new Tenant(
                salon.id(),
                salon.name(),
                number,
                null,
                salon.timeZone(),
                salon.country(),
                salon.language(),
                salon.voicePath(),
                settings,
                salon.toolSecretHashes(),
                1);
    }

    private static String newCustomer() {
        return "+1303555" + (customers++);
    }

    private static ValidatableResponse call(JsonObject body) {
        return post(OPERATOR, body);
    }

    private static ValidatableResponse withKey(String key, JsonObject body) {
        return RestAssured.given()
                .auth()
                .oauth2(OPERATOR)
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body.encode())
                .post(PATH)
                .then();
    }

    private static ValidatableResponse post(String token, JsonObject body) {
        var request = RestAssured.given().contentType("application/json").body(body.encode());
        return (token == null ? request : request.auth().oauth2(token))
                .post(PATH)
                .then();
    }

    private static ValidatableResponse get(String token, String path) {
        return RestAssured.given().auth().oauth2(token).get(path).then();
    }

    private static ValidatableResponse state(ValidatableResponse answer) {
        return get(OPERATOR, answer.extract().header("Location"));
    }

    private static String status(ValidatableResponse answer) {
        return state(answer).extract().path("data.status");
    }

    private static UUID id(ValidatableResponse answer) {
        String location = answer.extract().header("Location");
        return UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    }

    private void execute(String sql, Object... values) {
        pool.preparedQuery(sql).execute(Tuple.from(List.of(values))).await().atMost(Duration.ofSeconds(5));
    }

    private long callsOfLead(String number) {
        return pool.preparedQuery("SELECT count(*) FROM calls WHERE lead_id = $1")
                .execute(Tuple.of(LeadIds.of(TENANT, ContactAddress.phone(number))))
                .await()
                .atMost(Duration.ofSeconds(5))
                .iterator()
                .next()
                .getLong(0);
    }
}
