package dev.throughline.mediabridge.session;

import dev.throughline.mediabridge.admission.CallFacts;
import dev.throughline.mediabridge.agent.AgentLeg;
import dev.throughline.mediabridge.agent.EventLoop;
import dev.throughline.mediabridge.agent.Keypad;
import dev.throughline.mediabridge.agent.Pulse;
import dev.throughline.mediabridge.carrier.CarrierSocket;
import dev.throughline.mediabridge.ending.DisconnectCause;
import dev.throughline.mediabridge.events.Utterance;
import dev.throughline.mediabridge.flight.FlightRecord;
import dev.throughline.mediabridge.listen.Audible;
import dev.throughline.mediabridge.listen.Ear;
import dev.throughline.mediabridge.listen.Listening;
import dev.throughline.mediabridge.opening.Prepared;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call on this bridge, from the stream's upgrade to its close: it brings Twilio's leg and the agent's together; its states are drawn at
 * {@link CallState}. What the caller does to it is in {@link CallerSide}, what the agent does in {@link AgentSide}, what happens to its lead in
 * {@link LeadSide}, its last steps in {@link CallEnd}. Everything happens on the event loop of the carrier's socket, so there are no locks.
 */
final class BridgeSession implements Audible {

    private final EventLoop loop;
    private final BridgeParts parts;
    private final SessionLog log = new SessionLog();
    private final CarrierLeg carrier;
    private final Keypad keypad = new Keypad();
    private final Listening listening = new Listening();
    private final FlightRecord flight;
    private final CallWatch watch;
    private final CallEnd end;
    private final AgentSide agentSide;
    private final LeadSide leadSide;
    private final Pulse.Beat beat;
    private CallState state = new CallState.Unannounced();
    private @Nullable AnswerHold hold;
    private @Nullable Conversation conversation;
    private volatile @Nullable CallFacts accepted;
    private boolean stranger;

    BridgeSession(CarrierSocket socket, EventLoop loop, BridgeParts parts) {
        long now = System.nanoTime();
        Instant upgradedAt = Instant.now();
        this.loop = loop;
        this.parts = parts;
        this.flight = new FlightRecord(parts.flightMetrics(), now, upgradedAt);
        this.watch = new CallWatch(parts.config(), now);
        CallerSide callerSide = new CallerSide(this, flight, log, parts);
        this.carrier = new CarrierLeg(socket, callerSide, listening, parts.config(), parts.metrics());
        this.end = new CallEnd(parts, loop, carrier, flight, log, upgradedAt);
        this.agentSide = new AgentSide(this, carrier, flight, log, parts);
        this.leadSide = new LeadSide(this, loop);
        this.beat = loop.onEveryBeat(() -> guarded(this::tick));
    }

    /**
     * Begins; call it on the loop.
     *
     * @param expected the call of the stream's address, whose agent is reached at once; null when the address named none
     */
    void begin(@Nullable CallFacts expected) {
        stranger = expected == null;
        parts.registry().add(this);
        carrier.listen();
        if (expected != null) {
            guarded(() -> {
                log.call(expected);
                log.info("stream expected, the agent is being reached");
                state = CallState.Expected.of(expected);
                reach(expected);
            });
        }
    }

    /** The call, once it was accepted and while it lasts. From any thread. */
    @Nullable CallFacts accepted() {
        return accepted;
    }

    @Override
    public void listen(Ear ear) {
        loop.run(() -> guarded(() -> listening.add(ear)));
    }

    @Override
    public void forget(Ear ear) {
        loop.run(() -> listening.remove(ear));
    }

    /** The service stops and the grace is over. From any thread. */
    void shutDown() {
        loop.run(() -> guarded(() -> finish(DisconnectCause.SHUTDOWN)));
    }

    /** The stream's {@code start} was good. */
    void start(CallFacts call, String streamSid) {
        boolean early = state instanceof CallState.Expected;
        accepted = call;
        if (stranger) {
            stranger = false;
            parts.registry().started();
        }
        log.call(call);
        log.info("stream accepted, streamSid=%s early=%s", streamSid, early);
        flight.started(System.nanoTime());
        end.stream(streamSid);
        if (state instanceof CallState.Expected expected) {
            state = expected.accepted();
        } else if (state instanceof CallState.Unannounced unannounced) {
            state = unannounced.accepted(call);
            reach(call);
        }
        carrier.accept(streamSid);
    }

