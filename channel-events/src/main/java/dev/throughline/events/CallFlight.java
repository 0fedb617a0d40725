package dev.throughline.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The flight record of one stream of a call: what took how long, and what went wrong. Durations are whole milliseconds, -1 where nothing
 * was measured.
 *
 * @param setup from Twilio's webhook to the first word
 * @param turns one entry per answer of the agent to the customer, in order; the first 500 of a call
 * @param reopened how often the agent's socket was lost and opened again
 * @param gaps silences of the caller's audio on its way in, longer than 60 ms where 20 ms are due
 * @param longestGapMillis the longest of them
 * @param lateFrames frames that waited more than 20 ms in the bridge, both directions
 * @param carrierCloseCode WebSocket close code on Twilio's side, -1 when the transport was lost
 * @param agentCloseCode WebSocket close code on the agent's side; null when no agent was reached
 * @param speech who was heard when, in order, the first 1000 stretches; empty from an older publisher
 */
public record CallFlight(
        Setup setup,
        List<Turn> turns,
        int reopened,
        int gaps,
        long longestGapMillis,
        long lateFrames,
        int carrierCloseCode,
        @Nullable Integer agentCloseCode,
        @Nullable List<Speech> speech) {

    public CallFlight {
        turns = List.copyOf(turns);
        speech = speech == null ? List.of() : List.copyOf(speech);
    }

    /**
     * A stretch of speech, in milliseconds since the stream began.
     *
     * @param speaker the customer, from his first loud frame to his last, or the agent, as long as its words played
     */
    public record Speech(Speaker speaker, long fromMillis, long toMillis) {}

    /**
     * The way to the first word. The steps follow each other, {@code totalMillis} is their sum as measured: from the webhook's arrival to
     * the first audio written to the caller.
     *
     * @param webhookMillis the webhook's arrival → TwiML made
     * @param connectMillis TwiML made → the stream's upgrade at the bridge (two machines' clocks)
     * @param startMillis upgrade → {@code start} accepted; the agent's socket is being opened meanwhile
     * @param agentMillis {@code start} accepted → the agent's metadata; 0 when the agent was ready before
     * @param firstAudioMillis both sides ready → first audio written to the caller
     */
    public record Setup(
            long webhookMillis,
            long connectMillis,
            long startMillis,
            long agentMillis,
            long firstAudioMillis,
            long totalMillis) {}

    /**
     * One answer of the agent. The steps follow each other, {@code responseMillis} is the whole: from the moment the caller fell silent to
     * the first audio written to him.
     *
     * @param atMillis when the caller fell silent, since the stream began
     * @param transcriptMillis silence → the customer's transcript
     * @param agentTextMillis transcript → the agent's words; 0 when its audio came first
     * @param audioInMillis the agent's words (or the transcript) → its first audio at the bridge
     * @param audioOutMillis first audio at the bridge → written to the caller
     * @param interrupted whether the caller cut the answer short
     */
    public record Turn(
            long atMillis,
            long transcriptMillis,
            long agentTextMillis,
            long audioInMillis,
            long audioOutMillis,
            long responseMillis,
            boolean interrupted) {}
}
