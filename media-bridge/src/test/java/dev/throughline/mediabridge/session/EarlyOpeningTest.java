package dev.throughline.mediabridge.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.mediabridge.testing.FakeTwilioStream;
import dev.throughline.mediabridge.testing.OtherEnds;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
@QuarkusTestResource(OtherEnds.class)
class EarlyOpeningTest extends AbstractCallTest {

    @Test
    void shouldReachTheAgentWhileTwilioIsStillConnecting() throws Exception {
        FakeTwilioStream stream = connect(opening(callSid, tenant, Map.of()));
        eventually(() -> assertThat(agent.talks()).hasSize(1));
        eventually(() -> assertThat(talk().messages("conversation_initiation_client_data"))
                .hasSize(1));
        talk().says("Hello", 1);
        talk().audio(base64(frame(1)), 1);
        talk().audio(base64(frame(2)), 1);
        // Answered after the audio was: it has arrived.
        pinged();
        assertThat(stream.frames()).isEmpty();

        stream.start(parameters(tenant));

        eventually(() -> assertThat(stream.audio()).containsExactly(base64(frame(1)), base64(frame(2))));
        eventually(() -> assertThat(stream.marks()).containsExactly("u1-1", "u1-2"));
        stream.media(frame(7));
        eventually(() -> assertThat(talk().audio()).containsExactly(base64(frame(7))));
        assertThat(agent.talks()).hasSize(1);
        assertThat(talk().violations()).isEmpty();
    }

    @Test
    void shouldForgetWhatBecameVoidBeforeTheStart() throws Exception {
        FakeTwilioStream stream = connect(opening(callSid, tenant, Map.of()));
        eventually(() -> assertThat(agent.talks()).hasSize(1));
        eventually(() -> assertThat(talk().messages("conversation_initiation_client_data"))
                .hasSize(1));
        talk().audio(base64(frame(1)), 1);
        talk().interrupts(2);
        talk().audio(base64(frame(2)), 2);
        pinged();

        stream.start(parameters(tenant));

        eventually(() -> assertThat(stream.audio()).containsExactly(base64(frame(2))));
        assertThat(stream.frames("clear")).isEmpty();
    }

    @Test
    void shouldRefuseTheStartOfAnotherCallAndLeaveItsAgent() throws Exception {
        String another = "CA" + UUID.randomUUID().toString().replace("-", "");
        FakeTwilioStream stream = connect(opening(another, tenant, Map.of()));
        eventually(() -> assertThat(agent.talks()).hasSize(1));

        stream.start(parameters(tenant));

        closes(stream, 1008, "the stream's address is of another call");
        eventually(() -> assertThat(talk().isClosed()).isTrue());
        assertThat(outcomes()).containsExactly("REFUSED");
    }

    @Test
    void shouldRefuseTheStartOfAnotherLeadOrTenant() throws Exception {
        for (String opening : new String[] {
            opening(callSid, tenant, Map.of("lead_id", UUID.randomUUID().toString())),
            opening(callSid, greetingTenant, Map.of())
        }) {
            closes(connect(opening).start(parameters(tenant)), 1008, "the stream's address is of another call");
        }
    }

    @Test
    void shouldCloseTheAgentWhenNoStartComes() throws Exception {
        FakeTwilioStream stream = connect(opening(callSid, tenant, Map.of()));
        eventually(() -> assertThat(agent.talks()).hasSize(1));

        closes(stream, 1008, "no start message within 5 seconds");
        eventually(() -> assertThat(talk().isClosed()).isTrue());
    }

    @Test
    void shouldNotStartByTheAddressAlone() throws Exception {
        FakeTwilioStream stream = connect(opening(callSid, tenant, Map.of()));
        Map<String, String> withoutToken = new HashMap<>(parameters(tenant));
        withoutToken.remove("token");

        closes(stream.start(withoutToken), 1008, "the stream token is not valid");
    }

    @Test
    void shouldRefuseTheUpgradeWithAnOpeningThatIsNone() {
        String expired = "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJ0aHJvdWdobGluZS1pbnRlcm5hbCJ9.AAAA";
        String startToken = token(callSid, tenant, Map.of());
        String secret = new ServiceToken("another-secret-that-is-also-longer-than-32-characters")
                .mint(ServiceToken.MEDIA_BRIDGE_OPENING, callSid, tenant.id(), vouchedFor());
        String noLead = tokens().mint(ServiceToken.MEDIA_BRIDGE_OPENING, callSid, tenant.id());
        for (String opening : new String[] {"x", expired, startToken, secret, noLead}) {
            refused(opening);
        }
        assertThat(agent.talks()).isEmpty();
    }

    @Test
    void shouldTakeAnOpeningOnce() throws Exception {
        String opening = opening(callSid, tenant, Map.of());
        FakeTwilioStream stream = connect(opening);

        refused(opening);

        stream.hangUp();
        eventually(() -> assertThat(outcomes()).containsExactly("CALLER_LEFT"));
    }

    @Test
    void shouldSayAtOnceThatTheAgentCannotBeReached() throws Exception {
        agent.unknown();

        closes(connect(opening(callSid, tenant, Map.of())), 1011, "the agent cannot be reached");
        assertThat(outcomes()).containsExactly("AGENT_UNREACHABLE");
    }

    @Test
    void shouldOpenAnAgentAgainThatWasLostBeforeTheStart() throws Exception {
        FakeTwilioStream stream = connect(opening(callSid, tenant, Map.of()));
        eventually(() -> assertThat(agent.talks()).hasSize(1));
        eventually(() -> assertThat(talk().messages("conversation_initiation_client_data"))
                .hasSize(1));
        talk().close(1011, "unknown_websocket_crash");
        eventually(() -> assertThat(agent.talks()).hasSize(2));

        stream.start(parameters(tenant));
        stream.media(frame(7));

        eventually(() -> assertThat(talk().audio()).containsExactly(base64(frame(7))));
    }

    private void pinged() {
        talk().event("ping", "ping_event", new JsonObject().put("event_id", 9));
        eventually(() -> assertThat(talk().messages("pong")).hasSize(1));
    }

    private void refused(String opening) {
        assertThatThrownBy(() -> connect(opening))
                .rootCause()
                .isInstanceOfSatisfying(UpgradeRejectedException.class, rejected -> assertThat(rejected.getStatus())
                        .isEqualTo(403));
    }
}
