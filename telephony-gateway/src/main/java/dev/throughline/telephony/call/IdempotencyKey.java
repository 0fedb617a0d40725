package dev.throughline.telephony.call;

import dev.throughline.platform.security.Sha256;
import dev.throughline.platform.web.Problem;
import dev.throughline.platform.web.Problem.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The key under which an operator may ask for the same thing again: the header {@value #HEADER}, or {@code idempotencyKey} in the body. A
 * key belongs to a tenant and to one wish.
 */
public final class IdempotencyKey {

    /** The header. */
    public static final String HEADER = "Idempotency-Key";

    private static final String MEMBER = "idempotencyKey";
    private static final int LONGEST = 200;

    private IdempotencyKey() {}

    /**
     * The key; null when there is none.
     *
     * @param wrong gets what is wrong with it: the two differ, or it is too long
     */
    public static @Nullable String read(@Nullable String header, @Nullable String body, List<Field> wrong) {
        String outside = text(header);
        String inside = text(body);
        if (!outside.isEmpty() && !inside.isEmpty() && !inside.equals(outside)) {
            wrong.add(new Field(MEMBER, "differs between the body and the request's header"));
        }
        String key = outside.isEmpty() ? inside : outside;
        if (key.length() > LONGEST) {
            wrong.add(new Field(MEMBER, "may have at most " + LONGEST + " characters"));
        }
        return key.isEmpty() ? null : key;
    }

    /** As {@link #read}. @throws Problem 400 that says what is wrong with it */
    public static @Nullable String require(@Nullable String header, @Nullable String body) {
        List<Field> wrong = new ArrayList<>();
        String key = read(header, body, wrong);
        if (!wrong.isEmpty()) {
            throw Problem.invalid(wrong);
        }
        return key;
    }

    /** The same for the same wish, however its JSON was written; another wish under the same key is told by it. */
    public static String fingerprint(@Nullable Object... wish) {
        return Sha256.hex(Arrays.stream(wish).map(String::valueOf).collect(Collectors.joining("\n")));
    }

    /** 422: the key is another wish's. */
    public static Problem reused() {
        return Problem.of(422, "IDEMPOTENCY_KEY_REUSED", "This idempotency key was used for another request.")
                .cure("Choose a new key for a new request; repeat the very same body under an old one.");
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.strip();
    }
}
