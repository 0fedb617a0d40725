package dev.throughline.tools.provisioning;

import dev.throughline.platform.web.Problem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/**
 * Encrypts a secret for the one who asked for it, so that no answer, proxy or log on the way holds it: RSA-OAEP with SHA-256 for both hashes
 * (RFC 8017 §7.1).
 */
record Seal(PublicKey key) {

    private static final String TRANSFORMATION = "RSA/ECB/OAEPPadding";

    /** @param base64 a public RSA key, X.509 (SPKI). @throws Problem 400 when it is none */
    static Seal of(String base64) {
        try {
            byte[] encoded = Base64.getDecoder().decode(base64);
            return new Seal(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (IllegalArgumentException | GeneralSecurityException unreadable) {
            throw Problem.invalid("sealWith", "must be a public RSA key, X.509 in base64");
        }
    }

    /** Base64. */
    String sealed(String secret) {
        try {
            Cipher cipher = Cipher.getInstance(TRANSFORMATION);
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    key,
                    new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
            return Base64.getEncoder().encodeToString(cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException tooSmall) {
            throw Problem.invalid("sealWith", "must be a public RSA key of at least 2048 bits");
        }
    }
}
