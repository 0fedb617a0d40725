package dev.throughline.localstack.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;

/** The compact form of a signed token (RFC 7515 §7.1). Pure. */
final class JsonWebToken {

    /** Signs the bytes given. */
    @FunctionalInterface
    interface Signer {
        byte[] sign(byte[] bytes) throws GeneralSecurityException;
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonWebToken() {}

    /** @param algorithm the name in the header, which {@code signer} has to fit */
    static String of(String algorithm, Map<String, Object> claims, Signer signer) {
        String signed = encoded(Map.of("alg", algorithm, "typ", "JWT")) + "." + encoded(claims);
        try {
            return signed + "." + base64Url(signer.sign(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + " is part of every JDK", e);
        }
    }

    private static String encoded(Map<String, ?> part) {
        try {
            return base64Url(JSON.writeValueAsBytes(part));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings is JSON", e);
        }
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
