package dev.throughline.mediabridge.audio;

import java.util.Base64;
import java.util.Optional;

/**
 * Whether the agent's audio is what it announced. Nobody reports a mismatch; it is heard as noise (ElevenLabs, <i>Audio formats</i>). The
 * first {@value #ENOUGH} bytes with sound in them are looked at, then never again:
 *
 * <ul>
 *   <li>a file's head ({@code RIFF}, {@code ID3}, {@code OggS}) is no raw audio;
 *   <li>16-bit speech has high bytes next to 0 (0x00 or 0xFF) in every other place and only there; mu-law has them in neither;
 *   <li>mu-law read as 16-bit samples is loud noise, because its negative values begin at 0x7F: a fifth of it and more is next to full
 *       scale, and neighbours differ by half of what they are (speech: by a fifth).
 * </ul>
 *
 * One conversation, one thread.
 */
public final class FormatCheck {

    static final int ENOUGH = 4_000;

    private final AgentFormat announced;
    private int seen;
    private int evenNearZero;
    private int oddNearZero;
    private int nearFull;
    private long magnitude;
    private long difference;
    private int previous;
    private boolean done;

    public FormatCheck(AgentFormat announced) {
        this.announced = announced;
    }

    /** Looks at one message; what the audio really is, once, when it is not what was announced. */
    public Optional<String> mismatch(String base64) {
        if (done) {
            return Optional.empty();
        }
        boolean first = seen == 0 && magnitude == 0;
        byte[] audio;
        try {
            audio = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException broken) {
            return Optional.empty();
        }
        if (first && isFile(audio)) {
            return found("a file with a header");
        }
        for (int i = 0; i + 1 < audio.length; i += 2) {
            look(audio[i], audio[i + 1]);
        }
        if (seen < ENOUGH) {
            return Optional.empty();
        }
        done = true;
        return verdict();
    }

    /** One 16-bit sample, or two of mu-law; digital silence of either kind says nothing. */
    private void look(byte even, byte odd) {
        int sample = (short) ((even & 0xFF) | odd << 8);
        if (sample == 0 || sample == -1) {
            return;
        }
        seen += 2;
        evenNearZero += nearZero(even) ? 1 : 0;
        oddNearZero += nearZero(odd) ? 1 : 0;
        nearFull += Math.abs(sample) > 24_000 ? 1 : 0;
        magnitude += Math.abs(sample);
        difference += Math.abs(sample - previous);
        previous = sample;
    }

    private Optional<String> verdict() {
        int samples = seen / 2;
        if (announced == AgentFormat.ULAW_8000) {
            boolean highBytes = oddNearZero > samples * 6 / 10 && evenNearZero < samples * 3 / 10;
            return highBytes ? Optional.of("16-bit PCM") : Optional.empty();
        }
        boolean noise = nearFull > samples / 5 && difference > magnitude * 4 / 10;
        return noise ? Optional.of("mu-law") : Optional.empty();
    }

    private Optional<String> found(String what) {
        done = true;
        return Optional.of(what);
    }

    private static boolean nearZero(byte value) {
        return value >= -4 && value <= 3;
    }

    private static boolean isFile(byte[] audio) {
        return startsWith(audio, "RIFF") || startsWith(audio, "ID3") || startsWith(audio, "OggS");
    }

    private static boolean startsWith(byte[] audio, String head) {
        if (audio.length < head.length()) {
            return false;
        }
        for (int i = 0; i < head.length(); i++) {
            if (audio[i] != head.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
