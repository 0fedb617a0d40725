package dev.throughline.telephony.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.throughline.events.CallEvent;
import dev.throughline.events.CallEvent.Path;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.testing.TwilioRequests;
import dev.throughline.telephony.GatewayTest;
import dev.throughline.telephony.Published;
import dev.throughline.telephony.Tenants;
import dev.throughline.telephony.call.CallAnnouncer;
import dev.throughline.telephony.call.CallOrigin;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.call.CallStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class StreamEndedTest extends GatewayTest {

    private static final String SORRY = "<Say>We encountered an error. Please try again later.</Say>";

    @Inject
    ServiceToken tokens;

    @Inject
    CallAnnouncer announcer;

    @Inject
    StreamOutcomes outcomes;

    @Inject
    MeterRegistry metrics;

    @ParameterizedTest
    @ValueSource(strings = {"COMPLETED", "HANDED_OVER"})
    void shouldHangUpAfterAnOrdinaryEnd(String outcome) {
        String callSid = newCallSid();
        report(callSid, outcome).statusCode(204);

        assertThat(twiml(STREAM_ENDED, ended(callSid, Tenants.NUMBER))).contains("<Response><Hangup/></Response>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AGENT_UNREACHABLE", "AGENT_LOST", "REFUSED"})
    void shouldApologiseAndRingTheBusinessWhenTheAgentIsGone(String outcome) {
        String callSid = newCallSid();
        report(callSid, outcome).statusCode(204);

        assertThat(twiml(STREAM_ENDED, ended(callSid, Tenants.NUMBER)))
                .contains("<Response>" + SORRY + "<Hangup/></Response>");
        assertThat(twiml(STREAM_ENDED, ended(callSid, Tenants.NUMBER_WITH_FALLBACK)))
                .contains("<Response>" + SORRY + "<Dial ", ">" + Tenants.FALLBACK + "</Number></Dial></Response>");
    }

    @Test
    void shouldBringTheCallToAnotherBridgeOnceWhenNobodyReported() {
        String callSid = newCallSid();
        String first = twiml(ELEVENLABS, inbound(callSid, Tenants.NUMBER));

        String resumed = twiml(STREAM_ENDED, ended(callSid, Tenants.NUMBER));
        String again = twiml(STREAM_ENDED, ended(callSid, Tenants.NUMBER));

        assertThat(withoutToken(resumed)).isEqualTo(withoutToken(first));
        assertThat(token(resumed)).isNotEqualTo(token(first));
        var claims = tokens.verify(token(resumed), ServiceToken.MEDIA_BRIDGE).orElseThrow();
        assertThat(claims.subject()).isEqualTo(callSid);
        assertThat(claims.other()).containsEntry("resume", "bridge-lost").containsEntry("direction", "inbound");
        assertThat(again).contains(SORRY);
    }

    @Test
    void shouldBringACallToAnotherBridgeOnceWhoseLineBroke() {
        String callSid = newCallSid();
        twiml(ELEVENLABS, inbound(callSid, Tenants.NUMBER));
        report(callSid, "CALLER_LEFT").statusCode(204);

        assertThat(twiml(STREAM_ENDED, ended(callSid, Tenants.NUMBER))).contains("<Stream");
        report(callSid, "CALLER_LEFT").statusCode(204);
        assertThat(twiml(STREAM_ENDED, ended(callSid, Tenants.NUMBER))).contains(SORRY);
    }

    @Test
    void shouldKnowACallOfOursByItsCallSidAlone() {
        String callSid = newCallSid();
        CallParties parties = CallParties.of(callSid, Tenants.withFallback(), CALLER);
        announcer
                .announce(
                        parties,
                        CallOrigin.outbound(Path.BRIDGE, Tenants.NUMBER_WITH_FALLBACK, CALLER, "agent_campaign"),
                        CallStatus.RINGING)
                .await()
                .atMost(Duration.ofSeconds(5));
        Map<String, String> form = ended(callSid, CALLER);
        form.put("From", Tenants.NUMBER_WITH_FALLBACK);
        form.put("Direction", "outbound-api");

        String resumed = twiml(STREAM_ENDED, form);
        report(callSid, "AGENT_LOST").statusCode(204);
        String apology = twiml(STREAM_ENDED, form);

        assertThat(resumed).contains("name=\"agent_id\" value=\"agent_campaign\"");
        assertThat(tokens.verify(token(resumed), ServiceToken.MEDIA_BRIDGE)
                        .orElseThrow()
                        .other())
                .containsEntry("direction", "outbound")
                .containsEntry("customer_phone", CALLER)
                .containsEntry("lead_id", parties.leadId().toString());
        assertThat(apology).contains(SORRY).doesNotContain("<Dial");
    }

    @Test
    void shouldBringTheAgentsOwnLegOfAConferenceToAnotherBridge() {
        String customersLeg = newCallSid();
        String agentsLeg = newCallSid();
        CallParties parties = CallParties.of(customersLeg, Tenants.harbourSalon(), CALLER);
        announcer
                .announce(
                        parties,
                        CallOrigin.outbound(Path.CONFERENCE, Tenants.NUMBER, CALLER, "agent_room"),
                        CallStatus.RINGING)
                .await()
                .atMost(Duration.ofSeconds(5));
        inARoom(parties, agentsLeg);
        Map<String, String> form = ended(agentsLeg, "app:AP0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a");
        form.put("From", Tenants.NUMBER);
        form.put("Direction", "outbound-api");

        String resumed = twiml(STREAM_ENDED, form);
        String again = twiml(STREAM_ENDED, form);

        var claims = tokens.verify(token(resumed), ServiceToken.MEDIA_BRIDGE).orElseThrow();
        assertThat(claims.subject()).isEqualTo(agentsLeg);
        assertThat(claims.other())
                .containsEntry("role", "conference-ai")
                .containsEntry("resume", "bridge-lost")
                .containsEntry("call_id", customersLeg)
                .containsEntry("agent_id", "agent_room")
                .containsEntry("lead_id", parties.leadId().toString());
        assertThat(again).contains(SORRY).doesNotContain("<Dial");
    }

    @Test
    void shouldNotInviteTheLegOfNoRoom() {
        Map<String, String> form = ended(newCallSid(), "app:AP0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a");
        form.put("From", Tenants.NUMBER);
        form.put("Direction", "outbound-api");

        assertThat(twiml(STREAM_ENDED, form)).contains(SORRY).doesNotContain("<Stream", "<Dial");
    }

    @Test
    void shouldJudgeAStreamAfterAHandOverByItsOwnEnd() {
        String callSid = newCallSid();
        report(callSid, "HANDED_OVER").statusCode(204);
        assertThat(twiml(STREAM_ENDED, ended(callSid, Tenants.NUMBER))).contains("<Response><Hangup/></Response>");

        outcomes.forget(callSid).await().atMost(Duration.ofSeconds(5));

        assertThat(twiml(STREAM_ENDED, ended(callSid, Tenants.NUMBER))).contains("<Stream");
    }

    @Test
    void shouldBelieveTheSecondBridgeAfterAResume() {
        String callSid = newCallSid();
        twiml(STREAM_ENDED, ended(callSid, Tenants.NUMBER));
        report(callSid, "COMPLETED").statusCode(204);

        assertThat(twiml(STREAM_ENDED, ended(callSid, Tenants.NUMBER))).contains("<Response><Hangup/></Response>");
    }

    @Test
    void shouldNotCallBackACallerWhoHasHungUp() {
        Map<String, String> form = ended(newCallSid(), Tenants.NUMBER);
        form.put("CallStatus", "completed");

        assertThat(twiml(STREAM_ENDED, form)).contains("<Response><Hangup/></Response>");
    }

    @Test
    void shouldSayWhyTheCallEnded() {
        String callSid = newCallSid();
        post(ELEVENLABS, inbound(callSid, Tenants.NUMBER)).statusCode(200);
        report(callSid, "AGENT_LOST").statusCode(204);

        post(STATUS, fixture("call-status.form", callSid)).statusCode(204);

        assertThat(Published.only(CallEvent.Ended.class, Published.ofEnded(callSid)))
                .containsExactly(
                        new CallEvent.Ended(callSid, "completed", 73, "agent-lost", CallEvent.SpokeWith.AGENT));
    }

    @Test
    void shouldTakeAnOutcomeOnlyFromTheBridgeOfTheCall() {
        String callSid = newCallSid();
        String foreign = tokens.mint("telephony-gateway", newCallSid(), null);
        String streamToken = tokens.mint(ServiceToken.MEDIA_BRIDGE, callSid, null);

        put(callSid, foreign, "COMPLETED").statusCode(403);
        put(callSid, streamToken, "COMPLETED").statusCode(403);
        put(callSid, "nonsense", "COMPLETED").statusCode(403);
        RestAssured.given()
                .contentType("application/json")
                .body("{\"outcome\":\"COMPLETED\"}")
                .put("/internal/calls/" + callSid + "/stream-outcome")
                .then()
                .statusCode(403);

        assertThat(twiml(STREAM_ENDED, ended(callSid, Tenants.NUMBER))).contains("<Stream");
    }

    @Test
    void shouldNameTheFieldOfAnOutcomeItDoesNotKnow() {
        report(newCallSid(), "VANISHED").statusCode(400).body("detail", containsString("outcome"));
        String callSid = newCallSid();
        RestAssured.given()
                .header(ServiceToken.HEADER, tokens.mint("telephony-gateway", callSid, null))
                .contentType("application/json")
                .body("{}")
                .put("/internal/calls/" + callSid + "/stream-outcome")
                .then()
                .statusCode(400)
                .body("detail", containsString("outcome"));
    }

    @Test
    void shouldCountTheStreamsThatFail() {
        double before = failed();

        post(STREAM_STATUS, fixture("stream-status.form", newCallSid())).statusCode(204);

        assertThat(failed()).isEqualTo(before + 1);
    }

    @Test
    void shouldRefuseWhatIsNotSigned() {
        Map<String, String> form = ended(newCallSid(), Tenants.NUMBER);

        TwilioRequests.form(STREAM_ENDED, form, "AAAA")
                .post(STREAM_ENDED)
                .then()
                .statusCode(403);
        TwilioRequests.form(STREAM_STATUS, form, "AAAA")
                .post(STREAM_STATUS)
                .then()
                .statusCode(403);
    }

    private void inARoom(CallParties parties, String agentsLeg) {
        String room = "conf-" + UUID.randomUUID();
        pool.preparedQuery("INSERT INTO conferences (room, tenant_id, lead_id, agent_id, created_at, started_at)"
                        + " VALUES ($1, $2, $3, 'agent_room', now(), now())")
                .executeAndAwait(Tuple.of(room, parties.tenantId(), parties.leadId()));
        String participant = "INSERT INTO conference_participants"
                + " (id, room, label, role, call_sid, token_leg, invited_at, joined_at)"
                + " VALUES ($1, $2, $3, $3, $4, $5, now(), now())";
        pool.preparedQuery(participant)
                .executeAndAwait(Tuple.of(UUID.randomUUID(), room, "PHONE", parties.callSid(), null));
        pool.preparedQuery(participant).executeAndAwait(Tuple.of(UUID.randomUUID(), room, "AI", null, agentsLeg));
    }

    private double failed() {
        var counter =
                metrics.find("throughline.streams").tag("event", "stream-error").counter();
        return counter == null ? 0 : counter.count();
    }

    private ValidatableResponse report(String callSid, String outcome) {
        return put(callSid, tokens.mint("telephony-gateway", callSid, null), outcome);
    }

    private static ValidatableResponse put(String callSid, String token, String outcome) {
        return RestAssured.given()
                .header(ServiceToken.HEADER, token)
                .contentType("application/json")
                .body("{\"outcome\":\"" + outcome + "\"}")
                .put("/internal/calls/" + callSid + "/stream-outcome")
                .then();
    }

    private static Map<String, String> ended(String callSid, String to) {
        Map<String, String> form = fixture("connect-action.form", callSid);
        form.put("To", to);
        return form;
    }

    private static String token(String twiml) {
        return twiml.replaceAll("(?s).*name=\"token\" value=\"([^\"]*)\".*", "$1")
                + (twiml.contains("token_2")
                        ? twiml.replaceAll("(?s).*name=\"token_2\" value=\"([^\"]*)\".*", "$1")
                        : "");
    }

    private static String withoutToken(String twiml) {
        return twiml.replaceAll("name=\"token(_2)?\" value=\"[^\"]*\"", "").replaceAll("/media-stream/[^\"]*", "");
    }
}
