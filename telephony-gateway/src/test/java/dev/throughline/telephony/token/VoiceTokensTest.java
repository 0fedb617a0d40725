package dev.throughline.telephony.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.twilio.jwt.accesstoken.AccessToken;
import com.twilio.jwt.accesstoken.VoiceGrant;
import dev.throughline.platform.twilio.TwilioConfig;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.BrowserIdentity;
import dev.throughline.telephony.token.VoiceTokens.VoiceToken;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Read with the JWT library of Twilio's own SDK, and compared with the token the SDK makes. */
class VoiceTokensTest {

    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String KEY = "SK00000000000000000000000000000002";
    private static final String SECRET = "test-only-secret-of-32-characters";
    private static final String APPLICATION = "AP00000000000000000000000000000003";
    private static final BrowserIdentity BROWSER =
            BrowserIdentity.named(UUID.fromString("7f1c0000-0000-4000-8000-000000000001"), "operator@example.test");

    @Test
    void shouldMintWhatTheSdkWouldMint() {
        VoiceToken minted = tokens(settings()).mint(BROWSER);
        String sdks = new AccessToken.Builder(ACCOUNT, KEY, SECRET.getBytes(StandardCharsets.UTF_8))
                .identity(BROWSER.identity())
                .ttl(3600)
                .grant(new VoiceGrant()
                        .setIncomingAllow(true)
                        .setOutgoingApplication(APPLICATION, Map.of("role", "web")))
                .build()
                .toJwt();

        Jws<byte[]> ours = parse(minted.token());
        Jws<byte[]> theirs = parse(sdks);
        JsonNode claims = claims(ours);

        assertThat(ours.getHeader())
                .containsEntry("alg", "HS256")
                .containsEntry("typ", "JWT")
                .containsEntry("cty", "twilio-fpa;v=1")
                .containsExactlyInAnyOrderEntriesOf(theirs.getHeader());
        assertThat(claims.get("grants")).isEqualTo(claims(theirs).get("grants"));
        assertThat(claims.get("iss").asText()).isEqualTo(KEY);
        assertThat(claims.get("sub").asText()).isEqualTo(ACCOUNT);
        assertThat(claims.get("exp").asLong())
                .isEqualTo(minted.expiresAt().getEpochSecond())
                .isEqualTo(claims.get("iat").asLong() + Duration.ofHours(1).toSeconds());
    }

    @Test
    void shouldNameTheTenantInTheIdentity() {
        assertThat(tokens(settings()).mint(BROWSER).identity())
                .isEqualTo("t_7f1c0000000040008000000000000001_operator_example_test");
    }

    @Test
    void shouldGiveEachTokenAnIdOfItsOwn() {
        VoiceTokens tokens = tokens(settings());

        assertThat(id(tokens)).startsWith(KEY + "-").isNotEqualTo(id(tokens));
    }

    @ParameterizedTest
    @CsvSource({
        "account-sid, TWILIO_ACCOUNT_SID",
        "api-key, TWILIO_API_KEY",
        "api-secret, TWILIO_API_SECRET",
        "twiml-app-sid, TWILIO_TWIML_APP_SID"
    })
    void shouldNameTheSettingThatIsMissing(String property, String variable) {
        Map<String, String> without = settings();
        without.put("throughline.twilio." + property, "");

        assertThatThrownBy(() -> tokens(without).mint(BROWSER)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(503);
            assertThat(problem.detail()).contains(variable + " is not set: give");
        });
    }

    @Test
    void shouldRefuseASecretThatCannotSign() {
        Map<String, String> cut = settings();
        cut.put("throughline.twilio.api-secret", "short");

        assertThatThrownBy(() -> tokens(cut).mint(BROWSER)).hasMessageContaining("TWILIO_API_SECRET is too short");
    }

    @Test
    void shouldRefuseALifeTwilioDoesNotTake() {
        Map<String, String> longer = settings();
        longer.put("throughline.telephony.token.life", "25h");

        assertThatThrownBy(() -> tokens(longer)).hasMessageContaining("24 h");
    }

    private static String id(VoiceTokens tokens) {
        return claims(parse(tokens.mint(BROWSER).token())).get("jti").asText();
    }

    /** The header's content type keeps the parser from reading the claims itself. */
    private static Jws<byte[]> parse(String token) {
        return Jwts.parser()
                .verifyWith(Keys.hmacShaKeyFor(SECRET.getBytes(StandardCharsets.UTF_8)))
                .build()
                .parseSignedContent(token);
    }

    private static JsonNode claims(Jws<byte[]> token) {
        try {
            return new ObjectMapper().readTree(token.getPayload());
        } catch (IOException malformed) {
            throw new AssertionError(malformed);
        }
    }

    private static Map<String, String> settings() {
        return new HashMap<>(Map.of(
                "throughline.twilio.account-sid", ACCOUNT,
                "throughline.twilio.api-key", KEY,
                "throughline.twilio.api-secret", SECRET,
                "throughline.twilio.twiml-app-sid", APPLICATION));
    }

    private static VoiceTokens tokens(Map<String, String> settings) {
        var config = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 100, new DurationConverter())
                .withMapping(TwilioConfig.class)
                .withMapping(VoiceTokenConfig.class)
                .withDefaultValues(settings)
                .build();
        return new VoiceTokens(
                config.getConfigMapping(TwilioConfig.class),
                config.getConfigMapping(VoiceTokenConfig.class),
                Clock.systemUTC());
    }
}
