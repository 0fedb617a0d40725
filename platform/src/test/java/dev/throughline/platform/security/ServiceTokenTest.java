package dev.throughline.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ServiceTokenTest {

    private static final String SECRET = "test-only-internal-secret-of-more-than-32-characters";
    private final ServiceToken tokens = new ServiceToken(SECRET);

    @Test
    void shouldReadBackWhatWasMinted() {
        UUID tenant = UUID.randomUUID();
        String token = tokens.mint(ServiceToken.MEDIA_BRIDGE, "CA1", tenant, Map.of("lead_id", "l1"));
        ServiceToken.Claims claims =
                tokens.verify(token, ServiceToken.MEDIA_BRIDGE).orElseThrow();
        assertThat(claims.subject()).isEqualTo("CA1");
        assertThat(claims.tenantId()).isEqualTo(tenant);
        assertThat(claims.other()).containsEntry("lead_id", "l1");
        assertThat(claims.expiresAt())
                .isBetween(Instant.now().plusSeconds(50), Instant.now().plusSeconds(61));
        String second = tokens.mint(ServiceToken.MEDIA_BRIDGE, "CA1", null);
        assertThat(tokens.verify(second, ServiceToken.MEDIA_BRIDGE)
                        .orElseThrow()
                        .id())
                .isNotEqualTo(claims.id());
        assertThat(tokens.verify(second, ServiceToken.MEDIA_BRIDGE)
                        .orElseThrow()
                        .tenantId())
                .isNull();
    }

    @Test
    void shouldAcceptTwoSecretsWhileOneReplacesTheOther() {
        String next = "the-next-internal-secret-of-more-than-32-characters";
        ServiceToken before = new ServiceToken(SECRET, next);
        ServiceToken after = new ServiceToken(next, SECRET);

        assertThat(before.verify(after.mint(ServiceToken.MEDIA_BRIDGE, "CA1", null), ServiceToken.MEDIA_BRIDGE))
                .isPresent();
        assertThat(after.verify(before.mint(ServiceToken.MEDIA_BRIDGE, "CA1", null), ServiceToken.MEDIA_BRIDGE))
                .isPresent();
        assertThat(tokens.verify(after.mint(ServiceToken.MEDIA_BRIDGE, "CA1", null), ServiceToken.MEDIA_BRIDGE))
                .isEmpty();
    }

    @Test
    void shouldRefuseAnotherAudienceAnotherSecretAndNonsense() {
        String token = tokens.mint(ServiceToken.MEDIA_BRIDGE, "CA1", null);
        assertThat(tokens.verify(token, ServiceToken.CONVERSATION_CONTEXT)).isEmpty();
        assertThat(new ServiceToken("x".repeat(40)).verify(token, ServiceToken.MEDIA_BRIDGE))
                .isEmpty();
        assertThat(tokens.verify(token.substring(0, token.length() - 2), ServiceToken.MEDIA_BRIDGE))
                .isEmpty();
        assertThat(tokens.verify("", ServiceToken.MEDIA_BRIDGE)).isEmpty();
        assertThat(tokens.verify("a.b.c", ServiceToken.MEDIA_BRIDGE)).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsExpiredOrLivesTooLong() {
        Instant now = Instant.now();
        assertThat(tokens.verify(signed(now.minusSeconds(120), now.minusSeconds(30)), ServiceToken.MEDIA_BRIDGE))
                .isEmpty();
        assertThat(tokens.verify(signed(now, now.plus(Duration.ofHours(1))), ServiceToken.MEDIA_BRIDGE))
                .isEmpty();
        assertThat(tokens.verify(signed(now, now.plusSeconds(30)), ServiceToken.MEDIA_BRIDGE))
                .isPresent();
    }

    @Test
    void shouldDoNothingWithoutAProperSecret() {
        ServiceToken none = new ServiceToken("short");
        assertThatThrownBy(() -> none.mint("a", "b", null)).hasMessageContaining("INTERNAL_SECRET");
        assertThat(none.verify(tokens.mint("a", "b", null), "a")).isEmpty();
    }

    private static String signed(Instant issued, Instant expires) {
        return Jwt.claims()
                .issuer("throughline-internal")
                .audience(ServiceToken.MEDIA_BRIDGE)
                .subject("CA1")
                .claim("jti", "1")
                .issuedAt(issued)
                .expiresAt(expires)
                .jws()
                .algorithm(SignatureAlgorithm.HS256)
                .sign(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    }
}
