package dev.throughline.telephony;

import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.platform.testing.TestTenants;
import dev.throughline.platform.testing.TwilioRequests;
import io.quarkus.test.common.QuarkusTestResource;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** What tests of the running service share: real servers, the tenants, and webhooks as Twilio sends them. */
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
@QuarkusTestResource(FakeTwilio.class)
@QuarkusTestResource(FakeElevenLabs.class)
public abstract class GatewayTest {

    protected static final String ELEVENLABS = "/api/webhooks/twilio/elevenlabs";
    protected static final String VOICE = "/api/webhooks/twilio/voice";
    protected static final String STATUS = "/api/webhooks/twilio/status";
    protected static final String STREAM_ENDED = "/api/webhooks/twilio/stream-ended";
    protected static final String STREAM_STATUS = "/api/webhooks/twilio/stream-status";

    protected static final String CALLER = "+12025550101";

    @Inject
    protected Pool pool;

    @BeforeEach
    void publishTenants() {
        TestTenants.publish(Tenants.harbourSalon(), Tenants.withFallback(), Tenants.withoutAgent());
    }

    protected static String newCallSid() {
        return "CA" + UUID.randomUUID().toString().replace("-", "");
    }

    /** The documented form of a webhook, as a call of its own. */
    protected static Map<String, String> fixture(String name, String callSid) {
        try (InputStream form = GatewayTest.class.getResourceAsStream("/twilio/" + name)) {
            Map<String, String> parameters = new LinkedHashMap<>();
            for (String pair : new String(form.readAllBytes(), StandardCharsets.UTF_8).split("&")) {
                String[] parts = pair.split("=", 2);
                parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
            parameters.put("CallSid", callSid);
            return parameters;
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** An inbound call to {@code to}. */
    protected static Map<String, String> inbound(String callSid, String to) {
        Map<String, String> form = fixture("inbound-call.form", callSid);
        form.put("To", to);
        form.put("Called", to);
        return form;
    }

    protected static ValidatableResponse post(String path, Map<String, String> form) {
        return TwilioRequests.form(path, form).post(path).then();
    }

    /** The TwiML of an answer. */
    protected static String twiml(String path, Map<String, String> form) {
        return post(path, form)
                .statusCode(200)
                .contentType("text/xml")
                .extract()
                .asString();
    }

    /** The rows of a query with one parameter. */
    protected long count(String sql, String parameter) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(parameter))
                .await()
                .atMost(Duration.ofSeconds(5))
                .iterator()
                .next()
                .getLong(0);
    }

    protected long rows(String callSid) {
        return count("SELECT count(*) FROM calls WHERE call_sid = $1", callSid);
    }
}
