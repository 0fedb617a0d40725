package dev.throughline.mediabridge.audio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Keypad tones as sound (ITU-T Q.23: two tones at once, one of the row and one of the column; Q.24: at least 40 ms, here 100 ms on and
 * 100 ms off), in 8 kHz mu-law. {@code w} waits half a second and {@code W} a whole one, as ElevenLabs' {@code play_keypad_touch_tone} has
 * it. Pure.
 */
public final class TouchTones {

    /** More than any menu asks for; a card number and its check digits fit. */
    public static final int MOST_KEYS = 40;

    private static final String KEYS = "123A456B789C*0#D";
    private static final int[] ROWS = {697, 770, 852, 941};
    private static final int[] COLUMNS = {1209, 1336, 1477, 1633};
    private static final int RATE_HZ = 8_000;
    private static final int TONE = 800;
    private static final int GAP = 800;
    private static final int SHORT_WAIT = 4_000;
    private static final int LONG_WAIT = 8_000;
    /** Each of the two tones, of 32,767: about -11 dB below full scale, so that the sum neither clips nor is lost. */
    private static final int AMPLITUDE = 9_000;
    /** 200 ms of sound per message, so that a barge-in has something to cut. */
    private static final int CHUNK = 1_600;

    private TouchTones() {}

    /**
     * The sound of some keys, in chunks.
     *
     * @param keys of {@code 0-9 A-D * # w W}, for example {@code 1w2#}
     * @return base64 of mu-law, in order
     * @throws IllegalArgumentException with a sentence that says what is wrong with {@code keys}
     */
    public static List<String> of(String keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("No keys were given. Give dtmf_tones as text, for example 1w2#.");
        }
        if (keys.length() > MOST_KEYS) {
            throw new IllegalArgumentException(
                    "These are too many keys at once, at most " + MOST_KEYS + " are possible.");
        }
        byte[] sound = new byte[keys.length() * LONG_WAIT];
        int length = 0;
        for (int i = 0; i < keys.length(); i++) {
            length = append(sound, length, keys.charAt(i));
        }
        return chunks(sound, length);
    }

    private static int append(byte[] sound, int at, char key) {
        if (key == 'w' || key == 'W') {
            int end = at + (key == 'w' ? SHORT_WAIT : LONG_WAIT);
            Arrays.fill(sound, at, end, Mulaw.SILENCE);
            return end;
        }
        int place = KEYS.indexOf(Character.toUpperCase(key));
        if (place < 0) {
            throw new IllegalArgumentException(
                    "There is no such key on a phone. Possible are 0 to 9, *, #, A to D, and w or W to wait.");
        }
        double row = 2 * Math.PI * ROWS[place / 4] / RATE_HZ;
        double column = 2 * Math.PI * COLUMNS[place % 4] / RATE_HZ;
        for (int n = 0; n < TONE; n++) {
            double sample = AMPLITUDE * (Math.sin(row * n) + Math.sin(column * n));
            sound[at + n] = Mulaw.encode((int) Math.round(sample));
        }
        Arrays.fill(sound, at + TONE, at + TONE + GAP, Mulaw.SILENCE);
        return at + TONE + GAP;
    }

    private static List<String> chunks(byte[] sound, int length) {
        List<String> chunks = new ArrayList<>();
        for (int at = 0; at < length; at += CHUNK) {
            byte[] chunk = Arrays.copyOfRange(sound, at, Math.min(length, at + CHUNK));
            chunks.add(Base64.getEncoder().encodeToString(chunk));
        }
        return chunks;
    }
}
