package dev.throughline.telephony.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.CallEvent;
import dev.throughline.platform.testing.TwilioRequests;
import dev.throughline.telephony.GatewayTest;
import dev.throughline.telephony.Published;
import dev.throughline.telephony.Tenants;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DirectCallTest extends GatewayTest {

    private static final String DIAL_ANSWERED = "/api/webhooks/twilio/dial-answered";

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
    void shouldTellWhetherTheBusinessTookTheCall() {
        String taken = newCallSid();
        String missed = newCallSid();
        twiml(VOICE, inbound(taken, Tenants.NUMBER_WITH_FALLBACK));
        twiml(VOICE, inbound(missed, Tenants.NUMBER_WITH_FALLBACK));
        Map<String, String> answered = fixture("call-status.form", newCallSid());
        answered.put("CallStatus", "in-progress");
        post(DIAL_ANSWERED, answered).statusCode(400);
        answered.put("ParentCallSid", taken);

        post(DIAL_ANSWERED, answered).statusCode(204);
        TwilioRequests.form(DIAL_ANSWERED, answered, "AAAA")
                .post(DIAL_ANSWERED)
                .then()
                .statusCode(403);
        List.of(taken, missed).forEach(callSid -> post(STATUS, fixture("call-status.form", callSid))
                .statusCode(204));

        assertThat(spokeWith(taken)).isEqualTo(CallEvent.SpokeWith.HUMAN);
        assertThat(spokeWith(missed)).isEqualTo(CallEvent.SpokeWith.NOBODY);
    }

    private static CallEvent.SpokeWith spokeWith(String callSid) {
        return Published.only(CallEvent.Ended.class, Published.ofEnded(callSid))
                .getFirst()
                .spokeWith();
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
