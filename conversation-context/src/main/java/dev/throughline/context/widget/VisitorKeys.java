package dev.throughline.context.widget;

import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.security.Sha256;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What a browser keeps so that it is the same lead when it comes again: 16 random bytes and 16 of their HMAC with the tenant, base64url. It
 * can neither be guessed nor made up; the lead's id follows from the hash of what is random, so the id, which operators and the agent see, does not lead
 * back to it.
 */
@Singleton
class VisitorKeys {

    private static final int BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<byte[]> secrets;

    @Inject
    VisitorKeys(ServiceToken.Config config) {
        // While the secret is replaced, keys made with the other one are known too.
        this.secrets = Stream.of(config.secret(), config.alsoSecret())
                .flatMap(Optional::stream)
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    String fresh(UUID tenantId) {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        return signed(tenantId, random);
    }

    /** A key that was made here for this tenant, as it is to be kept from now on; empty for every other one. */
    Optional<String> known(UUID tenantId, @Nullable String key) {
        if (key == null || key.length() > 64) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(key);
            byte[] random = Arrays.copyOf(bytes, BYTES);
            byte[] signature = Arrays.copyOfRange(bytes, Math.min(BYTES, bytes.length), bytes.length);
            return secrets.stream()
                    .filter(secret -> MessageDigest.isEqual(signature, mac(secret, tenantId, random)))
                    .findFirst()
                    .map(made -> signed(tenantId, random));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** The lead of a key; the same whatever secret the key was signed with. */
    static UUID leadOf(UUID tenantId, String key) {
        byte[] random = Arrays.copyOf(Base64.getUrlDecoder().decode(key), BYTES);
        return LeadIds.of(tenantId, new ContactAddress(ContactAddress.Kind.VISITOR, Sha256.hex(random)));
    }

    private String signed(UUID tenantId, byte[] random) {
        byte[] key = Arrays.copyOf(random, 2 * BYTES);
        System.arraycopy(mac(secrets.getFirst(), tenantId, random), 0, key, BYTES, BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }

    private static byte[] mac(byte[] secret, UUID tenantId, byte[] random) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update(("throughline-visitor-key|" + tenantId + "|").getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(mac.doFinal(random), BYTES);
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("HmacSHA256 is part of every Java platform", impossible);
        }
    }
}
