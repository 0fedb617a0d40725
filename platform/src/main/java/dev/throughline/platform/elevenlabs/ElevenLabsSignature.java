package dev.throughline.platform.elevenlabs;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Verifies and makes {@code ElevenLabs-Signature: t=<unix seconds>,v0=<hex>} with hex = HMAC-SHA256 over {@code t + "." + raw body}
 * (official SDKs' webhook verifier). Stricter than theirs: exactly one {@code t}, a tolerance on both sides, constant time.
 * Several secrets may be valid at once, for a rotation. Immutable.
 */
public final class ElevenLabsSignature {

    /** The canonical header name. */
    public static final String HEADER = "ElevenLabs-Signature";

    private final List<String> secrets;
    private final Duration tolerance;
    private final InstantSource clock;

    /**
     * @param secrets as shown by ElevenLabs; blank ones are ignored, and with none left nothing is accepted
     * @param tolerance how far the timestamp may be from {@code clock}, in either direction
     */
    public ElevenLabsSignature(List<String> secrets, Duration tolerance, InstantSource clock) {
        this.secrets = secrets.stream()
                .map(String::trim)
                .filter(secret -> !secret.isEmpty())
                .toList();
        this.tolerance = tolerance;
        this.clock = clock;
    }

    /** Whether one of the secrets signed exactly these bytes recently enough. */
    public boolean accepts(byte[] body, @Nullable String header) {
        if (header == null) {
            return false;
        }
        String timestamp = null;
        List<String> hashes = new ArrayList<>();
        for (String part : header.split(",", -1)) {
            String trimmed = part.trim();
            if (trimmed.startsWith("t=")) {
                if (timestamp != null) {
                    return false;
                }
                timestamp = trimmed.substring(2).trim();
            } else if (trimmed.startsWith("v0=")) {
                hashes.add(trimmed.substring(3).trim());
            }
        }
        return timestamp != null
                && hashes.size() == 1
                && isRecent(timestamp)
                && matches(timestamp, body, hashes.getFirst());
    }

    /** The header ElevenLabs would send for this body at this time, with the first secret. */
    public static String header(String secret, long unixSeconds, byte[] body) {
        return "t=" + unixSeconds + ",v0=" + hmacHex(secret, Long.toString(unixSeconds), body);
    }

    private boolean isRecent(String timestamp) {
        try {
            long age = clock.instant().getEpochSecond() - Long.parseLong(timestamp);
            return Math.abs(age) <= tolerance.toSeconds();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private boolean matches(String timestamp, byte[] body, String hash) {
        byte[] given = hash.getBytes(StandardCharsets.UTF_8);
        boolean matched = false;
        for (String secret : secrets) {
            byte[] expected = hmacHex(secret, timestamp, body).getBytes(StandardCharsets.US_ASCII);
            matched |= MessageDigest.isEqual(expected, given);
        }
        return matched;
    }

    private static String hmacHex(String secret, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java platform", e);
        }
    }
}
