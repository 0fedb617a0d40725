package dev.throughline.simulator.twilio.message;

/** How many parts a text is sent in. Source: Twilio, <i>What the SMS character limit is</i>. */
final class Segments {

    private static final String GSM_BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String GSM_EXTENSION = "^{}\\[~]|€\f";

    private Segments() {}

    /** Parts of {@code body}: 160 (153 each) in GSM-7 where an extension character counts 2, else 70 (67) UTF-16 units. */
    static int of(String body) {
        int septets = 0;
        for (int i = 0; i < body.length(); i++) {
            char each = body.charAt(i);
            if (GSM_BASIC.indexOf(each) >= 0) {
                septets++;
            } else if (GSM_EXTENSION.indexOf(each) >= 0) {
                septets += 2;
            } else {
                return parts(body.length(), 70, 67);
            }
        }
        return parts(septets, 160, 153);
    }

    private static int parts(int length, int alone, int each) {
        return length <= alone ? 1 : (length + each - 1) / each;
    }
}
