package dev.throughline.mediabridge.session;

import dev.throughline.events.CallEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is measured of one call. Times by {@link System#nanoTime}. One thread. */
final class FlightRecord {

    private static final int MOST_RESPONSES = 1_000;

    private final BridgeMetrics metrics;
    private final long startedNanos;
    private final List<Long> responseMillis = new ArrayList<>();
    private long setupMillis = -1;
    private long firstAudioMillis = -1;
    private long transcriptNanos;
    private int interruptions;
    private long framesIn;
    private long framesOut;

    FlightRecord(BridgeMetrics metrics, long startedNanos) {
        this.metrics = metrics;
        this.startedNanos = startedNanos;
    }

    void agentReady(long nowNanos) {
        if (setupMillis < 0) {
            setupMillis = millis(startedNanos, nowNanos);
            metrics.setup(setupMillis);
        }
    }

    void customerSpoke(long nowNanos) {
        transcriptNanos = nowNanos;
    }

    /** Agent audio came. */
    void agentAudio(long nowNanos) {
        if (transcriptNanos != 0) {
            long took = millis(transcriptNanos, nowNanos);
            transcriptNanos = 0;
            metrics.response(took);
            if (responseMillis.size() < MOST_RESPONSES) {
                responseMillis.add(took);
            }
        }
    }

    void frameToAgent(long receivedNanos) {
        framesIn++;
        metrics.frameToAgent(System.nanoTime() - receivedNanos);
    }

    void frameToCaller(long receivedNanos) {
        long now = System.nanoTime();
        framesOut++;
        metrics.frameToCaller(now - receivedNanos);
        if (firstAudioMillis < 0) {
            firstAudioMillis = millis(startedNanos, now);
            metrics.firstAudio(firstAudioMillis);
        }
    }

    void interrupted() {
        interruptions++;
        metrics.interrupted();
    }

    CallEvent.Quality quality(
            String callId, @Nullable String conversationId, long framesDropped, DisconnectCause cause) {
        return new CallEvent.Quality(
                callId,
                conversationId,
                setupMillis,
                firstAudioMillis,
                List.copyOf(responseMillis),
                interruptions,
                framesIn,
                framesOut,
                framesDropped,
                cause.endedBy(),
                null);
    }

    private static long millis(long from, long to) {
        return (to - from) / 1_000_000;
    }
}
