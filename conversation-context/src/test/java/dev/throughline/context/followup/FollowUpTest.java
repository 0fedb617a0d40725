package dev.throughline.context.followup;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.throughline.context.followup.Neighbours.Asked;
import dev.throughline.context.testing.EventTopic;
import dev.throughline.context.testing.Story;
import dev.throughline.events.CallEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.tenant.FollowUpChannel;
import dev.throughline.events.tenant.FollowUpRule;
import dev.throughline.events.tenant.FollowUpSettings;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.TextSettings.OnFailure;
import dev.throughline.events.tenant.TextSettings.QuietHours;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.platform.testing.TestTenants;
import dev.throughline.platform.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
@QuarkusTestResource(Neighbours.class)
class FollowUpTest {

    private static final AtomicInteger NUMBERS = new AtomicInteger(10);
    private static final FollowUpRule AT_ONCE = after(0);
    private static final FollowUpRule LATER = after(30);

    private final Pool pool;
    private final FollowUpRepository repository;
    private final FollowUpDoing doing;
    private final FollowUpWorker worker;
    private final TenantDirectory tenants;
    private final FollowUpConfig config;
    private final Vertx vertx;
    private final ServiceToken tokens;
    private final EventTopic topic = new EventTopic();
    private final String number = "+120255501" + NUMBERS.incrementAndGet();
    private Tenant salon = Cases.tenant("+12025550100", FollowUpSettings.none());
    private Story anna = Story.of(salon.id(), number);

    FollowUpTest(
            Pool pool,
            FollowUpRepository repository,
            FollowUpDoing doing,
            FollowUpWorker worker,
            TenantDirectory tenants,
            FollowUpConfig config,
            Vertx vertx,
            ServiceToken tokens) {
        this.pool = pool;
        this.repository = repository;
        this.doing = doing;
        this.worker = worker;
        this.tenants = tenants;
        this.config = config;
        this.vertx = vertx;
        this.tokens = tokens;
    }

    @AfterEach
    void close() {
        topic.close();
    }

    @Test
    void shouldTextBackAMissedCallOnceHoweverOftenItIsTold() {
        open(Cases.tenant("+12025550101", missed(AT_ONCE)));
        List<RecordedEvent> call = List.of(anna.calls(), anna.hangsUp());
        topic.publish(call);
        topic.publish(call);

        await().untilAsserted(() -> followUps().body("followUps.state", equalTo(List.of("done"))));
        followUps()
                .body("followUps[0].kind", equalTo("MISSED_CALL"))
                .body("followUps[0].why", equalTo("missed call"))
                .body("followUps[0].callSid", equalTo(anna.callId()))
                .body("followUps[0].when", notNullValue())
                .body("timeZone", equalTo("America/New_York"));
        assertThat(Neighbours.about(Neighbours.TEXTS, number)).singleElement().satisfies(text -> {
            assertThat(text.body().path("body").asText())
                    .isEqualTo("Hi there, sorry we missed your call. Harbour Salon");
            assertThat(text.body().path("purpose").asText()).isEqualTo("follow-up");
            assertThat(text.body().path("tenantId").asText())
                    .isEqualTo(salon.id().toString());
            assertThat(text.claims().subject())
                    .isEqualTo(text.body().path("idempotencyKey").asText());
            assertThat(text.claims().tenantId()).isEqualTo(salon.id());
        });
        await().untilAsserted(() -> timeline()
                .body("entries.text", hasItem("Follow-up planned: text (missed call)"))
                .body("entries.text", hasItem("Follow-up done: text")));
    }

    @Test
    void shouldCancelWhenTheCustomerCallsBackFirst() {
        open(Cases.tenant("+12025550102", missed(LATER)));
        topic.publish(List.of(anna.calls(), anna.hangsUp()));
        await().untilAsserted(() -> followUps().body("followUps.state", equalTo(List.of("scheduled"))));

        topic.publish(anna.event(
                new CallEvent.Started(
                        "CA-again", CallEvent.Direction.INBOUND, CallEvent.Path.BRIDGE, number, Story.BUSINESS),
                "CA-again"));

        await().untilAsserted(() -> followUps().body("followUps.state", equalTo(List.of("cancelled"))));
        await().untilAsserted(() -> timeline().body("entries.text", hasItem("Follow-up skipped: the customer called")));
        assertThat(Neighbours.about(Neighbours.TEXTS, number)).isEmpty();
    }

