package dev.throughline.simulator.elevenlabs.telephony;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The check a receiver of Twilio's webhooks makes (Twilio, <i>Security</i>, "Validating requests"). Written apart from the Twilio
 * stand-in's signer, so that a mistake there does not pass here.
 */
final class TwilioSignature {

    private TwilioSignature() {}

    /** Whether {@code signature} is that of {@code url} and {@code form} under {@code authToken}. */
    static boolean valid(String authToken, String url, MultiMap form, @Nullable String signature) {
        StringBuilder signed = new StringBuilder(url);
        for (String name : new TreeSet<>(form.names())) {
            for (String value : new TreeSet<>(form.getAll(name))) {
                signed.append(name).append(value);
            }
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            byte[] expected = mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8));
            return signature != null
                    && MessageDigest.isEqual(
                            Base64.getEncoder().encode(expected), signature.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HmacSHA1 is part of every JDK", impossible);
        }
    }
}
