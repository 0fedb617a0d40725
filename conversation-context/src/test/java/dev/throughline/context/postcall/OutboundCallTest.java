package dev.throughline.context.postcall;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.context.testing.EventTopic;
import dev.throughline.context.testing.Story;
import dev.throughline.events.CallEvent;
import dev.throughline.events.CallEvent.Answer;
import dev.throughline.events.CallEvent.Question;
import dev.throughline.events.CallFlight;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Topics;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.kafka.Records;
import dev.throughline.platform.testing.ElevenLabsRequests;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.platform.testing.TestTenants;
import dev.throughline.platform.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
class OutboundCallTest {

    private static final String PATH = "/api/webhooks/elevenlabs/post-call";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger NUMBERS = new AtomicInteger(50);

    private final Pool pool;
    private final Tenant salon;
    private final Story anna;
    private final EventTopic topic = new EventTopic();

    OutboundCallTest(Pool pool) {
        this.pool = pool;
        this.salon = TestTenants.salon("+120255501" + NUMBERS.incrementAndGet());
        this.anna = Story.of(salon.id(), "+12025550142");
    }

    @BeforeEach
    void publishTheTenant() {
        TestTenants.publish(salon);
    }

    @AfterEach
    void close() {
        topic.close();
    }

    @Test
    void shouldPutTheAnswersUnderTheQuestionsOnce() throws IOException {
        topic.publish(List.of(called(), asked()));
        untilEvents(2);

        webhook(transcription()).body("data.status", equalTo("recorded"));
        webhook(transcription()).body("data.status", equalTo("duplicate"));

        await().untilAsserted(() -> lead().body("questionnaires[0].answered", equalTo(true)));
        lead().body("questionnaires.size()", equalTo(1))
                .body("questionnaires[0].callId", equalTo(anna.callId()))
                .body(
                        "questionnaires[0].questions.answer",
                        equalTo(List.of("2026-11-23", "A haircut on Monday please.")))
                .body("questionnaires[0].questions.source", equalTo(List.of("collected", "transcript")));
        timeline()
                .body("entries.findAll{it.kind=='QUESTIONS'}.status", equalTo(List.of("asked", "answered")))
                .body("entries.find{it.status=='answered'}.detail.questions[0].answer", equalTo("2026-11-23"));
        assertThat(answered()).hasSize(1);
    }

    @Test
    void shouldFindTheAnswersWhenTheQuestionsComeLast() throws IOException {
        topic.publish(called());
        untilEvents(1);
        webhook(transcription());
        await().untilAsserted(() -> timeline().body("entries.kind", hasItem("SUMMARY")));

        topic.publish(asked());

        await().untilAsserted(() -> assertThat(answered()).hasSize(1));
        assertThat(((CallEvent.QuestionsAnswered) answered().getFirst().event()).answers())
                .extracting(Answer::questionId)
                .containsExactly("question_1", "question_2");
    }

    @Test
    void shouldShowACallThatCouldNotBePlaced() throws IOException {
        topic.publish(called());
        untilEvents(1);
        ObjectNode body =
                (ObjectNode) JSON.readTree(PostCallParserTest.fixture("webhook_call_initiation_failure_twilio.json"));
        ObjectNode data = (ObjectNode) body.path("data");
        data.put("conversation_id", anna.conversationId());
        ((ObjectNode) data.path("metadata").path("body")).put("CallSid", anna.callId());

        webhook(body).body("data.status", equalTo("recorded"));

        await().untilAsserted(() -> timeline().body("entries.text", hasItem("The line was busy")));
        lead().body("lead.onThePhone", equalTo(false));
    }

    @Test
    void shouldShowWhatAPageShowsBeyondTheWords() {
        CallFlight flight = new CallFlight(
                new CallFlight.Setup(12, 85, 20, 93, 270, 480),
                List.of(new CallFlight.Turn(4_200, 180, 240, 95, 5, 520, false)),
                0,
                1,
                80,
                3,
                1000,
                null,
                List.of());
        topic.publish(List.of(
                called(),
                anna.event(new CallEvent.MessageLeft(anna.callId(), "RE1", 14), anna.callId()),
                anna.event(
                        new CallEvent.HandOver(
                                anna.callId(),
                                "ho_1",
                                CallEvent.HandOver.Stage.NO_ANSWER,
                                "agent",
                                "Maria",
                                null,
                                true),
                        "ho_1"),
                anna.event(
                        new CallEvent.Quality(
                                anna.callId(), null, 93, 480, List.of(520L), 0, 10, 10, 0, "agent", flight),
                        anna.callId())));
        untilEvents(4);

        timeline()
                .body("entries.find{it.kind=='VOICE_MESSAGE'}.detail.recordingSid", equalTo("RE1"))
                .body("entries.find{it.kind=='HAND_OVER'}.status", equalTo("no-answer"))
                .body("entries.find{it.kind=='QUALITY'}.detail.quality.flight.setup.totalMillis", equalTo(480))
                .body("entries.find{it.kind=='QUALITY'}.detail.quality.flight.turns[0].responseMillis", equalTo(520));
    }

