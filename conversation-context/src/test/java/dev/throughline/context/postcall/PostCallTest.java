package dev.throughline.context.postcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.context.testing.EventTopic;
import dev.throughline.context.testing.Story;
import dev.throughline.events.CallEvent;
import dev.throughline.events.ConversationEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Topics;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.kafka.Records;
import dev.throughline.platform.testing.ElevenLabsRequests;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.platform.testing.TestTenants;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
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
class PostCallTest {

    private static final String PATH = "/api/webhooks/elevenlabs/post-call";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger NUMBERS = new AtomicInteger(10);

    private final Pool pool;
    private Tenant salon;
    private Story anna;

    PostCallTest(Pool pool) {
        this.pool = pool;
        this.salon = TestTenants.salon("+120255501" + NUMBERS.incrementAndGet());
        this.anna = Story.of(salon.id(), "+12025550142");
    }

    @BeforeEach
    void publishTheTenant() {
        TestTenants.publish(salon);
    }

    @ParameterizedTest
    @ValueSource(strings = {PATH, "/api/webhooks/elevenlabs/conversation-events"})
    void shouldRecordTheFinalTranscriptOnceUnderBothNames(String path) throws IOException {
        String body = transcription(anna.conversationId());

        ElevenLabsRequests.webhook(body).post(path).then().statusCode(200).body("data.status", equalTo("recorded"));
        ElevenLabsRequests.webhook(body).post(PATH).then().statusCode(200).body("data.status", equalTo("duplicate"));

        await().untilAsserted(() -> assertThat(analysed()).hasSize(1));
        RecordedEvent event = analysed().getFirst();
        assertThat(event.tenantId()).isEqualTo(salon.id());
        assertThat(((ConversationEvent.Analysed) event.event()).transcript()).isNotEmpty();
        assertThat(receipts(anna.conversationId())).isEqualTo(1);
    }

    @Test
    void shouldStoreNothingOfWhatIsNotSigned() throws IOException {
        String body = transcription(anna.conversationId());

        RestAssured.given()
                .contentType("application/json")
                .body(body)
                .post(PATH)
                .then()
                .statusCode(403);
        RestAssured.given()
                .contentType("application/json")
                .header("ElevenLabs-Signature", "t=1,v0=00")
                .body(body)
                .post(PATH)
                .then()
                .statusCode(403);

        assertThat(receipts(anna.conversationId())).isZero();
    }

    @Test
    void shouldRefuseEveryBadVectorAndEveryVectorThatIsOld() throws IOException {
        for (JsonNode vector : JSON.readTree(PostCallParserTest.fixture("webhook_signature_vectors.json"))
                .path("cases")) {
            // Their clock is another year's: in this one even the good ones are replays.
            RestAssured.given()
                    .contentType("application/json")
                    .header("ElevenLabs-Signature", vector.path("header").asText(""))
                    .body(vector.path("body").asText().getBytes(StandardCharsets.UTF_8))
                    .post(PATH)
                    .then()
                    .statusCode(403);
        }
    }

    @Test
    void shouldFindTheLeadByNumberWhereItsIdIsNotTold() throws IOException {
        ObjectNode body =
                (ObjectNode) JSON.readTree(PostCallParserTest.fixture("webhook_post_call_transcription.json"));
        ObjectNode data = (ObjectNode) body.path("data");
        data.put("conversation_id", anna.conversationId());
        data.putNull("conversation_initiation_client_data");
        ObjectNode phoneCall = (ObjectNode) data.path("metadata").path("phone_call");
        phoneCall.put("agent_number", salon.twilioPhoneNumber()).put("external_number", "+12025550142");
        phoneCall.put("call_sid", anna.callId());

        ElevenLabsRequests.webhook(body.toString()).post(PATH).then().statusCode(200);

        await().untilAsserted(() -> assertThat(analysed()).hasSize(1));
    }

