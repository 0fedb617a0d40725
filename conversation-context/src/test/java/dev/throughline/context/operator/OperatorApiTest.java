package dev.throughline.context.operator;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import dev.throughline.context.testing.EventTopic;
import dev.throughline.context.testing.Story;
import dev.throughline.events.OperatorEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Topics;
import dev.throughline.events.context.LeadContextCodec;
import dev.throughline.events.context.PromptContext;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.kafka.Records;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.platform.testing.TestTenants;
import dev.throughline.platform.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
class OperatorApiTest {

    private static final AtomicInteger NUMBERS = new AtomicInteger(20);

    private final Tenant salon = TestTenants.salon("+120255502" + NUMBERS.incrementAndGet());
    private final Tenant other = TestTenants.salon(
            UUID.randomUUID(), "+120255502" + NUMBERS.incrementAndGet(), "another-tool-secret-of-a-test");
    private final Story anna = Story.of(salon.id(), "+12025550142");
    private final Story visitor = Story.of(salon.id(), "+12025550143");

    @BeforeEach
    void publishTheTenants() {
        TestTenants.publish(salon, other);
    }

    @Test
    void shouldPutANoteOnTheTimelineAndKeepItFromTheAgent() {
        publish(anna.texts("Hi"));
        awaitLead(anna);

        String id = operator()
                .body(Map.of("text", "  Prefers Maria. <script>alert(1)</script> "))
                .post(lead(anna) + "/notes")
                .then()
                .statusCode(202)
                .extract()
                .path("eventId");

        await().untilAsserted(() -> operator()
                .get(lead(anna) + "/timeline")
                .then()
                .body("entries.find { it.id == '" + id + "' }.kind", equalTo("NOTE"))
                .body("entries.text", hasItem("Prefers Maria. <script>alert(1)</script>")));
        operator().get(lead(anna) + "/context").then().body("promptContext", not(containsString("Maria")));
        operator().queryParam("query", "prefers maria").get("/api/leads").then().body("leads", not(empty()));
    }

    @Test
    void shouldRecordARequestThatIsRepeatedOnce() {
        publish(anna.texts("Hi"));
        awaitLead(anna);
        String key = UUID.randomUUID().toString();

        String first = note(key, "Call back at five.");
        String second = note(key, "Call back at five.");

        assertThat(second).isEqualTo(first);
        await().untilAsserted(() -> assertThat(operatorEvents(anna)).hasSize(1));
        operator()
                .header("Idempotency-Key", key)
                .body(Map.of("text", "Something else."))
                .post(lead(anna) + "/notes")
                .then()
                .statusCode(409)
                .body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
    }

    @Test
    void shouldWhisperIntoALiveCallAndNotIntoOneThatIsOver() {
        publish(anna.calls());
        awaitLead(anna);
        Map<String, String> whisper = Map.of("text", "Offer ten percent", "callSid", anna.callId());

        operator().body(whisper).post(lead(anna) + "/whispers").then().statusCode(202);

        await().untilAsserted(
                        () -> assertThat(operatorEvents(anna)).singleElement().satisfies(event -> assertThat(event)
                                .isInstanceOfSatisfying(OperatorEvent.Whisper.class, said -> {
                                    assertThat(said.text()).isEqualTo("Offer ten percent");
                                    assertThat(said.author()).isEqualTo("operator@example.test");
                                    assertThat(said.isFor(anna.callId())).isTrue();
                                    assertThat(said.isFor("CA-another")).isFalse();
                                })));
        // A live call, but another customer's.
        Story boris = Story.of(anna.tenantId(), "+12025550169");
        publish(boris.calls());
        awaitLead(boris);
        operator()
                .body(Map.of("text", "Offer ten percent", "callSid", boris.callId()))
                .post(lead(anna) + "/whispers")
                .then()
                .statusCode(409)
                .body("code", equalTo("CALL_NOT_LIVE"));
        publish(anna.hangsUp());
        await().untilAsserted(() -> operator()
                .body(whisper)
                .post(lead(anna) + "/whispers")
                .then()
                .statusCode(409)
                .body("code", equalTo("CALL_NOT_LIVE")));
    }