    @Test
    void shouldMatchLaterWhatMatchedNobody() throws IOException {
        ObjectNode body =
                (ObjectNode) JSON.readTree(PostCallParserTest.fixture("webhook_post_call_transcription_sparse.json"));
        ((ObjectNode) body.path("data")).put("conversation_id", anna.conversationId());
        webhook(body).body("data.status", equalTo("unmatched"));

        topic.publish(List.of(called(), anna.conversationStarts()));
        untilEvents(2);
        pool.preparedQuery("update post_call_receipt set next_try_at = received_at where conversation_id = $1")
                .execute(Tuple.of(anna.conversationId()))
                .await()
                .indefinitely();

        await().untilAsserted(() -> assertThat(types()).contains("conversation.analysed"));
        webhook(body).body("data.status", equalTo("duplicate"));
    }

    @Test
    void shouldRefuseInTimeWhatADatabaseThatHangsCannotTake() throws IOException {
        topic.publish(called());
        untilEvents(1);
        SqlConnection holder = pool.getConnection().await().indefinitely();
        try {
            holder.query("begin; lock table post_call_receipt in access exclusive mode")
                    .execute()
                    .await()
                    .indefinitely();

            ElevenLabsRequests.webhook(transcription().toString())
                    .post(PATH)
                    .then()
                    .statusCode(503)
                    .body("success", equalTo(false))
                    .body("code", equalTo("UNAVAILABLE"));
        } finally {
            holder.query("rollback").execute().await().indefinitely();
            holder.close().await().indefinitely();
        }

        // The provider repeats a 503; whether the first was stored after all makes no difference.
        webhook(transcription());
        await().untilAsserted(() -> assertThat(types()).containsOnlyOnce("conversation.analysed"));
    }

    private RecordedEvent called() {
        return anna.event(
                new CallEvent.Started(
                        anna.callId(),
                        CallEvent.Direction.OUTBOUND,
                        CallEvent.Path.NATIVE,
                        Story.BUSINESS,
                        "+12025550142"),
                anna.callId());
    }

    private RecordedEvent asked() {
        return anna.event(
                new CallEvent.QuestionsAsked(
                        anna.callId(),
                        null,
                        List.of(
                                new Question("question_1", "Preferred date?"),
                                new Question("question_2", "How can I help you?"))),
                anna.callId());
    }

    private ObjectNode transcription() throws IOException {
        ObjectNode body =
                (ObjectNode) JSON.readTree(PostCallParserTest.fixture("webhook_post_call_transcription.json"));
        ObjectNode data = (ObjectNode) body.path("data");
        data.put("conversation_id", anna.conversationId());
        data.putNull("conversation_initiation_client_data");
        ((ObjectNode) data.path("metadata").path("phone_call")).put("call_sid", anna.callId());
        return body;
    }

    private static ValidatableResponse webhook(ObjectNode body) {
        return ElevenLabsRequests.webhook(body.toString()).post(PATH).then().statusCode(200);
    }

    private ValidatableResponse lead() {
        return get("");
    }

    private ValidatableResponse timeline() {
        return get("/timeline");
    }

    private ValidatableResponse get(String what) {
        return given().auth()
                .oauth2(Tokens.operator(salon.id(), "viewer"))
                .get("/api/leads/" + anna.leadId() + what)
                .then()
                .statusCode(200);
    }

    private List<RecordedEvent> answered() {
        return EventTopic.read(Topics.CHANNEL_EVENTS, anna.leadId()).stream()
                .map(Records::event)
                .filter(event -> event.type().equals("call.questions-answered"))
                .toList();
    }

    private List<String> types() {
        return EventTopic.read(Topics.CHANNEL_EVENTS, anna.leadId()).stream()
                .map(record -> Records.event(record).type())
                .toList();
    }

    private void untilEvents(int many) {
        await().untilAsserted(() -> assertThat(pool.preparedQuery("select count(*)::int from event where lead_id = $1")
                        .execute(Tuple.of(anna.leadId()))
                        .await()
                        .indefinitely()
                        .iterator()
                        .next()
                        .getInteger(0))
                .isGreaterThanOrEqualTo(many));
    }
}
