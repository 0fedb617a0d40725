package dev.throughline.platform.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** The public address, provider secrets and keys of a test installation. Nothing of it opens anything outside of a test. */
public class IdentityTestResource implements QuarkusTestResourceLifecycleManager {

    /** What providers sign; nobody listens there. */
    public static final String APP_BASE_URL = "https://voice.example.test";

    public static final String TWILIO_ACCOUNT_SID = "AC00000000000000000000000000000001";
    public static final String TWILIO_AUTH_TOKEN = "0123456789abcdef0123456789abcdef";
    public static final String ELEVENLABS_WEBHOOK_SECRET = "wsec_test_only_not_a_real_secret";
    public static final String ELEVENLABS_API_KEY = "xi-test-only-not-a-real-key";
    public static final String ELEVENLABS_AGENT_ID = "agent_test_default";
    public static final String INTERNAL_SECRET = "test-only-internal-secret-of-more-than-32-characters";

    @Override
    public Map<String, String> start() {
        try {
            Map<String, String> config = new HashMap<>();
            config.put("app.base.url", APP_BASE_URL);
            config.put("throughline.twilio.account-sid", TWILIO_ACCOUNT_SID);
            config.put("throughline.twilio.auth-token", TWILIO_AUTH_TOKEN);
            config.put("throughline.twilio.phone-number", "+12025550199");
            config.put("throughline.elevenlabs.webhook-secret", ELEVENLABS_WEBHOOK_SECRET);
            config.put("throughline.elevenlabs.api-key", ELEVENLABS_API_KEY);
            config.put("throughline.elevenlabs.agent-id", ELEVENLABS_AGENT_ID);
            config.put("throughline.internal.secret", INTERNAL_SECRET);
            config.put("mp.jwt.verify.publickey.location", Tokens.publicKeyLocation());
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // Nothing is held.
    }
}
