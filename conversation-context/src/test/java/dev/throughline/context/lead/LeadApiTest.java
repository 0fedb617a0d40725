package dev.throughline.context.lead;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.throughline.context.testing.EventTopic;
import dev.throughline.context.testing.Story;
import dev.throughline.events.ConversationEvent.FinalTurn;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.LeadContextCodec;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.platform.testing.TestTenants;
import dev.throughline.platform.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
class LeadApiTest {

    private final ServiceToken serviceTokens;
    private final Tenant salon = TestTenants.salon("+12025550101");
    private final Tenant other = TestTenants.salon(UUID.randomUUID(), "+12025550102", "another-tool-secret-of-a-test");
    private final Story anna = Story.of(salon.id(), "+12025550142");

    LeadApiTest(ServiceToken serviceTokens) {
        this.serviceTokens = serviceTokens;
    }

    @BeforeEach
    void publishTheTenants() {
        TestTenants.publish(salon, other);
    }

    @Test
    void shouldListTheTenantsLeadsAndFindThemByNameNumberAndWords() {
        Story ben = Story.of(salon.id(), "+12025550143");
        publish(anna.texts("Do you have time for a colouring on Tuesday?"), anna.isNamed("Anna Berger"));
        publish(ben.calls());
        awaitLead(anna, "Anna Berger");
        awaitLead(ben, null);

        viewer().get("/api/leads")
                .then()
                .statusCode(200)
                .body("leads", hasSize(2))
                .body("leads.find { it.leadId == '" + anna.leadId() + "' }.lastText", containsString("colouring"))
                .body("leads.find { it.leadId == '" + anna.leadId() + "' }.lastChannel", equalTo("SMS"))
                .body("leads.find { it.leadId == '" + ben.leadId() + "' }.onThePhone", equalTo(true));
        for (String found : List.of("berger", "555-0142", "colour", "tuesday time")) {
            viewer().queryParam("q", found)
                    .get("/api/leads")
                    .then()
                    .statusCode(200)
                    .body("leads.leadId", contains(anna.leadId().toString()));
        }
        for (String lost : List.of("nobody", "%", "_", "') or true --", "haircut & |")) {
            viewer().queryParam("q", lost)
                    .get("/api/leads")
                    .then()
                    .statusCode(200)
                    .body("leads", empty());
        }
    }

    @Test
    void shouldPageTheListWithoutAGapOrARepeat() {
        List<Story> crowd = IntStream.range(0, 7)
                .mapToObj(i -> Story.of(salon.id(), "+1202555015" + i))
                .toList();
        crowd.forEach(one -> publish(one.texts("Hi")));
        crowd.forEach(one -> awaitLead(one, null));

        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            var page =
                    viewer().queryParam("limit", 3).queryParam("cursor", cursor).get("/api/leads");
            seen.addAll(page.jsonPath().getList("leads.leadId", String.class));
            cursor = page.jsonPath().getString("nextCursor");
        } while (cursor != null);

        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void shouldTellOneLeadWithScoreAppointmentsAndTimeline() {
        publish(anna.texts("Hi"), anna.isAnswered("SM-api", "Hello!"), anna.delivery("SM-api", "delivered"));
        publish(anna.calls(), anna.says(0, Speaker.CUSTOMER, "heard live"), anna.isNamed("Anna Berger"));
        publish(anna.books("apt-api-" + anna.leadId()), anna.hangsUp());
        publish(anna.isAnalysed(List.of(new FinalTurn(Speaker.CUSTOMER, "the final words", 3, false, null))));
        await().untilAsserted(() -> viewer().get(lead(anna)).then().body("score.score", not(nullValue())));

        viewer().get(lead(anna))
                .then()
                .statusCode(200)
                .body("lead.name", equalTo("Anna Berger"))
                .body("lead.onThePhone", equalTo(false))
                .body("timeZone", equalTo("America/New_York"))
                .body("appointments.serviceName", contains("Colouring"))
                .body("score.factors.name", hasItem("booked"));
        viewer().get(lead(anna) + "/timeline")
                .then()
                .statusCode(200)
                .body("entries.find { it.kind == 'MESSAGE' && it.speaker == 'AGENT' }.status", equalTo("delivered"))
                .body("entries.findAll { it.kind == 'TURN' }.text", contains("the final words"))
                .body("entries.findAll { it.provisional }", empty())
                .body("nextCursor", nullValue());
    }

    @Test
    void shouldTellTheContextAsItStoodAtAnyInstant() {
        RecordedEvent first = anna.texts("I would like a haircut");
        RecordedEvent second = anna.isNamed("Anna Berger");
        publish(first, second);
        awaitLead(anna, "Anna Berger");

        viewer().queryParam("at", first.time().toString())
                .get(lead(anna) + "/context")
                .then()
                .statusCode(200)
                .body("name", nullValue())
                .body("promptContext", containsString("haircut"));
        viewer().queryParam("at", first.time().minusSeconds(1).toString())
                .get(lead(anna) + "/context")
                .then()
                .statusCode(200)
                .body("promptContext", equalTo(""));
        viewer().get(lead(anna) + "/context")
                .then()
                .statusCode(200)
                .body("name", equalTo("Anna Berger"))
                .body("promptContext", containsString("Anna Berger"));
        viewer().queryParam("at", "yesterday")
                .get(lead(anna) + "/context")
                .then()
                .statusCode(400)
                .body("errors.field", contains("at"));
    }

