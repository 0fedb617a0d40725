package dev.throughline.mediabridge.flight;

/**
 * Whether a frame of the caller's audio is speech, by its loudness alone: the mean magnitude of a sample of its bytes, read straight from
 * the base64 text. A sixth of a frame is looked at and nothing is allocated, because every frame of every call comes by here.
 *
 * <pre>
 *   loud  ⇔  mean |linear(mulaw byte)| ≥ 400          (about -38 dB below full scale; line noise is below -50)
 * </pre>
 */
final class Loudness {

    /** Of 16-bit linear magnitude. Set by ear against telephone speech (-15 to -30 dB) and idle lines (-50 dB and less). */
    private static final int THRESHOLD = 400;

    /** One group of four characters (three bytes of sound) out of nine. */
    private static final int EVERY_CHARS = 36;

    private static final byte[] SEXTET = new byte[128];
    private static final short[] MAGNITUDE = new short[128];

    static {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            SEXTET[alphabet.charAt(i)] = (byte) i;
        }
        for (int code = 0; code < MAGNITUDE.length; code++) {
            MAGNITUDE[code] = (short) (((((code & 0x0F) << 3) + 0x84) << (code >> 4)) - 0x84);
        }
    }

    private Loudness() {}

    /** Whether {@code base64} of 8 kHz mu-law is speech; false for an empty one. */
    static boolean isSpeech(String base64) {
        long sum = 0;
        int bytes = 0;
        for (int i = 0; i + 4 <= base64.length(); i += EVERY_CHARS) {
            int bits = sextet(base64, i) << 18
                    | sextet(base64, i + 1) << 12
                    | sextet(base64, i + 2) << 6
                    | sextet(base64, i + 3);
            sum += magnitude(bits >> 16) + magnitude(bits >> 8) + magnitude(bits);
            bytes += 3;
        }
        return bytes > 0 && sum >= (long) THRESHOLD * bytes;
    }

    /** G.711 stores magnitudes inverted; the sign does not matter here. */
    private static int magnitude(int code) {
        return MAGNITUDE[~code & 0x7F];
    }

    private static int sextet(String base64, int at) {
        char c = base64.charAt(at);
        return c < 128 ? SEXTET[c] : 0;
    }
}
