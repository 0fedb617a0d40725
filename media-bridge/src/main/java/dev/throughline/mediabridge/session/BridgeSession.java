package dev.throughline.mediabridge.session;

import dev.throughline.mediabridge.admission.CallFacts;
import dev.throughline.mediabridge.admission.StreamTokens;
import dev.throughline.mediabridge.agent.AgentLeg;
import dev.throughline.mediabridge.agent.EventLoop;
import dev.throughline.mediabridge.agent.Keypad;
import dev.throughline.mediabridge.carrier.CarrierFrame;
import dev.throughline.mediabridge.carrier.CarrierSocket;
import dev.throughline.mediabridge.ending.DisconnectCause;
import dev.throughline.mediabridge.events.Utterance;
import dev.throughline.mediabridge.flight.FlightRecord;
import dev.throughline.mediabridge.opening.Prepared;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call on this bridge, from the stream's upgrade to its close: it brings Twilio's leg and the agent's together; its states are drawn at
 * {@link CallState}. What the agent does to it is in {@link AgentSide}, what happens to its lead in {@link LeadSide}, its last steps in {@link CallEnd}. Everything happens on the
 * event loop of the carrier's socket, so there are no locks.
 */
final class BridgeSession implements CarrierLeg.Owner {

    private static final long TICK_MILLIS = 250;

    private final EventLoop loop;
    private final BridgeParts parts;
    private final SessionLog log = new SessionLog();
    private final CarrierLeg carrier;
    private final Keypad keypad = new Keypad();
    private final FlightRecord flight;
    private final CallWatch watch;
    private final CallEnd end;
    private final AgentSide agentSide;
    private final LeadSide leadSide;
    private final long timer;
    private CallState state = new CallState.Unannounced();
    private @Nullable Conversation conversation;
    private volatile @Nullable String callSid;
    private boolean stranger;

    BridgeSession(CarrierSocket socket, EventLoop loop, BridgeParts parts) {
        long now = System.nanoTime();
        Instant upgradedAt = Instant.now();
        this.loop = loop;
        this.parts = parts;
        this.carrier = new CarrierLeg(socket, this, parts.config(), parts.metrics());
        this.flight = new FlightRecord(parts.flightMetrics(), now, upgradedAt);
        this.watch = new CallWatch(parts.config(), now);
        this.end = new CallEnd(parts, loop, carrier, flight, log, upgradedAt);
        this.agentSide = new AgentSide(this, carrier, flight, log, parts);
        this.leadSide = new LeadSide(this, loop);
        this.timer = loop.every(TICK_MILLIS, () -> guarded(this::tick));
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
                open(expected, null);
            });
        }
    }

    /** The call, once it was accepted. From any thread. */
    @Nullable String callSid() {
        return callSid;
    }

    /** The service stops and the grace is over. From any thread. */
    void shutDown() {
        loop.run(() -> guarded(() -> finish(DisconnectCause.SHUTDOWN)));
    }

    CallState state() {
        return state;
    }

    void become(CallState next) {
        state = next;
    }

    @Override
    public void onStart(CarrierFrame.Start start) {
        CallFacts expected = state.facts().orElse(null);
        switch (parts.tokens().check(start, expected, Instant.now())) {
            case StreamTokens.Verdict.Refused(DisconnectCause cause) -> refuse(start, cause);
            case StreamTokens.Verdict.Accepted(CallFacts call) -> accept(call, start.streamSid());
        }
    }

    @Override
    public void onCallerAudio(String payload, long receivedNanos) {
        flight.callerFrame(payload, receivedNanos);
        if (conversation != null) {
            conversation.hear(payload, receivedNanos);
        }
    }

    @Override
    public void onPlayed() {
        if (conversation != null) {
            conversation.heardByCaller();
            agentSide.hangUpWhenPlayed(conversation);
        }
    }

    @Override
    public void onKey(String key) {
        long now = System.nanoTime();
        watch.sign(now);
        keypad.press(key, now);
    }

    @Override
    public void onWritten(long receivedNanos) {
        flight.frameToCaller(receivedNanos);
    }

    @Override
    public void onViolation(DisconnectCause cause) {
        guarded(() -> finish(cause));
    }

    @Override
    public void onLeft() {
        guarded(() -> finish(leadSide.isHandedOver() ? DisconnectCause.HANDED_OVER : DisconnectCause.CALLER_LEFT));
    }

    @Override
    public void onFailure(RuntimeException failure) {
        log.error(failure, "a step of the call failed");
        finish(DisconnectCause.INTERNAL_ERROR);
    }

    @Override
    public void onGone() {
        onLeft();
        loop.cancel(timer);
        guarded(end::report);
        parts.registry().remove(this, stranger);
    }

    /** Opens a conversation; {@code soFar} is what was said in the one that was lost, null for the first. */
    void open(CallFacts call, @Nullable List<Utterance> soFar) {
        if (soFar == null) {
            flight.invited(call.webhookMillis(), call.issuedMillis());
            parts.news().subscribe(call.leadId(), leadSide);
        }
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
            onFailure(failure);
        }
    }

    @Nullable Conversation conversation() {
        return conversation;
    }

    private void accept(CallFacts call, String streamSid) {
        boolean early = state instanceof CallState.Expected;
        callSid = call.callSid();
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
            open(call, null);
        }
        carrier.accept(streamSid);
    }

    private void refuse(CarrierFrame.Start start, DisconnectCause cause) {
        log.warn("stream refused, callId=%s cause=%s", start.callSid(), cause.tag());
        // A replayed start must not decide what a live call hears next.
        boolean told =
                cause != DisconnectCause.MALFORMED_START && !parts.registry().carries(start.callSid());
        close(cause, told ? start.callSid() : null);
    }

    /** {@code toldCallSid}: whose end telephony-gateway is told, null for nobody's. */
    private void close(DisconnectCause cause, @Nullable String toldCallSid) {
        CallFacts call = state.facts().orElse(null);
        state = state.closed(cause);
        callSid = null;
        if (call != null) {
            parts.news().unsubscribe(call.leadId(), leadSide);
        }
        end.end(cause, call, conversation, toldCallSid);
    }

    private void tick() {
        long now = System.nanoTime();
        carrier.tick(now);
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
}
