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
        Check check = check(header);
        check.update(body, 0, body.length);
        return check.holds();
    }

    /** The check of a body that comes in pieces. */
    public Check check(@Nullable String header) {
        String timestamp = null;
        List<String> hashes = new ArrayList<>();
        for (String part : header == null ? new String[0] : header.split(",", -1)) {
            String trimmed = part.trim();
            if (trimmed.startsWith("t=")) {
                if (timestamp != null) {
                    return Check.refused();
                }
                timestamp = trimmed.substring(2).trim();
            } else if (trimmed.startsWith("v0=")) {
                hashes.add(trimmed.substring(3).trim());
            }
        }
        if (timestamp == null || hashes.size() != 1 || !isRecent(timestamp)) {
            return Check.refused();
        }
        String prefix = timestamp + ".";
        return new Check(
                secrets.stream().map(secret -> begun(secret, prefix)).toList(),
                hashes.getFirst().getBytes(StandardCharsets.UTF_8));
    }

    /** A body being read. For one thread. */
    public static final class Check {

        private final List<Mac> candidates;
        private final byte[] given;

        private Check(List<Mac> candidates, byte[] given) {
            this.candidates = candidates;
            this.given = given;
        }

        private static Check refused() {
            return new Check(List.of(), new byte[0]);
        }

        /** Whether nothing that follows can make it hold: the body need not be read. */
        public boolean isHopeless() {
            return candidates.isEmpty();
        }

        /** Takes the next bytes of the body. */
        public void update(byte[] bytes, int from, int length) {
            candidates.forEach(mac -> mac.update(bytes, from, length));
        }

        /** Whether one of the secrets signed what was taken; ends the check. */
        public boolean holds() {
            boolean matched = false;
            for (Mac mac : candidates) {
                byte[] expected = HexFormat.of().formatHex(mac.doFinal()).getBytes(StandardCharsets.US_ASCII);
                matched |= MessageDigest.isEqual(expected, given);
            }
            return matched;
        }
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

    private static String hmacHex(String secret, String timestamp, byte[] body) {
        return HexFormat.of().formatHex(begun(secret, timestamp + ".").doFinal(body));
    }

    private static Mac begun(String secret, String prefix) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(prefix.getBytes(StandardCharsets.UTF_8));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java platform", e);
        }
    }
}
