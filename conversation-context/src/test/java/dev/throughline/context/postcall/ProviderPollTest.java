package dev.throughline.context.postcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.context.testing.EventTopic;
import dev.throughline.context.testing.Story;
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
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
@QuarkusTestResource(value = FakeElevenLabs.class, restrictToAnnotatedClass = true)
class ProviderPollTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ProviderPoll poll;
    private final Pool pool;
    private final Tenant salon = TestTenants.salon("+12025550177");
    private final Story anna = Story.of(salon.id(), "+12025550142");

    FakeElevenLabs.Answers provider;

    ProviderPollTest(ProviderPoll poll, Pool pool) {
        this.poll = poll;
        this.pool = pool;
    }

    @BeforeEach
    void startAfresh() {
        TestTenants.publish(salon);
        provider.conversations().clear();
        provider.status(200);
        sql("delete from provider_poll");
        sql("delete from provider_missing");
    }

    @Test
    void shouldFillInWhatNoWebhookToldAndAskForNothingElse() throws IOException {
        String missed = anna.conversationId();
        String told = missed + "_told";
        provider.conversations().put(missed, conversation(missed, "done"));
        provider.conversations().put(told, conversation(told, "done"));
        ElevenLabsRequests.webhook("{\"type\":\"post_call_transcription\",\"event_timestamp\":5,\"data\":"
                        + conversation(told, "done") + "}")
                .post("/api/webhooks/elevenlabs/post-call")
                .then()
                .statusCode(200);

        rounds();

        await().untilAsserted(() -> assertThat(EventTopic.read(Topics.CHANNEL_EVENTS, anna.leadId()))
                .extracting(record -> Records.event(record).type())
                .filteredOn("conversation.analysed"::equals)
                .hasSize(2));
        assertThat(provider.requests()).noneMatch(uri -> uri.endsWith("/" + told));
        assertThat(rows("select * from provider_missing")).isZero();
    }

    @Test
    void shouldAskAgainForAConversationThatIsNotOver() throws IOException {
        provider.conversations().put(anna.conversationId(), conversation(anna.conversationId(), "in-progress"));
        rounds();
        assertThat(rows("select * from provider_missing where tries = 1 and next_at > now()"))
                .isEqualTo(1);

        provider.conversations().put(anna.conversationId(), conversation(anna.conversationId(), "done"));
        sql("update provider_missing set next_at = now()");
        rounds();

        assertThat(rows("select * from provider_missing")).isZero();
        assertThat(rows("select * from post_call_receipt where conversation_id = '" + anna.conversationId()
                        + "' and outcome = 'recorded'"))
                .isEqualTo(1);
    }

    @Test
    void shouldLeaveAProviderThatFailsAloneForLongerEachTime() {
        provider.conversations().put("c", "{}");
        provider.status(401);
        rounds();
        assertThat(rows("select * from provider_poll where failures = 1 and next_at > now() + interval '1 minute'"))
                .isPositive();

        sql("update provider_poll set next_at = now()");
        rounds();

        assertThat(rows("select * from provider_poll where failures = 2 and next_at > now() + interval '3 minutes'"))
                .isPositive();
    }

    /** One per agent that is known: each round takes one. */
    private void rounds() {
        do {
            poll.round().await().indefinitely();
        } while (rows("select * from provider_poll where next_at <= now()") > 0);
        poll.round().await().indefinitely();
    }

    private String conversation(String id, String status) throws IOException {
        ObjectNode body =
                (ObjectNode) JSON.readTree(PostCallParserTest.fixture("webhook_post_call_transcription.json"));
        ObjectNode data = (ObjectNode) body.path("data");
        data.put("conversation_id", id).put("status", status);
        data.putObject("conversation_initiation_client_data")
                .putObject("dynamic_variables")
                .put("lead_id", anna.leadId().toString())
                .put("tenant_id", salon.id().toString());
        return data.toString();
    }

    private int rows(String sql) {
        return pool.query(sql).execute().await().indefinitely().size();
    }

    private void sql(String sql) {
        pool.preparedQuery(sql).execute(Tuple.tuple()).await().indefinitely();
    }
}
