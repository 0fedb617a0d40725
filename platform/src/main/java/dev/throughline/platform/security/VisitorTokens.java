package dev.throughline.platform.security;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.jwt.build.Jwt;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of the browsers that chat on a tenant's page: HS256 with {@code INTERNAL_SECRET}, so that every service of ours can check them
 * and nobody who makes operators' tokens is needed to make them. They have an issuer of their own, which neither operators' nor services'
 * tokens have, and are good for one lead, from pages of one origin, for {@link #LIFE}.
 */
@Singleton
public class VisitorTokens {

    /** How long a token is good; a page that stays open asks for another. */
    public static final Duration LIFE = Duration.ofMinutes(30);

    private static final String ISSUER = "throughline-visitor";
    private static final String ORIGIN = "origin";
    private static final int MIN_SECRET_BYTES = 32;

    private final @Nullable SecretKey key;
    private final List<SecretKey> accepted;
    private final Clock clock;

    /**
     * A visitor.
     *
     * @param origin of the page, as browsers write it
     * @param expiresAt when the token stops being good
     */
    public record Visitor(UUID tenantId, UUID leadId, String origin, Instant expiresAt) {}

    @Inject
    VisitorTokens(ServiceToken.Config config, Clock clock) {
        this(config.secret().orElse(null), config.alsoSecret().orElse(null), clock);
    }

    /** @param secret null or shorter than 32 bytes: nothing is minted and nothing verifies */
    public VisitorTokens(@Nullable String secret, Clock clock) {
        this(secret, null, clock);
    }

    private VisitorTokens(@Nullable String secret, @Nullable String also, Clock clock) {
        this.key = key(secret);
        this.accepted = Stream.of(Optional.ofNullable(key), Optional.ofNullable(key(also)))
                .flatMap(Optional::stream)
                .toList();
        this.clock = clock;
    }

    private static @Nullable SecretKey key(@Nullable String secret) {
        byte[] bytes = secret == null ? new byte[0] : secret.getBytes(StandardCharsets.UTF_8);
        return bytes.length < MIN_SECRET_BYTES ? null : new SecretKeySpec(bytes, "HmacSHA256");
    }

    /**
     * Mints a token.
     *
     * @throws IllegalStateException when {@code INTERNAL_SECRET} is missing or short
     */
    public String mint(UUID tenantId, UUID leadId, String origin) {
        if (key == null) {
            throw new IllegalStateException("INTERNAL_SECRET is missing or shorter than 32 characters");
        }
        Instant now = clock.instant();
        return Jwt.claims()
                .issuer(ISSUER)
                .subject(leadId.toString())
                .claim("tenant_id", tenantId.toString())
                .claim(ORIGIN, origin)
                .issuedAt(now)
                .expiresAt(now.plus(LIFE))
                .jws()
                .algorithm(SignatureAlgorithm.HS256)
                .sign(key);
    }

    /** The visitor of a token that is ours and not expired; empty otherwise, without a reason. */
    public Optional<Visitor> verify(String token) {
        return accepted.stream()
                .map(each -> verify(token, each))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Visitor> verify(String token, SecretKey key) {
        JWTAuthContextInfo info = new JWTAuthContextInfo(key, ISSUER);
        info.setSignatureAlgorithm(Set.of(SignatureAlgorithm.HS256));
        info.setMaxTimeToLiveSecs(LIFE.toSeconds());
        info.setClockSkew(5);
        try {
            JsonWebToken read = new DefaultJWTParser(info).parse(token);
            return Optional.of(new Visitor(
                    UUID.fromString(String.valueOf((Object) read.getClaim("tenant_id"))),
                    UUID.fromString(read.getSubject()),
                    String.valueOf((Object) read.getClaim(ORIGIN)),
                    Instant.ofEpochSecond(read.getExpirationTime())));
        } catch (ParseException | IllegalArgumentException | NullPointerException invalid) {
            return Optional.empty();
        }
    }
}
