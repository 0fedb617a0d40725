package dev.throughline.telephony.call;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The table {@code calls}. Every method runs in its caller's transaction and fails with the driver's exceptions. */
@Singleton
public final class CallRepository {

    private static final String ANNOUNCE = """
            INSERT INTO calls (call_sid, tenant_id, lead_id, announced, status, status_sequence, started_at)
            VALUES ($1, $2, $3, true, $4, $5, $6)
            ON CONFLICT (call_sid) DO UPDATE SET announced = true WHERE NOT calls.announced
            """;

    private static final String CREATE = """
            INSERT INTO calls (call_sid, tenant_id, lead_id, announced, status, status_sequence, started_at)
            VALUES ($1, $2, $3, false, $4, $5, $6)
            ON CONFLICT (call_sid) DO NOTHING
            """;

    private static final String LOCK = """
            SELECT call_sid, tenant_id, lead_id, status, status_sequence, started_at
            FROM calls WHERE call_sid = $1 FOR UPDATE
            """;

    private static final String ADVANCE = """
            UPDATE calls SET status = $2, status_sequence = $3, ended_at = $4, duration_seconds = $5
            WHERE call_sid = $1
            """;

    /**
     * Writes the row of a call whose first webhook came.
     *
     * @return whether this is the first time: false for a repeat of the webhook
     */
    public Uni<Boolean> announce(SqlConnection transaction, CallParties call, CallStatus status, Instant startedAt) {
        return transaction
                .preparedQuery(ANNOUNCE)
                .execute(values(call, CallProgress.begun(status), startedAt))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Writes the row of a call of which nothing but a status was ever heard; does nothing when there is a row. */
    public Uni<Void> createIfAbsent(SqlConnection transaction, CallParties call, Instant now) {
        return transaction
                .preparedQuery(CREATE)
                .execute(values(call, CallProgress.begun(CallStatus.QUEUED), now))
                .replaceWithVoid();
    }

    /** The row, locked to the end of the transaction; null when there is none. */
    public Uni<@Nullable CallRow> lock(SqlConnection transaction, String callSid) {
        return transaction.preparedQuery(LOCK).execute(Tuple.of(callSid)).map(rows -> {
            var row = rows.iterator();
            return row.hasNext() ? read(row.next()) : null;
        });
    }

    /** Writes how far the call has come; {@code endedAt} and {@code durationSeconds} are null while it lives. */
    public Uni<Void> advance(
            SqlConnection transaction,
            String callSid,
            CallProgress progress,
            @Nullable Instant endedAt,
            @Nullable Integer durationSeconds) {
        return transaction
                .preparedQuery(ADVANCE)
                .execute(Tuple.of(
                        callSid,
                        progress.status().wire(),
                        progress.sequence(),
                        endedAt == null ? null : endedAt.atOffset(ZoneOffset.UTC),
                        durationSeconds))
                .replaceWithVoid();
    }

    private static Tuple values(CallParties call, CallProgress progress, Instant startedAt) {
        return Tuple.of(
                call.callSid(),
                call.tenantId(),
                call.leadId(),
                progress.status().wire(),
                progress.sequence(),
                startedAt.atOffset(ZoneOffset.UTC));
    }

    private static CallRow read(Row row) {
        CallParties parties =
                new CallParties(row.getString("call_sid"), row.getUUID("tenant_id"), row.getUUID("lead_id"));
        CallStatus status = CallStatus.of(row.getString("status")).orElseThrow();
        return new CallRow(
                parties,
                new CallProgress(status, row.getInteger("status_sequence")),
                row.getOffsetDateTime("started_at").toInstant());
    }
}