    /** A key of the phone. */
    void press(String key) {
        long now = System.nanoTime();
        watch.sign(now);
        keypad.press(key, now);
    }

    /** What was sent to the caller was played up to a mark. */
    void played() {
        if (conversation != null) {
            conversation.heardByCaller();
            agentSide.hangUpWhenPlayed(conversation);
        }
    }

    /** The caller has left, or was taken by a human. */
    void left() {
        finish(leadSide.isHandedOver() ? DisconnectCause.HANDED_OVER : DisconnectCause.CALLER_LEFT);
    }

    /** A step failed. */
    void fail(RuntimeException failure) {
        log.error(failure, "a step of the call failed");
        finish(DisconnectCause.INTERNAL_ERROR);
    }

    /** The socket is closed; once, last. */
    void gone() {
        guarded(this::left);
        beat.stop();
        guarded(end::report);
        parts.registry().remove(this, stranger);
    }

    CallState state() {
        return state;
    }

    void become(CallState next) {
        state = next;
    }

    /** The call's first conversation, as soon as the agent may speak. */
    private void reach(CallFacts call) {
        flight.invited(call.webhookMillis(), call.issuedMillis());
        parts.news().subscribe(call.leadId(), leadSide);
        if (call.detecting()) {
            hold = new AnswerHold(System.nanoTime());
        } else {
            open(call, null);
        }
    }

    /** Opens a conversation; {@code soFar} is what was said in the one that was lost, null for the first. */
    private void open(CallFacts call, @Nullable List<Utterance> soFar) {
        Prepared prepared = parts.openings().prepare(call, soFar);
        Conversation next = new Conversation(
                call,
                agentSide,
                parts.events(),
                flight,
                parts.metrics(),
                prepared,
                parts.config().maxEarlyFrames());
        conversation = next;
        next.attach(AgentLeg.open(
                parts.dialler(), loop, parts.config().metadataTimeout(), prepared.opening(), agentSide.guard(next)));
    }

    /** Opens a conversation in place of one that was lost. */
    void reopen(CallFacts call, Conversation lost) {
        end.droppedBefore(lost.dropped());
        open(call, lost.turns());
    }

    /** Ends the call, whatever its state; harmless when it has ended. */
    void finish(DisconnectCause cause) {
        if (state instanceof CallState.Closed) {
            return;
        }
        close(cause, state.facts().map(CallFacts::callSid).orElse(null));
    }

    /** A step of this call; what it throws ends it. */
    void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException failure) {
            fail(failure);
        }
    }

    /** Machine detection has told who answered. */
    void answeredBy(String who) {
        if (hold != null) {
            hold.found(who);
        }
    }

    @Nullable Conversation conversation() {
        return conversation;
    }

    /** {@code toldCallSid}: whose end telephony-gateway is told, null for nobody's. */
    void close(DisconnectCause cause, @Nullable String toldCallSid) {
        CallFacts call = state.facts().orElse(null);
        state = state.closed(cause);
        accepted = null;
        if (call != null) {
            parts.news().unsubscribe(call.leadId(), leadSide);
        }
        end.end(cause, call, conversation, toldCallSid);
    }

    private void tick() {
        long now = System.nanoTime();
        carrier.tick(now);
        flight.tick();
        letSpeak(now);
        Conversation talk = conversation;
        if (talk == null || state instanceof CallState.Closed) {
            return;
        }
        talk.tick(carrier.isIdle(), now);
        if (talk.conversationId() != null) {
            keypad.message(now).ifPresent(talk::ask);
        }
        agentSide.hangUpWhenPlayed(talk);
        switch (watch.look(now, flight.callerSpokeNanos())) {
            case CallWatch.Due.Nothing ignored -> {}
            case CallWatch.Due.Inform(String text) -> talk.inform(text);
            case CallWatch.Due.Ask(String text) -> talk.ask(text);
            case CallWatch.Due.End(DisconnectCause cause) -> finish(cause);
        }
    }

    private void letSpeak(long nowNanos) {
        CallFacts call = state.facts().orElse(null);
        if (hold != null && call != null && hold.isOver(nowNanos, flight.callerSpokeNanos())) {
            hold = null;
            open(call, null);
        }
    }
}
