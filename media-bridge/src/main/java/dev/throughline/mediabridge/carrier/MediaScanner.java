package dev.throughline.mediabridge.carrier;

import org.jspecify.annotations.Nullable;

/**
 * Finds the payload of a media frame without building anything but the frame's two strings: fifty frames a second arrive per call, and
 * all but these strings would be thrown away at once.
 *
 * <p>It walks the members of the top-level object and of its {@code media} object, so that neither the order of members nor a
 * {@code "payload"} inside some other text misleads it. It is deliberately narrow: whatever it is not sure of (escapes, members twice,
 * anything malformed) is null, and {@link CarrierFrames} then asks the full parser. Not thread-safe, one use.
 */
final class MediaScanner {

    /** From this length on a string can only be audio, and is checked as such; shorter ones are names and ids. */
    private static final int LONG = 64;

    private final String text;
    private int at;
    private @Nullable String event;
    private @Nullable String streamSid;
    private @Nullable String payload;
    private boolean mediaSeen;

    private MediaScanner(String text) {
        this.text = text;
    }

    /** The media frame in {@code text}; null when it is another frame or not simple enough to be sure. */
    static CarrierFrame.@Nullable Media scan(String text) {
        MediaScanner scanner = new MediaScanner(text);
        if (!scanner.object(true) || !scanner.atEnd()) {
            return null;
        }
        if (!"media".equals(scanner.event)
                || scanner.payload == null
                || (scanner.payload.length() < LONG && !isBase64(scanner.payload))) {
            return null;
        }
        return new CarrierFrame.Media(scanner.streamSid == null ? "" : scanner.streamSid, scanner.payload);
    }

    /** Whether {@code text} is safe inside a JSON string and can be base64: its characters only, in whole groups of four. */
    static boolean isBase64(String text) {
        int length = text.length();
        if (length == 0 || length % 4 != 0) {
            return false;
        }
        int end = length;
        while (end > length - 2 && text.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean fits =
                    (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private boolean object(boolean top) {
        if (!take('{')) {
            return false;
        }
        if (take('}')) {
            return true;
        }
        do {
            String name = string();
            if (name == null || !take(':') || !member(top, name)) {
                return false;
            }
        } while (take(','));
        return take('}');
    }

    private boolean member(boolean top, String name) {
        if (top && name.equals("media")) {
            boolean first = !mediaSeen;
            mediaSeen = true;
            return first && object(false);
        }
        skipBlanks();
        if (at < text.length() && text.charAt(at) == '"') {
            return keep(top, name, string());
        }
        boolean needed = top ? name.equals("event") || name.equals("streamSid") : name.equals("payload");
        return !needed && number();
    }

    private boolean keep(boolean top, String name, @Nullable String value) {
        if (value == null) {
            return false;
        }
        if (top && name.equals("event")) {
            boolean first = event == null;
            event = value;
            return first;
        }
        if (top && name.equals("streamSid")) {
            boolean first = streamSid == null;
            streamSid = value;
            return first;
        }
        if (!top && name.equals("payload")) {
            boolean first = payload == null;
            payload = value;
            return first;
        }
        return true;
    }

    /** A string without escapes or control characters; null otherwise. */
    private @Nullable String string() {
        if (!take('"')) {
            return null;
        }
        int from = at;
        int to = text.indexOf('"', from);
        if (to < 0) {
            return null;
        }
        String value = text.substring(from, to);
        if (value.indexOf('\\') >= 0 || (value.length() < LONG ? hasControl(value) : !isBase64(value))) {
            return null;
        }
        at = to + 1;
        return value;
    }

    private static boolean hasControl(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ') {
                return true;
            }
        }
        return false;
    }

    /** A plain integer, which is all Twilio has here; no other literal, array or object. */
    private boolean number() {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        int digits = at - from;
        return digits > 0 && digits < 18 && (digits == 1 || text.charAt(from) != '0');
    }

    private boolean take(char wanted) {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private boolean atEnd() {
        skipBlanks();
        return at == text.length();
    }

    private void skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return;
            }
            at++;
        }
    }
}
