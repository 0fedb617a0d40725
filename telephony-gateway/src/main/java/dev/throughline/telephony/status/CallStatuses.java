package dev.throughline.telephony.status;

import dev.throughline.events.CallEvent.SpokeWith;
import dev.throughline.events.RecordedEvent;
import dev.throughline.telephony.call.CallEvents;
import dev.throughline.telephony.call.CallLedger;
import dev.throughline.telephony.call.CallOrigin;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.call.CallProgress;
import dev.throughline.telephony.call.CallRepository;
import dev.throughline.telephony.call.CallRow;
import dev.throughline.telephony.stream.StreamOutcome;
import dev.throughline.telephony.stream.StreamRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Moves calls forward by what is heard of them. Who moves a call to its end holds its row, so a call ends once. */
@Singleton
public final class CallStatuses {

    private final CallRepository calls;
    private final StreamRepository streams;
    private final CallLedger ledger;

    CallStatuses(CallRepository calls, StreamRepository streams, CallLedger ledger) {
        this.calls = calls;
        this.streams = streams;
        this.ledger = ledger;
    }

    /**
     * Whose call it is by its numbers, for a call nobody announced.
     *
     * @param origin as far as the report tells it
     */
    record Unannounced(CallParties parties, CallOrigin origin) {}

    /** Records news of a call that is known; does nothing of one that is not. Fails when it could not be stored. */
    public Uni<Void> record(StatusNews news) {
        return record(news, null);
    }

    /**
     * Records news.
     *
     * @param otherwise null when the numbers are nobody's
     * @return completes when it is durable, at once when there is nothing to say; fails when it could not be stored
     */
    Uni<Void> record(StatusNews news, @Nullable Unannounced otherwise) {
        List<RecordedEvent> withoutDatabase = otherwise == null
                ? List.of()
                : events(otherwise.parties(), news, news.time(), new End(news.reason(), SpokenWith.by(news.status())));
        return ledger.record(tx -> advance(tx, news, otherwise), withoutDatabase);
    }

    private Uni<List<RecordedEvent>> advance(SqlConnection tx, StatusNews news, @Nullable Unannounced otherwise) {
        return calls.lock(tx, news.callSid())
                .chain(row -> row != null || otherwise == null
                        ? Uni.createFrom().item(row)
                        : calls.createIfAbsent(tx, otherwise.parties(), otherwise.origin(), news.time())
                                .chain(() -> calls.lock(tx, news.callSid())))
                .chain(row -> row == null ? Uni.createFrom().item(List.of()) : advance(tx, news, row));
    }

    private Uni<List<RecordedEvent>> advance(SqlConnection tx, StatusNews news, CallRow call) {
        CallProgress before = call.progress();
        CallProgress after = before.after(news.status(), news.sequence());
        if (after.equals(before)) {
            return Uni.createFrom().item(List.of());
        }
        boolean moved = before.movesTo(news.status(), news.sequence());
        boolean ends = moved && news.status().terminal();
        // A call cannot move before it began, whatever the two clocks say.
        Instant time = news.time().isBefore(call.startedAt()) ? call.startedAt() : news.time();
        Uni<Void> written = after.status().terminal() && !ends
                ? Uni.createFrom().voidItem()
                : calls.advance(tx, news.callSid(), after, ends ? time : null, ends ? news.durationSeconds() : null);
        if (!moved) {
            return written.replaceWith(List.of());
        }
        return written.chain(() -> news.status().terminal()
                        ? streams.outcome(tx, news.callSid())
                        : Uni.createFrom().item(Optional.<StreamOutcome>empty()))
                .map(stream -> events(call.parties(), news, time, end(call, news, stream)));
    }

    /** What is known of a call's end besides its status. */
    private record End(@Nullable String reason, @Nullable SpokeWith spokeWith) {}

    private static End end(CallRow call, StatusNews news, Optional<StreamOutcome> stream) {
        String reason = stream.filter(told -> told != StreamOutcome.COMPLETED)
                .map(StreamOutcome::reason)
                .orElse(news.reason());
        return new End(reason, SpokenWith.of(call, news.status(), stream.orElse(null)));
    }

    private static List<RecordedEvent> events(CallParties parties, StatusNews news, Instant time, End end) {
        RecordedEvent changed = CallEvents.statusChanged(parties, news.status(), news.sequence(), time);
        return news.status().terminal()
                ? List.of(
                        changed,
                        CallEvents.ended(
                                parties, news.status(), news.durationSeconds(), end.reason(), end.spokeWith(), time))
                : List.of(changed);
    }
}
