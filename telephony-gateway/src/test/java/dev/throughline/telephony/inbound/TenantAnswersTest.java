package dev.throughline.telephony.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.CallEvent;
import dev.throughline.events.CallEvent.Path;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.tenant.CallAnswer;
import dev.throughline.events.tenant.CallAnswer.Kind;
import dev.throughline.events.tenant.CallSettings;
import dev.throughline.events.tenant.CallSettings.AnsweringMachine;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.Tenant.VoicePath;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.testing.TestTenants;
import dev.throughline.telephony.FakeElevenLabs;
import dev.throughline.telephony.GatewayTest;
import dev.throughline.telephony.Published;
import dev.throughline.telephony.Tenants;
import dev.throughline.telephony.call.BrowserIdentity;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class TenantAnswersTest extends GatewayTest {

    private static final String BLOCKED = "+12025550181";

    @Inject
    ServiceToken tokens;

    @Inject
    MeterRegistry metrics;

    @Test
    void shouldLetTheAgentAnswerAtAnyHourWhereTheTenantToldNothing() {
        Tenant closed = TestTenants.publish(Tenants.closed(tenant(10, null, calls(null, null, null, null))));

        assertThat(call(closed, CALLER)).contains("<Stream");
    }

    @Test
    void shouldTakeAMessageOutsideHoursAndTellOfTheCall() {
        Tenant closed = TestTenants.publish(
                Tenants.closed(tenant(11, null, calls(new CallAnswer(Kind.VOICEMAIL, "We sleep."), null, null, null))));
        String callSid = newCallSid();

        String twiml = twiml(ELEVENLABS, inbound(callSid, closed.twilioPhoneNumber()));

        assertThat(twiml)
                .contains("<Say>We sleep.</Say><Record ")
                .contains("recordingStatusCallback=\"https://voice.example.test/api/webhooks/twilio/recording?tenant="
                        + closed.id() + "&amp;lead=");
        assertThat(Published.only(
                        CallEvent.Started.class, Published.until(callSid, CallEvent.Started.class::isInstance)))
                .extracting(CallEvent.Started::path)
                .containsExactly(Path.DIRECT);
    }

    @Test
    void shouldRejectABlockedCallerInAnyNotationAndNoOther() {
        Tenant tenant = TestTenants.publish(tenant(12, null, calls(null, null, null, null)));

        assertThat(call(tenant, BLOCKED)).contains("<Response><Reject reason=\"rejected\"/></Response>");
        assertThat(call(tenant, "+1 202 555 0181")).contains("<Reject");
        assertThat(call(tenant, "sip:" + BLOCKED + "@carrier.example")).contains("<Reject");
        assertThat(call(tenant, CALLER)).contains("<Stream");
        assertThat(call(tenant, "anonymous")).contains("<Stream");
    }

    @Test
    void shouldStoreNothingOfARejectedCaller() {
        Tenant tenant = TestTenants.publish(tenant(12, null, calls(null, null, null, null)));
        Map<String, String> form = inbound(newCallSid(), tenant.twilioPhoneNumber());
        form.put("From", BLOCKED);

        assertThat(twiml(ELEVENLABS, form)).contains("<Reject");
        assertThat(rows(form.get("CallSid"))).isZero();
    }

    @Test
    void shouldTellOfACallerWhoWasTurnedAwayOutsideTheHours() {
        Tenant tenant = TestTenants.publish(
                Tenants.closed(tenant(21, null, calls(new CallAnswer(Kind.REJECT, null), null, null, null))));
        Map<String, String> form = inbound(newCallSid(), tenant.twilioPhoneNumber());

        assertThat(twiml(ELEVENLABS, form)).contains("<Reject");
        Map<String, String> over = fixture("call-status.form", form.get("CallSid"));
        over.put("To", tenant.twilioPhoneNumber());
        over.put("CallStatus", "busy");
        post(STATUS, over).statusCode(204);

        List<RecordedEvent> story = Published.ofEnded(form.get("CallSid"));
        assertThat(Published.only(CallEvent.Started.class, story)).hasSize(1);
        assertThat(Published.only(CallEvent.Ended.class, story))
                .singleElement()
                .extracting(CallEvent.Ended::spokeWith)
                .isEqualTo(CallEvent.SpokeWith.NOBODY);
    }

    @Test
    void shouldCountACallersCallsByTheTenantsOwnLimit() {
        CallSettings limited = new CallSettings(
                null,
                null,
                null,
                new CallAnswer(Kind.MESSAGE, "Not so often."),
                null,
                null,
                2,
                Set.of(),
                Set.of(),
                AnsweringMachine.HANG_UP,
                null,
                List.of());
        Tenant tenant = TestTenants.publish(tenant(13, null, limited));

        assertThat(call(tenant, "+12025550182")).contains("<Stream");
        assertThat(call(tenant, "+12025550182")).contains("<Stream");
        assertThat(call(tenant, "+12025550182")).contains("<Say>Not so often.</Say><Hangup/>");
        assertThat(call(tenant, "+12025550183")).contains("<Stream");
    }

    @Test
    void shouldAdmitAsManyCallsAtOnceAsTheTenantAllows() throws Exception {
        Tenant tenant = TestTenants.publish(tenant(14, Tenants.FALLBACK, calls(null, null, null, 3)));
        List<String> answers = new ArrayList<>();
        try (ExecutorService twilio = Executors.newFixedThreadPool(8)) {
            List<Future<String>> calls = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                String caller = "+120255502%02d".formatted(i);
                calls.add(twilio.submit(() -> call(tenant, caller)));
            }
            for (Future<String> call : calls) {
                answers.add(call.get());
            }
        }

        assertThat(answers.stream().filter(twiml -> twiml.contains("<Stream"))).hasSize(3);
        assertThat(answers.stream()
                        .filter(twiml -> twiml.contains("<Say>All our lines are busy right now.</Say><Dial ")))
                .hasSize(9);
    }

    @Test
    void shouldAdmitTheNextCallWhenOneHasEnded() {
        Tenant tenant = TestTenants.publish(tenant(15, null, calls(null, null, null, 1)));
        String first = newCallSid();
        assertThat(twiml(ELEVENLABS, inbound(first, tenant.twilioPhoneNumber())))
                .contains("<Stream");
        assertThat(twiml(ELEVENLABS, inbound(first, tenant.twilioPhoneNumber())))
                .as("a repeat of the webhook is the same call")
                .contains("<Stream");
        assertThat(call(tenant, CALLER)).contains("<Reject reason=\"busy\"/>");

        Map<String, String> ended = fixture("call-status.form", first);
        ended.put("To", tenant.twilioPhoneNumber());
        post(STATUS, ended).statusCode(204);

        assertThat(call(tenant, CALLER)).contains("<Stream");
    }

    @Test
    void shouldSpareCallersAnAgentThatIsAway() {
        Tenant tenant = TestTenants.publish(
                tenant(16, null, calls(null, null, new CallAnswer(Kind.VOICEMAIL, "Our agent is away."), null)));
        for (int i = 0; i < 2; i++) {
            assertThat(call(tenant, CALLER)).contains("<Stream");
            String callSid = newCallSid();
            RestAssured.given()
                    .header(ServiceToken.HEADER, tokens.mint("telephony-gateway", callSid, tenant.id()))
                    .contentType("application/json")
                    .body("{\"outcome\":\"AGENT_UNREACHABLE\"}")
                    .put("/internal/calls/" + callSid + "/stream-outcome")
                    .then()
                    .statusCode(204);
        }

        assertThat(call(tenant, CALLER)).contains("<Say>Our agent is away.</Say><Record ");
    }

    @Test
    void shouldKnowATenantByItsSipAddress() {
        CallSettings sip = new CallSettings(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Set.of(),
                Set.of("sip:reception@salon.example"),
                AnsweringMachine.HANG_UP,
                null,
                List.of());
        Tenant tenant = TestTenants.publish(tenant(17, null, sip));

        String twiml = twiml(ELEVENLABS, to("sip:Reception@salon.example:5061;transport=tls", CALLER));

        assertThat(twiml).contains("<Stream", "value=\"" + tenant.id() + "\"");
        assertThat(twiml(ELEVENLABS, to("sip:" + Tenants.NUMBER + "@salon.example", CALLER)))
                .contains("value=\"" + Tenants.harbourSalon().id() + "\"");
        assertThat(twiml(ELEVENLABS, to("sip:nobody@salon.example", CALLER)))
                .contains("This number is not in service.");
    }

    @Test
    void shouldKnowATenantByTheIdentityOfItsBrowserAlone() {
        Tenant tenant = Tenants.harbourSalon();
        BrowserIdentity browser = new BrowserIdentity(tenant.id(), "maria");
        Map<String, String> form = fixture("client-call.form", newCallSid());
        form.put("From", browser.address());

        String twiml = twiml(ELEVENLABS, form);

        String lead = LeadIds.of(tenant.id(), new ContactAddress(ContactAddress.Kind.CLIENT, browser.identity()))
                .toString();
        assertThat(twiml).contains("<Stream", "name=\"lead_id\" value=\"" + lead + "\"");
        form.put("From", browser.identity());
        assertThat(twiml(ELEVENLABS, form))
                .as("only Twilio's client: makes it an identity")
                .contains("This number is not in service.");
    }

    @Test
    void shouldCarryACallOfANativeNumberAndSayThatSomethingIsMisconfigured() {
        Tenant tenant =
                TestTenants.publish(Tenants.with(18, "+12025550118", null, CallSettings.standard(), VoicePath.NATIVE));
        double before = counted("throughline.calls.misconfigured", "what", "native-number");

        assertThat(call(tenant, CALLER)).contains("<Stream");

        assertThat(counted("throughline.calls.misconfigured", "what", "native-number"))
                .isEqualTo(before + 1);
    }

    @Test
    void shouldHandOnElevenLabsTwimlUnchanged() {
        Tenant tenant = register(19, FakeElevenLabs.REGISTERED);
        String callSid = newCallSid();

        assertThat(twiml(ELEVENLABS, inbound(callSid, tenant.twilioPhoneNumber())))
                .isEqualTo(FakeElevenLabs.TWIML);
        assertThat(Published.only(
                        CallEvent.Started.class, Published.until(callSid, CallEvent.Started.class::isInstance)))
                .extracting(CallEvent.Started::path)
                .containsExactly(Path.REGISTER);
    }

    @ParameterizedTest
    @ValueSource(strings = {FakeElevenLabs.NONSENSE, FakeElevenLabs.SILENT, FakeElevenLabs.REFUSED})
    void shouldCarryTheCallItselfWhenElevenLabsDoesNot(String number) {
        Tenant tenant = register(20, number);
        String callSid = newCallSid();
        long begun = System.nanoTime();

        String twiml = twiml(ELEVENLABS, inbound(callSid, number));

        assertThat(twiml)
                .contains("wss://voice.example.test/media-stream", tenant.id().toString());
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
        assertThat(Published.only(
                        CallEvent.Started.class, Published.until(callSid, CallEvent.Started.class::isInstance)))
                .extracting(CallEvent.Started::path)
                .containsExactly(Path.BRIDGE);
    }

    @Test
    void shouldAskElevenLabsForNoMoreCallsThanTheTenantAllows() throws Exception {
        Tenant before = register(19, FakeElevenLabs.REGISTERED);
        int live = (int) pool.preparedQuery(
                        "SELECT count(*) FROM calls WHERE tenant_id = $1 AND ended_at IS NULL AND path <> 'DIRECT'")
                .execute(Tuple.of(before.id()))
                .await()
                .atMost(Duration.ofSeconds(5))
                .iterator()
                .next()
                .getLong(0)
                .longValue();
        Tenant tenant = TestTenants.publish(Tenants.with(
                19,
                FakeElevenLabs.REGISTERED,
                Tenants.FALLBACK,
                calls(null, null, null, live + 1),
                VoicePath.REGISTER));
        double asked = registrations();
        try (ExecutorService twilio = Executors.newFixedThreadPool(6)) {
            List<Future<String>> calls = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String caller = "+120255503%02d".formatted(i);
                calls.add(twilio.submit(() -> call(tenant, caller)));
            }
            List<String> answers = new ArrayList<>();
            for (Future<String> call : calls) {
                answers.add(call.get());
            }
            assertThat(answers).filteredOn(FakeElevenLabs.TWIML::equals).hasSize(1);
        }

        assertThat(registrations()).isEqualTo(asked + 1);
    }

    private double registrations() {
        return counted("throughline.calls.registered", "taken", "true")
                + counted("throughline.calls.registered", "taken", "false");
    }

    @Test
    void shouldCarryACallerWithoutNumberItself() {
        Tenant tenant = register(19, FakeElevenLabs.REGISTERED);

        assertThat(call(tenant, "anonymous")).contains("wss://voice.example.test/media-stream");
    }

    private double counted(String name, String tag, String value) {
        var counter = metrics.find(name).tag(tag, value).counter();
        return counter == null ? 0 : counter.count();
    }

    private static String call(Tenant tenant, String from) {
        return twiml(ELEVENLABS, to(tenant.twilioPhoneNumber(), from));
    }

    private static Map<String, String> to(String to, String from) {
        Map<String, String> form = inbound(newCallSid(), to);
        form.put("From", from);
        return form;
    }

    private static Tenant register(long id, String number) {
        return TestTenants.publish(Tenants.with(id, number, null, CallSettings.standard(), VoicePath.REGISTER));
    }

    private static Tenant tenant(long id, @Nullable String fallback, CallSettings calls) {
        return Tenants.with(id, "+120255501" + id, fallback, calls, VoicePath.BRIDGE);
    }

    private static CallSettings calls(
            @Nullable CallAnswer outsideHours,
            @Nullable CallAnswer overLimit,
            @Nullable CallAnswer agentDown,
            @Nullable Integer maxConcurrentCalls) {
        return new CallSettings(
                outsideHours,
                overLimit,
                null,
                null,
                agentDown,
                maxConcurrentCalls,
                null,
                Set.of(BLOCKED),
                Set.of(),
                AnsweringMachine.HANG_UP,
                null,
                List.of());
    }
}
