package dev.throughline.platform.logging;

import org.jspecify.annotations.Nullable;

/** Personal data in a form that may stand in a log. */
public final class Masked {

    private static final int SHOWN = 4;

    private Masked() {}

    /**
     * A phone number with all but its last four digits hidden, e.g. {@code *******0142}; shorter ones are hidden whole. Other addresses
     * ({@code client:…}, {@code sip:…}) keep their scheme only.
     */
    public static String number(@Nullable String number) {
        if (number == null || number.isBlank()) {
            return "-";
        }
        int scheme = number.indexOf(':');
        if (scheme > 0) {
            return number.substring(0, scheme) + ":***";
        }
        if (number.chars().noneMatch(Character::isDigit)) {
            return "***";
        }
        if (number.length() <= SHOWN + 2) {
            return "***";
        }
        return "*".repeat(number.length() - SHOWN) + number.substring(number.length() - SHOWN);
    }
}
