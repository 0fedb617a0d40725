package dev.throughline.telephony.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.CallEvent;
import dev.throughline.platform.testing.TwilioRequests;
import dev.throughline.telephony.GatewayTest;
import dev.throughline.telephony.Published;
import dev.throughline.telephony.Tenants;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DirectCallTest extends GatewayTest {

    @Test
    void shouldGreetInTheNameOfTheBusinessAndPublishTheCall() {
        String callSid = newCallSid();

        String twiml = twiml(VOICE, inbound(callSid, Tenants.NUMBER_WITH_FALLBACK));

        assertThat(twiml).contains("<Response><Say>Thank you for calling Harbour Salon.");
        CallEvent started = Published.only(
                        CallEvent.Started.class, Published.until(callSid, CallEvent.Started.class::isInstance))
                .getFirst();
        assertThat(started)
                .isEqualTo(new CallEvent.Started(
                        callSid,
                        CallEvent.Direction.INBOUND,
                        CallEvent.Path.DIRECT,
                        CALLER,
                        Tenants.NUMBER_WITH_FALLBACK));
    }

    @Test
    void shouldSayThatANumberOfNobodyIsNotInService() {
        assertThat(twiml(VOICE, inbound(newCallSid(), "+12025550177"))).contains("This number is not in service.");
    }

    @Test
    void shouldRefuseWhatIsNotSigned() {
        Map<String, String> form = inbound(newCallSid(), Tenants.NUMBER);

        TwilioRequests.form(VOICE, form, "AAAA").post(VOICE).then().statusCode(403);
    }
}
