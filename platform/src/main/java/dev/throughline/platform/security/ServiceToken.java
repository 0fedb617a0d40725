package dev.throughline.platform.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.jwt.build.Jwt;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Short-lived HS256 tokens between our own parts, signed with {@code INTERNAL_SECRET}: the one-time token of a media stream (audience
 * {@value #MEDIA_BRIDGE}) and calls from service to service (audience {@value #CONVERSATION_CONTEXT}). A token is good for one audience
 * and at most {@link #MAX_AGE}. One-time use is for the verifier to keep: {@link Claims#id()} is unique.
 */
@Singleton
public class ServiceToken {

    /** The header of calls from service to service; not Authorization, where only operators' tokens are understood. */
    public static final String HEADER = "X-Service-Token";

    /** Audience of stream tokens. */
    public static final String MEDIA_BRIDGE = "media-bridge";

    /** Audience of the tokens in a stream's address: they let a bridge reach the agent early, and start nothing. */
    public static final String MEDIA_BRIDGE_OPENING = "media-bridge-opening";

    /** Audience of a bridge that asks another one what is heard on a call. */
    public static final String MEDIA_BRIDGE_LISTENING = "media-bridge-listening";

    /** Audience of calls to the service that carries the calls. */
    public static final String TELEPHONY_GATEWAY = "telephony-gateway";

    /** Audience of calls to the service that folds lead contexts. */
    public static final String CONVERSATION_CONTEXT = "conversation-context";

    /** Audience of calls to the service that sends the texts. */
    public static final String SMS_SERVICE = "sms-service";

    /** The longest life of a token. */
    public static final Duration MAX_AGE = Duration.ofSeconds(60);

    /** The secret all our services share. */
    @ConfigMapping(prefix = "throughline.internal")
    public interface Config {

        /** At least 32 characters; {@code INTERNAL_SECRET}. Never printed. */
        Optional<String> secret();

        /** A second one that is good as well while the first is replaced; {@code INTERNAL_SECRET_ALSO}. Nothing is minted with it. */
        Optional<String> alsoSecret();
    }

    /**
     * What a verified token says.
     *
     * @param id {@code jti}
     * @param subject what it is for, e.g. a CallSid
     * @param tenantId null for a token of no tenant
     * @param expiresAt when it stops being good
     * @param other further text claims
     */
    public record Claims(
            String id, String subject, @Nullable UUID tenantId, Instant expiresAt, Map<String, String> other) {}

    private static final String ISSUER = "throughline-internal";
    private static final int MIN_SECRET_BYTES = 32;

    private final @Nullable SecretKey key;
    private final List<SecretKey> accepted;

    @Inject
    ServiceToken(Config config) {
        this(config.secret().orElse(null), config.alsoSecret().orElse(null));
    }

    /** @param secret null or shorter than 32 bytes: nothing is minted and nothing verifies */
    public ServiceToken(@Nullable String secret) {
        this(secret, null);
    }

    /** As above. @param also a second secret that verifies, and mints nothing; null for none */
    public ServiceToken(@Nullable String secret, @Nullable String also) {
        this.key = key(secret);
        this.accepted = Stream.of(Optional.ofNullable(key), Optional.ofNullable(key(also)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static @Nullable SecretKey key(@Nullable String secret) {
        byte[] bytes = secret == null ? new byte[0] : secret.getBytes(StandardCharsets.UTF_8);
        return bytes.length < MIN_SECRET_BYTES ? null : new SecretKeySpec(bytes, "HmacSHA256");
    }

    /**
     * Mints a token.
     *
     * @param other further text claims
     * @throws IllegalStateException when {@code INTERNAL_SECRET} is missing or short
     */
    public String mint(String audience, String subject, @Nullable UUID tenantId, Map<String, String> other) {
        if (key == null) {
            throw new IllegalStateException("INTERNAL_SECRET is missing or shorter than 32 characters");
        }
        Instant now = Instant.now();
        var claims = Jwt.claims()
                .issuer(ISSUER)
                .audience(audience)
                .subject(subject)
                .claim("jti", UUID.randomUUID().toString())
                .issuedAt(now)
                .expiresAt(now.plus(MAX_AGE));
        if (tenantId != null) {
            claims.claim("tenant_id", tenantId.toString());
        }
        other.forEach(claims::claim);
        return claims.jws().algorithm(SignatureAlgorithm.HS256).sign(key);
    }

    /** As {@link #mint(String, String, UUID, Map)} without further claims. */
    public String mint(String audience, String subject, @Nullable UUID tenantId) {
        return mint(audience, subject, tenantId, Map.of());
    }

    /** The claims of a token that is ours, for this audience and not expired; empty otherwise, without a reason. */
    public Optional<Claims> verify(String token, String audience) {
        return accepted.stream()
                .map(each -> verify(token, audience, each))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Claims> verify(String token, String audience, SecretKey key) {
        JWTAuthContextInfo info = new JWTAuthContextInfo(key, ISSUER);
        info.setSignatureAlgorithm(Set.of(SignatureAlgorithm.HS256));
        info.setExpectedAudience(Set.of(audience));
        info.setMaxTimeToLiveSecs(MAX_AGE.toSeconds());
        info.setClockSkew(5);
        try {
            return claims(new DefaultJWTParser(info).parse(token));
        } catch (ParseException | IllegalArgumentException invalid) {
            return Optional.empty();
        }
    }

    private static Optional<Claims> claims(JsonWebToken token) {
        String id = token.getTokenID();
        String subject = token.getSubject();
        if (id == null || subject == null) {
            return Optional.empty();
        }
        Object tenantId = token.getClaim("tenant_id");
        Map<String, String> other = token.getClaimNames().stream()
                .filter(name -> token.getClaim(name) instanceof CharSequence)
                .filter(name -> !name.equals("raw_token"))
                .collect(Collectors.toUnmodifiableMap(
                        name -> name, name -> String.valueOf((Object) token.getClaim(name))));
        return Optional.of(new Claims(
                id,
                subject,
                tenantId == null ? null : UUID.fromString(tenantId.toString()),
                Instant.ofEpochSecond(token.getExpirationTime()),
                other));
    }
}
