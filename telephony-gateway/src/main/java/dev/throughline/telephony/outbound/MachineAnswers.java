package dev.throughline.telephony.outbound;

import dev.throughline.events.RecordedEvent;
import dev.throughline.platform.twilio.SendOutcome;
import dev.throughline.telephony.call.Bounded;
import dev.throughline.telephony.call.CallConfig;
import dev.throughline.telephony.call.CallEvents;
import dev.throughline.telephony.call.CallLedger;
import dev.throughline.telephony.call.CallMetrics;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.twilio.CallChange;
import dev.throughline.telephony.twilio.TwilioCall;
import dev.throughline.telephony.twilio.TwilioCalls;
import dev.throughline.telephony.twilio.VoiceTwiml;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Does what the tenant wants done about an answering machine, once per call. */
@Singleton
final class MachineAnswers {

    private static final Logger LOG = Logger.getLogger(MachineAnswers.class);

    /** Ending a call twice ends it once, so an unclear end may be repeated; a message may not. */
    private static final int MOST_HANG_UPS = 3;

    private final OutboundRepository rows;
    private final CallLedger ledger;
    private final TwilioCalls twilio;
    private final CallMetrics metrics;
    private final Pool pool;
    private final CallConfig config;
    private final Clock clock;

    MachineAnswers(
            OutboundRepository rows,
            CallLedger ledger,
            TwilioCalls twilio,
            CallMetrics metrics,
            Pool pool,
            CallConfig config,
            Clock clock) {
        this.rows = rows;
        this.ledger = ledger;
        this.twilio = twilio;
        this.metrics = metrics;
        this.pool = pool;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Takes a finding: publishes {@code call.answered-by} and acts upon it. A repeat does neither. Fails when it could not be stored; nothing
     * was done then.
     *
     * @param answeredBy Twilio's word
     */
    Uni<Void> found(UUID id, String callSid, String answeredBy) {
        return Bounded.within(config.databaseWait(), rows.byId(pool, id))
                .chain(row ->
                        row.isEmpty() || !callSid.equals(row.get().progress().callSid())
                                ? Uni.createFrom().voidItem()
                                : found(row.get(), callSid, answeredBy));
    }

    private Uni<Void> found(OutboundRow row, String callSid, String answeredBy) {
        LOG.infof("the call was answered by %s", answeredBy);
        metrics.answered("outbound-" + (answeredBy.equals("human") ? "human" : "other"));
        AtomicBoolean first = new AtomicBoolean();
        RecordedEvent event = CallEvents.answeredBy(
                new CallParties(callSid, row.plan().tenantId(), row.plan().leadId()), answeredBy, clock.instant());
        return ledger.record(
                        tx -> rows.answered(tx, row.id(), answeredBy).map(noted -> {
                            first.set(noted);
                            return noted ? List.of(event) : List.of();
                        }),
                        List.of())
                .chain(() -> first.get()
                        ? act(callSid, row.plan(), answeredBy)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> act(String callSid, Plan plan, String answeredBy) {
        return switch (AfterDetection.of(plan.machinePolicy(), plan.machineMessage(), answeredBy)) {
            case AfterDetection.GoOn ignored -> Uni.createFrom().voidItem();
            case AfterDetection.HangUp ignored -> hangUp(callSid, MOST_HANG_UPS);
            case AfterDetection.LeaveMessage(String message) ->
                twilio.update(callSid, new CallChange.Twiml(VoiceTwiml.sayAndHangUp(message)))
                        .invoke(outcome -> report("message", outcome))
                        .replaceWithVoid();
        };
    }

    private Uni<Void> hangUp(String callSid, int left) {
        return twilio.update(callSid, new CallChange.HangUp())
                .invoke(outcome -> report("hang-up", outcome))
                .chain(outcome -> outcome instanceof SendOutcome.Unclear<TwilioCall> && left > 1
                        ? hangUp(callSid, left - 1)
                        : Uni.createFrom().voidItem());
    }

    private void report(String what, SendOutcome<TwilioCall> outcome) {
        switch (outcome) {
            case SendOutcome.Accepted<TwilioCall> accepted -> metrics.answered("outbound-machine-" + what);
            case SendOutcome.Refused<TwilioCall> refused ->
                LOG.warnf("machine: %s refused, status=%d code=%d", what, refused.httpStatus(), refused.code());
            case SendOutcome.Unclear<TwilioCall> unclear ->
                LOG.warnf("machine: %s unclear, reason=%s", what, unclear.reason());
        }
    }
}
