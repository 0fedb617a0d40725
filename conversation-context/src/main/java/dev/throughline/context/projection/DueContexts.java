package dev.throughline.context.projection;

import dev.throughline.events.Topics;
import dev.throughline.platform.kafka.Publishing;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The leads whose context is to be published. */
@Singleton
class DueContexts {

    /** In one order, so that two replicas cannot wait for each other. */
    private static final String PUT = """
            insert into context_due (lead_id, version)
            select lead_id, nextval('context_due_version') from unnest($1::uuid[]) as changed(lead_id) order by lead_id
            on conflict (lead_id) do update set version = excluded.version""";

    /** Any constant of ours. */
    private static final String LEAD = "select pg_try_advisory_xact_lock(7061740)";

    private static final String DUE = """
            select due.lead_id, due.version, coalesce(lead.joined, lead.context) as context,
                   (extract(epoch from clock_timestamp() - due.since) * 1000)::bigint as age_millis
              from context_due due join lead using (lead_id) order by due.since limit $1""";

    /** One that is being changed just now stays: it is to be published again anyway. */
    private static final String DONE = """
            delete from context_due where lead_id in (
                select due.lead_id from context_due due join unnest($1::bigint[]) as told(version) using (version)
                   for update of due skip locked)""";

    /** Contexts are up to some 150 kB long. */
    private static final int MOST = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Pool pool;

    DueContexts(Pool pool) {
        this.pool = pool;
    }

    /**
     * What one round did.
     *
     * @param oldestAgeMillis how long the first of them had waited; 0 when there was none
     * @param more whether there may be others
     */
    record Round(long oldestAgeMillis, boolean more) {

        private static final Round NOTHING = new Round(0, false);
    }

    /** Has these published once the transaction has ended. */
    Uni<Void> put(SqlConnection tx, Collection<UUID> leadIds) {
        return tx.preparedQuery(PUT)
                .execute(Tuple.tuple().addArrayOfUUID(leadIds.toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    /** Publishes some, unless another replica does; blocks. */
    Round publish(Publishing publishing) {
        return pool.withTransaction(tx -> tx.query(LEAD)
                        .execute()
                        .map(rows -> rows.iterator().next().getBoolean(0))
                        .chain(leading -> leading
                                ? round(tx, publishing)
                                : Uni.createFrom().item(Round.NOTHING)))
                .await()
                .atMost(PATIENCE);
    }

    private Uni<Round> round(SqlConnection tx, Publishing publishing) {
        // Not in the transaction: Kafka may take its time, and whoever swaps the tables would wait for it.
        return pool.preparedQuery(DUE).execute(Tuple.of(MOST)).chain(rows -> {
            if (rows.size() == 0) {
                return Uni.createFrom().item(Round.NOTHING);
            }
            long age = rows.iterator().next().getLong("age_millis");
            return Uni.createFrom()
                    .completionStage(() -> publishing.inOrderPerKey(records(rows)))
                    .chain(told ->
                            tx.preparedQuery(DONE).execute(Tuple.tuple().addArrayOfLong(told.toArray(Long[]::new))))
                    .replaceWith(new Round(age, rows.size() == MOST));
        });
    }

    private static List<Publishing.Numbered> records(RowSet<Row> rows) {
        List<Publishing.Numbered> records = new ArrayList<>(rows.size());
        for (Row row : rows) {
            records.add(new Publishing.Numbered(
                    row.getLong("version"),
                    Topics.LEAD_CONTEXTS,
                    row.getUUID("lead_id").toString(),
                    Map.of(),
                    row.getBuffer("context").getBytes()));
        }
        return records;
    }
}
