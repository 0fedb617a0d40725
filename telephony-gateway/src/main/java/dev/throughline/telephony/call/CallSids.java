package dev.throughline.telephony.call;

import java.util.regex.Pattern;

/** The form of Twilio's CallSid: {@code CA} and 32 hexadecimal digits (Twilio, <i>Call resource</i>). */
public final class CallSids {

    private static final Pattern FORM = Pattern.compile("CA[0-9a-fA-F]{32}");

    private CallSids() {}

    /** Whether {@code text} is a CallSid. */
    public static boolean valid(String text) {
        return FORM.matcher(text).matches();
    }
}
