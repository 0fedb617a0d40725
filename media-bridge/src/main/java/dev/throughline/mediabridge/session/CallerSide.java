package dev.throughline.mediabridge.session;

import dev.throughline.mediabridge.admission.CallFacts;
import dev.throughline.mediabridge.admission.StreamTokens;
import dev.throughline.mediabridge.carrier.CarrierFrame;
import dev.throughline.mediabridge.ending.DisconnectCause;
import dev.throughline.mediabridge.flight.FlightRecord;
import java.time.Instant;

/** What the caller does to its call, and Twilio for him: the stream says which call it is, he speaks, presses keys, has heard, is gone. */
final class CallerSide implements CarrierOwner {

    private final BridgeSession session;
    private final FlightRecord flight;
    private final SessionLog log;
    private final BridgeParts parts;

    CallerSide(BridgeSession session, FlightRecord flight, SessionLog log, BridgeParts parts) {
        this.session = session;
        this.flight = flight;
        this.log = log;
        this.parts = parts;
    }

    @Override
    public void onStart(CarrierFrame.Start start) {
        CallFacts expected = session.state().facts().orElse(null);
        switch (parts.tokens().check(start, expected, Instant.now())) {
            case StreamTokens.Verdict.Refused(DisconnectCause cause) -> refuse(start, cause);
            case StreamTokens.Verdict.Accepted(CallFacts call) -> session.start(call, start.streamSid());
        }
    }

    @Override
    public void onCallerAudio(String payload, long receivedNanos) {
        flight.callerFrame(payload, receivedNanos);
        Conversation talk = session.conversation();
        if (talk != null) {
            talk.hear(payload, receivedNanos);
        }
    }

    @Override
    public void onPlayed() {
        session.played();
    }

    @Override
    public void onKey(String key) {
        session.press(key);
    }

    @Override
    public void onWritten(long receivedNanos) {
        flight.frameToCaller(receivedNanos);
    }

    @Override
    public void onSaid(long millis, long nowNanos) {
        flight.said(millis, nowNanos);
    }

    @Override
    public void onViolation(DisconnectCause cause) {
        session.guarded(() -> session.finish(cause));
    }

    @Override
    public void onLeft() {
        session.guarded(session::left);
    }

    @Override
    public void onFailure(RuntimeException failure) {
        session.fail(failure);
    }

    @Override
    public void onGone() {
        session.gone();
    }

    private void refuse(CarrierFrame.Start start, DisconnectCause cause) {
        log.warn("stream refused, callId=%s cause=%s", start.callSid(), cause.tag());
        // A replayed start must not decide what a live call hears next.
        boolean told =
                cause != DisconnectCause.MALFORMED_START && !parts.registry().carries(start.callSid());
        session.close(cause, told ? start.callSid() : null);
    }
}
