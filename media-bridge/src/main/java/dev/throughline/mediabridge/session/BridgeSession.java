package dev.throughline.mediabridge.session;

import dev.throughline.events.context.LeadContext;
import dev.throughline.mediabridge.agent.AgentLeg;
import dev.throughline.mediabridge.agent.AgentReady;
import dev.throughline.mediabridge.agent.AgentRefusal;
import dev.throughline.mediabridge.agent.EventLoop;
import dev.throughline.mediabridge.audio.Playback;
import dev.throughline.mediabridge.carrier.CarrierFrame;
import dev.throughline.mediabridge.carrier.CarrierFrames;
import dev.throughline.mediabridge.carrier.CarrierProblem;
import dev.throughline.mediabridge.carrier.CarrierSocket;
import dev.throughline.mediabridge.events.LeadNews;
import dev.throughline.mediabridge.events.Utterance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One stream from its upgrade to its close; its states are drawn at {@link BridgeState}. Everything happens on the event loop of the
 * carrier's socket, so there are no locks, and every callback is guarded, because an exception that escaped would close a live call
 * without a word.
 */
final class BridgeSession implements CarrierSocket.Listener, Conversation.Owner, LeadNews.Subscriber {

    private static final long TICK_MILLIS = 250;
    /** After the last audio and {@code end_call}, in case the good-bye is still on its way. */
    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    private static final Duration CONTEXT_WORTH_TELLING = Duration.ofSeconds(10);
    private static final int NORMAL = 1000;
    private static final int CALLERS_MISTAKE = 1008;
    private static final int QUEUE_TIMED_OUT = 4300;

    private final CarrierSocket carrier;
    private final EventLoop loop;
    private final BridgeParts parts;
    private final BridgeConfig config;
    private final SessionLog log = new SessionLog();
    private final Playback playback = new Playback();
    private final long openedNanos = System.nanoTime();
    private final long timer;
    private BridgeState state = new BridgeState.AwaitingStart();
    private @Nullable FlightRecord flight;
    private @Nullable Conversation conversation;
    private volatile @Nullable String callSid;
    private long lastFrameNanos = openedNanos;
    private long droppedBefore;
    private AtomicBoolean historyKnown = new AtomicBoolean();
    private boolean contextTold;
    private boolean carrierGone;

    BridgeSession(CarrierSocket carrier, EventLoop loop, BridgeParts parts) {
        this.carrier = carrier;
        this.loop = loop;
        this.parts = parts;
        this.config = parts.config();
        this.timer = loop.every(TICK_MILLIS, () -> guarded(this::tick));
    }

    /** Begins; call it on the loop. */
    void begin() {
        parts.registry().add(this);
        carrier.listen(this);
    }

    /** The call, once it was accepted. From any thread. */
    @Nullable String callSid() {
        return callSid;
    }

    /** The service stops and the grace is over. From any thread. */
    void shutDown() {
        loop.run(() -> guarded(() -> end(DisconnectCause.SHUTDOWN)));
    }

    @Override
    public void onFrame(CarrierFrame frame, long receivedNanos) {
        lastFrameNanos = receivedNanos;
        guarded(() -> {
            switch (state) {
                case BridgeState.AwaitingStart awaiting -> beforeStart(awaiting, frame);
                case BridgeState.Closed closed -> {}
                case BridgeState.Connecting s -> duringCall(s.call(), frame, receivedNanos);
                case BridgeState.Live s -> duringCall(s.call(), frame, receivedNanos);
                case BridgeState.Reopening s -> duringCall(s.call(), frame, receivedNanos);
                case BridgeState.PlayingOut s -> duringCall(s.call(), frame, receivedNanos);
            }
        });
    }

    @Override
    public void onAudioWritten(long receivedNanos) {
        if (flight != null) {
            flight.frameToCaller(receivedNanos);
        }
    }

    @Override
    public void onProblem(CarrierProblem problem) {
        guarded(() -> end(
                switch (problem) {
                    case TOO_LARGE -> DisconnectCause.MESSAGE_TOO_LARGE;
                    case BINARY -> DisconnectCause.BINARY_MESSAGE;
                    case STALLED -> DisconnectCause.CARRIER_STALLED;
                }));
    }

    @Override
    public void onClosed() {
        carrierGone = true;
        guarded(() -> end(DisconnectCause.CALLER_LEFT));
        loop.cancel(timer);
        parts.registry().remove(this);
        parts.registry().givePlaceBack();
    }

    @Override
    public void onReady(AgentReady ready) {
        log.conversation(ready.conversationId());
        log.info(
                "agent ready, listens=%s speaks=%s",
                ready.listens().wireName(), ready.speaks().wireName());
        if (flight != null) {
            flight.agentReady(System.nanoTime());
        }
        state = switch (state) {
            case BridgeState.Connecting s -> s.ready();
            case BridgeState.Reopening s -> s.ready();
            case BridgeState.AwaitingStart s -> s;
            case BridgeState.Live s -> s;
            case BridgeState.PlayingOut s -> s;
            case BridgeState.Closed s -> s;
        };
    }

