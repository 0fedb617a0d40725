package dev.throughline.sms.segment;

import java.util.function.IntUnaryOperator;

/**
 * The parts a text travels in (Twilio, <i>What is the SMS character limit?</i>).
 *
 * @param count parts; 0 for an empty text
 */
public record Segments(Encoding encoding, int count) {

    /** How a text is written on the air; one character outside GSM-7 switches the whole text. */
    public enum Encoding {
        GSM_7(160, 153),
        UCS_2(70, 67);

        private final int alone;
        private final int perPart;

        Encoding(int alone, int perPart) {
            this.alone = alone;
            this.perPart = perPart;
        }
    }

    /** GSM 03.38, default alphabet. */
    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
            + "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /** Its extension: each character takes two units. */
    private static final String EXTENSION = "^{}\\[~]|€\f";

    /** The parts of {@code text}. */
    public static Segments of(String text) {
        return text.codePoints().allMatch(c -> gsmUnits(c) > 0)
                ? new Segments(Encoding.GSM_7, parts(text, Encoding.GSM_7, Segments::gsmUnits))
                : new Segments(Encoding.UCS_2, parts(text, Encoding.UCS_2, Character::charCount));
    }

    /** Units of a character in GSM-7; 0 when it has none. */
    private static int gsmUnits(int character) {
        if (BASIC.indexOf(character) >= 0) {
            return 1;
        }
        return EXTENSION.indexOf(character) >= 0 ? 2 : 0;
    }

    /** A character of two units is never divided between two parts. */
    private static int parts(String text, Encoding encoding, IntUnaryOperator units) {
        int[] characters = text.codePoints().map(units).toArray();
        int all = 0;
        int parts = 1;
        int inPart = 0;
        for (int width : characters) {
            all += width;
            if (inPart + width > encoding.perPart) {
                parts++;
                inPart = 0;
            }
            inPart += width;
        }
        if (all == 0) {
            return 0;
        }
        return all <= encoding.alone ? 1 : parts;
    }
}
