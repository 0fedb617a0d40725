package dev.throughline.telephony.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.throughline.events.CallEvent;
import dev.throughline.events.CallEvent.Direction;
import dev.throughline.events.CallEvent.Path;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.testing.TwilioRequests;
import dev.throughline.telephony.GatewayTest;
import dev.throughline.telephony.Published;
import dev.throughline.telephony.Tenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class InboundCallTest extends GatewayTest {

    private static final UUID TENANT = Tenants.harbourSalon().id();
    private static final UUID LEAD = LeadIds.of(TENANT, ContactAddress.phone(CALLER));
    private static final Pattern PARAMETER = Pattern.compile("<Parameter name=\"([^\"]*)\" value=\"([^\"]*)\"/>");

    @Inject
    ServiceToken tokens;

    @Test
    void shouldConnectTheCallToTheMediaBridge() {
        String callSid = newCallSid();

        String twiml = twiml(ELEVENLABS, inbound(callSid, Tenants.NUMBER));

        assertThat(twiml)
                .contains(
                        "<Connect action=\"https://voice.example.test/api/webhooks/twilio/stream-ended\" method=\"POST\">")
                .contains("url=\"wss://voice.example.test/media-stream/ey")
                .contains("statusCallback=\"https://voice.example.test/api/webhooks/twilio/stream-status\"");
        Map<String, String> parameters = parameters(twiml);
        assertThat(parameters)
                .containsEntry("agent_id", "agent_harbour")
                .containsEntry("tenant_id", TENANT.toString())
                .containsEntry("call_sid", callSid)
                .containsEntry("business_name", "Harbour Salon")
                .containsEntry("lead_id", LEAD.toString())
                .containsOnlyKeys("agent_id", "tenant_id", "call_sid", "business_name", "lead_id", "token", "token_2");
        parameters.forEach(
                (name, value) -> assertThat(name.length() + value.length()).isLessThan(500));
    }

    @Test
    void shouldHandOverATokenForThisCallAlone() {
        String callSid = newCallSid();

        String token = token(twiml(ELEVENLABS, inbound(callSid, Tenants.NUMBER)));

        var claims = tokens.verify(token, ServiceToken.MEDIA_BRIDGE).orElseThrow();
        assertVouches(claims, callSid);
        assertThat(tokens.verify(token, ServiceToken.CONVERSATION_CONTEXT)).isEmpty();
        assertThat(tokens.verify(token, ServiceToken.MEDIA_BRIDGE_OPENING)).isEmpty();
    }

    @Test
    void shouldNameTheCallInTheSocketsAddressSoThatTheBridgeMayOpenTheAgentEarly() {
        String callSid = newCallSid();

        String twiml = twiml(ELEVENLABS, inbound(callSid, Tenants.NUMBER));

        String opening = twiml.replaceAll("(?s).*/media-stream/([^\"]*)\".*", "$1");
        assertThat(opening).matches("[A-Za-z0-9._-]+");
        var claims = tokens.verify(opening, ServiceToken.MEDIA_BRIDGE_OPENING).orElseThrow();
        assertVouches(claims, callSid);
        assertThat(tokens.verify(opening, ServiceToken.MEDIA_BRIDGE)).isEmpty();
        assertThat(claims.id())
                .isNotEqualTo(tokens.verify(token(twiml), ServiceToken.MEDIA_BRIDGE)
                        .orElseThrow()
                        .id());
    }

    private static void assertVouches(ServiceToken.Claims claims, String callSid) {
        assertThat(claims.subject()).isEqualTo(callSid);
        assertThat(claims.tenantId()).isEqualTo(TENANT);
        assertThat(claims.expiresAt()).isBefore(Instant.now().plusSeconds(61));
        assertThat(claims.other())
                .containsEntry("lead_id", LEAD.toString())
                .containsEntry("customer_phone", CALLER)
                .containsEntry("agent_id", "agent_harbour")
                .containsEntry("direction", "inbound")
                .containsEntry("role", "caller")
                .doesNotContainKeys("resume", "briefing", "call_id");
        assertThat(Long.parseLong(claims.other().get("webhook_millis"))).isBetween(0L, 10_000L);
        assertThat(Instant.ofEpochMilli(Long.parseLong(claims.other().get("issued_millis"))))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
    }

    @Test
    void shouldPublishThatTheCallStarted() {
        String callSid = newCallSid();

        twiml(ELEVENLABS, inbound(callSid, Tenants.NUMBER));

        RecordedEvent started =
                Published.until(callSid, CallEvent.Started.class::isInstance).getFirst();
        assertThat(started.event())
                .isEqualTo(new CallEvent.Started(callSid, Direction.INBOUND, Path.BRIDGE, CALLER, Tenants.NUMBER));
        assertThat(started.tenantId()).isEqualTo(TENANT);
        assertThat(started.leadId()).isEqualTo(LEAD);
        assertThat(started.source()).isEqualTo("telephony-gateway");
        assertThat(started.time()).isBetween(Instant.now().minusSeconds(60), Instant.now());
    }

    @Test
    void shouldAnswerARepeatedWebhookAlikeAndTellOfTheCallOnce() {
        Map<String, String> form = inbound(newCallSid(), Tenants.NUMBER);
        String callSid = form.get("CallSid");

        String first = idempotent(form);
        String second = idempotent(form);
        post(STATUS, fixture("call-status.form", callSid)).statusCode(204);

        assertThat(withoutToken(second)).isEqualTo(withoutToken(first));
        assertThat(Published.only(CallEvent.Started.class, Published.ofEnded(callSid)))
                .hasSize(1);
        assertThat(rows(callSid)).isEqualTo(1);
    }

    @Test
    void shouldFindTheTenantByANumberInAnyNotation() {
        Map<String, String> form = inbound(newCallSid(), "+1 (202) 555-0102");

        assertThat(twiml(ELEVENLABS, form)).contains("<Stream");
    }

    @Test
    void shouldUseTheDefaultAgentForATenantWithoutOne() {
        String twiml = twiml(ELEVENLABS, inbound(newCallSid(), Tenants.NUMBER_WITHOUT_AGENT));

        assertThat(parameters(twiml)).containsEntry("agent_id", "agent_test_default");
    }

    @Test
    void shouldSayThatANumberOfNobodyIsNotInService() {
        String callSid = newCallSid();

        String twiml = twiml(ELEVENLABS, inbound(callSid, "+12025550177"));

        assertThat(twiml).contains("<Response><Say>This number is not in service.</Say><Hangup/></Response>");
        assertThat(rows(callSid)).isZero();
    }

    @Test
    void shouldNotChokeOnACallToNoNumberAtAll() {
        assertThat(twiml(ELEVENLABS, fixture("client-call.form", newCallSid())))
                .contains("This number is not in service.");
    }

    @Test
    void shouldConnectACallerWhoHidesTheNumberAsALeadOfThisCall() {
        String callSid = newCallSid();
        Map<String, String> form = inbound(callSid, Tenants.NUMBER);
        form.put("From", "anonymous");

        String twiml = twiml(ELEVENLABS, form);

        UUID lead = LeadIds.of(TENANT, new ContactAddress(ContactAddress.Kind.CALL, callSid));
        assertThat(parameters(twiml)).containsEntry("lead_id", lead.toString());
    }

    @Test
    void shouldRejectACallerOverTheLimitButNotOthers() {
        String caller = "+12025550133";
        List<String> answers = IntStream.range(0, 32)
                .mapToObj(i -> {
                    Map<String, String> form = inbound(newCallSid(), Tenants.NUMBER);
                    form.put("From", caller);
                    return twiml(ELEVENLABS, form);
                })
                .toList();

        assertThat(answers.subList(0, 30)).allMatch(twiml -> twiml.contains("<Stream"));
        assertThat(answers.getLast()).contains("<Response><Reject reason=\"busy\"/></Response>");
        Map<String, String> other = inbound(newCallSid(), Tenants.NUMBER);
        other.put("From", "+12025550134");
        assertThat(twiml(ELEVENLABS, other)).contains("<Stream");
    }

    @Test
    void shouldRefuseAWebhookThatIsNotSignedAndStoreNothing() {
        String callSid = newCallSid();
        Map<String, String> form = inbound(callSid, Tenants.NUMBER);

        TwilioRequests.form(ELEVENLABS, form, "bm90IGEgc2lnbmF0dXJl")
                .post(ELEVENLABS)
                .then()
                .statusCode(403);
        RestAssured.given().formParams(form).post(ELEVENLABS).then().statusCode(403);
        TwilioRequests.form(STATUS, form).post(ELEVENLABS).then().statusCode(403);

        assertThat(rows(callSid)).isZero();
    }

    @Test
    void shouldRefuseAStrangerWithoutABody() {
        RestAssured.given()
                .contentType("application/x-www-form-urlencoded")
                .post(ELEVENLABS)
                .then()
                .statusCode(403);
        RestAssured.given()
                .contentType("application/json")
                .body("{}")
                .post(ELEVENLABS)
                .then()
                .statusCode(415);
    }

    @Test
    void shouldNameTheCallSidThatIsMissingOrMalformed() {
        Map<String, String> missing = inbound(newCallSid(), Tenants.NUMBER);
        missing.remove("CallSid");

        post(ELEVENLABS, missing)
                .statusCode(400)
                .body("success", equalTo(false))
                .body("error", containsString("CallSid"))
                .body("code", equalTo("VALIDATION_ERROR"));
        post(ELEVENLABS, inbound("CA123'; DROP TABLE calls", Tenants.NUMBER))
                .statusCode(400)
                .body("error", containsString("CallSid"));
    }

    @Test
    void shouldAnswerWithinFiftyMillisecondsAtTheMedian() {
        int calls = 300;
        long[] micros = new long[calls];
        for (int i = 0; i < calls; i++) {
            Map<String, String> form = inbound(newCallSid(), Tenants.NUMBER);
            // Callers of their own: the limit is per caller.
            form.put("From", "+1202555%04d".formatted(1000 + i));
            var request = TwilioRequests.form(ELEVENLABS, form);
            long begun = System.nanoTime();
            request.post(ELEVENLABS).then().statusCode(200);
            micros[i] = Duration.ofNanos(System.nanoTime() - begun).toNanos() / 1000;
        }
        long[] warm = Arrays.copyOfRange(micros, 100, calls);
        Arrays.sort(warm);
        System.out.printf(
                "[measured] voice webhook to TwiML, client included: p50 %.1f ms, p99 %.1f ms of %d calls%n",
                warm[warm.length / 2] / 1000.0, warm[(int) (warm.length * 0.99)] / 1000.0, warm.length);

        assertThat(warm[warm.length / 2]).isLessThan(50_000);
    }

    private static String idempotent(Map<String, String> form) {
        return TwilioRequests.form(ELEVENLABS, form)
                .header("I-Twilio-Idempotency-Token", "0f0e0d0c-0000-4000-8000-000000000001")
                .post(ELEVENLABS)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static Map<String, String> parameters(String twiml) {
        return PARAMETER
                .matcher(twiml)
                .results()
                .collect(Collectors.toMap((MatchResult match) -> match.group(1), match -> match.group(2)));
    }

    private static String token(String twiml) {
        Map<String, String> parameters = parameters(twiml);
        return parameters.get("token") + parameters.getOrDefault("token_2", "");
    }

    private static String withoutToken(String twiml) {
        return twiml.replaceAll("name=\"token(_2)?\" value=\"[^\"]*\"", "").replaceAll("/media-stream/[^\"]*", "");
    }
}