    @Override
    public void onRefused(AgentRefusal reason, String detail) {
        log.warn("agent not reached, reason=%s detail=%s", reason, detail);
        boolean again = state instanceof BridgeState.Reopening;
        end(
                reason == AgentRefusal.UNSUPPORTED_FORMAT
                        ? DisconnectCause.AGENT_FORMAT
                        : again ? DisconnectCause.AGENT_LOST : DisconnectCause.AGENT_UNREACHABLE);
    }

    @Override
    public void onAgentGone(int code, String reason) {
        log.info("agent's socket closed, code=%d reason=%s", code, reason);
        guarded(() -> {
            if (state instanceof BridgeState.PlayingOut playing) {
                state = playing.withoutAgent();
                hangUpWhenPlayed();
            } else if (state instanceof BridgeState.Live live && code == NORMAL) {
                playOut(live, true);
            } else if (state instanceof BridgeState.Live live) {
                boolean hopeless = live.reopened() || code == CALLERS_MISTAKE || code == QUEUE_TIMED_OUT;
                if (hopeless) {
                    end(DisconnectCause.AGENT_LOST);
                } else {
                    reopen(live, code + " " + reason);
                }
            }
        });
    }

    @Override
    public void onAgentEnds() {
        if (state instanceof BridgeState.Live live) {
            playOut(live, false);
        }
    }

    @Override
    public void onSpeech(String payload, long receivedNanos) {
        state.facts()
                .ifPresent(call -> carrier.sendAudio(
                        CarrierFrames.media(call.streamSid(), payload),
                        CarrierFrames.mark(call.streamSid(), playback.nextMark()),
                        receivedNanos));
    }

    @Override
    public void onInterruption(long eventId) {
        state.facts().ifPresent(call -> {
            playback.interrupted(eventId);
            carrier.discardQueuedAudio();
            carrier.send(CarrierFrames.clear(call.streamSid()));
            if (flight != null) {
                flight.interrupted();
            }
        });
    }

    @Override
    public void onNews(String text) {
        loop.run(() -> guarded(() -> {
            if (conversation != null) {
                conversation.inform(text);
            }
        }));
    }

    @Override
    public void onContext(LeadContext context) {
        loop.run(() -> guarded(() -> tellLate(context)));
    }

    private void beforeStart(BridgeState.AwaitingStart awaiting, CarrierFrame frame) {
        switch (frame) {
            case CarrierFrame.Start start -> {
                switch (parts.tokens().check(start, Instant.now(), System.nanoTime())) {
                    case StreamTokens.Verdict.Refused(DisconnectCause cause) -> refuse(start, cause);
                    case StreamTokens.Verdict.Accepted(CallFacts call) -> accept(awaiting, call);
                }
            }
            case CarrierFrame.Media media -> end(DisconnectCause.MEDIA_BEFORE_START);
            case CarrierFrame.Stop stop -> end(DisconnectCause.CALLER_LEFT);
            case CarrierFrame.Malformed malformed -> parts.metrics().malformed();
            case CarrierFrame.Connected ignored -> {}
            case CarrierFrame.Mark ignored -> {}
            case CarrierFrame.Dtmf ignored -> {}
            case CarrierFrame.Unknown ignored -> {}
        }
    }

    private void duringCall(CallFacts call, CarrierFrame frame, long receivedNanos) {
        Conversation talk = conversation;
        if (talk == null) {
            return;
        }
        switch (frame) {
            case CarrierFrame.Media media -> {
                if (media.streamSid().equals(call.streamSid())) {
                    talk.hear(media.payload(), receivedNanos);
                } else {
                    parts.metrics().malformed();
                }
            }
            case CarrierFrame.Mark mark -> {
                if (playback.heard(mark.name())) {
                    talk.heardByCaller();
                    hangUpWhenPlayed();
                }
            }
            case CarrierFrame.Dtmf dtmf -> talk.press(dtmf.digit());
            case CarrierFrame.Stop stop -> end(DisconnectCause.CALLER_LEFT);
            case CarrierFrame.Malformed malformed -> parts.metrics().malformed();
            case CarrierFrame.Start again -> parts.metrics().malformed();
            case CarrierFrame.Connected ignored -> {}
            case CarrierFrame.Unknown ignored -> {}
        }
    }

    private void accept(BridgeState.AwaitingStart awaiting, CallFacts call) {
        callSid = call.callSid();
        log.call(call);
        log.info("stream accepted, streamSid=%s", call.streamSid());
        state = awaiting.started(call);
        flight = new FlightRecord(parts.metrics(), call.startedNanos());
        parts.news().subscribe(call.leadId(), this);
        openConversation(call, List.of());
    }

