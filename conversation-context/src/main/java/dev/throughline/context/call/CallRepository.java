package dev.throughline.context.call;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The calls as rows. */
@Singleton
public class CallRepository {

    /** What is known stays known: an old call's first events may have left the lead's window. */
    private static final String UPSERT = """
            insert into call (lead_id, call_id, tenant_id, direction, path, started_at, ended_at, status, duration_seconds,
                              answered, handed_over_to, message_left, spoke_with)
            select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[],
                                 $7::timestamptz[], $8::text[], $9::int[], $10::boolean[], $11::text[], $12::boolean[], $13::text[])
            on conflict (lead_id, call_id) do update set
              direction = coalesce(excluded.direction, call.direction), path = coalesce(excluded.path, call.path),
              started_at = coalesce(excluded.started_at, call.started_at),
              ended_at = coalesce(excluded.ended_at, call.ended_at), status = coalesce(excluded.status, call.status),
              duration_seconds = coalesce(excluded.duration_seconds, call.duration_seconds),
              answered = call.answered or excluded.answered,
              handed_over_to = coalesce(excluded.handed_over_to, call.handed_over_to),
              message_left = call.message_left or excluded.message_left,
              spoke_with = coalesce(excluded.spoke_with, call.spoke_with)""";

    private final Pool pool;

    CallRepository(Pool pool) {
        this.pool = pool;
    }

    /** Adds what is newly known of some calls. */
    public Uni<Void> upsert(SqlConnection tx, List<CallSummary> calls) {
        if (calls.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple columns = Tuple.tuple()
                .addArrayOfUUID(column(calls, CallSummary::leadId, UUID[]::new))
                .addArrayOfString(column(calls, CallSummary::callId, String[]::new))
                .addArrayOfUUID(column(calls, CallSummary::tenantId, UUID[]::new))
                .addArrayOfString(column(calls, CallSummary::direction, String[]::new))
                .addArrayOfString(column(calls, CallSummary::path, String[]::new))
                .addArrayOfOffsetDateTime(column(calls, call -> utc(call.startedAt()), OffsetDateTime[]::new))
                .addArrayOfOffsetDateTime(column(calls, call -> utc(call.endedAt()), OffsetDateTime[]::new))
                .addArrayOfString(column(calls, CallSummary::status, String[]::new))
                .addArrayOfInteger(column(calls, CallSummary::durationSeconds, Integer[]::new))
                .addArrayOfBoolean(column(calls, CallSummary::answered, Boolean[]::new))
                .addArrayOfString(column(calls, CallSummary::handedOverTo, String[]::new))
                .addArrayOfBoolean(column(calls, CallSummary::messageLeft, Boolean[]::new))
                .addArrayOfString(column(
                        calls,
                        call -> call.spokeWith() == null
                                ? null
                                : call.spokeWith().name(),
                        String[]::new));
        return tx.preparedQuery(UPSERT).execute(columns).replaceWithVoid();
    }

    /** Whether the call belongs to the lead and has not ended, as far as is known. */
    public Uni<Boolean> isLive(UUID tenantId, UUID leadId, String callId) {
        return pool.preparedQuery("select 1 from call where tenant_id = $1 and lead_id = $2 and call_id = $3"
                        + " and ended_at is null")
                .execute(Tuple.of(tenantId, leadId, callId))
                .map(rows -> rows.size() > 0);
    }

    private static <T> @Nullable T[] column(
            Collection<CallSummary> calls, Function<CallSummary, @Nullable T> value, IntFunction<@Nullable T[]> array) {
        return calls.stream().map(value).toArray(array);
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
