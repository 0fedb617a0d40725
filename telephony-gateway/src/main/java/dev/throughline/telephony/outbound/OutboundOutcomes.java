package dev.throughline.telephony.outbound;

import dev.throughline.events.RecordedEvent;
import dev.throughline.platform.logging.LogIds;
import dev.throughline.telephony.call.CallEvents;
import dev.throughline.telephony.call.CallLedger;
import dev.throughline.telephony.call.CallMetrics;
import dev.throughline.telephony.call.CallOrigin;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.call.CallRepository;
import dev.throughline.telephony.call.CallStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes what became of a request for a call, with the events that tell of it. */
@Singleton
final class OutboundOutcomes {

    private static final Logger LOG = Logger.getLogger(OutboundOutcomes.class);

    private final OutboundRepository rows;
    private final CallRepository calls;
    private final CallLedger ledger;
    private final Pool pool;
    private final CallMetrics metrics;
    private final OutboundConfig config;
    private final Clock clock;

    OutboundOutcomes(
            OutboundRepository rows,
            CallRepository calls,
            CallLedger ledger,
            Pool pool,
            CallMetrics metrics,
            OutboundConfig config,
            Clock clock) {
        this.rows = rows;
        this.calls = calls;
        this.ledger = ledger;
        this.pool = pool;
        this.metrics = metrics;
        this.config = config;
        this.clock = clock;
    }

    /**
     * There is a call: publishes {@code call.started} and {@code call.questions-asked} as soon as its CallSid is known, once however
     * often it is told. Where the database does not answer the events go to Kafka, and the background brings the row to it.
     */
    Uni<OutboundRow> placed(OutboundRow row, @Nullable String callSid, @Nullable String conversationId) {
        Instant now = clock.instant();
        OutboundRow after = row.with(row.progress().placed(callSid, conversationId));
        LogIds.of()
                .call(after.progress().callSid())
                .conversation(after.progress().conversationId());
        return ledger.record(tx -> place(tx, after, now), events(after, now)).replaceWith(after);
    }

    /** There is no call. */
    Uni<OutboundRow> refused(OutboundRow row, Refusal refusal) {
        LOG.warnf("call out refused, via=%s code=%s", row.plan().via().wire(), refusal.code());
        metrics.answered("outbound-refused");
        return rows.refused(pool, row.id(), refusal)
                .replaceWith(row.with(row.progress().ended(OutboundState.REFUSED, refusal)));
    }

    /** There may be a call; the background goes on looking. */
    Uni<OutboundRow> unknown(OutboundRow row) {
        LOG.warnf(
                "call out unclear, via=%s: it is looked for in the background",
                row.plan().via().wire());
        metrics.answered("outbound-unknown");
        return rows.unknown(pool, row.id(), clock.instant().plus(config.checkPause()))
                .replaceWith(row.with(row.progress().ended(OutboundState.UNKNOWN, null)));
    }

    /** Nobody knows of a call, and by now somebody would. */
    Uni<Void> notFound(OutboundRow row) {
        LOG.warnf(
                "call out not found, via=%s: it was never made",
                row.plan().via().wire());
        metrics.answered("outbound-not-found");
        return rows.notFound(pool, row.id());
    }

    private Uni<List<RecordedEvent>> place(SqlClient tx, OutboundRow after, Instant now) {
        Progress progress = after.progress();
        return rows.placed(tx, after.id(), progress.callSid(), progress.conversationId(), now.plus(config.checkPause()))
                .chain(written -> {
                    if (written.isEmpty() || written.get().progress().callSid() == null) {
                        return Uni.createFrom().item(List.of());
                    }
                    return announce(tx, written.get(), now);
                });
    }

    private Uni<List<RecordedEvent>> announce(SqlClient tx, OutboundRow row, Instant now) {
        return calls.announce(tx, parties(row), origin(row), CallStatus.QUEUED, now)
                .map(first -> {
                    if (!first) {
                        return List.of();
                    }
                    LOG.infof("call placed, via=%s", row.plan().via().wire());
                    metrics.answered("outbound-" + row.plan().via().wire());
                    return events(row, now);
                });
    }

    private static List<RecordedEvent> events(OutboundRow row, Instant now) {
        if (row.progress().callSid() == null) {
            return List.of();
        }
        CallParties parties = parties(row);
        List<RecordedEvent> events = new ArrayList<>();
        events.add(CallEvents.started(parties, origin(row), now));
        if (!row.plan().questions().isEmpty()) {
            events.add(CallEvents.questionsAsked(
                    parties, row.progress().conversationId(), row.plan().questions(), now));
        }
        return events;
    }

    static CallParties parties(OutboundRow row) {
        return new CallParties(
                Objects.requireNonNull(row.progress().callSid(), "the call is known"),
                row.plan().tenantId(),
                row.plan().leadId());
    }

    private static CallOrigin origin(OutboundRow row) {
        return CallOrigin.outbound(
                row.plan().via().path(),
                Objects.requireNonNullElse(row.progress().fromNumber(), ""),
                row.plan().customer(),
                row.plan().agentId());
    }
}
