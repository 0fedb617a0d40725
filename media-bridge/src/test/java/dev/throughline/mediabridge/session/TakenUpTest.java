package dev.throughline.mediabridge.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.throughline.events.CallEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.Topics;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.LeadContextCodec;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.mediabridge.testing.FakeTwilioStream;
import dev.throughline.mediabridge.testing.OtherEnds;
import dev.throughline.platform.context.LeadContexts;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaProbe;
import dev.throughline.platform.testing.KafkaTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Calls that go on: after their agent was lost, after another bridge vanished, after a human had them. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
@QuarkusTestResource(OtherEnds.class)
class TakenUpTest extends AbstractCallTest {

    @Inject
    LeadContexts contexts;

    @Inject
    SessionRegistry registry;

    @Test
    void shouldHaveTheReopenedAgentSpeakFirstByItsFirstMessage() throws Exception {
        callOf(greetingTenant);
        talk().hears("I would like a colouring", 1);
        pinged();
        talk().close(1011, "unknown_websocket_crash");
        opened(2);

        assertThat(firstMessage()).contains("I lost you");
        talk().says("Sorry, I lost you for a moment. Please go on.", 1);
        talk().audio(base64(frame(1)), 1);
        assertThat(talk().messages("contextual_update")).singleElement().satisfies(update -> assertThat(
                        update.getString("text"))
                .contains("interrupted", "I would like a colouring"));
        await().during(Duration.ofMillis(1_800))
                .until(() -> talk().messages("user_message").isEmpty());
    }

    @Test
    void shouldAskAReopenedAgentToSpeakThatMayNotBeGivenAFirstMessage() throws Exception {
        callOf(tenant);
        talk().close(1011, "unknown_websocket_crash");
        opened(2);

        assertThat(talk().initiation().containsKey("conversation_config_override"))
                .isFalse();
        eventually(() -> assertThat(talk().messages("user_message"))
                .singleElement()
                .satisfies(message -> assertThat(message.getString("text")).contains("caller is waiting")));
    }

    @Test
    void shouldTellThatTheAgentIsLostWhenItRefuses() throws Exception {
        FakeTwilioStream stream = callOf(tenant);
        agent.refusingUpgrades(true);
        talk().close(1011, "unknown_websocket_crash");

        closes(stream, 1011, "the agent was lost");
        assertThat(outcomes()).containsExactly("AGENT_LOST");
    }

    @Test
    void shouldGoOnWhereABridgeThatVanishedStopped() throws Exception {
        publishTurns();

        FakeTwilioStream stream = connect(opening(callSid, greetingTenant, Map.of("resume", "bridge-lost")))
                .start(parameters(greetingTenant, token(callSid, greetingTenant, Map.of("resume", "bridge-lost"))));

        opened(1);
        String context = variables().getString("conversation_context");
        assertThat(context)
                .contains("interrupted", "Customer: I would like a colouring", "You: On which day?")
                .containsOnlyOnce("I would like a colouring");
        assertThat(firstMessage()).contains("I lost you");
        stream.hangUp();
    }

    @Test
    void shouldKnowWhatHappenedWhileAHumanHadTheCall() throws Exception {
        elevenLabs.brief(
                callSid,
                new JsonObject()
                        .put("variables", new JsonObject().put("questions_text", "Are you free?"))
                        .put("note", "Jo was busy. The caller still wants a colouring."));
        Map<String, String> claims = Map.of("resume", "handed-back", "briefing", "true");

        connect(opening(callSid, greetingTenant, claims))
                .start(parameters(greetingTenant, token(callSid, greetingTenant, claims)));

        opened(1);
        assertThat(variables().getString("questions_text")).isEqualTo("Are you free?");
        assertThat(variables().getString("conversation_context")).contains("Jo was busy", "has just come back to you");
        assertThat(firstMessage()).contains("Hello again");
        eventually(() -> assertThat(talk().messages("contextual_update"))
                .singleElement()
                .satisfies(update -> assertThat(update.getString("text")).contains("Jo was busy")));
    }

    @Test
    void shouldNotWaitForABriefing() throws Exception {
        elevenLabs.brief(callSid, new JsonObject().put("note", "too late").put("delayMillis", 5_000));

        connect(opening(callSid, tenant, Map.of("briefing", "true")))
                .start(parameters(tenant, token(callSid, tenant, Map.of("briefing", "true"))));

        opened(1);
        assertThat(variables().getString("conversation_context")).doesNotContain("too late");
        assertThat(variables().getString("questions_text")).isEmpty();
    }

    @Test
    void shouldLeaveACallToAnotherBridgeWhenThisOneGoesAway() throws Exception {
        FakeTwilioStream stream = callOf(tenant);

        eventually(() -> assertThat(registry.carries(callSid)).isTrue());
        registry.sessions().stream()
                .filter(session -> session.accepted() != null
                        && session.accepted().callSid().equals(callSid))
                .forEach(BridgeSession::shutDown);

        closes(stream, 1001, "the bridge is going away");
        eventually(() -> assertThat(talk().closeCode()).isEqualTo(1000));
        assertThat(outcomes()).isEmpty();
    }

    private FakeTwilioStream callOf(Tenant of) throws Exception {
        FakeTwilioStream stream = connect().start(parameters(of));
        opened(1);
        return stream;
    }

    private void opened(int conversations) {
        eventually(() -> assertThat(agent.talks()).hasSize(conversations));
        eventually(() -> assertThat(talk().messages("conversation_initiation_client_data"))
                .hasSize(1));
        eventually(() -> assertThat(registry.carries(callSid)).isTrue());
    }

    private void pinged() {
        talk().event("ping", "ping_event", new JsonObject().put("event_id", 9));
        eventually(() -> assertThat(talk().messages("pong")).hasSize(1));
    }

    private JsonObject variables() {
        return talk().initiation().getJsonObject("dynamic_variables");
    }

    private String firstMessage() {
        return talk().initiation()
                .getJsonObject("conversation_config_override")
                .getJsonObject("agent")
                .getString("first_message");
    }

    private void publishTurns() {
        Instant began = Instant.now().minusSeconds(30);
        LeadContext context = LeadContext.of(
                greetingTenant.id(),
                leadId,
                List.of(
                        turn(0, Speaker.CUSTOMER, "I would like a colouring", began),
                        turn(1, Speaker.AGENT, "On which day?", began.plusSeconds(2))));
        try (KafkaProbe probe = new KafkaProbe()) {
            probe.send(Topics.LEAD_CONTEXTS, leadId.toString(), LeadContextCodec.encode(context));
        }
        eventually(() -> assertThat(contexts.peek(greetingTenant.id(), leadId)).isPresent());
    }

    private RecordedEvent turn(int number, Speaker speaker, String text, Instant at) {
        return new RecordedEvent(
                UUID.randomUUID(),
                at,
                "media-bridge",
                greetingTenant.id(),
                leadId,
                new CallEvent.Turn(callSid, "conv_before", number, speaker, text, false));
    }
}
