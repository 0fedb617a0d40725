package dev.throughline.simulator.twilio.audio;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What the caller is saying: frames waiting for their 20 ms slot. At most 10 minutes; more is refused. */
public final class CallerVoice {

    private static final int MAX_FRAMES = 10 * 60 * 50;

    private final Deque<byte[]> frames = new ArrayDeque<>();

    /** Adds speech of any length; the last frame is filled up with silence. */
    public synchronized void say(byte[] audio) {
        if (frames.size() + audio.length / MuLaw.FRAME_BYTES > MAX_FRAMES) {
            throw new IllegalArgumentException("more than 10 minutes of speech");
        }
        frames.addAll(MuLaw.frames(audio));
    }

    /** The frame of this slot; null when the caller is silent. */
    public synchronized byte @Nullable [] nextFrame() {
        return frames.pollFirst();
    }

    /** Whether speech is left. */
    public synchronized boolean isSpeaking() {
        return !frames.isEmpty();
    }

    /** Falls silent at once. */
    public synchronized void stop() {
        frames.clear();
    }
}
