package dev.throughline.simulator.speech;

import java.util.Locale;

/**
 * One shipped utterance.
 *
 * @param id file name without extension, unique within a speaker
 * @param speaker who says it
 * @param text the words as written
 * @param audio headerless mu-law, 8 bytes per millisecond; not to be changed
 */
public record SpeechClip(
        String id,
        Speaker speaker,
        String text,
        @SuppressWarnings("ArrayRecordComponent") byte[] audio) {

    /** The two voices. */
    public enum Speaker {
        CALLER,
        AGENT;

        static Speaker of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        String folder() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Playing time. */
    public int durationMillis() {
        return audio.length / Mulaw.BYTES_PER_MILLI;
    }
}
