package dev.throughline.context.rebuild;

import dev.throughline.context.projection.ProjectionRepository;
import dev.throughline.events.Topics;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The statements of a rebuild. */
@Singleton
class RebuildStore {

    /** Any constant of ours; held by the connection of the one replica that works. */
    private static final long WORKER = 7_061_739;

    private static final String ASK = """
            insert into rebuild (id, state, swap, asked_by, asked_at) values ($1, 'running', $2, $3, now())
            on conflict do nothing""";
    private static final String LATEST =
            "select * from rebuild order by (state = 'running') desc, asked_at desc limit 1";
    private static final String BEGIN = "update rebuild set started_at = now(), total = $2 where id = $1";
    private static final String ADVANCE =
            "update public.rebuild set folded = folded + $2, refused = refused + $3, problem = null where id = $1";
    private static final String PROBLEM = "update rebuild set problem = $2 where id = $1 and state = 'running'";

    /** A lead is another one when anything of its row is; snapshots and calls follow from the same events. */
    private static final String COMPARE = """
            with pair as (
                select coalesce(live.lead_id, copy.lead_id) as lead_id,
                       row(live.*) is distinct from row(copy.*) as other
                  from public.lead live full join rebuild.lead copy on copy.lead_id = live.lead_id)
            update public.rebuild set
                leads = (select count(*) from pair), different = (select count(*) from pair where other),
                examples = array(select lead_id from pair where other order by lead_id limit 20)
             where id = $1""";

    /** What others were told of these leads is not true any more. */
    private static final String TELL = """
            insert into context_due (lead_id, version)
            select copy.lead_id, nextval('context_due_version')
              from rebuild.lead copy left join public.lead live on live.lead_id = copy.lead_id
             where coalesce(copy.joined, copy.context) is distinct from coalesce(live.joined, live.context)
             order by copy.lead_id
            on conflict (lead_id) do update set version = excluded.version""";

    private static final String DONE =
            "update rebuild set state = 'done', finished_at = now(), problem = null where id = $1 and state = 'running'";
    private static final String CANCEL =
            "update rebuild set state = 'cancelled', finished_at = now() where state = 'running'";

    private final Pool pool;

    RebuildStore(Pool pool) {
        this.pool = pool;
    }

    /** Asks for one, unless one is running. */
    Uni<Boolean> ask(UUID id, boolean swap, String by) {
        return pool.preparedQuery(ASK).execute(Tuple.of(id, swap, by)).map(rows -> rows.rowCount() > 0);
    }

    /** The running one, else the last. */
    Uni<Optional<Rebuild>> latest() {
        return pool.query(LATEST)
                .execute()
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(Rebuild.of(rows.iterator().next())));
    }

    /** Ends the running one where it is; whether there was one. */
    Uni<Boolean> cancel() {
        return pool.query(CANCEL).execute().map(rows -> rows.rowCount() > 0);
    }

    /** Whether this connection's holder may work; nobody else may until it closes. */
    Uni<Boolean> hold(SqlConnection connection) {
        return connection
                .query("select pg_try_advisory_lock(" + WORKER + ")")
                .execute()
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Lets others work. */
    Uni<Void> release(SqlConnection connection) {
        return connection
                .query("select pg_advisory_unlock(" + WORKER + ")")
                .execute()
                .replaceWithVoid();
    }

    /** Makes the empty copy. */
    Uni<Void> begin(UUID id, long total) {
        return pool.withTransaction(tx -> tx.query("select rebuild_begin()")
                .execute()
                .chain(() -> tx.preparedQuery(BEGIN).execute(Tuple.of(id, total)))
                .replaceWithVoid());
    }

    /** The transaction's tables are the copy's from here on. */
    Uni<Void> useCopy(SqlConnection tx) {
        return tx.query("set local search_path to rebuild, public").execute().replaceWithVoid();
    }

    /** Counts what was done, in the transaction of its effect. */
    Uni<Void> advance(SqlClient tx, UUID id, int folded, int refused) {
        return tx.preparedQuery(ADVANCE).execute(Tuple.of(id, folded, refused)).replaceWithVoid();
    }

    /** Where to read on, in the copy or in the live tables. */
    Uni<Map<Integer, Long>> offsets(SqlClient client, String schema) {
        return client.preparedQuery("select kafka_partition, next_offset from " + schema + ".consumed where topic = $1")
                .execute(Tuple.of(Topics.CHANNEL_EVENTS))
                .map(rows -> {
                    Map<Integer, Long> offsets = new HashMap<>();
                    rows.forEach(row -> offsets.put(row.getInteger(0), row.getLong(1)));
                    return offsets;
                });
    }

    /** Nobody writes the live tables until the transaction ends; fails after a while when somebody does not stop. */
    Uni<Void> standStill(SqlConnection tx) {
        return tx.query("set local lock_timeout to '10s'")
                .execute()
                .chain(() -> tx.query("select pg_advisory_xact_lock(" + ProjectionRepository.LIVE_TABLES + ")")
                        .execute())
                .replaceWithVoid();
    }

    Uni<Void> compare(SqlConnection tx, UUID id) {
        return tx.preparedQuery(COMPARE).execute(Tuple.of(id)).replaceWithVoid();
    }

    /** Ends it: the copy takes the live tables' place, or goes. Nothing happens when it was cancelled meanwhile. */
    Uni<Void> finish(SqlConnection tx, Rebuild rebuild) {
        return tx.preparedQuery(DONE).execute(Tuple.of(rebuild.id())).chain(done -> {
            if (done.rowCount() == 0 || !rebuild.swap()) {
                return tx.query("drop schema rebuild cascade").execute().replaceWithVoid();
            }
            return tx.query(TELL)
                    .execute()
                    .chain(() -> tx.query("select rebuild_swap()").execute())
                    .replaceWithVoid();
        });
    }

    Uni<Void> problem(UUID id, String problem) {
        return pool.preparedQuery(PROBLEM).execute(Tuple.of(id, problem)).replaceWithVoid();
    }
}