    @Test
    void shouldTellTheDifferenceBetweenTwoMoments() {
        RecordedEvent first = anna.texts("I would like a haircut");
        RecordedEvent named = anna.isNamed("Anna Berger");
        RecordedEvent booked = anna.books("apt-diff-" + anna.leadId());
        publish(first, named, booked);
        awaitLead(anna, "Anna Berger");

        await().untilAsserted(() -> viewer().queryParam("from", first.time().toString())
                .queryParam("to", booked.time().toString())
                .get(lead(anna) + "/context/diff")
                .then()
                .statusCode(200)
                .body("changes.what", contains("name", "appointment apt-diff-" + anna.leadId()))
                .body("changes[0].before", nullValue())
                .body("changes[0].after", equalTo("Anna Berger"))
                .body("entries.kind", contains("LEAD", "APPOINTMENT"))
                .body("told", hasItem("The customer's name is Anna Berger."))
                .body("forgotten", empty()));
        viewer().queryParam("from", booked.time().toString())
                .queryParam("to", first.time().toString())
                .get(lead(anna) + "/context/diff")
                .then()
                .statusCode(400)
                .body("errors.field", contains("to"));
    }

    @Test
    void shouldTellAnyInstantOfALongHistoryFromTheContextsKeptOnTheWay() {
        List<RecordedEvent> history = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            history.add(anna.texts("text number " + i + "."));
        }
        RecordedEvent late = anna.texts("told late");
        RecordedEvent earlier = new RecordedEvent(
                late.id(),
                history.get(300).time().plusMillis(1),
                late.source(),
                late.tenantId(),
                late.leadId(),
                late.event());
        publish(history.toArray(RecordedEvent[]::new));
        publish(earlier);
        await().untilAsserted(() -> viewer().queryParam("query", "told late")
                .get("/api/leads")
                .then()
                .body("leads", hasSize(1)));

        for (int i : List.of(0, 299, 301, 600, 899)) {
            var context = viewer().queryParam("at", history.get(i).time().toString())
                    .get(lead(anna) + "/context")
                    .then()
                    .statusCode(200)
                    .body("promptContext", containsString("text number " + i + "."))
                    .body("promptContext", not(containsString("text number " + (i + 1) + ".")));
            context.body("promptContext", i == 301 ? containsString("told late") : not(containsString("told late")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/timeline",
                "/context",
                "/context?at=2026-11-21T00:00:00Z",
                "/context/diff?from=2026-11-21T00:00:00Z"
            })
    void shouldTellNobodyButTheTenantsOwnOperators(String below) {
        publish(anna.texts("secret"));
        awaitLead(anna, null);

        given().get(lead(anna) + below).then().statusCode(401);
        given().auth().oauth2("not.a.token").get(lead(anna) + below).then().statusCode(401);
        given().auth()
                .oauth2(Tokens.operator(other.id(), "admin"))
                .get(lead(anna) + below)
                .then()
                .statusCode(404);
        viewer().get(lead(anna) + below).then().statusCode(200);
    }

    @Test
    void shouldNotMixTheListsOfTwoTenants() {
        publish(anna.texts("secret colouring"));
        awaitLead(anna, null);
        RequestSpecification stranger = given().auth().oauth2(Tokens.operator(other.id(), "admin"));

        stranger.get("/api/leads").then().statusCode(200).body("leads", empty());
        given().auth()
                .oauth2(Tokens.operator(other.id(), "admin"))
                .queryParam("q", "colouring")
                .get("/api/leads")
                .then()
                .statusCode(200)
                .body("leads", empty());
        given().get("/api/leads").then().statusCode(401);
    }

    @Test
    void shouldNameWhatIsWrongInAQuery() {
        viewer().queryParam("limit", 0)
                .get("/api/leads")
                .then()
                .statusCode(400)
                .body("errors.field", contains("limit"));
        viewer().queryParam("cursor", "x")
                .get("/api/leads")
                .then()
                .statusCode(400)
                .body("errors.field", contains("cursor"));
        viewer().get("/api/leads/not-an-id").then().statusCode(404);
    }

    @Test
    void shouldGiveTheFoldedContextToOtherServicesWithAServiceTokenOnly() throws IOException {
        RecordedEvent text = anna.texts("Hi");
        publish(text);
        awaitLead(anna, null);
        String path = "/internal/lead-contexts/" + salon.id() + "/" + anna.leadId();

        byte[] body = given().header(ServiceToken.HEADER, service(salon.id()))
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();

        assertThat(LeadContextCodec.decode(body)).isEqualTo(LeadContext.of(salon.id(), anna.leadId(), List.of(text)));
        given().get(path).then().statusCode(401);
        given().auth()
                .oauth2(Tokens.operator(salon.id(), "admin"))
                .get(path)
                .then()
                .statusCode(401);
        given().header(ServiceToken.HEADER, service(other.id()))
                .get(path)
                .then()
                .statusCode(404);
        given().header(ServiceToken.HEADER, service(salon.id()))
                .get("/internal/lead-contexts/" + salon.id() + "/" + UUID.randomUUID())
                .then()
                .statusCode(404);
        given().header(ServiceToken.HEADER, serviceTokens.mint(ServiceToken.MEDIA_BRIDGE, "x", salon.id()))
                .get(path)
                .then()
                .statusCode(401);
    }

    private String service(UUID tenantId) {
        return serviceTokens.mint(ServiceToken.CONVERSATION_CONTEXT, "lead-contexts", tenantId);
    }

    private RequestSpecification viewer() {
        return given().auth().oauth2(Tokens.operator(salon.id(), "viewer"));
    }

    private static String lead(Story story) {
        return "/api/leads/" + story.leadId();
    }

    private static void publish(RecordedEvent... events) {
        try (EventTopic topic = new EventTopic()) {
            topic.publish(List.of(events));
        }
    }

    private void awaitLead(Story story, @Nullable String name) {
        await().untilAsserted(() -> viewer().get(lead(story))
                .then()
                .statusCode(200)
                .body("lead.name", name == null ? nullValue() : equalTo(name)));
    }
}
