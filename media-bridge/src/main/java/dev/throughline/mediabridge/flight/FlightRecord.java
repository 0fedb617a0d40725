package dev.throughline.mediabridge.flight;

import dev.throughline.events.CallEvent;
import dev.throughline.events.CallFlight;
import dev.throughline.mediabridge.ending.DisconnectCause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is measured of one call. Times by {@link System#nanoTime} unless they say otherwise. One thread. */
public final class FlightRecord {

    private static final int MOST_RESPONSES = 1_000;
    private final FlightMetrics metrics;
    private final SetupClock setup;
    private final TurnClock turns;
    private final SpeechLanes lanes;
    private final CallerVoice voice;
    private final List<Long> responseMillis = new ArrayList<>();
    private int interruptions;
    private int reopened;
    private final FrameCount toAgent;
    private final FrameCount toCaller;

    /**
     * Begins at the upgrade.
     *
     * @param upgradedAt the same moment by the wall clock, to be held against telephony-gateway's
     */
    public FlightRecord(FlightMetrics metrics, long upgradedNanos, Instant upgradedAt) {
        this.metrics = metrics;
        this.toAgent = new FrameCount(metrics.toAgent());
        this.toCaller = new FrameCount(metrics.toCaller());
        this.setup = new SetupClock(upgradedNanos, upgradedAt);
        this.turns = new TurnClock(upgradedNanos);
        this.lanes = new SpeechLanes(upgradedNanos);
        this.voice = new CallerVoice(lanes);
    }

    /** What the token tells of the time before the upgrade; -1 for what it does not. */
    public void invited(long webhookMillis, long issuedEpochMillis) {
        setup.invited(webhookMillis, issuedEpochMillis);
    }

    /** {@code start} was accepted. */
    public void started(long nowNanos) {
        setup.started(nowNanos);
        measureSetup();
    }

    /** The agent's metadata came. */
    public void agentReady(long nowNanos) {
        boolean first = reopened == 0;
        setup.ready(nowNanos);
        if (first) {
            measureSetup();
        }
    }

    /** Audio of the caller arrived, base64 of mu-law. */
    public void callerFrame(String payload, long receivedNanos) {
        voice.frame(payload, receivedNanos);
    }

    /** When the caller was last heard to speak; 0 = never. */
    public long callerSpokeNanos() {
        return voice.lastLoudNanos();
    }

    /** The provider's judgement whether the caller speaks, 0 to 1. */
    public void voiceScore(double score) {
        voice.score(score);
    }

    /** Agent audio that plays for {@code millis} was sent to the caller. */
    public void said(long millis, long nowNanos) {
        lanes.agent(millis, nowNanos);
    }

    /** The caller's words were transcribed. */
    public void transcript(long eventId, long nowNanos) {
        turns.transcript(eventId, voice.takeEndOfSpeech(), nowNanos);
    }

    /** The agent's words came. */
    public void agentText(long nowNanos) {
        turns.agentText(nowNanos);
    }

    /** The agent's audio came and is to be played. */
    public void agentAudio(long eventId, long receivedNanos) {
        long took = turns.audioIn(eventId, receivedNanos);
        if (took >= 0) {
            metrics.response(took);
            if (responseMillis.size() < MOST_RESPONSES) {
                responseMillis.add(took);
            }
        }
    }

    /** A frame of the caller was handed to the agent's socket. */
    public void frameToAgent(long receivedNanos) {
        toAgent.frame(System.nanoTime() - receivedNanos);
    }

    /** Agent audio was written to the caller's socket. */
    public void frameToCaller(long receivedNanos) {
        long now = System.nanoTime();
        toCaller.frame(now - receivedNanos);
        if (setup.firstAudio(now)) {
            metrics.firstAudio(Math.max(0, setup.fromStartToFirstAudio()));
        }
        CallFlight.Turn answered = turns.audioOut(receivedNanos, now);
        if (answered != null) {
            metrics.answered(answered);
        }
    }

    /** The caller cut in. */
    public void interrupted() {
        interruptions++;
        lanes.silence(System.nanoTime());
        turns.interrupted();
        metrics.interrupted();
    }

    /** The agent was lost and is opened again. */
    public void reopened() {
        reopened++;
        turns.restarted();
        metrics.reopened();
    }

    /** Adds what passed since the last time to the service's numbers; to be called a few times a second. */
    public void tick() {
        toAgent.report();
        toCaller.report();
    }

    /**
     * The steps, and counts them.
     *
     * @param carrierCode close code of Twilio's socket, -1 when the transport was lost
     * @param agentCode of the agent's; null when none was reached
     */
    public CallFlight finished(int carrierCode, @Nullable Integer agentCode) {
        tick();
        voice.end();
        lanes.silence(System.nanoTime());
        CallFlight flight = new CallFlight(
                setup.setup(),
                turns.turns(),
                reopened,
                voice.gaps(),
                voice.longestGapNanos() / 1_000_000,
                toAgent.late() + toCaller.late(),
                carrierCode,
                agentCode,
                lanes.stretches());
        metrics.ended(flight);
        return flight;
    }

    /** The whole record as it is published. */
    public CallEvent.Quality quality(
            String callId,
            @Nullable String conversationId,
            long framesDropped,
            DisconnectCause cause,
            CallFlight flight) {
        return new CallEvent.Quality(
                callId,
                conversationId,
                setup.fromStartToReady(),
                setup.fromStartToFirstAudio(),
                List.copyOf(responseMillis),
                interruptions,
                toAgent.frames(),
                toCaller.frames(),
                framesDropped,
                cause.endedBy(),
                flight);
    }

    /** Waits for the later of {@code start} and the metadata. */
    private void measureSetup() {
        long millis = setup.fromStartToReady();
        if (millis >= 0) {
            metrics.setup(millis);
        }
    }
}
