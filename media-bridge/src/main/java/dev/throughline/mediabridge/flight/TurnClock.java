package dev.throughline.mediabridge.flight;

import dev.throughline.events.CallFlight;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps of each answer of the agent:
 *
 * <pre>
 *   caller falls silent ─▶ transcript ─▶ agent's words ─▶ its first audio here ─▶ written to the caller
 * </pre>
 *
 * As in {@link SetupClock} the moments are whole milliseconds and the steps their differences, so they add up. An answer is one whose audio
 * has an event id that was not heard before the transcript; without that, the rest of an earlier answer would count as this one's
 * beginning. Times by {@link System#nanoTime}. One thread.
 */
final class TurnClock {

    static final int MOST_TURNS = 500;

    /** Moments in milliseconds since the stream began; -1 = not yet. */
    private static final class Open {
        private final long eventId;
        private final long newerThan;
        private final long silent;
        private final long transcript;
        private long text = -1;
        private long audioIn = -1;
        private long audioInNanos;

        private Open(long eventId, long newerThan, long silent, long transcript) {
            this.eventId = eventId;
            this.newerThan = newerThan;
            this.silent = silent;
            this.transcript = transcript;
        }
    }

    private final long originNanos;
    private final List<CallFlight.Turn> turns = new ArrayList<>();
    private @Nullable Open open;
    private long lastAudioId = -1;
    private boolean answering;

    TurnClock(long originNanos) {
        this.originNanos = originNanos;
    }

    /**
     * The caller's words are known.
     *
     * @param silentNanos when he fell silent; 0 when that is not known, which makes the first step 0
     */
    void transcript(long eventId, long silentNanos, long nowNanos) {
        long now = since(nowNanos);
        long silent = silentNanos == 0 ? now : Math.min(now, since(silentNanos));
        // Two transcripts before one answer are one turn: the caller fell silent when the last one ended.
        open = turns.size() < MOST_TURNS ? new Open(eventId, lastAudioId, silent, now) : null;
        answering = false;
    }

    /** The agent's words are known. */
    void agentText(long nowNanos) {
        Open turn = open;
        if (turn != null && turn.text < 0 && turn.audioIn < 0) {
            turn.text = since(nowNanos);
        }
    }

    /** Audio of the agent came; returns the milliseconds since the transcript when it begins an answer, else -1. */
    long audioIn(long eventId, long receivedNanos) {
        Open turn = open;
        boolean answers = turn != null
                && turn.audioIn < 0
                && (eventId < 0 || (eventId >= turn.eventId && eventId > turn.newerThan));
        lastAudioId = Math.max(lastAudioId, eventId);
        if (turn == null || !answers) {
            return -1;
        }
        turn.audioInNanos = receivedNanos;
        turn.audioIn = since(receivedNanos);
        return turn.audioIn - turn.transcript;
    }

    /** Audio that came in at {@code receivedNanos} was written to the caller; the turn this completes, else null. */
    CallFlight.@Nullable Turn audioOut(long receivedNanos, long nowNanos) {
        Open turn = open;
        if (turn == null || turn.audioIn < 0 || receivedNanos < turn.audioInNanos) {
            return null;
        }
        open = null;
        answering = true;
        long text = turn.text < 0 ? turn.transcript : turn.text;
        long out = since(nowNanos);
        CallFlight.Turn done = new CallFlight.Turn(
                turn.silent,
                turn.transcript - turn.silent,
                text - turn.transcript,
                turn.audioIn - text,
                out - turn.audioIn,
                out - turn.silent,
                false);
        turns.add(done);
        return done;
    }

    /** The caller cut in. */
    void interrupted() {
        if (answering && !turns.isEmpty()) {
            CallFlight.Turn last = turns.removeLast();
            turns.add(new CallFlight.Turn(
                    last.atMillis(),
                    last.transcriptMillis(),
                    last.agentTextMillis(),
                    last.audioInMillis(),
                    last.audioOutMillis(),
                    last.responseMillis(),
                    true));
            answering = false;
        }
    }

    /** A new conversation: its event ids start over. */
    void restarted() {
        lastAudioId = -1;
        open = null;
    }

    List<CallFlight.Turn> turns() {
        return List.copyOf(turns);
    }

    private long since(long nanos) {
        return (nanos - originNanos) / 1_000_000;
    }
}
