package dev.throughline.telephony.twilio;

import dev.throughline.platform.web.Problem;
import java.util.regex.Pattern;

/** The form of Twilio's recording sid: {@code RE} and 32 hexadecimal digits (Twilio, <i>Recordings resource</i>). */
public final class RecordingSids {

    private static final Pattern FORM = Pattern.compile("RE[0-9a-fA-F]{32}");

    private RecordingSids() {}

    /** Whether {@code text} is one. */
    public static boolean valid(String text) {
        return FORM.matcher(text).matches();
    }

    /** The sid itself. @throws Problem 400 that names {@code field} when it is none */
    public static String checked(String field, String text) {
        if (!valid(text)) {
            throw Problem.invalid(field, text.isBlank() ? "is missing" : "is not RE and 32 hexadecimal digits");
        }
        return text;
    }
}