    private void refuse(CarrierFrame.Start start, DisconnectCause cause) {
        log.warn("stream refused, callId=%s cause=%s", start.callSid(), cause.tag());
        // A replayed start must not decide what a live call hears next.
        if (!parts.registry().carries(start.callSid()) && cause != DisconnectCause.MALFORMED_START) {
            state = state.closed(cause);
            finish(cause, start.callSid(), null);
        } else {
            end(cause);
        }
    }

    private void openConversation(CallFacts call, List<Utterance> soFar) {
        Conversation next = new Conversation(
                call,
                this,
                parts.events(),
                Objects.requireNonNull(flight),
                parts.metrics(),
                playback,
                config.maxEarlyFrames());
        conversation = next;
        Openings.Prepared prepared = parts.openings().prepare(call, soFar);
        historyKnown = prepared.historyKnown();
        next.attach(AgentLeg.open(
                parts.convai(), parts.sockets(), loop, config.metadataTimeout(), prepared.opening(), next));
    }

    private void reopen(BridgeState.Live live, String reason) {
        Conversation lost = Objects.requireNonNull(conversation);
        log.warn("agent lost, conversation is opened again");
        parts.metrics().reopened();
        droppedBefore += lost.dropped();
        lost.end(reason);
        state = live.lost();
        playback.restarted();
        openConversation(live.call(), lost.turns());
    }

    private void playOut(BridgeState.Live live, boolean agentGone) {
        state = live.ending(System.nanoTime(), agentGone);
        hangUpWhenPlayed();
    }

    private void hangUpWhenPlayed() {
        if (!(state instanceof BridgeState.PlayingOut playing) || conversation == null) {
            return;
        }
        long now = System.nanoTime();
        long quiet = Math.min(conversation.quietNanos(now), now - playing.sinceNanos());
        boolean nothingComes = playing.agentGone() || quiet >= LAST_WORDS.toNanos();
        boolean tooLong = now - playing.sinceNanos() >= config.playOutTimeout().toNanos();
        if (tooLong || (playback.isIdle() && nothingComes)) {
            end(DisconnectCause.AGENT_ENDED);
        }
    }

    private void tellLate(LeadContext context) {
        CallFacts call = state.facts().orElse(null);
        if (call == null || conversation == null || conversation.conversationId() == null || contextTold) {
            return;
        }
        boolean tooLate = Duration.between(call.startedAt(), Instant.now()).compareTo(CONTEXT_WORTH_TELLING) > 0;
        contextTold = tooLate || historyKnown.get();
        if (!contextTold) {
            Openings.late(call, context).ifPresent(text -> {
                contextTold = true;
                conversation.inform(text);
            });
        }
    }

    private void tick() {
        long now = System.nanoTime();
        carrier.checkProgress();
        if (state instanceof BridgeState.AwaitingStart
                && now - openedNanos > config.startTimeout().toNanos()) {
            end(DisconnectCause.NO_START);
        } else if (now - openedNanos > config.maxCallDuration().toNanos()) {
            end(DisconnectCause.LONGEST_CALL);
        } else if (now - lastFrameNanos > config.idleTimeout().toNanos()) {
            end(DisconnectCause.CARRIER_SILENT);
        } else if (conversation != null) {
            conversation.tick();
            hangUpWhenPlayed();
        }
    }

    private void end(DisconnectCause cause) {
        if (state instanceof BridgeState.Closed) {
            return;
        }
        CallFacts call = state.facts().orElse(null);
        state = state.closed(cause);
        if (call == null) {
            finish(cause, null, null);
            return;
        }
        parts.news().unsubscribe(call.leadId(), this);
        callSid = null;
        Conversation talk = conversation;
        long dropped = droppedBefore + carrier.droppedAudio() + (talk == null ? 0 : talk.dropped());
        if (talk != null) {
            talk.end(cause.reason(0));
        }
        if (flight != null) {
            String conversationId = talk == null ? null : talk.conversationId();
            parts.events()
                    .quality(
                            call.call(),
                            call.streamSid(),
                            flight.quality(call.callSid(), conversationId, dropped, cause),
                            Instant.now());
        }
        parts.metrics().ended(cause, dropped);
        finish(cause, call.callSid(), call);
    }

    /** Tells telephony-gateway first, then closes: Twilio asks it what comes next as soon as the socket is closed. */
    private void finish(DisconnectCause cause, @Nullable String toldCallSid, @Nullable CallFacts call) {
        if (call == null) {
            parts.metrics().ended(cause, 0);
        }
        log.info("stream ends, cause=%s by=%s", cause.tag(), carrierGone ? "carrier" : "bridge");
        long limit = cause == DisconnectCause.NO_START ? config.startTimeout().toSeconds() : config.maxMessageBytes();
        Runnable close = () -> loop.run(() -> carrier.close(cause.closeCode(), cause.reason(limit)));
        if (toldCallSid == null) {
            close.run();
        } else {
            parts.outcomes()
                    .tell(toldCallSid, call == null ? null : call.tenant().id(), cause.outcome(), close);
        }
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException failure) {
            log.error(failure, "a step of the call failed");
            end(DisconnectCause.INTERNAL_ERROR);
        }
    }
}
