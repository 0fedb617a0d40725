package dev.throughline.telephony.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.telephony.Tenants;
import dev.throughline.telephony.twilio.Sentence;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InboundDecisionTest {

    private static final Tenant TENANT = Tenants.harbourSalon();

    @Test
    void shouldConnectToTheAgentThatAnswersForTheTenant() {
        assertThat(InboundDecision.of(Optional.of(TENANT), true, tenant -> Optional.of("agent_1")))
                .isEqualTo(new InboundDecision.Connect(TENANT, "agent_1"));
    }

    @Test
    void shouldSayThatANumberOfNobodyIsNotInServiceWhateverElseIsWrong() {
        assertThat(InboundDecision.of(Optional.empty(), false, tenant -> Optional.empty()))
                .isEqualTo(new InboundDecision.Speak(null, Sentence.NOT_IN_SERVICE));
    }

    @Test
    void shouldSayThatTheAgentIsUnavailableWithoutCredentials() {
        assertThat(InboundDecision.of(Optional.of(TENANT), false, tenant -> Optional.of("agent_1")))
                .isEqualTo(new InboundDecision.Speak(TENANT, Sentence.AGENT_UNAVAILABLE));
    }

    @Test
    void shouldSayThatTheAgentIsNotConfiguredWhenThereIsNone() {
        assertThat(InboundDecision.of(Optional.of(TENANT), true, tenant -> Optional.empty()))
                .isEqualTo(new InboundDecision.Speak(TENANT, Sentence.AGENT_NOT_CONFIGURED));
    }
}
