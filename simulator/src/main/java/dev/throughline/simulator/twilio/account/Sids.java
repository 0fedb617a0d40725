package dev.throughline.simulator.twilio.account;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Twilio's identifiers: two letters for the kind of resource and 32 hex digits. */
public final class Sids {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Sids() {}

    /** A new sid such as {@code CA0123…} for the prefix {@code CA}. */
    public static String next(String prefix) {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return prefix + HexFormat.of().formatHex(bytes);
    }
}
