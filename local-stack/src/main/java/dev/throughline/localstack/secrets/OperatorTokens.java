package dev.throughline.localstack.secrets;

import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Operator tokens of the local stack: RS256 JWTs by the issuer {@code throughline}, with the role in {@code groups} and the tenant in
 * {@code tenant_id}, valid for 12 hours. Only an admin of the installation has no tenant.
 */
public final class OperatorTokens {

    /** How long a token is good. */
    static final Duration LIFETIME = Duration.ofHours(12);

    private final PrivateKey key;
    private final Clock clock;

    public OperatorTokens(PrivateKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    /** What the bearer may do; the name in a token is the constant's in lower case. */
    public enum Role {
        VIEWER,
        OPERATOR,
        ADMIN;

        /** The role called {@code name}, in any case; empty when there is none. */
        public static Optional<Role> named(String name) {
            return List.of(values()).stream()
                    .filter(role -> role.name().equalsIgnoreCase(name))
                    .findFirst();
        }

        /** The value in {@code groups}. */
        public String claim() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A signed token for nobody in particular. */
    public String issue(Role role, Optional<UUID> tenant) {
        return issue(role, tenant, "local-" + role.claim());
    }

    /**
     * A signed token.
     *
     * @param tenant the tenant it is for, empty only for an admin of the installation
     * @param name who is told to have done what is done with it
     * @throws IllegalArgumentException when any other role has no tenant
     */
    public String issue(Role role, Optional<UUID> tenant, String name) {
        if (tenant.isEmpty() && role != Role.ADMIN) {
            throw new IllegalArgumentException("only an admin token may be without a tenant");
        }
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "throughline");
        claims.put("sub", name);
        claims.put("upn", name);
        claims.put("groups", List.of(role.claim()));
        tenant.ifPresent(id -> claims.put("tenant_id", id.toString()));
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFETIME).getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        return JsonWebToken.of("RS256", claims, bytes -> {
            Signature rs256 = Signature.getInstance("SHA256withRSA");
            rs256.initSign(key);
            rs256.update(bytes);
            return rs256.sign();
        });
    }
}
