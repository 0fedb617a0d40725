package dev.throughline.platform.json;

import java.nio.charset.StandardCharsets;

/**
 * Walks over the bytes of one JSON text. Every method skips blanks, takes one thing and says whether it was there; after a false the text is
 * not valid, or not simple enough to be sure, and the walk is over. What it takes, a full parser takes too, with the same meaning; the
 * reverse is not true. Used again for the next text; one thread.
 */
public final class JsonCursor {

    private static final int MOST_DEPTH = 8;
    /** Far below any parser's limits on the length of numbers and names. */
    private static final int LONGEST_NUMBER = 18;

    private static final int LONGEST_NAME = 64;

    /** What a byte may be inside a string: 0 ends the walk, 1 stands for itself, 2 does too and is base64. */
    private static final byte[] KIND = new byte[256];

    private static final byte PLAIN = 1;
    private static final byte BASE64 = 2;

    static {
        for (int c = ' '; c < 0x80; c++) {
            boolean base64 = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            KIND[c] = base64 || c == '+' || c == '/' ? BASE64 : PLAIN;
        }
        KIND['"'] = 0;
        KIND['\\'] = 0;
    }

    private byte[] bytes = {};
    private int end;
    private int at;
    private int from;
    private int to;
    /** Where the string last taken stops being base64 characters; {@link #to} when it is nothing else. */
    private int plainFrom;

    private long integer;

    /** Begins with the text in {@code utf8[0..length)}. */
    public JsonCursor begin(byte[] utf8, int length) {
        this.bytes = utf8;
        this.end = length;
        this.at = 0;
        return this;
    }

    /** Takes one of the characters {@code { } [ ] , :}. */
    public boolean take(char wanted) {
        skipBlanks();
        if (at < end && bytes[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }

    /** Whether nothing but blanks is left. */
    public boolean isAtEnd() {
        skipBlanks();
        return at == end;
    }

    /** Whether a string comes next. */
    public boolean isAtString() {
        skipBlanks();
        return at < end && bytes[at] == '"';
    }

    /** Takes a member's name and the colon; the name is then {@link #is known}. */
    public boolean takeName() {
        return takeString() && to - from < LONGEST_NAME && take(':');
    }

    /** Takes a string of ASCII without escapes; the methods below tell about it. */
    public boolean takeString() {
        if (!take('"')) {
            return false;
        }
        int i = at;
        while (i < end && KIND[bytes[i] & 0xFF] == BASE64) {
            i++;
        }
        plainFrom = i;
        while (i < end && KIND[bytes[i] & 0xFF] != 0) {
            i++;
        }
        if (i == end || bytes[i] != '"') {
            return false;
        }
        from = at;
        to = i;
        at = i + 1;
        return true;
    }

    /** Takes an integer of at most 18 digits; {@link #integer} is its value. */
    public boolean takeInteger() {
        skipBlanks();
        int first = at;
        long value = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value * 10 + (bytes[at] - '0');
            at++;
            if (at - first > LONGEST_NUMBER) {
                return false;
            }
        }
        integer = value;
        boolean ended = at < end && bytes[at] != '.' && bytes[at] != 'e' && bytes[at] != 'E';
        return at > first && (at - first == 1 || bytes[first] != '0') && ended;
    }

    /** Takes any value, as far as it is simple, and forgets it. */
    public boolean skipValue() {
        return skipValue(MOST_DEPTH);
    }

    /** Whether the string last taken is {@code ascii}. */
    public boolean is(byte[] ascii) {
        if (to - from != ascii.length) {
            return false;
        }
        for (int i = 0; i < ascii.length; i++) {
            if (bytes[from + i] != ascii[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the string last taken can be base64: its characters only, in whole groups of four. */
    public boolean isBase64() {
        int length = to - from;
        if (length == 0 || length % 4 != 0 || to - plainFrom > 2) {
            return false;
        }
        for (int i = plainFrom; i < to; i++) {
            if (bytes[i] != '=') {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code text} can be base64: its characters only, in whole groups of four, at least one. */
    public static boolean isBase64(String text) {
        int length = text.length();
        if (length == 0 || length % 4 != 0) {
            return false;
        }
        int last = length;
        while (last > length - 2 && text.charAt(last - 1) == '=') {
            last--;
        }
        for (int i = 0; i < last; i++) {
            char c = text.charAt(i);
            if (c >= KIND.length || KIND[c] != BASE64) {
                return false;
            }
        }
        return true;
    }

    /** The string last taken. */
    public String text() {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** The integer last taken. */
    public long integer() {
        return integer;
    }

    private boolean skipValue(int depth) {
        skipBlanks();
        if (at == end || depth == 0) {
            return false;
        }
        return switch (bytes[at]) {
            case '"' -> takeString();
            case '{' -> skipObject(depth);
            case '[' -> skipArray(depth);
            case 't' -> skipWord("true");
            case 'f' -> skipWord("false");
            case 'n' -> skipWord("null");
            default -> skipNumber();
        };
    }

    private boolean skipObject(int depth) {
        if (!take('{')) {
            return false;
        }
        if (take('}')) {
            return true;
        }
        do {
            if (!takeName() || !skipValue(depth - 1)) {
                return false;
            }
        } while (take(','));
        return take('}');
    }

    private boolean skipArray(int depth) {
        if (!take('[')) {
            return false;
        }
        if (take(']')) {
            return true;
        }
        do {
            if (!skipValue(depth - 1)) {
                return false;
            }
        } while (take(','));
        return take(']');
    }

    private boolean skipWord(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at == end || bytes[at] != word.charAt(i)) {
                return false;
            }
            at++;
        }
        return at < end && KIND[bytes[at] & 0xFF] != BASE64;
    }

    /** {@code -?(0|[1-9][0-9]*)(.[0-9]+)?}; no exponents. */
    private boolean skipNumber() {
        int first = at;
        if (at < end && bytes[at] == '-') {
            at++;
        }
        int whole = skipDigits();
        if (whole == 0 || (whole > 1 && bytes[at - whole] == '0')) {
            return false;
        }
        if (at < end && bytes[at] == '.') {
            at++;
            if (skipDigits() == 0) {
                return false;
            }
        }
        return at - first <= LONGEST_NUMBER && at < end && bytes[at] != 'e' && bytes[at] != 'E';
    }

    private int skipDigits() {
        int first = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at - first;
    }

    private void skipBlanks() {
        while (at < end) {
            byte c = bytes[at];
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return;
            }
            at++;
        }
    }
}