    @Test
    void shouldFindTheLeadByAnEarlierEventOfTheConversationForTheSparsePayload() throws IOException {
        try (EventTopic topic = new EventTopic()) {
            topic.publish(List.of(anna.calls(), anna.conversationStarts()));
        }
        await().untilAsserted(() -> assertThat(eventsOfLead()).isEqualTo(2));
        ObjectNode body =
                (ObjectNode) JSON.readTree(PostCallParserTest.fixture("webhook_post_call_transcription_sparse.json"));
        ((ObjectNode) body.path("data")).put("conversation_id", anna.conversationId());

        ElevenLabsRequests.webhook(body.toString())
                .post(PATH)
                .then()
                .statusCode(200)
                .body("data.status", equalTo("recorded"));

        await().untilAsserted(() -> assertThat(analysed()).hasSize(1));
    }

    @Test
    void shouldReadTheOlderShape() {
        String body = """
                {"type":"post_call_transcription","event_timestamp":1795168860,"data":{"conversation_id":"%s",
                 "transcript":[{"role":"user","message":"Hi"}],
                 "conversation_initiation_client_data":{"lead_id":"%s","tenant_id":"%s"},
                 "metadata":{"phone_number":"+12025550142"}}}""".formatted(anna.conversationId(), anna.leadId(), salon.id());

        ElevenLabsRequests.webhook(body)
                .post("/api/webhooks/elevenlabs/conversation-events")
                .then()
                .statusCode(200)
                .body("data.status", equalTo("recorded"));

        await().untilAsserted(() -> assertThat(analysed()).hasSize(1));
    }

    @Test
    void shouldKeepWhatBelongsToNobodyAndNotInventATenant() throws IOException {
        ObjectNode body = (ObjectNode) JSON.readTree(transcription(anna.conversationId()));
        ((ObjectNode) body.path("data")
                        .path("conversation_initiation_client_data")
                        .path("dynamic_variables"))
                .put("tenant_id", UUID.randomUUID().toString());
        // A call nobody knows, of a number that a lead of another tenant may have.
        ((ObjectNode) body.path("data").path("metadata").path("phone_call"))
                .put("call_sid", "CA" + UUID.randomUUID().toString().replace("-", ""));

        ElevenLabsRequests.webhook(body.toString())
                .post(PATH)
                .then()
                .statusCode(200)
                .body("data.status", equalTo("unmatched"));
    }

    @Test
    void shouldTakeRecordingsFailuresAndTypesItDoesNotKnow() throws IOException {
        for (String name : List.of("webhook_post_call_audio.json", "webhook_call_initiation_failure_twilio.json")) {
            ElevenLabsRequests.webhook(PostCallParserTest.fixture(name))
                    .post(PATH)
                    .then()
                    .statusCode(200);
        }
        ElevenLabsRequests.webhook(
                        "{\"event\":\"conversation_ended\",\"data\":{\"conversation_id\":\"conv_old\"},\"agentId\":\"a\"}")
                .post(PATH)
                .then()
                .statusCode(200)
                .body("data.status", equalTo("kept"));
        ElevenLabsRequests.webhook(
                        "{\"type\":\"test\",\"data\":{\"conversation_initiation_client_data\":{\"lead_id\":\"test123\"}}}")
                .post(PATH)
                .then()
                .statusCode(200)
                .body("data.status", equalTo("kept"));
    }

