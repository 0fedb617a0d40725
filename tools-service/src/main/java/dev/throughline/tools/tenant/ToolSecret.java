package dev.throughline.tools.tenant;

import dev.throughline.platform.tenant.TenantDirectory;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A tool secret, shown once. 256 random bits, so that its plain SHA-256 can be stored: there is nothing to guess from.
 *
 * @param value what the agent sends in {@code X-Tool-Secret}
 */
record ToolSecret(String value) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    static ToolSecret create() {
        byte[] bits = new byte[BYTES];
        RANDOM.nextBytes(bits);
        return new ToolSecret("tool_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    String hash() {
        return TenantDirectory.toolSecretHash(value);
    }

    /** The hashes after a rotation to this secret: itself and the one before it, which stays valid until the next rotation. */
    List<String> rotateInto(List<String> hashes) {
        List<String> after = new ArrayList<>(List.of(hash()));
        hashes.stream().findFirst().ifPresent(after::add);
        return after;
    }

    @Override
    public String toString() {
        return "ToolSecret[hidden]";
    }
}
