package dev.throughline.simulator.speech;

import dev.throughline.simulator.speech.SpeechClip.Speaker;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what the agent said from a recording of what a caller heard. Works on exact bytes: audio that was altered on
 * its way is left out. A clip cut short by a barge-in counts when more than half of it was heard.
 */
public final class AgentTranscriber {

    /** Long enough that two clips hardly ever begin alike (10 ms are padding). */
    private static final int KEY_BYTES = 60 * Mulaw.BYTES_PER_MILLI;

    private final Map<ByteBuffer, List<SpeechClip>> byBeginning = new HashMap<>();

    /** Knows the agent's clips of {@code clips}. */
    public AgentTranscriber(SpeechClips clips) {
        for (SpeechClip clip : clips.of(Speaker.AGENT)) {
            if (clip.audio().length >= KEY_BYTES) {
                byBeginning
                        .computeIfAbsent(ByteBuffer.wrap(clip.audio(), 0, KEY_BYTES), key -> new ArrayList<>())
                        .add(clip);
            }
        }
        byBeginning
                .values()
                .forEach(list -> list.sort(Comparator.comparingInt((SpeechClip clip) -> clip.audio().length)
                        .reversed()));
    }

    /** Words heard in {@code recording} (mu-law 8 kHz), in order, separated by blanks; empty when none was recognised. */
    public String transcribe(byte[] recording) {
        StringJoiner heard = new StringJoiner(" ");
        int at = 0;
        while (at + KEY_BYTES <= recording.length) {
            Heard best = bestFrom(recording, at);
            if (best != null) {
                heard.add(best.clip().text());
            }
            int length = best == null ? 0 : best.bytes();
            at += Math.max(1, length);
        }
        return heard.toString();
    }

    private record Heard(SpeechClip clip, int bytes) {
        boolean whole() {
            return bytes == clip.audio().length;
        }
    }

    /** The longest clip heard to its end, else the one of which most was heard: {@code eleven} is not half of {@code eleventh}. */
    private @Nullable Heard bestFrom(byte[] recording, int at) {
        Heard best = null;
        for (SpeechClip clip : byBeginning.getOrDefault(ByteBuffer.wrap(recording, at, KEY_BYTES), List.of())) {
            Heard candidate = new Heard(clip, commonLength(recording, at, clip.audio()));
            if (candidate.bytes() * 2 > clip.audio().length && (best == null || candidate.whole() && !best.whole())) {
                best = candidate;
            }
        }
        return best;
    }

    private static int commonLength(byte[] recording, int at, byte[] clip) {
        int same = java.util.Arrays.mismatch(
                recording, at, Math.min(recording.length, at + clip.length), clip, 0, clip.length);
        return same < 0 ? clip.length : same;
    }
}
