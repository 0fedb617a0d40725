package dev.throughline.mediabridge.session;

import dev.throughline.mediabridge.admission.CallFacts;
import dev.throughline.mediabridge.agent.AgentLeg;
import dev.throughline.mediabridge.agent.AgentReady;
import dev.throughline.mediabridge.agent.AgentRefusal;
import dev.throughline.mediabridge.agent.ClientTools;
import dev.throughline.mediabridge.audio.AgentFormat;
import dev.throughline.mediabridge.audio.FormatCheck;
import dev.throughline.mediabridge.audio.Transcoder;
import dev.throughline.mediabridge.events.BridgeEvents;
import dev.throughline.mediabridge.events.TurnLog;
import dev.throughline.mediabridge.events.Utterance;
import dev.throughline.mediabridge.flight.FlightRecord;
import dev.throughline.mediabridge.opening.Prepared;
import dev.throughline.platform.elevenlabs.AgentEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One conversation with the agent within a call: caller audio in, agent audio out, turns and their events. It decides nothing about the
 * call; that is for its {@link ConversationOwner}. Lives on the call's event loop.
 */
final class Conversation implements AgentLeg.Listener {

    /** Long enough for an agent that speaks by itself when a conversation begins. */
    private static final long SPEAKS_BY_ITSELF_NANOS = 1_200_000_000L;

    private static final String GO_ON =
            "(The line was interrupted for a moment and the caller is waiting. Say so in a few words and go on.)";

    private final CallFacts call;
    private final ConversationOwner owner;
    private final BridgeEvents events;
    private final FlightRecord flight;
    private final BridgeMetrics metrics;
    private final Prepared prepared;
    private final CallerAudio callerAudio;
    private final AgentEar ear = new AgentEar();
    private final TurnLog turns = new TurnLog();
    private Transcoder toCaller = Transcoder.toCaller(AgentFormat.ULAW_8000);
    private FormatCheck check = new FormatCheck(AgentFormat.ULAW_8000);
    private AgentFormat speaks = AgentFormat.ULAW_8000;
    private @Nullable AgentLeg leg;
    private @Nullable Integer closeCode;
    private @Nullable String conversationId;
    private long agentDropped;
    private long lastAudioNanos;
    private long silentSinceNanos;

    Conversation(
            CallFacts call,
            ConversationOwner owner,
            BridgeEvents events,
            FlightRecord flight,
            BridgeMetrics metrics,
            Prepared prepared,
            int mostEarly) {
        this.call = call;
        this.owner = owner;
        this.events = events;
        this.flight = flight;
        this.metrics = metrics;
        this.prepared = prepared;
        this.callerAudio = new CallerAudio(flight, mostEarly);
    }

    /** To be called right after the leg was made, before it can answer. */
    void attach(AgentLeg openedLeg) {
        this.leg = openedLeg;
    }

    /** ElevenLabs' id; null until the conversation began. */
    @Nullable String conversationId() {
        return conversationId;
    }

    /** The finished turns. */
    List<Utterance> turns() {
        return turns.turns();
    }

    /** Whether it began without the lead's history. */
    boolean lacksHistory() {
        return conversationId != null && !prepared.historyKnown();
    }

    /** Audio dropped on the way to the agent. */
    Dropped dropped() {
        return new Dropped(callerAudio.dropped(), leg == null ? agentDropped : leg.droppedAudio(), 0);
    }

    /** The code the agent's socket was closed with; null when none was ever open, or it still is. */
    @Nullable Integer closeCode() {
        return leg == null ? closeCode : leg.closeCode();
    }

    /** Nanoseconds since agent audio last came; since ever when none did. */
    long quietNanos(long nowNanos) {
        return nowNanos - lastAudioNanos;
    }

    /** A frame of the caller; kept for a moment when the agent is not ready, the newest last. */
    void hear(String payload, long receivedNanos) {
        callerAudio.hear(payload, receivedNanos);
    }

    /** The agent is to answer this; ignored when it does not listen. */
    void ask(String text) {
        ear.ask(text);
    }

    /** Background information; the agent says nothing to it at once. Kept for an agent that does not listen yet. */
    void inform(String text) {
        ear.inform(text);
    }

    /** A mark of the present generation came back. */
    void heardByCaller() {
        turns.audioMoved(Instant.now());
    }

    /**
     * Finishes what time has finished.
     *
     * @param allPlayed whether everything sent to the caller was played
     */
    void tick(boolean allPlayed, long nowNanos) {
        publish(turns.tick(Instant.now(), allPlayed));
        if (silentSinceNanos != 0 && nowNanos - silentSinceNanos > SPEAKS_BY_ITSELF_NANOS) {
            silentSinceNanos = 0;
            ask(GO_ON);
        }
    }

