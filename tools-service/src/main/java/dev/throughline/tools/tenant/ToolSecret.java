package dev.throughline.tools.tenant;

import dev.throughline.platform.tenant.TenantDirectory;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A tool secret, shown once. 256 random bits, so that its plain SHA-256 can be stored: there is nothing to guess from.
 *
 * @param value what the agent sends in {@code X-Tool-Secret}
 */
public record ToolSecret(String value) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    /** A new one. */
    public static ToolSecret create() {
        byte[] bits = new byte[BYTES];
        RANDOM.nextBytes(bits);
        return new ToolSecret("tool_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** What is stored and published of it. */
    public String hash() {
        return TenantDirectory.toolSecretHash(value);
    }

    @Override
    public String toString() {
        return "ToolSecret[hidden]";
    }
}
