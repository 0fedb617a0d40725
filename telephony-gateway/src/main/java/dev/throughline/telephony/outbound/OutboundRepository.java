package dev.throughline.telephony.outbound;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code outbound_calls}. Fails with the driver's exceptions. */
@Singleton
final class OutboundRepository {

    private static final String INSERT = """
            INSERT INTO outbound_calls (id, tenant_id, lead_id, customer, via, agent_id, agent_named, questions, variables,
                machine_policy, machine_message, idempotency_key, fingerprint, state, from_number, next_check_at,
                created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17)
            ON CONFLICT (tenant_id, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
            """;

    private static final String BY_KEY = "SELECT * FROM outbound_calls WHERE tenant_id = $1 AND idempotency_key = $2";

    private static final String BY_ID = "SELECT * FROM outbound_calls WHERE id = $1";

    /** Calls that have an agent, counted as those that come in are, and requests that may yet turn out to be calls. */
    private static final String LIVE = """
            SELECT (SELECT count(*) FROM calls WHERE tenant_id = $1 AND ended_at IS NULL AND path <> 'DIRECT')
                 + (SELECT count(*) FROM outbound_calls WHERE tenant_id = $1 AND state IN ('PLACING', 'UNKNOWN')) AS live
            """;

    private static final String FROM = "UPDATE outbound_calls SET from_number = $2, updated_at = now() WHERE id = $1";

    /** A call that was proven exists, whatever was believed before; only a refusal stands, which the provider gave itself. */
    private static final String PLACED = """
            UPDATE outbound_calls
            SET state = 'PLACED', call_sid = coalesce(call_sid, $2), conversation_id = coalesce(conversation_id, $3),
                next_check_at = CASE WHEN coalesce(call_sid, $2) IS NULL THEN $4::timestamptz END, updated_at = now()
            WHERE id = $1 AND state <> 'REFUSED'
              AND NOT EXISTS (SELECT 1 FROM outbound_calls o WHERE o.call_sid = $2 AND o.id <> $1)
            RETURNING *
            """;

    private static final String REFUSED = """
            UPDATE outbound_calls
            SET state = 'REFUSED', refusal = $2, next_check_at = NULL, updated_at = now(),
                idempotency_key = CASE WHEN $3 THEN NULL ELSE idempotency_key END
            WHERE id = $1 AND state IN ('PLACING', 'UNKNOWN')
            """;

    private static final String UNKNOWN = """
            UPDATE outbound_calls SET state = 'UNKNOWN', next_check_at = $2, updated_at = now()
            WHERE id = $1 AND state = 'PLACING'
            """;

    private static final String NOT_FOUND = """
            UPDATE outbound_calls SET state = 'NOT_FOUND', next_check_at = NULL, updated_at = now()
            WHERE id = $1 AND state IN ('PLACING', 'UNKNOWN')
            """;

    private static final String CLAIM = """
            UPDATE outbound_calls SET checks = checks + 1, next_check_at = $2
            WHERE id = (SELECT id FROM outbound_calls WHERE next_check_at <= $1
                        ORDER BY next_check_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING *
            """;

    private static final String NEXT_CHECK = "UPDATE outbound_calls SET next_check_at = $2 WHERE id = $1";

    /** Calls that are another's: of another request, or that came to us. */
    private static final String TAKEN = """
            SELECT call_sid FROM outbound_calls WHERE call_sid = ANY($1) AND id <> $2
            UNION SELECT call_sid FROM calls WHERE call_sid = ANY($1) AND announced
            """;

    private static final String ANSWERED = """
            UPDATE outbound_calls SET answered_by = $2, updated_at = now() WHERE id = $1 AND answered_by IS NULL
            """;