    /** The conversation is over, for {@code reason}; closes the agent's socket if it is open. Harmless when repeated. */
    void end(String reason) {
        AgentLeg open = leg;
        if (open != null) {
            open.close(reason);
            agentDropped = open.droppedAudio();
            closeCode = open.closeCode();
            leg = null;
            ear.close();
            publish(turns.end());
            if (conversationId != null) {
                events.ended(call.call(), conversationId, reason, Instant.now());
            }
        }
    }

    @Override
    public void onReady(AgentReady ready) {
        AgentLeg open = leg;
        if (open == null) {
            return;
        }
        conversationId = ready.conversationId();
        speaks = ready.speaks();
        toCaller = Transcoder.toCaller(speaks);
        check = new FormatCheck(speaks);
        events.started(call.call(), ready.conversationId(), call.agentId(), Instant.now());
        ear.open(open);
        if (!prepared.story().isEmpty()) {
            inform(prepared.story());
        }
        // Where the first message may not be set, the agent greets as it always does or waits for the caller, who waits
        // for it.
        silentSinceNanos = prepared.continued() ? System.nanoTime() : 0;
        owner.onReady(ready);
        callerAudio.flowTo(open, ready.listens());
    }

    @Override
    public void onEvent(AgentEvent event, long receivedNanos) {
        if (event instanceof AgentEvent.Audio audio) {
            speak(audio, receivedNanos);
        } else {
            onWord(event, receivedNanos, Instant.now());
        }
    }

    private void onWord(AgentEvent event, long receivedNanos, Instant now) {
        switch (event) {
            case AgentEvent.Interruption interruption ->
                turns.interrupted(now, owner.onInterruption(interruption.eventId()));
            case AgentEvent.VoiceScore voice -> flight.voiceScore(voice.score());
            case AgentEvent.UserTranscript transcript -> {
                flight.transcript(transcript.eventId(), receivedNanos);
                publish(turns.customer(transcript.text(), now));
            }
            case AgentEvent.AgentResponse response -> {
                silentSinceNanos = 0;
                flight.agentText(receivedNanos);
                publish(turns.agent(response.text(), response.eventId(), now));
            }
            case AgentEvent.AgentResponseCorrection correction ->
                publish(turns.corrected(correction.corrected(), correction.eventId()));
            case AgentEvent.ClientToolCall tool -> run(tool, receivedNanos);
            case AgentEvent.AgentToolResponse tool when tool.endsCall() -> owner.onAgentEnds();
            case AgentEvent.AgentToolResponse ignored -> {}
            case AgentEvent.Audio ignored -> {}
            case AgentEvent.Metadata ignored -> {}
            case AgentEvent.Ping ignored -> {}
            case AgentEvent.AgentResponseComplete ignored -> {}
            case AgentEvent.AgentToolRequest ignored -> {}
            case AgentEvent.TextPart ignored -> {}
            case AgentEvent.QueueStatus ignored -> {}
            case AgentEvent.Failed ignored -> {}
            case AgentEvent.Unknown ignored -> {}
        }
    }

    @Override
    public void onRefused(AgentRefusal reason, String detail) {
        owner.onRefused(reason, detail);
    }

    @Override
    public void onClosed(int code, String reason) {
        owner.onAgentGone(code, reason);
    }

    private void speak(AgentEvent.Audio audio, long receivedNanos) {
        if (!owner.admits(audio.eventId())) {
            metrics.voided();
            turns.voided(audio.eventId());
            return;
        }
        check.mismatch(audio.base64()).ifPresent(heard -> owner.onFormatMismatch(speaks, heard));
        String payload = Transcoder.orEmpty(toCaller, audio.base64());
        if (payload.isEmpty()) {
            metrics.malformed("agent audio");
            return;
        }
        lastAudioNanos = receivedNanos;
        silentSinceNanos = 0;
        flight.agentAudio(audio.eventId(), receivedNanos);
        turns.audioMoved(Instant.now());
        owner.onSpeech(payload, audio.eventId(), receivedNanos);
    }

    private void run(AgentEvent.ClientToolCall tool, long receivedNanos) {
        ClientTools.Result result = ClientTools.run(tool);
        result.sound().forEach(payload -> owner.onSpeech(payload, -1, receivedNanos));
        if (tool.expectsResponse()) {
            ear.result(tool.toolCallId(), result.result(), result.error());
        }
    }

    private void publish(List<Utterance> finished) {
        if (conversationId != null) {
            for (Utterance turn : finished) {
                events.turn(call.call(), conversationId, turn);
            }
        }
    }
}
