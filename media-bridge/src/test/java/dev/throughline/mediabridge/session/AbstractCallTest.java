package dev.throughline.mediabridge.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.throughline.events.tenant.CallSettings;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.TenantSettings;
import dev.throughline.mediabridge.testing.FakeAgent;
import dev.throughline.mediabridge.testing.FakeElevenLabs;
import dev.throughline.mediabridge.testing.FakeTwilioStream;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.TestTenants;
import io.restassured.RestAssured;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.awaitility.core.ThrowingRunnable;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A call between a fake Twilio and a fake ElevenLabs, each test with its own call, lead and agent. */
abstract class AbstractCallTest {

    static final String PATH = "/media-stream";
    private static final ServiceToken TOKENS = new ServiceToken(IdentityTestResource.INTERNAL_SECRET);

    static FakeElevenLabs elevenLabs;
    static Vertx vertx;
    static Tenant tenant;
    static Tenant greetingTenant;

    final String callSid = "CA" + UUID.randomUUID().toString().replace("-", "");
    final UUID leadId = UUID.randomUUID();
    final FakeAgent agent = elevenLabs.agent("agent_" + callSid);

    @BeforeAll
    static void connectTheOtherEnds() throws Exception {
        vertx = Vertx.vertx();
        elevenLabs = new FakeElevenLabs(
                ConfigProvider.getConfig().getValue("throughline.elevenlabs.api-base-url", String.class));
        tenant = TestTenants.salon("+12025550100");
        greetingTenant = withOverrides(TestTenants.salon("+12025550101"), Set.of("agent.first_message"));
        TestTenants.publish(tenant, greetingTenant);
    }

    @AfterAll
    static void disconnectTheOtherEnds() throws Exception {
        elevenLabs.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    FakeTwilioStream connect() throws Exception {
        return FakeTwilioStream.connect(vertx, RestAssured.port, PATH, callSid).connected();
    }

    /** A call whose agent listens. */
    FakeTwilioStream call() throws Exception {
        FakeTwilioStream stream = connect().start(parameters(tenant));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !agent.talks().isEmpty()
                        && !agent.talks()
                                .getLast()
                                .messages("conversation_initiation_client_data")
                                .isEmpty());
        return stream;
    }

    /** A stream whose address names the call. */
    FakeTwilioStream connect(String opening) throws Exception {
        return FakeTwilioStream.connect(vertx, RestAssured.port, PATH + "/" + opening, callSid)
                .connected();
    }

    /** The token of a stream's address; with these claims besides those every call has. */
    String opening(String ofCall, Tenant of, Map<String, String> claims) {
        return TOKENS.mint(ServiceToken.MEDIA_BRIDGE_OPENING, ofCall, of.id(), claims(claims));
    }

    /** The token of a start, likewise. */
    String token(String ofCall, Tenant of, Map<String, String> claims) {
        return TOKENS.mint(ServiceToken.MEDIA_BRIDGE, ofCall, of.id(), claims(claims));
    }

    List<String> outcomes() {
        return elevenLabs.outcomesOf(callSid).stream()
                .map(told -> told.outcome())
                .toList();
    }

    static String base64(byte[] audio) {
        return Base64.getEncoder().encodeToString(audio);
    }

    static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(assertion);
    }

    static void closes(FakeTwilioStream stream, int code, String reason) {
        eventually(() -> assertThat(stream.isClosed()).isTrue());
        assertThat(stream.closeReason()).isEqualTo(reason);
        assertThat(stream.closeCode()).isEqualTo(code);
    }

    private Map<String, String> claims(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(vouchedFor());
        all.put("agent_id", agent.id());
        all.putAll(more);
        return all;
    }

    FakeAgent.Talk talk() {
        return agent.talks().getLast();
    }

    Map<String, String> parameters(Tenant of) {
        return parameters(of, token(callSid, of.id()));
    }

    Map<String, String> parameters(Tenant of, String token) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("agent_id", agent.id());
        parameters.put("tenant_id", of.id().toString());
        parameters.put("call_sid", callSid);
        parameters.put("business_name", of.name());
        parameters.put("lead_id", leadId.toString());
        parameters.put("token", token);
        return parameters;
    }

    String token(String ofCall, UUID tenantId) {
        return TOKENS.mint(ServiceToken.MEDIA_BRIDGE, ofCall, tenantId, vouchedFor());
    }

    Map<String, String> vouchedFor() {
        return Map.of("lead_id", leadId.toString(), "customer_phone", "+12025550142");
    }

    static ServiceToken tokens() {
        return TOKENS;
    }

    /** 20 ms of noise: every byte value is as likely, so that any damage shows. */
    static byte[] frame(long seed) {
        byte[] audio = new byte[160];
        new Random(seed).nextBytes(audio);
        return audio;
    }

    private static Tenant withOverrides(Tenant t, Set<String> overrides) {
        TenantSettings s = t.settings();
        return new Tenant(
                t.id(),
                t.name(),
                t.twilioPhoneNumber(),
                t.twilioPhoneNumberSid(),
                t.timeZone(),
                t.country(),
                t.language(),
                t.voicePath(),
                new TenantSettings(
                        s.elevenLabsAgentId(),
                        s.elevenLabsTextAgentId(),
                        s.aiGreeting(),
                        s.aiTone(),
                        s.businessHours(),
                        overrides,
                        s.autoReply(),
                        s.fallbackNumber(),
                        CallSettings.standard()),
                t.toolSecretHashes(),
                t.version());
    }
}
