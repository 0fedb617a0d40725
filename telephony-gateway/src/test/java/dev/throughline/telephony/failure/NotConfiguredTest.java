package dev.throughline.telephony.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.CallEvent;
import dev.throughline.telephony.GatewayTest;
import dev.throughline.telephony.Published;
import dev.throughline.telephony.Tenants;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = WithoutCredentials.class, restrictToAnnotatedClass = true)
class NotConfiguredTest extends GatewayTest {

    private static final String UNAVAILABLE = "<Say>Our AI assistant is temporarily unavailable.</Say>";

    @Test
    void shouldSayThatTheAssistantIsUnavailable() {
        assertThat(twiml(ELEVENLABS, inbound(newCallSid(), Tenants.NUMBER)))
                .contains("<Response>" + UNAVAILABLE + "<Hangup/></Response>");
    }

    @Test
    void shouldThenRingTheBusinessThatWantsThat() {
        assertThat(twiml(ELEVENLABS, inbound(newCallSid(), Tenants.NUMBER_WITH_FALLBACK)))
                .contains(
                        "<Response>" + UNAVAILABLE + "<Dial ", ">" + Tenants.FALLBACK + "</Number></Dial></Response>");
    }

    @Test
    void shouldShowTheBusinesssNumberToItselfForABrowserCaller() {
        Map<String, String> form = inbound(newCallSid(), Tenants.NUMBER_WITH_FALLBACK);
        form.put("From", "client:web_user_1");

        assertThat(twiml(ELEVENLABS, form))
                .contains(
                        "callerId=\"" + Tenants.NUMBER_WITH_FALLBACK + "\"",
                        ">" + Tenants.FALLBACK + "</Number></Dial>");
    }

    @Test
    void shouldStillPublishTheCall() {
        String callSid = newCallSid();

        twiml(ELEVENLABS, inbound(callSid, Tenants.NUMBER));

        assertThat(Published.until(callSid, CallEvent.Started.class::isInstance))
                .hasSize(1);
    }

    @Test
    void shouldStillSayThatANumberOfNobodyIsNotInService() {
        assertThat(twiml(ELEVENLABS, inbound(newCallSid(), "+12025550177"))).contains("This number is not in service.");
    }
}
