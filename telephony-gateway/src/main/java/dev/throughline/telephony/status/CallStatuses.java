package dev.throughline.telephony.status;

import dev.throughline.events.RecordedEvent;
import dev.throughline.telephony.call.CallEvents;
import dev.throughline.telephony.call.CallLedger;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.call.CallProgress;
import dev.throughline.telephony.call.CallRepository;
import dev.throughline.telephony.call.CallRow;
import dev.throughline.telephony.call.CallStatus;
import dev.throughline.telephony.stream.StreamOutcome;
import dev.throughline.telephony.stream.StreamRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Moves calls forward by what Twilio reports of them. */
@Singleton
final class CallStatuses {

    private final CallRepository calls;
    private final StreamRepository streams;
    private final CallLedger ledger;

    CallStatuses(CallRepository calls, StreamRepository streams, CallLedger ledger) {
        this.calls = calls;
        this.streams = streams;
        this.ledger = ledger;
    }

    /**
     * Records a report.
     *
     * @param parties whose call it is by its numbers, for a call nobody announced; null when the numbers are nobody's
     * @return completes when it is durable, at once when there is nothing to say; fails when it could not be stored
     */
    Uni<Void> record(CallReport report, CallStatus status, @Nullable CallParties parties) {
        List<RecordedEvent> withoutDatabase =
                parties == null ? List.of() : events(parties, report, status, report.time(), sipReason(report, status));
        return ledger.record(tx -> advance(tx, report, status, parties), withoutDatabase);
    }

    private Uni<List<RecordedEvent>> advance(
            SqlConnection tx, CallReport report, CallStatus status, @Nullable CallParties parties) {
        return calls.lock(tx, report.callSid())
                .chain(row -> row != null || parties == null
                        ? Uni.createFrom().item(row)
                        : calls.createIfAbsent(tx, parties, report.origin(), report.time())
                                .chain(() -> calls.lock(tx, report.callSid())))
                .chain(row -> row == null ? Uni.createFrom().item(List.of()) : advance(tx, report, status, row));
    }

    private Uni<List<RecordedEvent>> advance(SqlConnection tx, CallReport report, CallStatus status, CallRow call) {
        CallProgress before = call.progress();
        CallProgress after = before.after(status, report.sequence());
        if (after.equals(before)) {
            return Uni.createFrom().item(List.of());
        }
        boolean moved = before.movesTo(status, report.sequence());
        boolean ends = moved && status.terminal();
        // A call cannot move before it began, whatever the two clocks say.
        Instant time = report.time().isBefore(call.startedAt()) ? call.startedAt() : report.time();
        Uni<Void> written = after.status().terminal() && !ends
                ? Uni.createFrom().voidItem()
                : calls.advance(
                        tx, report.callSid(), after, ends ? time : null, ends ? report.durationSeconds() : null);
        if (!moved) {
            return written.replaceWith(List.of());
        }
        return written.chain(() -> reason(tx, report, status))
                .map(reason -> events(call.parties(), report, status, time, reason.orElse(null)));
    }

    private Uni<Optional<String>> reason(SqlConnection tx, CallReport report, CallStatus status) {
        if (!status.terminal()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return streams.outcome(tx, report.callSid())
                .map(outcome -> outcome.filter(told -> told != StreamOutcome.COMPLETED)
                        .map(StreamOutcome::reason)
                        .or(() -> Optional.ofNullable(sipReason(report, status))));
    }

    private static @Nullable String sipReason(CallReport report, CallStatus status) {
        boolean unusual = status.terminal() && status != CallStatus.COMPLETED;
        return unusual && report.sipCode() != null ? "sip-" + report.sipCode() : null;
    }

    private static List<RecordedEvent> events(
            CallParties parties, CallReport report, CallStatus status, Instant time, @Nullable String reason) {
        RecordedEvent changed = CallEvents.statusChanged(parties, status, report.sequence(), time);
        return status.terminal()
                ? List.of(changed, CallEvents.ended(parties, status, report.durationSeconds(), reason, time))
                : List.of(changed);
    }
}
