package dev.throughline.mediabridge.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.mediabridge.testing.FakeTwilioStream;
import dev.throughline.mediabridge.testing.OtherEnds;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.TwilioRequests;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.http.UpgradeRejectedException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
@QuarkusTestResource(OtherEnds.class)
class BadInputTest extends AbstractCallTest {

    @ParameterizedTest
    @ValueSource(strings = {"/media-stream", "/media-stream/", "/api/twilio/media-stream", "/api/twilio/media-stream/"})
    void shouldUpgradeOnEveryPathWithItsSignature(String path) throws Exception {
        FakeTwilioStream stream = FakeTwilioStream.connect(vertx, RestAssured.port, path, callSid);

        stream.connected().start(parameters(tenant));

        eventually(() -> assertThat(agent.talks()).hasSize(1));
        stream.hangUp();
    }

    @Test
    void shouldRefuseAnUpgradeWithAWrongSignature() {
        refused(() -> FakeTwilioStream.connect(vertx, RestAssured.port, PATH, callSid, "d3Jvbmc="), 403);
    }

    @Test
    void shouldRefuseAnUpgradeWithoutASignature() {
        refused(() -> FakeTwilioStream.connect(vertx, RestAssured.port, PATH, callSid, ""), 403);
    }

    @Test
    void shouldRefuseAnUpgradeSignedForAnotherPath() {
        String other = TwilioRequests.upgradeSignature("/somewhere");

        refused(() -> FakeTwilioStream.connect(vertx, RestAssured.port, PATH, callSid, other), 403);
    }

    @Test
    void shouldNotAnswerAPlainRequest() {
        RestAssured.get(PATH).then().statusCode(426);
    }

    @Test
    void shouldCloseASocketThatSendsNoStart() throws Exception {
        FakeTwilioStream stream = connect();

        eventually(() -> assertThat(stream.isClosed()).isTrue());
        assertThat(stream.closeCode()).isEqualTo(1008);
        assertThat(stream.closeReason()).isEqualTo("no start message within 5 seconds");
    }

    @Test
    void shouldRefuseMediaBeforeStart() throws Exception {
        FakeTwilioStream stream = connect();

        stream.media(frame(1));

        closes(stream, 1008, "media before start");
    }

    @Test
    void shouldRefuseAUsedTokenAndLeaveTheLiveCallAlone() throws Exception {
        FakeTwilioStream live = connect();
        Map<String, String> parameters = parameters(tenant);
        live.start(parameters);
        eventually(() -> assertThat(agent.talks()).hasSize(1));

        FakeTwilioStream replay = connect().start(parameters);

        closes(replay, 1008, "the stream token was used already");
        assertThat(elevenLabs.outcomesOf(callSid)).isEmpty();
        stillCarries(live);
    }

    @Test
    void shouldRefuseTokensThatAreNotForThisCall() throws Exception {
        String anotherCall = token("CA00000000000000000000000000000002", tenant.id());
        String anotherTenant = token(callSid, UUID.randomUUID());
        String anotherAudience = tokens().mint(ServiceToken.CONVERSATION_CONTEXT, callSid, tenant.id(), vouchedFor());
        String anotherLead = tokens().mint(
                        ServiceToken.MEDIA_BRIDGE,
                        callSid,
                        tenant.id(),
                        Map.of("lead_id", UUID.randomUUID().toString()));
        String anotherSecret = new ServiceToken("another-secret-that-is-also-longer-than-32-characters")
                .mint(ServiceToken.MEDIA_BRIDGE, callSid, tenant.id(), vouchedFor());
        String noLead = tokens().mint(ServiceToken.MEDIA_BRIDGE, callSid, tenant.id());
        for (String token :
                List.of(anotherCall, anotherTenant, anotherAudience, anotherLead, anotherSecret, noLead, "", "x.y.z")) {
            FakeTwilioStream stream = connect().start(parameters(tenant, token));
            closes(stream, 1008, "the stream token is not valid");
        }
        assertThat(agent.talks()).isEmpty();
        assertThat(elevenLabs.outcomesOf(callSid))
                .allMatch(told -> told.outcome().equals("REFUSED"));
    }

    @Test
    void shouldRefuseATenantThatDoesNotExist() throws Exception {
        UUID nobody = UUID.randomUUID();
        Map<String, String> parameters = new HashMap<>(parameters(tenant, token(callSid, nobody)));
        parameters.put("tenant_id", nobody.toString());

        closes(connect().start(parameters), 1008, "the tenant is not known");
    }

    @Test
    void shouldCloseOnAnOversizedMessageWithoutDisturbingAnotherCall() throws Exception {
        FakeTwilioStream other = call();
        FakeTwilioStream stream =
                FakeTwilioStream.connect(vertx, RestAssured.port, PATH, "CA00000000000000000000000000000003");

        stream.text("{\"event\":\"connected\",\"x\":\"" + "y".repeat(70_000) + "\"}");

        closes(stream, 1009, "messages over 65536 bytes are not accepted");
        stillCarries(other);
    }

    @Test
    void shouldCloseOnAnEnormousFrame() throws Exception {
        FakeTwilioStream stream = connect();

        stream.text("x".repeat(1 << 20));

        closes(stream, 1009, "messages over 65536 bytes are not accepted");
    }

    @Test
    void shouldCloseOnABinaryMessage() throws Exception {
        FakeTwilioStream stream = connect();

        stream.binary(new byte[] {1, 2, 3});

        closes(stream, 1003, "binary messages are not accepted");
    }