    /** Writes the row; false when the tenant's key is in use. {@code nextCheck}: when its process would count as dead. */
    Uni<Boolean> insert(SqlClient tx, OutboundRow row, @Nullable String key, Instant nextCheck) {
        Plan plan = row.plan();
        return tx.preparedQuery(INSERT)
                .execute(Tuple.from(Arrays.asList(
                        row.id(),
                        plan.tenantId(),
                        plan.leadId(),
                        plan.customer(),
                        plan.via().name(),
                        plan.agentId(),
                        plan.agentNamed(),
                        Questions.json(plan.questions()),
                        new JsonObject(new HashMap<>(plan.variables())),
                        plan.machinePolicy().name(),
                        plan.machineMessage(),
                        key,
                        row.fingerprint(),
                        row.state().name(),
                        row.progress().fromNumber(),
                        utc(nextCheck),
                        utc(row.createdAt()))))
                .map(rows -> rows.rowCount() == 1);
    }

    Uni<Optional<OutboundRow>> byKey(SqlClient client, UUID tenantId, String key) {
        return client.preparedQuery(BY_KEY).execute(Tuple.of(tenantId, key)).map(OutboundRepository::first);
    }

    Uni<Optional<OutboundRow>> byId(SqlClient client, UUID id) {
        return client.preparedQuery(BY_ID).execute(Tuple.of(id)).map(OutboundRepository::first);
    }

    /** How many calls the tenant has. Holds other requests of the tenant up until the transaction's end. */
    Uni<Long> live(SqlClient tx, UUID tenantId) {
        return tx.preparedQuery("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
                .execute(Tuple.of("outbound:" + tenantId))
                .chain(() -> tx.preparedQuery(LIVE).execute(Tuple.of(tenantId)))
                .map(rows -> rows.iterator().next().getLong("live"));
    }

    Uni<Void> from(SqlClient client, UUID id, String number) {
        return client.preparedQuery(FROM).execute(Tuple.of(id, number)).replaceWithVoid();
    }

    /**
     * There is a call.
     *
     * @param nextCheck when to ask for its CallSid, where that is not known
     * @return the row after it; empty when the call is another request's, or the provider had refused
     */
    Uni<Optional<OutboundRow>> placed(
            SqlClient tx, UUID id, @Nullable String callSid, @Nullable String conversationId, Instant nextCheck) {
        return tx.preparedQuery(PLACED)
                .execute(Tuple.of(id, callSid, conversationId, utc(nextCheck)))
                .map(OutboundRepository::first);
    }

    Uni<Void> refused(SqlClient client, UUID id, Refusal refusal) {
        return client.preparedQuery(REFUSED)
                .execute(Tuple.of(id, refusal.json(), refusal.passing()))
                .replaceWithVoid();
    }

    Uni<Void> unknown(SqlClient client, UUID id, Instant nextCheck) {
        return client.preparedQuery(UNKNOWN)
                .execute(Tuple.of(id, utc(nextCheck)))
                .replaceWithVoid();
    }

    Uni<Void> notFound(SqlClient client, UUID id) {
        return client.preparedQuery(NOT_FOUND).execute(Tuple.of(id)).replaceWithVoid();
    }

    /** Takes one row that is to be looked up; no other replica takes it before {@code until}. */
    Uni<Optional<OutboundRow>> claim(SqlClient client, Instant now, Instant until) {
        return client.preparedQuery(CLAIM)
                .execute(Tuple.of(utc(now), utc(until)))
                .map(OutboundRepository::first);
    }

    Uni<Void> nextCheck(SqlClient client, UUID id, @Nullable Instant at) {
        return client.preparedQuery(NEXT_CHECK)
                .execute(Tuple.of(id, at == null ? null : utc(at)))
                .replaceWithVoid();
    }

    /** Which of these calls are known to be something else than what {@code id} asked for. */
    Uni<Set<String>> taken(SqlClient client, UUID id, Collection<String> callSids) {
        return client.preparedQuery(TAKEN)
                .execute(Tuple.of(callSids.toArray(String[]::new), id))
                .map(rows -> new HashSet<>(StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString("call_sid"))
                        .toList()));
    }

    /** Notes who answered; false when that was known. */
    Uni<Boolean> answered(SqlClient tx, UUID id, String answeredBy) {
        return tx.preparedQuery(ANSWERED).execute(Tuple.of(id, answeredBy)).map(rows -> rows.rowCount() == 1);
    }

    private static Optional<OutboundRow> first(RowSet<Row> rows) {
        List<Row> all = StreamSupport.stream(rows.spliterator(), false).toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(OutboundRows.read(all.getFirst()));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