    @Test
    void shouldMoveRemindersWithTheAppointmentAndForgetThemAfterStop() {
        open(Cases.tenant("+12025550103", Cases.ALL));
        Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(72, ChronoUnit.HOURS);
        topic.publish(List.of(anna.texts("Hi"), Cases.booked(anna, "a-1", start)));
        await().untilAsserted(() -> followUps().body("followUps.state", equalTo(List.of("scheduled", "scheduled"))));

        topic.publish(Cases.moved(anna, "a-1", 2, start, start.plus(5, ChronoUnit.HOURS)));
        await().untilAsserted(() -> followUps()
                .body(
                        "followUps.findAll{it.state=='scheduled'}.dueAt",
                        equalTo(List.of(
                                start.minus(19, ChronoUnit.HOURS).toString(),
                                start.plus(3, ChronoUnit.HOURS).toString())))
                .body("followUps.findAll{it.state=='cancelled'}.note", hasItem("the appointment was changed")));

        topic.publish(anna.event(new SmsEvent.OptedOut(number, "STOP"), "stop"));
        await().untilAsserted(() -> followUps().body("followUps.findAll{it.state=='scheduled'}", empty()));
        operator()
                .body(Map.of("channel", "TEXT", "at", in(Duration.ofHours(1)), "text", "Hello"))
                .post(path())
                .then()
                .statusCode(409)
                .body("code", equalTo("OPTED_OUT"));
    }

    @Test
    void shouldRespectQuietHoursTheTextServiceKnowsOf() {
        open(Cases.tenant("+12025550104", missed(AT_ONCE)));
        Neighbours.answer(number, 409, "3600", "{\"code\":\"QUIET_HOURS\",\"error\":\"It is quiet time.\"}");
        topic.publish(List.of(anna.calls(), anna.hangsUp()));

        await().untilAsserted(() -> followUps().body("followUps[0].note", equalTo("quiet hours")));
        Instant due = Instant.parse(followUps().extract().path("followUps[0].dueAt"));
        assertThat(due)
                .isBetween(Instant.now().plusSeconds(3_000), Instant.now().plusSeconds(3_700));
        followUps().body("followUps[0].state", equalTo("scheduled"));
        assertThat(Neighbours.about(Neighbours.TEXTS, number)).hasSize(1);
    }

    @Test
    void shouldSkipWhomNobodyMayText() {
        open(Cases.tenant("+12025550105", missed(AT_ONCE)));
        Neighbours.answer(number, 409, "", "{\"code\":\"OPTED_OUT\",\"error\":\"STOP\"}");
        topic.publish(List.of(anna.calls(), anna.hangsUp()));

        await().untilAsserted(() -> followUps().body("followUps.state", equalTo(List.of("skipped"))));
    }

    @Test
    void shouldAskAgainUnderTheSameKeyWhileAServiceIsAway() {
        open(Cases.tenant("+12025550106", missed(AT_ONCE)));
        Neighbours.answer(number, 503, "", "gone");
        Neighbours.answer(number, 500, "", "{\"code\":\"INTERNAL_ERROR\"}");
        topic.publish(List.of(anna.calls(), anna.hangsUp()));

        await().untilAsserted(() -> followUps()
                .body("followUps.state", equalTo(List.of("done")))
                .body("followUps[0].attempts", equalTo(3)));
        assertThat(Neighbours.about(Neighbours.TEXTS, number))
                .extracting(Asked::raw)
                .hasSize(3)
                .containsOnly(
                        Neighbours.about(Neighbours.TEXTS, number).getFirst().raw());
    }

    @Test
    void shouldAskTheSameAgainAfterAWorkerDiedBetweenRequestAndMark() {
        open(Cases.tenant("+12025550107", missed(LATER)));
        topic.publish(List.of(anna.calls(), anna.hangsUp()));
        await().untilAsserted(() -> followUps().body("followUps.state", equalTo(List.of("scheduled"))));
        String sent = "{\"to\":\"" + number + "\",\"body\":\"As it was sent.\"}";
        sql(
                "update follow_up set state = 'DOING', attempts = 1, request = $2, wake_at = now() where lead_id = $1",
                Tuple.of(anna.leadId(), sent));

        worker.wake();

        await().untilAsserted(() -> followUps().body("followUps.state", equalTo(List.of("done"))));
        assertThat(Neighbours.about(Neighbours.TEXTS, number))
                .extracting(Asked::raw)
                .containsExactly(sent);
    }

