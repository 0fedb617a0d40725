package dev.throughline.simulator.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.jwt.accesstoken.AccessToken;
import com.twilio.jwt.accesstoken.VoiceGrant;
import com.twilio.rest.api.v2010.account.Application;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers who are no telephones: browsers, with tokens of the official builder, and SIP. */
class BrowserAndSipContractTest {

    @TempDir
    Path stateDir;

    private TestBed bed;
    private String app;

    @BeforeEach
    void start() {
        bed = TestBed.withNumber(stateDir);
        app = Application.creator()
                .setFriendlyName("Browser")
                .setVoiceUrl(URI.create(TestBed.BASE + "/browser"))
                .create(bed.sdk())
                .getSid();
        bed.answerTwiml("/browser", Fixtures.text("twiml-say-hangup.xml"));
        bed.answerTwiml("/voice", Fixtures.text("twiml-say-hangup.xml"));
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void shouldAskTheAppOfABrowsersTokenAsTheReferenceDoes() {
        String sid = connect(token(3_600, TestBed.SECRET)).getString("callSid");

        TestBed.Received asked = bed.atLeast(1, "/browser").getFirst();
        assertThat(asked.isSigned()).isTrue();
        assertThat(asked.form().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Fixtures.form("client-call.form").keySet());
        assertThat(asked.form())
                .containsEntry("From", "client:web_user_1")
                .containsEntry("To", "")
                .containsEntry("Called", "")
                .containsEntry("ApplicationSid", app)
                .containsEntry("CallSid", sid)
                .containsEntry("conference", "conf-7f3a")
                .containsEntry("role", "web");
        assertThat(bed.finished(sid).getString("status")).isEqualTo("completed");
        assertThat(bed.violationCodes()).isEmpty();
    }

    @Test
    void shouldRefuseATokenTwilioWouldRefuse() {
        assertRefused(20101, "not a token");
        assertRefused(20107, token(3_600, "another secret of at least 32 characters"));
        assertRefused(20104, token(-10, TestBed.SECRET));
        assertRefused(20104, token(25 * 3_600, TestBed.SECRET));
        assertRefused(
                20103,
                builder("SK" + "9".repeat(32), TestBed.SECRET, 3_600).build().toJwt());
        assertRefused(
                20106,
                new AccessToken.Builder(TestBed.ACCOUNT, TestBed.KEY, TestBed.SECRET.getBytes(StandardCharsets.UTF_8))
                        .identity("web_user_1")
                        .build()
                        .toJwt());
        String[] parts = token(3_600, TestBed.SECRET).split("\\.");
        String header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"typ\":\"JWT\",\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8));
        assertRefused(20101, header + "." + parts[1] + "." + parts[2]);
        assertThat(bed.at("/browser")).isEmpty();
        assertThat(bed.violationCodes()).contains("20101", "20103", "20104", "20106", "20107");
    }

    @Test
    void shouldTellAboutASipCallerAndHisHeaders() {
        String sid = bed.post(
                        "/_sim/calls",
                        new JsonObject()
                                .put("from", "sip:desk@pbx.example.test")
                                .put("to", TestBed.OURS)
                                .put("sipHeaders", new JsonObject().put("X-Branch", "north")))
                .getString("callSid");

        bed.finished(sid);
        assertThat(bed.at("/voice").getFirst().form())
                .containsEntry("From", "sip:desk@pbx.example.test")
                .containsEntry("SipHeader_X-Branch", "north")
                .containsKeys("SipCallId", "SipSourceIp")
                .doesNotContainKey("StirVerstat");
    }

    @Test
    void shouldAskTheDomainASipTelephoneCalls() {
        String domain = bed.postRest(
                        "SIP/Domains.json",
                        Map.of("DomainName", "acme.sip.example.test", "VoiceUrl", TestBed.BASE + "/voice"))
                .getString("sid");

        String sid = bed.post(
                        "/_sim/calls",
                        new JsonObject()
                                .put("from", "sip:anna@acme.sip.example.test")
                                .put("to", "sip:reception@acme.sip.example.test"))
                .getString("callSid");

        bed.finished(sid);
        assertThat(bed.at("/voice").getFirst().form())
                .containsEntry("To", "sip:reception@acme.sip.example.test")
                .containsEntry("SipDomain", "acme.sip.example.test")
                .containsEntry("SipDomainSid", domain)
                .containsEntry("CallStatus", "ringing");
        bed.refused(
                "/_sim/calls",
                new JsonObject().put("from", "sip:a@b.example.test").put("to", "sip:c@nowhere.example.test"));
    }

    private JsonObject connect(String token) {
        return bed.post(
                "/_sim/calls",
                new JsonObject()
                        .put("token", token)
                        .put(
                                "params",
                                new JsonObject().put("conference", "conf-7f3a").put("role", "web")));
    }

    private void assertRefused(int code, String token) {
        JsonObject answer = bed.refused("/_sim/calls", new JsonObject().put("token", token), 401);
        assertThat(answer.getInteger("code")).as(answer.encode()).isEqualTo(code);
    }

    private String token(int seconds, String secret) {
        return builder(TestBed.KEY, secret, seconds).build().toJwt();
    }

    private AccessToken.Builder builder(String key, String secret, int seconds) {
        return new AccessToken.Builder(TestBed.ACCOUNT, key, secret.getBytes(StandardCharsets.UTF_8))
                .identity("web_user_1")
                .ttl(seconds)
                .grant(new VoiceGrant().setIncomingAllow(true).setOutgoingApplicationSid(app));
    }
}
