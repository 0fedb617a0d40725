package dev.throughline.simulator.speech;

import dev.throughline.simulator.speech.SpeechClip.Speaker;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Speaks any sentence with the agent's shipped clips: the longest phrase that fits, else single words; a word that was never
 * recorded is spelled letter by letter, so every sentence has audio and its length grows with its text.
 */
public final class AgentVoice {

    private static final int PAUSE_BYTES = 180 * Mulaw.BYTES_PER_MILLI;

    private final Map<List<String>, SpeechClip> phrases = new HashMap<>();
    private final int longestPhrase;

    /** Speaks with the clips of {@code clips}. */
    public AgentVoice(SpeechClips clips) {
        int longest = 1;
        for (SpeechClip clip : clips.of(Speaker.AGENT)) {
            List<String> words = SpokenWords.of(clip.text());
            phrases.putIfAbsent(words, clip);
            longest = Math.max(longest, words.size());
        }
        longestPhrase = longest;
    }

    /** Composed speech for {@code text}; empty for text without words. */
    public Speech say(String text) {
        ByteArrayOutputStream audio = new ByteArrayOutputStream();
        List<SpokenPart> parts = new ArrayList<>();
        for (String sentence : text.split("(?<=[.!?;])\\s+|\\n+")) {
            List<String> words = SpokenWords.of(sentence);
            for (int at = 0; at < words.size(); ) {
                int length = longestFrom(words, at);
                for (SpeechClip clip : clipsFor(words.subList(at, at + length))) {
                    audio.writeBytes(clip.audio());
                }
                at += length;
                parts.add(new SpokenPart(String.join(" ", words.subList(at - length, at)), length, audio.size()));
            }
            if (!words.isEmpty()) {
                audio.writeBytes(silence(PAUSE_BYTES));
            }
        }
        return new Speech(text, audio.toByteArray(), List.copyOf(parts));
    }

    /** {@code count} bytes of silence. */
    public static byte[] silence(int count) {
        byte[] bytes = new byte[count];
        java.util.Arrays.fill(bytes, Mulaw.SILENCE);
        return bytes;
    }

    private int longestFrom(List<String> words, int at) {
        for (int length = Math.min(longestPhrase, words.size() - at); length > 1; length--) {
            if (phrases.containsKey(words.subList(at, at + length))) {
                return length;
            }
        }
        return 1;
    }

    private List<SpeechClip> clipsFor(List<String> words) {
        SpeechClip whole = phrases.get(words);
        if (whole != null) {
            return List.of(whole);
        }
        List<SpeechClip> letters = new ArrayList<>();
        for (char letter : words.getFirst().toCharArray()) {
            SpeechClip clip = phrases.get(List.of(String.valueOf(letter)));
            if (clip != null) {
                letters.add(clip);
            }
        }
        return letters;
    }

    /**
     * A clip's worth of a sentence.
     *
     * @param words what is said
     * @param wordCount how many words that is
     * @param endByte where in the audio it ends, exclusive
     */
    public record SpokenPart(String words, int wordCount, int endByte) {}

    /**
     * A spoken sentence.
     *
     * @param text as written
     * @param audio mu-law 8 kHz; not to be changed
     * @param parts the clips it was made of, in order
     */
    public record Speech(
            String text,
            @SuppressWarnings("ArrayRecordComponent") byte[] audio,
            List<SpokenPart> parts) {

        /** Playing time. */
        public int durationMillis() {
            return audio.length / Mulaw.BYTES_PER_MILLI;
        }

        /** The beginning of {@link #text} a listener heard when only {@code playedBytes} were played. */
        public String heardWithin(int playedBytes) {
            int words = parts.stream()
                    .filter(part -> part.endByte() <= playedBytes)
                    .mapToInt(SpokenPart::wordCount)
                    .sum();
            int total = parts.stream().mapToInt(SpokenPart::wordCount).sum();
            if (words >= total) {
                return text;
            }
            String[] written = text.split("\\s+");
            // Figures are several spoken words in one written one, so the cut is placed by proportion.
            int kept = (int) ((long) written.length * words / Math.max(1, total));
            return String.join(" ", java.util.Arrays.copyOf(written, kept));
        }
    }
}
