package dev.throughline.simulator.twilio.audio;

/**
 * What the caller perceives of the other side: whether it is speaking, for how long it has been silent and how much was heard
 * since the caller last spoke. Fed in real time by the stream's playback and by {@code <Say>}.
 */
public final class CallerEar {

    /** Two slots without audio are silence; one may be a late frame. */
    private static final long SPEAKING_NANOS = 60_000_000L;

    private long heardMillis;
    private long totalMillis;
    private long lastHeardNanos = System.nanoTime();
    private boolean anything;

    /** A frame of 20 ms with sound in it is being played. */
    public synchronized void hearFrame() {
        heardMillis += MuLaw.FRAME_MILLIS;
        totalMillis += MuLaw.FRAME_MILLIS;
        lastHeardNanos = System.nanoTime();
        anything = true;
    }

    /** Speech of this length starts now ({@code <Say>}). */
    public synchronized void hearFor(long millis) {
        heardMillis += millis;
        totalMillis += millis;
        lastHeardNanos = System.nanoTime() + millis * 1_000_000L;
        anything = true;
    }

    /** Whatever was to come is cut off, and what was heard of it does not count as an answer. */
    public synchronized void cutOff() {
        lastHeardNanos = Math.min(lastHeardNanos, System.nanoTime());
        heardMillis = 0;
    }

    /** The caller has had a turn: what is heard from now on answers it. */
    public synchronized void expectAnswer() {
        heardMillis = 0;
    }

    /** Milliseconds of sound since the caller's last turn. */
    public synchronized long heardMillis() {
        return heardMillis;
    }

    /** Milliseconds of sound in the whole call. */
    public synchronized long totalMillis() {
        return totalMillis;
    }

    /** Whether sound is heard right now. */
    public synchronized boolean isSpeaking() {
        return anything && System.nanoTime() - lastHeardNanos < SPEAKING_NANOS;
    }

    /** Whether something was heard since the caller's last turn and then nothing for {@code millis}. */
    public synchronized boolean hasFinished(long millis) {
        return heardMillis > 0 && System.nanoTime() - lastHeardNanos >= millis * 1_000_000L;
    }
}
