package dev.throughline.localstack.secrets;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The short-lived tokens the services give each other: HS256, signed with {@code INTERNAL_SECRET}. */
public final class ServiceTokens {

    private static final long LIFETIME_SECONDS = 60;

    private final SecretKeySpec key;

    /** @param secret not empty */
    public ServiceTokens(String secret) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    /**
     * A signed token.
     *
     * @param subject what it is for, a CallSid for a stream's token
     * @param other further text claims
     */
    public String mint(String audience, String subject, String tenantId, Map<String, String> other) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>(other);
        claims.put("iss", "throughline-internal");
        claims.put("aud", audience);
        claims.put("sub", subject);
        claims.put("tenant_id", tenantId);
        claims.put("iat", now);
        claims.put("exp", now + LIFETIME_SECONDS);
        claims.put("jti", UUID.randomUUID().toString());
        return JsonWebToken.of("HS256", claims, bytes -> {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(bytes);
        });
    }
}