    @Test
    void shouldShowBothHistoriesOfLinkedLeadsAndPartThemAgain() throws IOException {
        publish(anna.isNamed("Anna Berger"), anna.texts("I am Anna"));
        publish(visitor.texts("Do you do highlights?"));
        awaitLead(anna);
        awaitLead(visitor);

        link("link", anna, visitor)
                .statusCode(202)
                .body("linked", contains(visitor.leadId().toString()));

        for (Story one : List.of(anna, visitor)) {
            await().untilAsserted(() -> operator()
                    .get(lead(one) + "/timeline")
                    .then()
                    .body("entries.text", hasItems("I am Anna", "Do you do highlights?")));
            await().untilAsserted(() -> operator()
                    .get(lead(one) + "/context")
                    .then()
                    .body("name", equalTo("Anna Berger"))
                    .body("promptContext", containsString("highlights")));
        }
        // What happens to one of them is told of both.
        publish(visitor.texts("On Tuesday?"));
        await().untilAsserted(() -> assertThat(PromptContext.of(
                        LeadContextCodec.decode(EventTopic.read(Topics.LEAD_CONTEXTS, anna.leadId())
                                .getLast()
                                .value()),
                        ZoneOffset.UTC,
                        anna.now(),
                        2_000))
                .contains("I am Anna", "highlights", "On Tuesday?"));

        link("unlink", visitor, anna).statusCode(202).body("linked", empty());

        await().untilAsserted(() -> operator()
                .get(lead(anna) + "/context")
                .then()
                .body("promptContext", not(containsString("highlights"))));
        await().untilAsserted(() -> operator()
                .get(lead(visitor) + "/context")
                .then()
                .body("promptContext", not(containsString("I am Anna"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/notes", "/whispers", "/link", "/unlink"})
    void shouldObeyNobodyButTheTenantsOwnOperators(String below) {
        publish(anna.texts("Hi"), visitor.texts("Hi"));
        awaitLead(anna);
        Map<String, String> body =
                Map.of("text", "Hello", "leadId", visitor.leadId().toString());
        String path = lead(anna) + below;

        given().contentType("application/json").body(body).post(path).then().statusCode(401);
        as(salon, "viewer").body(body).post(path).then().statusCode(403);
        as(other, "admin").body(body).post(path).then().statusCode(404);
        operator().body(Map.of()).post(path).then().statusCode(400);
        operator()
                .body(body)
                .post("/api/leads/" + UUID.randomUUID() + below)
                .then()
                .statusCode(404);
    }

    @Test
    void shouldLinkNoLeadOfAnotherTenant() {
        Story stranger = Story.of(other.id(), "+12025550144");
        publish(anna.texts("Hi"));
        publish(stranger.texts("secret"));
        awaitLead(anna);
        await().untilAsserted(
                        () -> as(other, "viewer").get(lead(stranger)).then().statusCode(200));

        link("link", anna, stranger).statusCode(404);
    }

    @Test
    void shouldNameWhatIsWrong() {
        publish(anna.texts("Hi"));
        awaitLead(anna);

        operator()
                .body(Map.of("text", "x".repeat(OperatorResource.LONGEST_WHISPER + 1)))
                .post(lead(anna) + "/whispers")
                .then()
                .statusCode(400)
                .body("errors.field", contains("text"));
        link("link", anna, anna).statusCode(400);
    }

    private io.restassured.response.ValidatableResponse link(String verb, Story one, Story another) {
        return operator()
                .body(Map.of("leadId", another.leadId().toString()))
                .post(lead(one) + "/" + verb)
                .then();
    }

    private String note(String key, String text) {
        return operator()
                .header("Idempotency-Key", key)
                .body(Map.of("text", text))
                .post(lead(anna) + "/notes")
                .then()
                .statusCode(202)
                .extract()
                .path("eventId");
    }

    private static List<OperatorEvent> operatorEvents(Story story) {
        return EventTopic.read(Topics.CHANNEL_EVENTS, story.leadId()).stream()
                .map(Records::event)
                .map(RecordedEvent::event)
                .filter(OperatorEvent.class::isInstance)
                .map(OperatorEvent.class::cast)
                .toList();
    }

    private RequestSpecification operator() {
        return as(salon, "operator");
    }

    private static RequestSpecification as(Tenant tenant, String role) {
        return given().contentType("application/json").auth().oauth2(Tokens.operator(tenant.id(), role));
    }

    private static String lead(Story story) {
        return "/api/leads/" + story.leadId();
    }

    private static void publish(RecordedEvent... events) {
        try (EventTopic topic = new EventTopic()) {
            topic.publish(List.of(events));
        }
    }

    private void awaitLead(Story story) {
        await().untilAsserted(() -> operator().get(lead(story)).then().statusCode(200));
    }
}
