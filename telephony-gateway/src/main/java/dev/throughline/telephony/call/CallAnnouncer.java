package dev.throughline.telephony.call;

import dev.throughline.events.RecordedEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Tells that a call began: once, however often its webhook comes. */
@Singleton
public final class CallAnnouncer {

    private final CallRepository calls;
    private final LiveCalls live;
    private final CallLedger ledger;
    private final Pool pool;
    private final CallConfig config;
    private final Clock clock;

    CallAnnouncer(CallRepository calls, LiveCalls live, CallLedger ledger, Pool pool, CallConfig config, Clock clock) {
        this.calls = calls;
        this.live = live;
        this.ledger = ledger;
        this.pool = pool;
        this.config = config;
        this.clock = clock;
    }

    /** Writes the call and {@code call.started}; completes when that is durable. */
    public Uni<Void> announce(CallParties parties, CallOrigin origin, CallStatus status) {
        Instant now = clock.instant();
        RecordedEvent started = CallEvents.started(parties, origin, now);
        return ledger.record(
                tx -> calls.announce(tx, parties, origin, status, now)
                        .map(first -> first ? List.of(started) : List.of()),
                List.of(started));
    }

    /**
     * Takes one of the tenant's {@code mostCalls} places for a call that is announced afterwards; true where the database does not answer.
     *
     * @param mostCalls null = no limit
     */
    public Uni<Boolean> reserve(@Nullable Integer mostCalls, CallParties parties, CallOrigin origin) {
        if (mostCalls == null) {
            return Uni.createFrom().item(true);
        }
        Instant now = clock.instant();
        Uni<Boolean> transaction = pool.withTransaction(tx -> live.countAlone(tx, parties.tenantId(), parties.callSid())
                .chain(others -> others >= mostCalls
                        ? Uni.createFrom().item(false)
                        : calls.createIfAbsent(tx, parties, origin, now).replaceWith(true)));
        return Bounded.within(config.databaseWait(), transaction).onFailure().recoverWithItem(true);
    }

    /**
     * Whether the tenant has fewer than {@code mostCalls} with an agent. Within a transaction, until whose end nobody else counts them so;
     * fails with the driver's exceptions.
     *
     * @param mostCalls null = no limit
     */
    public Uni<Boolean> hasRoom(SqlClient tx, @Nullable Integer mostCalls, UUID tenantId) {
        return mostCalls == null
                ? Uni.createFrom().item(true)
                : live.countAlone(tx, tenantId, "").map(others -> others < mostCalls);
    }

    /**
     * As {@link #announce} unless the tenant has {@code mostCalls} with an agent already; two calls at once are counted one after the
     * other. Where the database does not answer, the call goes on: a limit is not worth a lost call.
     *
     * @param mostCalls null = no limit
     * @return false when it was not announced
     */
    public Uni<Boolean> announceUnder(
            @Nullable Integer mostCalls, CallParties parties, CallOrigin origin, CallStatus status) {
        if (mostCalls == null) {
            return announce(parties, origin, status).replaceWith(true);
        }
        Instant now = clock.instant();
        RecordedEvent started = CallEvents.started(parties, origin, now);
        AtomicBoolean full = new AtomicBoolean();
        return ledger.record(
                        tx -> live.countAlone(tx, parties.tenantId(), parties.callSid())
                                .chain(others -> {
                                    full.set(others >= mostCalls);
                                    return full.get()
                                            ? Uni.createFrom().item(List.of())
                                            : calls.announce(tx, parties, origin, status, now)
                                                    .map(first -> first ? List.of(started) : List.of());
                                }),
                        List.of(started))
                .map(ignored -> !full.get());
    }
}
