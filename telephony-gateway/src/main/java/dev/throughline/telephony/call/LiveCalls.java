package dev.throughline.telephony.call;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** The rows of {@code calls} that have no end yet. */
@Singleton
public final class LiveCalls {

    /** A caller who only leaves a message, or is sent on to the business, takes no agent's time. */
    private static final String COUNT = """
            SELECT count(*) FROM calls
            WHERE tenant_id = $1 AND ended_at IS NULL AND call_sid <> $2 AND path <> 'DIRECT'
            """;

    private static final String ONE_BY_ONE = "SELECT pg_advisory_xact_lock(hashtextextended('live-calls:' || $1, 0))";

    private static final String PAGE = CallRepository.SELECT + """
            WHERE tenant_id = $1 AND ended_at IS NULL AND (started_at, call_sid) > ($2, $3)
            ORDER BY started_at, call_sid LIMIT $4
            """;

    private final Pool pool;
    private final CallConfig config;

    LiveCalls(Pool pool, CallConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /**
     * How many calls of a tenant have an agent. Until the transaction ends, nobody else counts this tenant's calls this way.
     *
     * @param aside the CallSid of the one that is not counted; empty = none
     */
    Uni<Long> countAlone(SqlClient transaction, UUID tenantId, String aside) {
        return transaction
                .preparedQuery(ONE_BY_ONE)
                .execute(Tuple.of(tenantId.toString()))
                .chain(() -> transaction.preparedQuery(COUNT).execute(Tuple.of(tenantId, aside)))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /**
     * A tenant's live calls, the oldest first. Fails when the database does not answer in time.
     *
     * @param after the start of the last one of the page before; the epoch = from the beginning
     * @param afterCallSid its CallSid
     */
    public Uni<List<CallRow>> page(UUID tenantId, Instant after, String afterCallSid, int most) {
        return Bounded.within(
                config.databaseWait(),
                pool.preparedQuery(PAGE)
                        .execute(Tuple.of(tenantId, after.atOffset(ZoneOffset.UTC), afterCallSid, most))
                        .map(CallRepository::all));
    }
}
