package dev.throughline.context.followup;

import dev.throughline.platform.security.ServiceToken;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs what tenants' hooks are sent, as the <i>Standard Webhooks</i> specification has it: {@code v1,} and the base64 of HMAC-SHA256 over
 * {@code id.timestamp.body}. Each tenant has a secret of its own, made from the installation's; it is kept nowhere and changes with that.
 */
@Singleton
class HookSignature {

    static final String ID = "webhook-id";
    static final String TIMESTAMP = "webhook-timestamp";
    static final String SIGNATURE = "webhook-signature";

    private static final String PREFIX = "whsec_";

    private final @Nullable String installationSecret;

    @Inject
    HookSignature(ServiceToken.Config config) {
        this(config.secret().filter(secret -> !secret.isBlank()).orElse(null));
    }

    HookSignature(@Nullable String installationSecret) {
        this.installationSecret = installationSecret;
    }

    /** The tenant's secret, {@code whsec_…}. @throws IllegalStateException when INTERNAL_SECRET is missing */
    String secret(UUID tenantId) {
        return PREFIX + Base64.getEncoder().encodeToString(key(tenantId));
    }

    /** The value of the header {@value #SIGNATURE}. */
    String of(UUID tenantId, String id, Instant at, String body) {
        byte[] mac = hmac(key(tenantId), id + "." + at.getEpochSecond() + "." + body);
        return "v1," + Base64.getEncoder().encodeToString(mac);
    }

    private byte[] key(UUID tenantId) {
        if (installationSecret == null) {
            throw new IllegalStateException("INTERNAL_SECRET is missing");
        }
        return hmac(installationSecret.getBytes(StandardCharsets.UTF_8), "follow-up-hook|" + tenantId);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java platform", e);
        }
    }
}
