package dev.throughline.telephony.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.telephony.GatewayTest;
import dev.throughline.telephony.Tenants;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = WithoutDefaultAgent.class, restrictToAnnotatedClass = true)
class BrokenInstallationTest extends GatewayTest {

    @Test
    void shouldSayThatTheAssistantIsNotConfiguredWithoutAnyAgent() {
        assertThat(twiml(ELEVENLABS, inbound(newCallSid(), Tenants.NUMBER_WITHOUT_AGENT)))
                .contains(
                        "<Say>Our AI assistant is not properly configured.</Say><Dial ",
                        ">" + Tenants.FALLBACK + "</Number></Dial>");
    }

    @Test
    void shouldTellTheCallerOfAnInternalFailureInsteadOfTwilio() {
        String callSid = newCallSid();

        assertThat(twiml(ELEVENLABS, inbound(callSid, Tenants.NUMBER)))
                .contains("<Say>We encountered an error. Please try again later.</Say><Hangup/>");
        assertThat(twiml(ELEVENLABS, inbound(newCallSid(), Tenants.NUMBER_WITH_FALLBACK)))
                .contains("<Say>We encountered an error. Please try again later.</Say><Dial ", ">" + Tenants.FALLBACK);
        assertThat(rows(callSid)).isZero();
    }
}