    @Test
    void shouldSurviveGarbageInTheMiddleOfACall() throws Exception {
        FakeTwilioStream stream = call();
        for (String garbage : List.of(
                "",
                "not json",
                "[]",
                "{\"event\":\"media\",\"media\":{\"payload\":\"\\\"},{\"}}",
                "{\"event\":\"media\",\"streamSid\":\"MZother\",\"media\":{\"payload\":\"AAAA\"}}",
                "{\"event\":\"start\"}",
                "{\"event\":7}")) {
            stream.text(garbage);
        }

        stillCarries(stream);
        assertThat(talk().audio()).doesNotContain("AAAA");
        assertThat(talk().violations()).isEmpty();
    }

    @Test
    void shouldSayThatTheAgentCannotBeReached() throws Exception {
        agent.unknown();

        FakeTwilioStream stream = connect().start(parameters(tenant));

        closes(stream, 1011, "the agent cannot be reached");
        assertThat(elevenLabs.outcomesOf(callSid)).extracting(o -> o.outcome()).containsExactly("AGENT_UNREACHABLE");
    }

    @Test
    void shouldSayThatTheAgentsSocketDoesNotOpen() throws Exception {
        agent.refusingUpgrades(true);

        closes(connect().start(parameters(tenant)), 1011, "the agent cannot be reached");
    }

    @Test
    void shouldSayThatTheAgentNeverBegins() throws Exception {
        agent.silent();

        closes(connect().start(parameters(tenant)), 1011, "the agent cannot be reached");
        eventually(() -> assertThat(talk().isClosed()).isTrue());
    }

    @Test
    void shouldFailLoudlyOnAFormatItDoesNotCarry() throws Exception {
        agent.speaking("pcm_44100");

        closes(connect().start(parameters(tenant)), 1011, "the agent's audio format is not supported");
        assertThat(elevenLabs.outcomesOf(callSid)).extracting(o -> o.outcome()).containsExactly("AGENT_UNREACHABLE");
    }

    @Test
    void shouldNotMindACallerWhoIsGoneWithoutAWord() throws Exception {
        FakeTwilioStream stream = call();

        stream.hangUp();

        eventually(() -> assertThat(talk().closeCode()).isEqualTo(1000));
        eventually(() -> assertThat(elevenLabs.outcomesOf(callSid))
                .extracting(o -> o.outcome())
                .containsExactly("CALLER_LEFT"));
    }

    @Test
    void shouldReadAMessageThatComesInPieces() throws Exception {
        FakeTwilioStream stream = call();
        String payload = base64(frame(77));
        String whole = "{\"event\":\"media\",\"streamSid\":\"" + stream.streamSid() + "\",\"media\":{\"payload\":\""
                + payload + "\"}}";

        stream.fragments(whole.substring(0, 10), whole.substring(10, 100), whole.substring(100));

        eventually(() -> assertThat(talk().audio()).contains(payload));
    }

    @Test
    void shouldCloseOnPiecesThatAddUpToTooMuch() throws Exception {
        FakeTwilioStream stream = connect();
        String[] pieces = new String[20];
        Arrays.fill(pieces, "x".repeat(10_000));

        stream.fragments(pieces);

        closes(stream, 1009, "messages over 65536 bytes are not accepted");
    }

    @Test
    void shouldCloseOnAFloodOfGarbageWithoutDisturbingAnotherCall() throws Exception {
        FakeTwilioStream other = call();
        FakeTwilioStream stream =
                FakeTwilioStream.connect(vertx, RestAssured.port, PATH, "CA00000000000000000000000000000004");
        for (int i = 0; i < 300; i++) {
            stream.text("garbage");
        }

        closes(stream, 1008, "more than 200 messages could not be read");
        stillCarries(other);
    }

    @Test
    void shouldNotTakeTheAudioOfAnotherStream() throws Exception {
        FakeTwilioStream stream = call();
        stream.text("{\"event\":\"media\",\"streamSid\":\"MZ0\",\"media\":{\"payload\":\"AAAA\"}}");
        stream.text("{\"event\":\"mark\",\"streamSid\":\"MZ0\",\"mark\":{\"name\":\"u1-1\"}}");

        stillCarries(stream);
        assertThat(talk().audio()).doesNotContain("AAAA");
    }

    @Test
    void shouldNeverAgreeToCompressionOrOfferIt() throws Exception {
        FakeTwilioStream stream = call();

        assertThat(stream.extensions()).isEqualTo("null");
        assertThat(agent.extensions()).containsOnly("null");
    }

    @Test
    void shouldNameTheCureForAFormatItDoesNotCarry() throws Exception {
        for (String format : List.of("pcm_22050", "pcm_24000", "pcm_48000", "opus_48000", "")) {
            agent.speaking(format);
            closes(connect().start(parameters(tenant)), 1011, "the agent's audio format is not supported");
        }
    }

    private void stillCarries(FakeTwilioStream stream) {
        byte[] audio = frame(4_711);
        stream.media(audio);
        eventually(() -> assertThat(talk().audio()).contains(base64(audio)));
        assertThat(stream.isClosed()).isFalse();
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable connecting, int status) {
        assertThatThrownBy(connecting)
                .rootCause()
                .isInstanceOfSatisfying(UpgradeRejectedException.class, rejected -> assertThat(rejected.getStatus())
                        .isEqualTo(status));
    }
}
