package dev.throughline.context.followup;

import static dev.throughline.context.followup.FollowUpRows.COLUMNS;
import static dev.throughline.context.followup.FollowUpRows.utc;

import dev.throughline.context.followup.FollowUp.State;
import dev.throughline.context.followup.FollowUpRows.Kept;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The follow-ups' statements. Whatever a worker waits for goes by the database's clock, the same for all replicas. */
@Singleton
class FollowUpRepository {

    private static final String INSERT = """
            insert into follow_up (follow_up_id, tenant_id, lead_id, kind, cause, version, cause_at, channel, words, questions,
                                   raised_by, due_at, wake_at, state)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, 'SCHEDULED')
            on conflict (follow_up_id) do nothing""";

    private static final String CLAIM = """
            update follow_up set state = 'DOING', attempts = attempts + 1, changed_at = now(),
                   wake_at = now() + make_interval(secs => $2)
             where follow_up_id in (select follow_up_id from follow_up where wake_at <= now() order by wake_at limit $1
                                      for update skip locked)
            returning %s""".formatted(COLUMNS);

    private static final String END = """
            update follow_up set state = $2, note = $3, reference = coalesce($4, reference), wake_at = null, changed_at = now()
             where follow_up_id = $1 and state = any($5) and ($6::int is null or attempts = $6)""";

    private static final String PUT_OFF = """
            update follow_up set state = 'SCHEDULED', due_at = $3, wake_at = $4, note = $5, changed_at = now()
             where follow_up_id = $1 and state = 'DOING' and attempts = $2""";

    private static final String ASK = """
            update follow_up set request = coalesce(request, $3) where follow_up_id = $1 and state = 'DOING' and attempts = $2
            returning request""";

    private final Pool pool;

    FollowUpRepository(Pool pool) {
        this.pool = pool;
    }

    /** The follow-ups of these leads that are to be done, and those of these ids; locked until the transaction ends. */
    Uni<List<Kept>> standing(SqlClient tx, Collection<UUID> leads, Collection<UUID> ids) {
        return tx.preparedQuery(
                        "select " + COLUMNS + " from follow_up where (lead_id = any($1::uuid[])"
                                + " and state = 'SCHEDULED') or follow_up_id = any($2::uuid[]) order by follow_up_id for update")
                .execute(Tuple.of(leads.toArray(UUID[]::new), ids.toArray(UUID[]::new)))
                .map(FollowUpRepository::list);
    }

    /** Keeps it; gives false when there was one of this id. */
    Uni<Boolean> insert(SqlClient tx, FollowUp followUp) {
        return tx.preparedQuery(INSERT).execute(FollowUpRows.insert(followUp)).map(rows -> rows.rowCount() > 0);
    }

    /**
     * Ends it.
     *
     * @param from the states it may be in
     * @param attempt the taking that ends it; null: none does
     * @return whether it was in one of them
     */
    Uni<Boolean> end(
            SqlClient tx,
            UUID id,
            State to,
            @Nullable String note,
            @Nullable String reference,
            List<State> from,
            @Nullable Integer attempt) {
        return tx.preparedQuery(END)
                .execute(Tuple.tuple()
                        .addUUID(id)
                        .addString(to.name())
                        .addString(note)
                        .addString(reference)
                        .addArrayOfString(from.stream().map(State::name).toArray(String[]::new))
                        .addInteger(attempt))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Gives it back, to be looked at again at {@code wakeAt}; gives false when somebody else has it. */
    Uni<Boolean> putOff(SqlClient tx, Kept taken, Instant dueAt, Instant wakeAt, String note) {
        return tx.preparedQuery(PUT_OFF)
                .execute(Tuple.of(taken.followUp().id(), taken.attempts(), utc(dueAt), utc(wakeAt), note))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Keeps what another service is asked; gives what was kept first, null when somebody else has the follow-up. */
    Uni<@Nullable String> ask(Kept taken, String request) {
        return pool.preparedQuery(ASK)
                .execute(Tuple.of(taken.followUp().id(), taken.attempts(), request))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getString(0));
    }

    /** Takes what is due; nobody else gets it before the lease ends. */
    Uni<List<Kept>> claim(int most, Duration lease) {
        return pool.preparedQuery(CLAIM)
                .execute(Tuple.of(most, (double) lease.toSeconds()))
                .map(FollowUpRepository::list);
    }

    /** How long until there is something to do, not negative; empty when nothing waits. */
    Uni<Optional<Duration>> untilNext() {
        return pool.query("select ceil(extract(epoch from min(wake_at) - clock_timestamp()) * 1000)::bigint"
                        + " from follow_up where wake_at is not null")
                .execute()
                .map(rows -> Optional.ofNullable(rows.iterator().next().getLong(0))
                        .map(millis -> Duration.ofMillis(Math.max(0, millis))));
    }

    /** Makes it due at {@code now}; gives false when it is not to be done any more. */
    Uni<Boolean> hasten(SqlClient tx, UUID id, Instant now) {
        return tx.preparedQuery("update follow_up set due_at = $2, wake_at = $2, changed_at = now()"
                        + " where follow_up_id = $1 and state = 'SCHEDULED'")
                .execute(Tuple.of(id, utc(now)))
                .map(rows -> rows.rowCount() > 0);
    }

    /** One of the tenant's; null when it has none of this id. */
    Uni<@Nullable Kept> find(UUID tenantId, UUID id) {
        return pool.preparedQuery("select " + COLUMNS + " from follow_up where tenant_id = $1 and follow_up_id = $2")
                .execute(Tuple.of(tenantId, id))
                .map(rows -> rows.size() == 0
                        ? null
                        : FollowUpRows.kept(rows.iterator().next()));
    }

    /** All of a lead, what is due first at the end. */
    Uni<List<Kept>> ofLead(UUID tenantId, UUID leadId, int most) {
        return pool.preparedQuery(
                        "select * from (select " + COLUMNS + " from follow_up where tenant_id = $1 and lead_id = $2"
                                + " order by due_at desc, follow_up_id desc limit $3) newest order by due_at, follow_up_id")
                .execute(Tuple.of(tenantId, leadId, most))
                .map(FollowUpRepository::list);
    }

    /** The tenant's that are to be done, the next first; those that are over, the latest first. */
    Uni<List<Kept>> ofTenant(UUID tenantId, boolean open, FollowUpViews.@Nullable Place after, int most) {
        Tuple parameters = Tuple.of(tenantId, most);
        String place = "";
        if (after != null) {
            parameters.addOffsetDateTime(utc(after.dueAt())).addUUID(after.id());
            place = " and (due_at, follow_up_id) " + (open ? ">" : "<") + " ($3, $4)";
        }
        String order = open ? "asc" : "desc";
        return pool.preparedQuery("select " + COLUMNS + " from follow_up where tenant_id = $1 and wake_at is "
                        + (open ? "not null" : "null") + place + " order by due_at " + order + ", follow_up_id " + order
                        + " limit $2")
                .execute(parameters)
                .map(FollowUpRepository::list);
    }

    private static List<Kept> list(RowSet<Row> rows) {
        List<Kept> all = new ArrayList<>(rows.size());
        rows.forEach(row -> all.add(FollowUpRows.kept(row)));
        return all;
    }
}
