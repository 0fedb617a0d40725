package dev.throughline.mediabridge.session;

import dev.throughline.events.CallFlight;
import dev.throughline.mediabridge.admission.CallFacts;
import dev.throughline.mediabridge.agent.EventLoop;
import dev.throughline.mediabridge.ending.DisconnectCause;
import dev.throughline.mediabridge.flight.CallTraces;
import dev.throughline.mediabridge.flight.FlightRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last steps of a call: the agent's socket closes at once, telephony-gateway is told, then Twilio's socket closes (Twilio asks what
 * comes next as soon as it has), and when that is done the flight record is published.
 */
final class CallEnd {

    private record Ended(
            DisconnectCause cause,
            CallFacts call,
            @Nullable String conversationId,
            @Nullable Integer agentCode,
            Dropped dropped,
            Instant at) {}

    private final BridgeParts parts;
    private final EventLoop loop;
    private final CarrierLeg carrier;
    private final FlightRecord flight;
    private final SessionLog log;
    private final Instant upgradedAt;
    private String streamSid = "";
    private Dropped droppedBefore = Dropped.NOTHING;
    private @Nullable Ended ended;

    CallEnd(
            BridgeParts parts,
            EventLoop loop,
            CarrierLeg carrier,
            FlightRecord flight,
            SessionLog log,
            Instant upgradedAt) {
        this.parts = parts;
        this.loop = loop;
        this.carrier = carrier;
        this.flight = flight;
        this.log = log;
        this.upgradedAt = upgradedAt;
    }

    /** The stream has begun. */
    void stream(String sid) {
        this.streamSid = sid;
    }

    /** A conversation was given up, having dropped this much. */
    void droppedBefore(Dropped frames) {
        droppedBefore = droppedBefore.plus(frames);
    }

    /**
     * Ends.
     *
     * @param call null when it is not known
     * @param toldCallSid whose end telephony-gateway is told; null for nobody's
     */
    void end(
            DisconnectCause cause,
            @Nullable CallFacts call,
            @Nullable Conversation talk,
            @Nullable String toldCallSid) {
        Dropped dropped = droppedBefore
                .plus(new Dropped(0, 0, carrier.dropped()))
                .plus(talk == null ? Dropped.NOTHING : talk.dropped());
        if (talk != null) {
            talk.end(cause.reason(0));
        }
        parts.metrics().ended(cause, dropped);
        log.info("stream ends, cause=%s", cause.tag());
        if (dropped.total() > 0) {
            log.warn(
                    "audio was dropped, waitingForAgent=%d toAgent=%d toCaller=%d",
                    dropped.waiting(), dropped.toAgent(), dropped.toCaller());
        }
        if (call != null) {
            String conversationId = talk == null ? null : talk.conversationId();
            Integer agentCode = talk == null ? null : talk.closeCode();
            ended = new Ended(cause, call, conversationId, agentCode, dropped, Instant.now());
        }
        carrier.stopReading();
        Runnable close = () -> loop.run(() -> carrier.close(cause));
        if (toldCallSid == null) {
            close.run();
        } else {
            parts.telephony()
                    .tell(toldCallSid, call == null ? null : call.tenant().id(), cause, close);
        }
    }

    /** Publishes the flight record of a call that was known; to be called once, when the socket is closed. */
    void report() {
        Ended last = ended;
        if (last == null) {
            return;
        }
        CallFacts call = last.call();
        CallFlight record = flight.finished(carrier.closeCode(), last.agentCode());
        parts.events()
                .quality(
                        call.call(),
                        streamSid,
                        flight.quality(
                                call.callId(),
                                last.conversationId(),
                                last.dropped().total(),
                                last.cause(),
                                record),
                        last.at());
        parts.traces()
                .record(
                        new CallTraces.Ids(call.callId(), last.conversationId(), call.traceparent()),
                        record,
                        upgradedAt,
                        last.at(),
                        last.cause().tag(),
                        last.cause().closeCode() != 1000);
    }
}
