package dev.throughline.context.board;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.throughline.context.testing.EventTopic;
import dev.throughline.context.testing.MovableClock;
import dev.throughline.context.testing.Story;
import dev.throughline.events.CallEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.platform.testing.TestTenants;
import dev.throughline.platform.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
class BoardTest {

    private final Tenant salon = TestTenants.salon("+12025550105");
    /** Noon of a day: the numbers are of one day, whatever time of it a run begins. */
    private static final Instant NOON = ZonedDateTime.of(2026, 3, 10, 12, 0, 0, 0, ZoneId.of("America/New_York"))
            .toInstant();

    private final MovableClock clock;
    private final Tenant other = TestTenants.salon(UUID.randomUUID(), "+12025550106", "another-tool-secret-of-a-test");

    BoardTest(MovableClock clock) {
        this.clock = clock;
    }

    @BeforeEach
    void publishTheTenants() {
        clock.stopAt(NOON);
        TestTenants.publish(salon, other);
    }

    @AfterEach
    void letTheClockGo() {
        clock.stopAt(null);
    }

    @Test
    void shouldTellWhoIsOnThePhoneWhoWaitsWhoWasMissedAndTodaysNumbers() {
        Story caller = story("+12025550151");
        Story waiting = story("+12025550152");
        Story answered = story("+12025550153");
        Story missed = story("+12025550154");
        Story textedBack = story("+12025550155");
        publish(caller.calls(), caller.says(0, Speaker.AGENT, "Hello"));
        publish(waiting.texts("Anybody there?"));
        publish(answered.texts("Hi"), answered.isAnswered("SM-board", "Hello!"), answered.books("apt-board"));
        // Told that the business is closed, and hung up.
        publish(
                missed.event(
                        new CallEvent.Started(
                                missed.callId(),
                                CallEvent.Direction.INBOUND,
                                CallEvent.Path.DIRECT,
                                "+12025550154",
                                Story.BUSINESS),
                        missed.callId()),
                missed.event(
                        new CallEvent.Ended(missed.callId(), "completed", 9, null, CallEvent.SpokeWith.NOBODY), "x"));
        publish(
                textedBack.calls(),
                textedBack.event(new CallEvent.Ended(textedBack.callId(), "busy", 0, null), "x"),
                textedBack.isAnswered("SM-back", "You called?"));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> board().body("liveCalls.callSid", contains(caller.callId()))
                        .body("liveCalls.direction", contains("INBOUND"))
                        .body("waitingTexts.text", contains("Anybody there?"))
                        .body("missedCalls.leadId", contains(missed.leadId().toString()))
                        .body("timeZone", equalTo("America/New_York"))
                        .body("numbers.callsIn", equalTo(3))
                        .body("numbers.callsMissed", equalTo(2))
                        .body("numbers.textsIn", equalTo(2))
                        .body("numbers.textsOut", equalTo(2))
                        .body("numbers.booked", equalTo(1))
                        .body("numbers.newLeads", equalTo(5)));

        publish(
                caller.event(
                        new CallEvent.HandOver(
                                caller.callId(),
                                "ho",
                                CallEvent.HandOver.Stage.ACCEPTED,
                                "agent",
                                "Maria",
                                null,
                                false),
                        "ho"),
                waiting.isAnswered("SM-late", "Here!"));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> board().body("liveCalls.with", contains("Maria"))
                .body("waitingTexts", empty()));
        publish(caller.hangsUp());
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> board().body("liveCalls", empty())
                .body("missedCalls", hasSize(1))
                .body("numbers.talkSeconds", equalTo(42)));
    }

    @Test
    void shouldShowNobodyAnotherTenantsBoard() {
        Story waiting = story("+12025550156");
        publish(waiting.texts("secret"));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> board().body("waitingTexts", hasSize(1)));

        given().get("/api/board").then().statusCode(401);
        given().auth()
                .oauth2(Tokens.operator(other.id(), "admin"))
                .get("/api/board")
                .then()
                .statusCode(200)
                .body("waitingTexts", empty())
                .body("numbers.textsIn", equalTo(0));
    }

    private Story story(String phone) {
        return Story.of(salon.id(), phone).from(NOON.minusSeconds(600));
    }

    private ValidatableResponse board() {
        return given().auth()
                .oauth2(Tokens.operator(salon.id(), "viewer"))
                .get("/api/board")
                .then()
                .statusCode(200);
    }

    private static void publish(RecordedEvent... events) {
        try (EventTopic topic = new EventTopic()) {
            topic.publish(List.of(events));
        }
    }
}
