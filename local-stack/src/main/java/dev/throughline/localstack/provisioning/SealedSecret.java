package dev.throughline.localstack.provisioning;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.MGF1ParameterSpec;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** A key pair for one request, so that a secret in its answer can be read here and nowhere else: RSA-OAEP with SHA-256 (RFC 8017 §7.1). */
final class SealedSecret {

    private static final int BITS = 2048;

    private final KeyPair keys;

    private SealedSecret(KeyPair keys) {
        this.keys = keys;
    }

    static SealedSecret fresh() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return new SealedSecret(generator.generateKeyPair());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("RSA is part of every Java platform", impossible);
        }
    }

    /** For the request: X.509, base64. */
    String publicKey() {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    /** @throws IllegalArgumentException when it was sealed for somebody else */
    String open(String sealed) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    keys.getPrivate(),
                    new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
            return new String(cipher.doFinal(Base64.getDecoder().decode(sealed)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException notForUs) {
            throw new IllegalArgumentException("the secret was sealed for another key", notForUs);
        }
    }
}
