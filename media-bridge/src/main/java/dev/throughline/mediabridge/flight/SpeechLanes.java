package dev.throughline.mediabridge.flight;

import dev.throughline.events.CallFlight;
import dev.throughline.events.Speaker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Who was heard when. The caller's stretches are measured by {@link CallerVoice}; the agent's speech plays without a pause from the moment it
 * was sent, until it is all played or the caller cuts in. The first {@value #MOST} stretches of a call are kept. Times by
 * {@link System#nanoTime}. One thread.
 */
final class SpeechLanes {

    static final int MOST = 1_000;

    /** What is shorter is a click or a breath. */
    static final long SHORTEST_NANOS = 100_000_000L;

    /** An answer that comes in bursts may run dry for a moment and is one stretch nevertheless. */
    private static final long PAUSE_NANOS = 300_000_000L;

    private static final long MILLI = 1_000_000L;

    private final long originNanos;
    private final List<CallFlight.Speech> stretches = new ArrayList<>();
    private boolean agentSpeaks;
    private long agentFrom;
    private long agentUntil;

    /** @param originNanos when the stream began */
    SpeechLanes(long originNanos) {
        this.originNanos = originNanos;
    }

    /** The caller was loud from the one moment to the other. */
    void caller(long fromNanos, long toNanos) {
        add(Speaker.CUSTOMER, fromNanos, toNanos);
    }

    /** Agent audio was sent to the caller that plays for {@code millis}. */
    void agent(long millis, long nowNanos) {
        if (!agentSpeaks || nowNanos - agentUntil > PAUSE_NANOS) {
            finishAgent(agentUntil);
            agentSpeaks = true;
            agentFrom = nowNanos;
            agentUntil = nowNanos;
        }
        agentUntil = Math.max(agentUntil, nowNanos) + millis * MILLI;
    }

    /** What was not played yet never will be: the caller cut in, or the call is over. */
    void silence(long nowNanos) {
        finishAgent(Math.min(agentUntil, nowNanos));
    }

    /** The finished stretches, in order of their beginnings. */
    List<CallFlight.Speech> stretches() {
        return stretches.stream()
                .sorted(Comparator.comparingLong(CallFlight.Speech::fromMillis))
                .toList();
    }

    private void finishAgent(long untilNanos) {
        if (agentSpeaks) {
            agentSpeaks = false;
            add(Speaker.AGENT, agentFrom, untilNanos);
        }
    }

    private void add(Speaker speaker, long fromNanos, long toNanos) {
        if (stretches.size() < MOST && toNanos - fromNanos >= SHORTEST_NANOS) {
            stretches.add(new CallFlight.Speech(speaker, since(fromNanos), since(toNanos)));
        }
    }

    private long since(long nanos) {
        return Math.max(0, nanos - originNanos) / MILLI;
    }
}
