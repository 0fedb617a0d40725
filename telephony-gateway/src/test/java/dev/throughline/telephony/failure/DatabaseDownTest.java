package dev.throughline.telephony.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.CallEvent;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.telephony.GatewayTest;
import dev.throughline.telephony.Published;
import dev.throughline.telephony.Tenants;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = SilentDatabase.class, restrictToAnnotatedClass = true)
class DatabaseDownTest extends GatewayTest {

    @Inject
    ServiceToken tokens;

    @TestHTTPResource(value = "/health/ready", management = true)
    URL readiness;

    @Test
    void shouldStayReadyBecauseCallsStillConnect() {
        RestAssured.get(readiness).then().statusCode(200);
    }

    @Test
    void shouldAskForARepeatOfWhatNobodyCouldKeep() {
        Map<String, String> form = fixture("call-status.form", newCallSid());
        form.put("To", "+12025550177");

        post(STATUS, form).statusCode(503);
    }

    @Test
    void shouldConnectTheCallAndTellKafkaDirectly() {
        String callSid = newCallSid();
        long begun = System.nanoTime();

        String twiml = twiml(ELEVENLABS, inbound(callSid, Tenants.NUMBER));

        assertThat(twiml).contains("<Stream");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
        assertThat(Published.until(callSid, CallEvent.Started.class::isInstance))
                .hasSize(1);
    }

    @Test
    void shouldTellOfARoomFromItsCallbackAlone() {
        UUID lead = UUID.randomUUID();
        String path = "/api/webhooks/twilio/conference-status";
        Map<String, String> form = fixture("participant-callback.form", newCallSid());
        form.put("FriendlyName", "conf-" + lead);
        form.put("StatusCallbackEvent", "participant-join");

        post(path, form).statusCode(503);
        post(path + "?tenant=" + Tenants.harbourSalon().id() + "&lead=" + lead, form)
                .statusCode(204);

        assertThat(Published.ofLead(lead, "conference.participant-joined")).hasSize(1);
    }

    @Test
    void shouldCallNobodyItCannotWriteDown() {
        RestAssured.given()
                .auth()
                .oauth2(Tokens.operator(Tenants.harbourSalon().id(), "operator"))
                .contentType("application/json")
                .body("{\"to\":\"" + CALLER + "\",\"via\":\"bridge\"}")
                .post("/api/elevenlabs/outbound-call")
                .then()
                .statusCode(503);
    }

    @Test
    void shouldBringTheAgentToACustomerWeCalled() {
        Map<String, String> form = inbound(newCallSid(), CALLER);
        form.put("Direction", "outbound-api");
        form.put("From", Tenants.NUMBER);

        assertThat(twiml("/api/webhooks/twilio/outbound/" + UUID.randomUUID(), form))
                .contains("<Stream", "agent_harbour");
    }

    @Test
    void shouldStillTellHowTheCallEnded() {
        String callSid = newCallSid();

        post(STATUS, fixture("call-status.form", callSid)).statusCode(204);

        assertThat(Published.only(CallEvent.Ended.class, Published.ofEnded(callSid)))
                .containsExactly(new CallEvent.Ended(callSid, "completed", 73, null));
    }

    @Test
    void shouldSayGoodByeAfterAConversationThatThisProcessWasToldOf() {
        String callSid = newCallSid();
        RestAssured.given()
                .header(ServiceToken.HEADER, tokens.mint("telephony-gateway", callSid, null))
                .contentType("application/json")
                .body("{\"outcome\":\"COMPLETED\"}")
                .put("/internal/calls/" + callSid + "/stream-outcome")
                .then()
                .statusCode(503);

        assertThat(twiml(STREAM_ENDED, fixture("connect-action.form", callSid)))
                .contains("<Response><Hangup/></Response>");
    }

    @Test
    void shouldApologiseWhenWhatComesNextCannotBeKnown() {
        Map<String, String> form = fixture("connect-action.form", newCallSid());
        form.put("To", Tenants.NUMBER_WITH_FALLBACK);

        assertThat(twiml(STREAM_ENDED, form))
                .contains(
                        "We encountered an error. Please try again later.",
                        ">" + Tenants.FALLBACK + "</Number></Dial>");
    }
}
