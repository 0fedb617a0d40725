package dev.throughline.mediabridge.session;

import dev.throughline.mediabridge.admission.CallFacts;
import dev.throughline.mediabridge.agent.AgentLeg;
import dev.throughline.mediabridge.agent.AgentReady;
import dev.throughline.mediabridge.agent.AgentRefusal;
import dev.throughline.mediabridge.audio.AgentFormat;
import dev.throughline.mediabridge.audio.Playback;
import dev.throughline.mediabridge.ending.DisconnectCause;
import dev.throughline.mediabridge.flight.FlightRecord;
import dev.throughline.platform.elevenlabs.AgentEvent;
import java.time.Duration;

/** What the agent does to its call: it is ready, speaks, is interrupted, hangs up, is lost and opened again once. */
final class AgentSide implements ConversationOwner {

    /** After the last audio and {@code end_call}, in case the good-bye is still on its way. */
    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    private static final int NORMAL = 1000;
    private static final int CALLERS_MISTAKE = 1008;
    private static final int QUEUE_TIMED_OUT = 4300;

    private final BridgeSession session;
    private final CarrierLeg carrier;
    private final FlightRecord flight;
    private final SessionLog log;
    private final BridgeParts parts;

    AgentSide(BridgeSession session, CarrierLeg carrier, FlightRecord flight, SessionLog log, BridgeParts parts) {
        this.session = session;
        this.carrier = carrier;
        this.flight = flight;
        this.log = log;
        this.parts = parts;
    }

    @Override
    public void onReady(AgentReady ready) {
        log.conversation(ready.conversationId());
        log.info(
                "agent ready, listens=%s speaks=%s",
                ready.listens().wireName(), ready.speaks().wireName());
        flight.agentReady(System.nanoTime());
        session.become(
                switch (session.state()) {
                    case CallState.Expected s -> s.ready();
                    case CallState.Connecting s -> s.ready();
                    case CallState.Reopening s -> s.ready();
                    case CallState.Unannounced s -> s;
                    case CallState.Live s -> s;
                    case CallState.PlayingOut s -> s;
                    case CallState.Closed s -> s;
                });
    }

    @Override
    public void onRefused(AgentRefusal reason, String detail) {
        log.warn("agent not reached, reason=%s detail=%s", reason, detail);
        boolean again =
                switch (session.state()) {
                    case CallState.Reopening ignored -> true;
                    case CallState.Expected expected -> expected.reopened();
                    case CallState.Connecting connecting -> connecting.reopened();
                    case CallState.Unannounced ignored -> false;
                    case CallState.Live ignored -> false;
                    case CallState.PlayingOut ignored -> false;
                    case CallState.Closed ignored -> false;
                };
        session.finish(
                reason == AgentRefusal.UNSUPPORTED_FORMAT
                        ? DisconnectCause.AGENT_FORMAT
                        : again ? DisconnectCause.AGENT_LOST : DisconnectCause.AGENT_UNREACHABLE);
    }

    @Override
    public void onAgentGone(int code, String reason) {
        log.info("agent's socket closed, code=%d reason=%s", code, reason);
        boolean hopeless = code == CALLERS_MISTAKE || code == QUEUE_TIMED_OUT;
        switch (session.state()) {
            case CallState.PlayingOut playing -> {
                session.become(playing.withoutAgent());
                Conversation talk = session.conversation();
                if (talk != null) {
                    hangUpWhenPlayed(talk);
                }
            }
            case CallState.Live live when code == NORMAL -> playOut(live, true);
            case CallState.Live live when live.reopened() || hopeless -> session.finish(DisconnectCause.AGENT_LOST);
            case CallState.Live live -> {
                session.become(live.lost());
                reopen(live.call(), code + " " + reason);
            }
            case CallState.Expected expected
            when expected.reopened() || hopeless -> session.finish(DisconnectCause.AGENT_UNREACHABLE);
            case CallState.Expected expected -> {
                session.become(expected.lost());
                reopen(expected.call(), code + " " + reason);
            }
            // Before the metadata the leg says that it was refused; after the end nobody asks.
            case CallState.Unannounced ignored -> {}
            case CallState.Connecting ignored -> {}
            case CallState.Reopening ignored -> {}
            case CallState.Closed ignored -> {}
        }
    }

    @Override
    public void onAgentEnds() {
        if (session.state() instanceof CallState.Live live) {
            playOut(live, false);
        }
    }

    @Override
    public boolean admits(long eventId) {
        return carrier.admits(eventId);
    }

    @Override
    public void onSpeech(String payload, long eventId, long receivedNanos) {
        carrier.say(payload, eventId, receivedNanos);
    }

    @Override
    public Playback.Heard onInterruption(long eventId) {
        Playback.Heard heard = carrier.interrupt(eventId);
        flight.interrupted();
        return heard;
    }

    @Override
    public void onFormatMismatch(AgentFormat announced, String heard) {
        parts.metrics().mismatch(announced.wireName(), heard);
        log.warn(
                "the agent's audio is not what it announced: the caller hears noise, announced=%s heard=%s cure=%s",
                announced.wireName(), heard, AgentFormat.CURE);
    }

    /** Hangs up once the last words were heard, or took too long. */
    void hangUpWhenPlayed(Conversation talk) {
        if (!(session.state() instanceof CallState.PlayingOut playing)) {
            return;
        }
        long now = System.nanoTime();
        long since = now - playing.sinceNanos();
        boolean nothingComes = playing.agentGone() || Math.min(talk.quietNanos(now), since) >= LAST_WORDS.toNanos();
        boolean tooLong = since >= parts.config().playOutTimeout().toNanos();
        if (tooLong || (carrier.isIdle() && nothingComes)) {
            session.finish(DisconnectCause.AGENT_ENDED);
        }
    }

    /** The agent's words reach the call through this, so that what goes wrong with one of them ends one call with a reason. */
    AgentLeg.Listener guard(Conversation talk) {
        return new AgentLeg.Listener() {
            @Override
            public void onReady(AgentReady ready) {
                session.guarded(() -> talk.onReady(ready));
            }

            @Override
            public void onEvent(AgentEvent event, long receivedNanos) {
                try {
                    talk.onEvent(event, receivedNanos);
                } catch (RuntimeException failure) {
                    session.fail(failure);
                }
            }

            @Override
            public void onRefused(AgentRefusal reason, String detail) {
                session.guarded(() -> talk.onRefused(reason, detail));
            }

            @Override
            public void onClosed(int code, String reason) {
                session.guarded(() -> talk.onClosed(code, reason));
            }
        };
    }

    private void reopen(CallFacts call, String reason) {
        Conversation lost = session.conversation();
        if (lost == null) {
            return;
        }
        log.warn("agent lost, conversation is opened again");
        flight.reopened();
        lost.end(reason);
        carrier.newConversation();
        session.reopen(call, lost);
    }

    private void playOut(CallState.Live live, boolean agentGone) {
        session.become(live.ending(System.nanoTime(), agentGone));
        Conversation talk = session.conversation();
        if (talk != null) {
            hangUpWhenPlayed(talk);
        }
    }
}
