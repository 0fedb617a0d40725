package dev.throughline.telephony.call;

import dev.throughline.events.CallEvent.Direction;
import dev.throughline.events.CallEvent.Path;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code calls}. Every method runs in its caller's transaction and fails with the driver's exceptions. */
@Singleton
public final class CallRepository {

    private static final String INSERT = """
            INSERT INTO calls (call_sid, tenant_id, lead_id, announced, status, status_sequence, started_at,
                               direction, path, from_address, to_address, agent_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """;

    /** A row made by a status alone learns now which way the call took. */
    private static final String ANNOUNCE = INSERT + """
            ON CONFLICT (call_sid) DO UPDATE
            SET announced = true, direction = $8, path = $9, from_address = $10, to_address = $11, agent_id = $12
            WHERE NOT calls.announced
            """;

    private static final String CREATE = INSERT + "ON CONFLICT (call_sid) DO NOTHING";

    static final String SELECT = """
            SELECT call_sid, tenant_id, lead_id, status, status_sequence, human_answered, started_at, ended_at,
                   direction, path, from_address, to_address, agent_id
            FROM calls
            """;

    private static final String FIND = SELECT + "WHERE call_sid = $1";
    private static final String LOCK = FIND + " FOR UPDATE";

    private static final String ADVANCE = """
            UPDATE calls SET status = $2, status_sequence = $3, ended_at = $4, duration_seconds = $5
            WHERE call_sid = $1
            """;

    private static final String HUMAN_ANSWERED = "UPDATE calls SET human_answered = true WHERE call_sid = $1";

    /**
     * Writes the row of a call whose first webhook came, or that was just placed.
     *
     * @return whether this is the first time: false for a repeat of the webhook
     */
    public Uni<Boolean> announce(
            SqlClient transaction, CallParties call, CallOrigin origin, CallStatus status, Instant startedAt) {
        return transaction
                .preparedQuery(ANNOUNCE)
                .execute(values(call, origin, true, CallProgress.begun(status), startedAt))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Writes the row of a call of which nothing but a status was ever heard; does nothing when there is a row. */
    public Uni<Void> createIfAbsent(SqlClient transaction, CallParties call, CallOrigin origin, Instant now) {
        return transaction
                .preparedQuery(CREATE)
                .execute(values(call, origin, false, CallProgress.begun(CallStatus.QUEUED), now))
                .replaceWithVoid();
    }

    /** The row as it stands; empty when there is none. */
    public Uni<Optional<CallRow>> find(SqlClient client, String callSid) {
        return client.preparedQuery(FIND).execute(Tuple.of(callSid)).map(CallRepository::first);
    }

    /** The row, locked to the end of the transaction; null when there is none. */
    public Uni<@Nullable CallRow> lock(SqlClient transaction, String callSid) {
        return transaction.preparedQuery(LOCK).execute(Tuple.of(callSid)).map(rows -> first(rows)
                .orElse(null));
    }

    /** Writes how far the call has come; {@code endedAt} and {@code durationSeconds} are null while it lives. */
    public Uni<Void> advance(
            SqlClient transaction,
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

    /** Notes that somebody of the business took a call. */
    public Uni<Void> humanAnswered(SqlClient client, String callSid) {
        return client.preparedQuery(HUMAN_ANSWERED).execute(Tuple.of(callSid)).replaceWithVoid();
    }

    private static Tuple values(
            CallParties call, CallOrigin origin, boolean announced, CallProgress progress, Instant startedAt) {
        return Tuple.from(Arrays.asList(
                call.callSid(),
                call.tenantId(),
                call.leadId(),
                announced,
                progress.status().wire(),
                progress.sequence(),
                startedAt.atOffset(ZoneOffset.UTC),
                origin.direction().name(),
                origin.path() == null ? null : origin.path().name(),
                origin.from(),
                origin.to(),
                origin.agentId()));
    }

    /** The rows of a {@link #SELECT}, in its order. */
    static List<CallRow> all(RowSet<Row> rows) {
        List<CallRow> calls = new ArrayList<>();
        rows.forEach(row -> calls.add(read(row)));
        return List.copyOf(calls);
    }

    private static Optional<CallRow> first(RowSet<Row> rows) {
        return all(rows).stream().findFirst();
    }

    private static CallRow read(Row row) {
        CallParties parties =
                new CallParties(row.getString("call_sid"), row.getUUID("tenant_id"), row.getUUID("lead_id"));
        CallStatus status = CallStatus.of(row.getString("status")).orElseThrow();
        String path = row.getString("path");
        OffsetDateTime ended = row.getOffsetDateTime("ended_at");
        return new CallRow(
                parties,
                new CallOrigin(
                        Direction.valueOf(row.getString("direction")),
                        path == null ? null : Path.valueOf(path),
                        row.getString("from_address"),
                        row.getString("to_address"),
                        row.getString("agent_id")),
                new CallProgress(status, row.getInteger("status_sequence")),
                row.getBoolean("human_answered"),
                row.getOffsetDateTime("started_at").toInstant(),
                ended == null ? null : ended.toInstant());
    }
}
