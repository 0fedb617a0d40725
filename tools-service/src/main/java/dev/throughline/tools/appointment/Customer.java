package dev.throughline.tools.appointment;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who an appointment is for.
 *
 * @param leadId null when neither a lead nor an address is known: the appointment then gets a lead of its own
 * @param name empty only in a hold
 * @param phone E.164 where it could be normalised
 */
public record Customer(
        @Nullable UUID leadId,
        String name,
        @Nullable String phone,
        @Nullable String email) {

    /** Whether a text looks like an e-mail address. */
    public static boolean isEmail(String text) {
        return text.matches("[^@\\s<>]{1,64}@[^@\\s<>]+\\.[^@\\s<>]+");
    }
}