    @Test
    void shouldCallWhereATextIsRefused() {
        open(Cases.tenant("+12025550108", missed(AT_ONCE), null, OnFailure.CALL, null));
        Neighbours.answer(number, 409, "", "{\"code\":\"NO_SENDER\",\"error\":\"No number to send from.\"}");
        topic.publish(List.of(anna.calls(), anna.hangsUp()));

        await().untilAsserted(() -> followUps().body("followUps.state", containsInAnyOrder("failed", "done")));
        followUps().body("followUps.find{it.channel=='TEXT'}.note", equalTo("No number to send from."));
        assertThat(Neighbours.about(Neighbours.CALLS, number)).singleElement().satisfies(call -> {
            assertThat(call.body().path("questions").get(0).asText()).isEqualTo("How can we help?");
            assertThat(call.claims().subject())
                    .isEqualTo(call.body().path("idempotencyKey").asText());
        });
        await().untilAsserted(() ->
                timeline().body("entries.text", hasItem("Follow-up planned: call (missed call, the text failed)")));
    }

    @Test
    void shouldTellTheTenantsSystemWhereATextWasNotDelivered() {
        open(Cases.tenant("+12025550109", missed(AT_ONCE), null, OnFailure.HOOK, Neighbours.hook()));
        topic.publish(List.of(anna.calls(), anna.hangsUp()));
        await().untilAsserted(() -> followUps().body("followUps.state", equalTo(List.of("done"))));
        String id = followUps().extract().path("followUps[0].id");

        for (String status : List.of("undelivered", "failed")) {
            topic.publish(
                    anna.event(new SmsEvent.StatusChanged("SM1", status, 30006, "follow-up", id, null), "SM1", status));
        }

        await().untilAsserted(() -> assertThat(Neighbours.about(Neighbours.HOOK, number))
                .singleElement()
                .satisfies(this::isSigned));
        await().untilAsserted(() -> followUps()
                .body("followUps.find{it.channel=='HOOK'}.state", equalTo("done"))
                .body("followUps.find{it.channel=='HOOK'}.raisedBy", equalTo(id))
                .body("followUps.find{it.channel=='TEXT'}.state", equalTo("failed")));
    }

    private void isSigned(Asked hook) {
        String id = hook.headers().get("webhook-id");
        Instant at = Instant.ofEpochSecond(Long.parseLong(hook.headers().get("webhook-timestamp")));
        assertThat(hook.headers().get("webhook-signature"))
                .isEqualTo(new HookSignature(IdentityTestResource.INTERNAL_SECRET).of(salon.id(), id, at, hook.raw()));
        assertThat(hook.body().path("reason").asText()).isEqualTo("missed call");
        assertThat(hook.body().path("leadId").asText()).isEqualTo(anna.leadId().toString());
    }

