package dev.throughline.telephony.token;

import dev.throughline.platform.twilio.TwilioConfig;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.BrowserIdentity;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/**
 * Mints access tokens of the Voice SDK (Twilio, <i>Access tokens</i>): a JWT, HS256, signed with the API key's secret. Made with the JWT
 * library and not with Twilio's builder, whose {@code jti} is the same for all tokens of two minutes.
 */
@Singleton
final class VoiceTokens {

    /** Twilio refuses a token that lives longer (Twilio, error 20104). */
    static final Duration LONGEST = Duration.ofHours(24);

    private static final int MIN_SECRET_BYTES = 32;
    private static final Pattern API_KEY = Pattern.compile("SK[0-9a-fA-F]{32}");

    private final TwilioConfig twilio;
    private final VoiceTokenConfig config;
    private final Clock clock;

    VoiceTokens(TwilioConfig twilio, VoiceTokenConfig config, Clock clock) {
        Duration life = config.life();
        if (life.compareTo(LONGEST) > 0 || life.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "throughline.telephony.token.life must lie between 1 s and 24 h, Twilio takes no other");
        }
        this.twilio = twilio;
        this.config = config;
        this.clock = clock;
    }

    /** A token, whose it is, and when it stops being good. */
    record VoiceToken(String token, String identity, Instant expiresAt) {}

    /**
     * A token with which {@code browser} may call the TwiML application and be called.
     *
     * @throws Problem 503 naming the setting that is missing or malformed
     */
    VoiceToken mint(BrowserIdentity browser) {
        String account = require("TWILIO_ACCOUNT_SID", twilio.accountSid(), "the account's AC…");
        String key = require("TWILIO_API_KEY", twilio.apiKey(), "the SK… of a standard API key");
        String secret = require("TWILIO_API_SECRET", twilio.apiSecret(), "the secret shown when the API key was made");
        String application = require(
                "TWILIO_TWIML_APP_SID",
                twilio.twimlAppSid(),
                "the AP… of a TwiML application whose voice URL is /api/twilio/conference-elevenlabs");
        if (!API_KEY.matcher(key).matches()) {
            throw missing("TWILIO_API_KEY is not SK and 32 hexadecimal digits: give the SID of a standard API key.");
        }
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < MIN_SECRET_BYTES) {
            throw missing("TWILIO_API_SECRET is too short to sign with: copy the whole secret of the API key.");
        }
        Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
        Instant expires = now.plus(config.life());
        String token = Jwt.claims()
                .issuer(key)
                .subject(account)
                .claim("jti", key + "-" + UUID.randomUUID())
                .issuedAt(now)
                .expiresAt(expires)
                .claim("grants", grants(browser, application))
                .jws()
                .header("cty", "twilio-fpa;v=1")
                .algorithm(SignatureAlgorithm.HS256)
                .sign(new SecretKeySpec(bytes, "HmacSHA256"));
        return new VoiceToken(token, browser.identity(), expires);
    }

    private static Map<String, Object> grants(BrowserIdentity browser, String application) {
        Map<String, Object> outgoing = new LinkedHashMap<>();
        outgoing.put("application_sid", application);
        outgoing.put("params", Map.of("role", "web"));
        Map<String, Object> voice = new LinkedHashMap<>();
        voice.put("incoming", Map.of("allow", true));
        voice.put("outgoing", outgoing);
        Map<String, Object> grants = new LinkedHashMap<>();
        grants.put("identity", browser.identity());
        grants.put("voice", voice);
        return grants;
    }

    private static String require(String name, Optional<String> value, String cure) {
        return value.filter(set -> !set.isBlank()).orElseThrow(() -> missing(name + " is not set: give " + cure + "."));
    }

    private static Problem missing(String what) {
        return Problem.of(503, "NOT_CONFIGURED", what);
    }
}
