package dev.throughline.mediabridge.session;

import dev.throughline.mediabridge.agent.AgentLeg;
import dev.throughline.mediabridge.agent.AgentReady;
import dev.throughline.mediabridge.agent.AgentRefusal;
import dev.throughline.mediabridge.audio.AgentFormat;
import dev.throughline.mediabridge.audio.Playback;
import dev.throughline.mediabridge.audio.Transcoder;
import dev.throughline.mediabridge.carrier.CarrierFrames;
import dev.throughline.mediabridge.events.BridgeEvents;
import dev.throughline.mediabridge.events.TurnLog;
import dev.throughline.mediabridge.events.Utterance;
import dev.throughline.platform.elevenlabs.AgentEvent;
import dev.throughline.platform.elevenlabs.AgentMessages;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One conversation with the agent within a call: caller audio in, agent audio out, turns and their events. It decides nothing about the
 * call; that is for its {@link Owner}. Lives on the call's event loop.
 */
final class Conversation implements AgentLeg.Listener {

    /** The call. */
    interface Owner {

        void onReady(AgentReady ready);

        void onRefused(AgentRefusal reason, String detail);

        /** The agent's socket closed after the conversation began. */
        void onAgentGone(int code, String reason);

        /** The agent hangs up once its last words were heard. */
        void onAgentEnds();

        /** Agent audio for the caller, base64 of mu-law. */
        void onSpeech(String payload, long receivedNanos);

        /** The caller cut in. */
        void onInterruption(long eventId);
    }

    private record Early(String payload, long receivedNanos) {}

    private static final String NO_CLIENT_TOOLS = "This tool does not exist on a phone call.";

    private final CallFacts call;
    private final Owner owner;
    private final BridgeEvents events;
    private final FlightRecord flight;
    private final BridgeMetrics metrics;
    private final Playback playback;
    private final int mostEarly;
    private final TurnLog turns = new TurnLog();
    private final Deque<Early> early = new ArrayDeque<>();
    private Transcoder toAgent = Transcoder.toAgent(AgentFormat.ULAW_8000);
    private Transcoder toCaller = Transcoder.toCaller(AgentFormat.ULAW_8000);
    private @Nullable AgentLeg leg;
    private @Nullable String conversationId;
    private long droppedEarly;
    private long lastAudioNanos;

    Conversation(
            CallFacts call,
            Owner owner,
            BridgeEvents events,
            FlightRecord flight,
            BridgeMetrics metrics,
            Playback playback,
            int mostEarly) {
        this.call = call;
        this.owner = owner;
        this.events = events;
        this.flight = flight;
        this.metrics = metrics;
        this.playback = playback;
        this.mostEarly = mostEarly;
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

    /** Audio dropped on the way to the agent. */
    long dropped() {
        return droppedEarly + (leg == null ? 0 : leg.droppedAudio());
    }

    /** Nanoseconds since agent audio last came; since ever when none did. */
    long quietNanos(long nowNanos) {
        return nowNanos - lastAudioNanos;
    }

    /** A frame of the caller; kept for a moment when the agent is not ready, the newest last. */
    void hear(String payload, long receivedNanos) {
        if (conversationId == null) {
            if (early.size() >= mostEarly) {
                early.removeFirst();
                droppedEarly++;
            }
            early.addLast(new Early(payload, receivedNanos));
        } else {
            passOn(payload, receivedNanos);
        }
    }

    /** A key of the phone. A message, and not background information, because the caller expects an answer to it. */
    void press(String digit) {
        send(AgentMessages.userMessage("The caller pressed " + digit + " on the phone's keypad."));
    }

    /** Background information; the agent says nothing to it at once. */
    void inform(String text) {
        send(AgentMessages.contextualUpdate(text));
    }

    /** A mark of the present generation came back. */
    void heardByCaller() {
        turns.audioMoved(Instant.now());
    }

    /** Finishes turns that time has finished. */
    void tick() {
        publish(turns.tick(Instant.now(), playback.isIdle()));
    }

    /** The conversation is over, for {@code reason}; closes the agent's socket if it is open. Harmless when repeated. */
    void end(String reason) {
        if (leg != null) {
            leg.close(reason);
            leg = null;
            publish(turns.end());
            if (conversationId != null) {
                events.ended(call.call(), conversationId, reason, Instant.now());
            }
        }
    }

    @Override
    public void onReady(AgentReady ready) {
        conversationId = ready.conversationId();
        toAgent = Transcoder.toAgent(ready.listens());
        toCaller = Transcoder.toCaller(ready.speaks());
        events.started(call.call(), ready.conversationId(), call.agentId(), Instant.now());
        owner.onReady(ready);
        early.forEach(frame -> passOn(frame.payload(), frame.receivedNanos()));
        early.clear();
    }

    @Override
    public void onEvent(AgentEvent event, long receivedNanos) {
        Instant now = Instant.now();
        switch (event) {
            case AgentEvent.Audio audio -> speak(audio, receivedNanos);
            case AgentEvent.Interruption interruption -> {
                turns.interrupted(now);
                owner.onInterruption(interruption.eventId());
            }
            case AgentEvent.UserTranscript transcript -> {
                flight.customerSpoke(receivedNanos);
                publish(turns.customer(transcript.text(), now));
            }
            case AgentEvent.AgentResponse response -> publish(turns.agent(response.text(), response.eventId(), now));
            case AgentEvent.AgentResponseCorrection correction ->
                publish(turns.corrected(correction.corrected(), correction.eventId()));
            case AgentEvent.ClientToolCall tool -> {
                if (tool.expectsResponse()) {
                    send(AgentMessages.clientToolResult(tool.toolCallId(), NO_CLIENT_TOOLS, true));
                }
            }
            case AgentEvent.AgentToolResponse tool when tool.endsCall() -> owner.onAgentEnds();
            case AgentEvent.AgentToolResponse ignored -> {}
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
        if (!playback.admits(audio.eventId())) {
            metrics.voided();
            return;
        }
        String payload = converted(toCaller, audio.base64());
        if (!CarrierFrames.isSpliceable(payload)) {
            metrics.malformed();
            return;
        }
        lastAudioNanos = receivedNanos;
        flight.agentAudio(receivedNanos);
        turns.audioMoved(Instant.now());
        owner.onSpeech(payload, receivedNanos);
    }

    private void passOn(String payload, long receivedNanos) {
        AgentLeg open = leg;
        String converted = converted(toAgent, payload);
        if (open == null || converted.isEmpty()) {
            return;
        }
        open.sendAudio(converted);
        flight.frameToAgent(receivedNanos);
    }

    private void send(String message) {
        if (leg != null) {
            leg.send(message);
        }
    }

    private void publish(List<Utterance> finished) {
        if (conversationId != null) {
            for (Utterance turn : finished) {
                events.turn(call.call(), conversationId, turn);
            }
        }
    }

    /** Empty for what cannot be read: one broken frame must not end a call. */
    private static String converted(Transcoder transcoder, String base64) {
        try {
            return transcoder.next(base64);
        } catch (IllegalArgumentException broken) {
            return "";
        }
    }
}