    @Test
    void shouldDoEachOnceWithTwoWorkers() {
        open(Cases.tenant("+12025550110", FollowUpSettings.none()));
        topic.publish(anna.texts("Hi"));
        awaitLead();
        List<UUID> ids = IntStream.range(0, 60).mapToObj(i -> UUID.randomUUID()).toList();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        for (UUID id : ids) {
            repository
                    .insert(
                            pool,
                            new FollowUp(
                                    id,
                                    salon.id(),
                                    anna.leadId(),
                                    new Reason.Asked("tester", now),
                                    FollowUpChannel.TEXT,
                                    "Hello",
                                    List.of(),
                                    now,
                                    null))
                    .await()
                    .indefinitely();
        }

        FollowUpWorker another = new FollowUpWorker(repository, doing, tenants, config, vertx);
        another.wake();
        worker.wake();

        await().untilAsserted(() -> followUps().body("followUps.findAll{it.state=='done'}.size()", equalTo(60)));
        another.stop(null);
        assertThat(Neighbours.about(Neighbours.TEXTS, number))
                .extracting(text ->
                        UUID.fromString(text.body().path("idempotencyKey").asText()))
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void shouldDoNothingAgainWhenTheReadModelIsMadeAnew() {
        open(Cases.tenant("+12025550114", missed(AT_ONCE)));
        topic.publish(List.of(anna.calls(), anna.hangsUp()));
        await().untilAsserted(() -> followUps().body("followUps.state", equalTo(List.of("done"))));
        // Even where nothing remembers that it was done.
        sql("delete from follow_up where lead_id = $1", Tuple.of(anna.leadId()));

        RequestSpecification admin =
                given().auth().oauth2(Tokens.installationAdmin()).contentType("application/json");
        admin.post("/api/admin/rebuild").then().statusCode(202);
        await().untilAsserted(() -> given().auth()
                .oauth2(Tokens.installationAdmin())
                .get("/api/admin/rebuild")
                .then()
                .body("state", equalTo("done")));

        followUps().statusCode(200).body("followUps", empty());
        assertThat(Neighbours.about(Neighbours.TEXTS, number)).hasSize(1);
    }

    @Test
    void shouldLetOperatorsAskCancelAndHasten() {
        open(Cases.tenant("+12025550111", FollowUpSettings.none()));
        topic.publish(anna.texts("Please call me tomorrow"));
        awaitLead();
        Map<String, Object> call =
                Map.of("channel", "CALL", "at", in(Duration.ofHours(20)), "questions", List.of("Is Friday fine?"));
        String key = UUID.randomUUID().toString();

        String id = ask(key, call)
                .statusCode(201)
                .body("state", equalTo("scheduled"))
                .extract()
                .path("id");
        ask(key, call).statusCode(201).body("id", equalTo(id));
        ask(key, Map.of("channel", "CALL", "at", in(Duration.ofHours(21))))
                .statusCode(409)
                .body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
        String text = ask(
                        UUID.randomUUID().toString(),
                        Map.of("channel", "TEXT", "at", in(Duration.ofHours(1)), "text", "Hi"))
                .statusCode(201)
                .extract()
                .path("id");
        operator().get("/api/follow-ups").then().body("followUps.id", equalTo(List.of(text, id)));
        String cursor = operator()
                .queryParam("limit", 1)
                .get("/api/follow-ups")
                .then()
                .extract()
                .path("nextCursor");
        operator()
                .queryParam("limit", 1)
                .queryParam("cursor", cursor)
                .get("/api/follow-ups")
                .then()
                .body("followUps.id", equalTo(List.of(id)))
                .body("nextCursor", nullValue());

        operator().delete("/api/follow-ups/" + text).then().statusCode(200).body("state", equalTo("cancelled"));
        operator().delete("/api/follow-ups/" + text).then().statusCode(409).body("code", equalTo("TOO_LATE"));
        operator().post("/api/follow-ups/" + id + "/now").then().statusCode(200);

        await().untilAsserted(() ->
                assertThat(Neighbours.about(Neighbours.CALLS, number)).hasSize(1));
        await().untilAsserted(() -> operator()
                .queryParam("state", "over")
                .get("/api/follow-ups")
                .then()
                .body("followUps.state", containsInAnyOrder("done", "cancelled")));
        assertThat(Neighbours.about(Neighbours.TEXTS, number)).isEmpty();
    }

    @Test
    void shouldNotBreakQuietHoursForAnOperator() {
        open(Cases.tenant(
                "+12025550112", FollowUpSettings.none(), new QuietHours("00:00", "23:59"), OnFailure.NOTHING, null));
        topic.publish(anna.texts("Hi"));
        awaitLead();
        String id = ask("quiet", Map.of("channel", "CALL", "at", in(Duration.ofMinutes(5))))
                .statusCode(201)
                .extract()
                .path("id");

        operator().post("/api/follow-ups/" + id + "/now").then().statusCode(409).body("code", equalTo("QUIET_HOURS"));
        assertThat(Neighbours.about(Neighbours.CALLS, number)).isEmpty();
    }

    @Test
    void shouldNameEveryWrongField() {
        open(salon);
        topic.publish(anna.texts("Hi"));
        awaitLead();
        ask("wrong", Map.of("channel", "HOOK", "at", "tomorrow", "text", "{time}", "questions", List.of(" ")))
                .statusCode(400)
                .body("errors.field", containsInAnyOrder("at", "channel", "text", "questions[0]"));
        operator().get("/api/follow-ups?state=some").then().statusCode(400);
        operator().get("/api/follow-ups?cursor=x").then().statusCode(400);
    }

    @Test
    void shouldKeepWhatAnAgentPromisesAndNobodyElse() {
        Tenant other = Cases.tenant("+12025550116", FollowUpSettings.none());
        open(Cases.tenant("+12025550115", FollowUpSettings.none()), other);
        topic.publish(anna.texts("Hi"));
        awaitLead();
        Map<String, Object> call =
                Map.of("leadId", anna.leadId(), "at", in(Duration.ofHours(3)), "questions", List.of("So?"));

        String id = promise(tokens.mint(ServiceToken.CONVERSATION_CONTEXT, "k-1", salon.id()), call)
                .statusCode(201)
                .body("author", equalTo("the agent"))
                .body("channel", equalTo("CALL"))
                .extract()
                .path("id");
        promise(tokens.mint(ServiceToken.CONVERSATION_CONTEXT, "k-1", salon.id()), call)
                .statusCode(201)
                .body("id", equalTo(id));

        promise("nonsense", call).statusCode(401);
        promise(Tokens.operator(salon.id(), "admin"), call).statusCode(401);
        promise(tokens.mint(ServiceToken.SMS_SERVICE, "k-2", salon.id()), call).statusCode(401);
        promise(tokens.mint(ServiceToken.CONVERSATION_CONTEXT, "k-2", other.id()), call)
                .statusCode(404);
        promise(tokens.mint(ServiceToken.CONVERSATION_CONTEXT, "k-2", null), call)
                .statusCode(404);
        promise(
                        tokens.mint(ServiceToken.CONVERSATION_CONTEXT, "k-2", salon.id()),
                        Map.of("at", in(Duration.ofHours(3))))
                .statusCode(400);
        followUps().body("followUps.id", equalTo(List.of(id)));
    }

    private static ValidatableResponse promise(String token, Map<String, Object> call) {
        return given().header(ServiceToken.HEADER, token)
                .contentType("application/json")
                .body(call)
                .post("/internal/follow-ups")
                .then();
    }

    @Test
    void shouldGiveStrangersAndOtherTenantsNothing() {
        Tenant other = Cases.tenant("+12025550113", FollowUpSettings.none());
        open(salon, other);
        topic.publish(anna.texts("Hi"));
        awaitLead();
        Map<String, Object> call = Map.of("channel", "CALL", "at", in(Duration.ofHours(20)));
        String id = ask("of-the-salon", call).statusCode(201).extract().path("id");

        given().get(path()).then().statusCode(401);
        given().get("/api/follow-ups").then().statusCode(401);
        given().contentType("application/json").body(call).post(path()).then().statusCode(401);
        given().delete("/api/follow-ups/" + id).then().statusCode(401);
        given().get("/api/follow-ups/hook-secret").then().statusCode(401);
        as(other, "admin").get(path()).then().statusCode(404);
        as(other, "admin").body(call).post(path()).then().statusCode(404);
        as(other, "admin").get("/api/follow-ups").then().statusCode(200).body("followUps", empty());
        as(other, "admin").delete("/api/follow-ups/" + id).then().statusCode(404);
        as(other, "admin").post("/api/follow-ups/" + id + "/now").then().statusCode(404);
        as(salon, "viewer").body(call).post(path()).then().statusCode(403);
        as(salon, "viewer").delete("/api/follow-ups/" + id).then().statusCode(403);
        as(salon, "operator").get("/api/follow-ups/hook-secret").then().statusCode(403);
        String secret = as(salon, "admin")
                .get("/api/follow-ups/hook-secret")
                .then()
                .extract()
                .path("secret");
        as(other, "admin").get("/api/follow-ups/hook-secret").then().body("secret", org.hamcrest.Matchers.not(secret));
        followUps().body("followUps.state", equalTo(List.of("scheduled")));
    }

    private static FollowUpSettings missed(FollowUpRule rule) {
        return new FollowUpSettings(rule, null, null);
    }

    private static FollowUpRule after(int minutes) {
        return new FollowUpRule(
                List.of(minutes), FollowUpChannel.TEXT, Cases.TEXT_BACK.text(), Cases.TEXT_BACK.questions());
    }

    private void open(Tenant tenant, Tenant... others) {
        salon = tenant;
        anna = Story.of(salon.id(), number);
        TestTenants.publish(salon);
        if (others.length > 0) {
            TestTenants.publish(others);
        }
    }

    private static String in(Duration time) {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(time).toString();
    }

    private String path() {
        return "/api/leads/" + anna.leadId() + "/follow-ups";
    }

    private ValidatableResponse ask(String key, Map<String, Object> order) {
        return operator()
                .header("Idempotency-Key", key)
                .body(order)
                .post(path())
                .then();
    }

    private ValidatableResponse followUps() {
        return operator().get(path()).then();
    }

    private ValidatableResponse timeline() {
        return operator()
                .get("/api/leads/" + anna.leadId() + "/timeline")
                .then()
                .statusCode(200);
    }

    private void awaitLead() {
        await().untilAsserted(() -> followUps().statusCode(200));
    }

    private RequestSpecification operator() {
        return as(salon, "operator");
    }

    private static RequestSpecification as(Tenant tenant, String role) {
        return given().auth().oauth2(Tokens.operator(tenant.id(), role)).contentType("application/json");
    }

    private void sql(String statement, Tuple parameters) {
        pool.preparedQuery(statement).execute(parameters).await().indefinitely();
    }
}
