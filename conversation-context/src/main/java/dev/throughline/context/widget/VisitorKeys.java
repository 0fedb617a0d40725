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
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What a browser keeps so that it is the same lead when it comes again: 16 random bytes and 16 of their HMAC with the tenant, base64url. It
 * can neither be guessed nor made up; the lead's id follows from its hash, so the id, which operators and the agent see, does not lead
 * back to it.
 */
@Singleton
class VisitorKeys {

    private static final int BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] secret;

    @Inject
    VisitorKeys(ServiceToken.Config config) {
        this(config.secret().orElse(""));
    }

    VisitorKeys(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    String fresh(UUID tenantId) {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        byte[] key = Arrays.copyOf(random, 2 * BYTES);
        System.arraycopy(mac(tenantId, random), 0, key, BYTES, BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }

    /** Whether a key was made here for this tenant. */
    boolean isOurs(UUID tenantId, @Nullable String key) {
        if (key == null || key.length() > 64) {
            return false;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(key);
            byte[] random = Arrays.copyOf(bytes, BYTES);
            return bytes.length == 2 * BYTES
                    && MessageDigest.isEqual(
                            Arrays.copyOfRange(bytes, BYTES, 2 * BYTES), Arrays.copyOf(mac(tenantId, random), BYTES));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** The lead of a key that {@link #isOurs}. */
    static UUID leadOf(UUID tenantId, String key) {
        return LeadIds.of(tenantId, new ContactAddress(ContactAddress.Kind.VISITOR, Sha256.hex(key)));
    }

    private byte[] mac(UUID tenantId, byte[] random) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update(("throughline-visitor-key|" + tenantId + "|").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(random);
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("HmacSHA256 is part of every Java platform", impossible);
        }
    }
}
