package dev.throughline.platform.outbox;

import dev.throughline.platform.kafka.Publishing;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The relay's side of the outbox table. Blocking: only for the relay's own thread. */
@Singleton
class OutboxStore {

    /**
     * What one round did.
     *
     * @param published rows published and deleted
     * @param more whether another round would find something now
     * @param led whether this was the leader; if not, somebody else's round may have begun before the latest row
     */
    record Round(int published, boolean more, boolean led) {

        static final Round NOT_LEADER = new Round(0, false, false);
        static final Round EMPTY = new Round(0, false, true);
    }

    /**
     * What waits.
     *
     * @param rows how many, at most 10,000: nobody needs to know exactly how many more
     * @param oldestAgeMillis of the oldest row, 0 when there is none
     */
    record Waiting(long rows, long oldestAgeMillis) {}

    /** Kafka or the database is away; another round may go well. */
    static final class RoundFailedException extends Exception {

        private static final long serialVersionUID = 1L;

        RoundFailedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Any constant of ours; a transaction's lock, so that a pooled connection cannot keep it by mistake. */
    private static final String LEAD = "SELECT pg_try_advisory_xact_lock(7061737)";

    private static final String READ = "SELECT id, topic, key, headers, payload FROM outbox ORDER BY id LIMIT $1";
    /** By the index, which passes over what was deleted and not yet cleared away; the table would be read with all of that. */
    private static final String COUNT = """
            SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(created_at)) * 1000, 0)::bigint
            FROM (SELECT created_at FROM outbox ORDER BY id LIMIT 10000) AS first""";

    private static final String DELETE = "DELETE FROM outbox WHERE id = ANY($1)";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Pool pool;

    OutboxStore(Pool pool) {
        this.pool = pool;
    }

    Round round(Publishing publishing, int batch) throws RoundFailedException {
        try {
            return pool.withTransaction(
                            tx -> lead(tx).chain(leading -> leading ? publish(tx, publishing, batch) : notLeader()))
                    .await()
                    .atMost(PATIENCE);
        } catch (RuntimeException e) {
            throw new RoundFailedException(reason(e), e);
        }
    }

    /** Looks how much waits, which reads all of it: not for every round. */
    Waiting waiting() throws RoundFailedException {
        try {
            return pool.preparedQuery(COUNT)
                    .execute()
                    .map(rows -> rows.iterator().next())
                    .map(row -> new Waiting(row.getLong(0), row.getLong(1)))
                    .await()
                    .atMost(PATIENCE);
        } catch (RuntimeException e) {
            throw new RoundFailedException(reason(e), e);
        }
    }

    private static Uni<Boolean> lead(SqlConnection tx) {
        return tx.preparedQuery(LEAD)
                .execute()
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    private static Uni<Round> notLeader() {
        return Uni.createFrom().item(Round.NOT_LEADER);
    }

    private static Uni<Round> publish(SqlConnection tx, Publishing publishing, int batch) {
        return tx.preparedQuery(READ).execute(Tuple.of(batch)).chain(rows -> {
            if (rows.size() == 0) {
                return Uni.createFrom().item(Round.EMPTY);
            }
            return Uni.createFrom()
                    .completionStage(() -> publishing.inOrderPerKey(records(rows)))
                    .chain(acknowledged -> delete(tx, acknowledged)
                            .replaceWith(new Round(
                                    acknowledged.size(), rows.size() == batch && acknowledged.size() == batch, true)));
        });
    }

    private static List<Publishing.Numbered> records(RowSet<Row> rows) {
        List<Publishing.Numbered> records = new ArrayList<>(rows.size());
        for (Row row : rows) {
            Map<String, String> headers = new HashMap<>();
            JsonObject stored = row.getJsonObject("headers");
            stored.forEach(header -> headers.put(header.getKey(), String.valueOf(header.getValue())));
            var payload = row.getBuffer("payload");
            records.add(new Publishing.Numbered(
                    row.getLong("id"),
                    row.getString("topic"),
                    row.getString("key"),
                    headers,
                    payload == null ? null : payload.getBytes()));
        }
        return records;
    }

    private static Uni<Void> delete(SqlConnection tx, List<Long> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(DELETE)
                        .execute(Tuple.of(ids.toArray(Long[]::new)))
                        .replaceWithVoid();
    }

    private static String reason(RuntimeException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
