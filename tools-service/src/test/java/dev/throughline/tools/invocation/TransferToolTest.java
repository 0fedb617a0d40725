package dev.throughline.tools.invocation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.events.EventJson;
import dev.throughline.events.ToolEvent;
import dev.throughline.events.Topics;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaProbe;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.tools.Salon;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
@QuarkusTestResource(Switchboard.class)
class TransferToolTest {

    private final Pool pool;

    TransferToolTest(Pool pool) {
        this.pool = pool;
    }

    @Test
    void shouldHaveAHumanRungAndSayWhoItIs() {
        Salon salon = Salon.open();
        UUID lead = UUID.randomUUID();
        String callSid = callSid(202);

        JsonNode answer = salon.tool(
                "transfer_to_human",
                "{\"call_sid\":\"%s\",\"lead_id\":\"%s\",\"reason\":\"asks for the owner\",\"brief\":\"Anna, colouring\"}"
                        .formatted(callSid, lead),
                "conv_transfer");

        assertThat(answer.path("success").asBoolean()).isTrue();
        assertThat(answer.at("/data/message").asText()).isEqualTo("I'm calling Maria, please stay on the line.");
        Switchboard.Asked asked = Switchboard.about(callSid).getFirst();
        assertThat(asked.body().path("tenantId").asText()).isEqualTo(salon.id().toString());
        assertThat(asked.body().path("reason").asText()).isEqualTo("asks for the owner");
        assertThat(asked.body().path("brief").asText()).isEqualTo("Anna, colouring");
        assertThat(asked.body().path("requestedBy").asText()).isEqualTo("agent");
        assertThat(asked.claims().subject()).isEqualTo(callSid);
        assertThat(asked.claims().tenantId()).isEqualTo(salon.id());
        ToolEvent.Called told = told(lead);
        assertThat(told.callId()).isEqualTo(callSid);
        assertThat(told.conversationId()).isEqualTo("conv_transfer");
        assertThat(told.success()).isTrue();
        assertThat(told.arguments().toString())
                .isEqualTo("{\"reason\":\"asks for the owner\",\"brief\":\"Anna, colouring\"}");
    }

    @Test
    void shouldTakeTheEnvelopeOfOlderIntegrations() {
        Salon salon = Salon.open();
        String callSid = callSid(202);

        given().header("X-Tool-Secret", salon.secret())
                .contentType("application/json")
                .body("""
                        {"event":"tool_call","data":{"tool_name":"transfer_to_human","parameters":{"callSid":"%s"}},
                         "agentId":"agent-123","sessionId":"session-456"}""".formatted(callSid))
                .post("/api/ai/webhook/elevenlabs")
                .then()
                .statusCode(200)
                .body("success", equalTo(true))
                .body("data.status", equalTo("ringing"));

        assertThat(Switchboard.about(callSid)).hasSize(1);
    }

    @Test
    void shouldKeepACallerPatientWhoAsksAgain() {
        JsonNode answer = transfer(callSid(409));

        assertThat(answer.path("success").asBoolean()).isTrue();
        assertThat(answer.at("/data/message").asText()).contains("please stay on the line");
    }

    @Test
    void shouldSayWhyNobodyComes() {
        assertThat(transfer(callSid(422)).path("code").asText()).isEqualTo("NOBODY_TO_RING");
        assertThat(transfer(callSid(404)).path("code").asText()).isEqualTo("NOT_ON_A_CALL");
        assertThat(transfer("").path("code").asText()).isEqualTo("NOT_ON_A_CALL");
        assertThat(transfer(callSid(500)).path("code").asText()).isEqualTo("TRANSFER_UNAVAILABLE");
        assertThat(transfer(callSid(500)).path("error").asText()).startsWith("I'm sorry");
    }

    @Test
    void shouldNotWaitForASwitchboardThatIsSilent() {
        assertThat(transfer(callSid(0)).path("code").asText()).isEqualTo("TRANSFER_UNAVAILABLE");
    }

    @Test
    void shouldNotWaitForADatabaseThatHangs() {
        Salon salon = Salon.open();
        String onACall = "{\"call_sid\":\"" + callSid(202) + "\",\"lead_id\":\"" + UUID.randomUUID() + "\"}";
        SqlConnection holder = pool.getConnection().await().indefinitely();
        try {
            holder.query("begin; lock table outbox in access exclusive mode")
                    .execute()
                    .await()
                    .indefinitely();

            // The human is rung already: the caller hears of it. What is ours alone is refused in time.
            assertThat(salon.tool("transfer_to_human", onACall).path("success").asBoolean())
                    .isTrue();
            given().header("X-Tool-Secret", salon.secret())
                    .contentType("application/json")
                    .body(onACall)
                    .post("/api/tools/get_hours")
                    .then()
                    .statusCode(503)
                    .body("success", equalTo(false))
                    .body("code", equalTo("UNAVAILABLE"));
        } finally {
            holder.query("rollback").execute().await().indefinitely();
            holder.close().await().indefinitely();
        }
        assertThat(salon.tool("get_hours", onACall).path("success").asBoolean()).isTrue();
    }

    @Test
    void shouldRingNobodyForAStranger() {
        String callSid = callSid(202);

        given().contentType("application/json")
                .body("{\"call_sid\":\"" + callSid + "\"}")
                .post("/api/tools/transfer_to_human")
                .then()
                .statusCode(401);
        given().header("X-Tool-Secret", Salon.open().secret())
                .contentType("application/json")
                .body("{\"call_sid\":\"" + callSid + "\",\"tenant_id\":\"" + UUID.randomUUID() + "\"}")
                .post("/api/tools/transfer_to_human")
                .then()
                .statusCode(403);

        assertThat(Switchboard.about(callSid)).isEmpty();
    }

    private static JsonNode transfer(String callSid) {
        return Salon.open().tool("transfer_to_human", "{\"call_sid\":\"" + callSid + "\"}");
    }

    private static String callSid(int status) {
        return "CA" + status + "x" + UUID.randomUUID().toString().replace("-", "");
    }

    private static ToolEvent.Called told(UUID lead) {
        List<ConsumerRecord<String, byte[]>> records = KafkaProbe.read(
                Topics.CHANNEL_EVENTS,
                all -> all.stream().anyMatch(record -> lead.toString().equals(record.key())),
                Duration.ofSeconds(10));
        ConsumerRecord<String, byte[]> record = records.stream()
                .filter(one -> lead.toString().equals(one.key()))
                .findFirst()
                .orElseThrow();
        try {
            return EventJson.mapper()
                    .readValue(new String(record.value(), StandardCharsets.UTF_8), ToolEvent.Called.class);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
