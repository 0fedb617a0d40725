package dev.throughline.mediabridge.session;

import dev.throughline.mediabridge.agent.AgentLeg;
import dev.throughline.mediabridge.audio.AgentFormat;
import dev.throughline.mediabridge.audio.Transcoder;
import dev.throughline.mediabridge.flight.FlightRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The caller's audio on its way to one conversation: kept while the agent is not ready, the newest {@code mostEarly} frames, then passed on
 * in the agent's format. One thread.
 */
final class CallerAudio {

    private record Early(String payload, long receivedNanos) {}

    private final FlightRecord flight;
    private final int mostEarly;
    private final Deque<Early> early = new ArrayDeque<>();
    private @Nullable AgentLeg leg;
    private @Nullable Transcoder transcoder;
    private long dropped;

    CallerAudio(FlightRecord flight, int mostEarly) {
        this.flight = flight;
        this.mostEarly = mostEarly;
    }

    /** A frame, base64 of mu-law. */
    void hear(String payload, long receivedNanos) {
        if (leg != null && transcoder != null) {
            passOn(leg, transcoder, payload, receivedNanos);
            return;
        }
        if (early.size() >= mostEarly) {
            early.removeFirst();
            dropped++;
        }
        early.addLast(new Early(payload, receivedNanos));
    }

    /** The agent listens, in this format; what waited goes first. */
    void flowTo(AgentLeg ready, AgentFormat format) {
        Transcoder next = Transcoder.toAgent(format);
        leg = ready;
        transcoder = next;
        early.forEach(frame -> passOn(ready, next, frame.payload(), frame.receivedNanos()));
        early.clear();
    }

    /** Frames for which there was no room. */
    long dropped() {
        return dropped;
    }

    private void passOn(AgentLeg ready, Transcoder next, String payload, long receivedNanos) {
        String converted = Transcoder.orEmpty(next, payload);
        if (!converted.isEmpty()) {
            ready.sendAudio(converted);
            flight.frameToAgent(receivedNanos);
        }
    }
}