    @Test
    void shouldTakeARecordingOfALongCallAndKeepNothingOfItsAudio() {
        String body = "{\"type\":\"post_call_audio\",\"event_timestamp\":1795168861,\"data\":{\"conversation_id\":\""
                + anna.conversationId() + "\",\"agent_id\":\"a\",\"full_audio\":\"" + "QUJD".repeat(5 << 20) + "\"}}";

        ElevenLabsRequests.webhook(body).post(PATH).then().statusCode(200).body("data.status", equalTo("kept"));
        ElevenLabsRequests.webhook(body).post(PATH).then().statusCode(200).body("data.status", equalTo("duplicate"));

        assertThat(count(
                        "select payload_bytes from post_call_receipt where conversation_id = $1 and payload is null",
                        Tuple.of(anna.conversationId())))
                .isGreaterThan(20 << 20);
        RestAssured.given()
                .contentType("application/json")
                .header("ElevenLabs-Signature", "t=" + Instant.now().getEpochSecond() + ",v0=00")
                .body(body)
                .post(PATH)
                .then()
                .statusCode(403);
    }

    @Test
    void shouldRefuseLongBodiesEverywhereElse() {
        RestAssured.given()
                .contentType("application/json")
                .body("{\"token\":\"" + "x".repeat(2 << 20) + "\"}")
                .post("/api/session")
                .then()
                .statusCode(413);
    }

    @Test
    void shouldTellOfACallThatNeverBegan() throws IOException {
        try (EventTopic topic = new EventTopic()) {
            topic.publish(List.of(anna.event(
                    new CallEvent.Started(
                            anna.callId(),
                            CallEvent.Direction.OUTBOUND,
                            CallEvent.Path.NATIVE,
                            salon.twilioPhoneNumber(),
                            "+12025550142"),
                    anna.callId())));
        }
        await().untilAsserted(() -> assertThat(eventsOfLead()).isEqualTo(1));
        ObjectNode body =
                (ObjectNode) JSON.readTree(PostCallParserTest.fixture("webhook_call_initiation_failure_twilio.json"));
        ((ObjectNode) body.path("data")).put("conversation_id", anna.conversationId());
        ((ObjectNode) body.path("data").path("metadata").path("body")).put("CallSid", anna.callId());

        ElevenLabsRequests.webhook(body.toString())
                .post(PATH)
                .then()
                .statusCode(200)
                .body("data.status", equalTo("recorded"));

        await().untilAsserted(() -> assertThat(EventTopic.read(Topics.CHANNEL_EVENTS, anna.leadId()))
                .extracting(record -> Records.event(record).type())
                .contains("call.ended", "conversation.ended"));
    }

    @Test
    void shouldNameTheFieldOfASignedBodyThatIsMalformed() {
        ElevenLabsRequests.webhook("{\"type\":\"post_call_transcription\",\"data\":{}}")
                .post(PATH)
                .then()
                .statusCode(400)
                .body("success", equalTo(false))
                .body("code", equalTo("VALIDATION_ERROR"))
                .body("error", containsString("data.conversation_id"));
        ElevenLabsRequests.webhook("{").post(PATH).then().statusCode(400).body("success", equalTo(false));
    }

    private String transcription(String conversationId) throws IOException {
        ObjectNode body =
                (ObjectNode) JSON.readTree(PostCallParserTest.fixture("webhook_post_call_transcription.json"));
        ObjectNode data = (ObjectNode) body.path("data");
        data.put("conversation_id", conversationId);
        data.putObject("conversation_initiation_client_data")
                .putObject("dynamic_variables")
                .put("lead_id", anna.leadId().toString())
                .put("tenant_id", salon.id().toString())
                .put("channel", "voice");
        return body.toString();
    }

    private List<RecordedEvent> analysed() {
        return EventTopic.read(Topics.CHANNEL_EVENTS, anna.leadId()).stream()
                .map(Records::event)
                .filter(event -> event.type().equals("conversation.analysed"))
                .toList();
    }

    private int receipts(String conversationId) {
        return count(
                "select count(*)::int from post_call_receipt where conversation_id = $1", Tuple.of(conversationId));
    }

    private int eventsOfLead() {
        return count("select count(*)::int from event where lead_id = $1", Tuple.of(anna.leadId()));
    }

    private int count(String sql, Tuple parameters) {
        return pool.preparedQuery(sql)
                .execute(parameters)
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getInteger(0);
    }
}
