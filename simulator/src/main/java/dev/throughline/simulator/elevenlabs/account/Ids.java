package dev.throughline.simulator.elevenlabs.account;

import java.security.SecureRandom;

/** Identifiers in the provider's form: a prefix and 26 characters of Crockford's alphabet in lower case. */
public final class Ids {

    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** A fresh identifier such as {@code conv_…} for the prefix {@code conv}. */
    public static String fresh(String prefix) {
        StringBuilder id = new StringBuilder(prefix).append('_');
        for (int i = 0; i < 26; i++) {
            id.append(ALPHABET[RANDOM.nextInt(ALPHABET.length)]);
        }
        return id.toString();
    }
}
