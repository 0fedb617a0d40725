package dev.throughline.telephony.reaper;

import dev.throughline.telephony.call.CallStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Finds the calls about which Twilio is to be asked. */
@Singleton
final class OverdueCalls {

    /**
     * Takes calls by setting the time of their next question, so that the questions themselves hold no transaction, and a replica that dies
     * over one has only delayed it.
     */
    private static final String TAKE = """
            UPDATE calls SET
                checks = checks + 1,
                next_check_at = $1 + interval '1 millisecond' * CASE WHEN path = 'NATIVE' THEN $2::bigint
                    ELSE least($3::bigint * (2 ^ least(checks, 20))::bigint, $4::bigint) END
            WHERE call_sid IN (
                SELECT call_sid FROM calls
                WHERE ended_at IS NULL
                  AND coalesce(next_check_at, started_at + interval '1 millisecond'
                        * CASE WHEN path = 'NATIVE' THEN $2::bigint ELSE $3::bigint END) <= $1
                ORDER BY coalesce(next_check_at, started_at)
                LIMIT $5
                FOR UPDATE SKIP LOCKED)
            RETURNING call_sid, status, started_at
            """;

    private final Pool pool;
    private final ReaperConfig config;

    OverdueCalls(Pool pool, ReaperConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /** A call without an end; {@code status} is the last one heard. */
    record Overdue(String callSid, CallStatus status, Instant startedAt) {}

    /** Takes at most {@code throughline.telephony.reaper.batch} calls; no other replica gets them before their next time. */
    Uni<List<Overdue>> take(Instant now) {
        return pool.preparedQuery(TAKE)
                .execute(Tuple.of(
                        now.atOffset(ZoneOffset.UTC),
                        config.nativePause().toMillis(),
                        config.firstAsk().toMillis(),
                        config.longestPause().toMillis(),
                        config.batch()))
                .map(OverdueCalls::read);
    }

    private static List<Overdue> read(RowSet<Row> rows) {
        List<Overdue> calls = new ArrayList<>();
        for (Row row : rows) {
            calls.add(new Overdue(
                    row.getString("call_sid"),
                    CallStatus.of(row.getString("status")).orElse(CallStatus.QUEUED),
                    row.getOffsetDateTime("started_at").toInstant()));
        }
        return calls;
    }
}
