package dev.throughline.tools.tenant;

import dev.throughline.events.lead.PhoneNumbers;
import dev.throughline.platform.web.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks of texts that operators write. */
public final class Texts {

    private Texts() {}

    /**
     * The text without surrounding space, null when blank. Adds to {@code wrong} a text that is too long or holds control characters
     * other than line breaks, which no database and no voice takes.
     *
     * @param max length in UTF-16 units
     */
    public static @Nullable String optional(String field, @Nullable String text, int max, List<Problem.Field> wrong) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.length() > max) {
            wrong.add(new Problem.Field(field, "must have at most " + max + " characters"));
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')) {
            wrong.add(new Problem.Field(field, "must not have control characters"));
        }
        return text.strip();
    }

    /** As {@link #optional}, of a text that must be there; the answer is empty only when {@code wrong} was added to. */
    public static String required(String field, @Nullable String text, int max, List<Problem.Field> wrong) {
        String read = optional(field, text, max, wrong);
        if (read == null) {
            wrong.add(new Problem.Field(field, "is required"));
            return "";
        }
        return read;
    }

    /** The number in E.164, null when blank. Adds to {@code wrong} what is no possible number. */
    public static @Nullable String phone(
            String field, @Nullable String number, String country, List<Problem.Field> wrong) {
        if (number == null || number.isBlank()) {
            return null;
        }
        return PhoneNumbers.normalise(number, country).orElseGet(() -> {
            wrong.add(new Problem.Field(field, "must be a phone number, e.g. +12025550100"));
            return null;
        });
    }
}
