package dev.throughline.context.projection;

import dev.throughline.context.lead.EventWords;
import dev.throughline.context.projection.ContextCache.Cached;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.LeadContextCodec;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The projection's statements; each is one round trip for a whole batch. */
@Singleton
public class ProjectionRepository {

    private static final String INSERT_EVENTS = """
            insert into event (event_id, lead_id, tenant_id, kafka_partition, kafka_offset, type, source, time, data,
                               reference, said)
            select id, lead, tenant, part, off, type, source, time, data::json, reference, said
              from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::bigint[], $6::text[], $7::text[],
                          $8::timestamptz[], $9::text[], $10::text[], $11::text[])
                   as t(id, lead, tenant, part, off, type, source, time, data, reference, said)
            on conflict (event_id) do nothing
            returning event_id""";

    /** In one order, so that two replicas cannot wait for each other. */
    private static final String LOCK = """
            select lead.lead_id, last_offset, events, lead.tableoid::bigint as lead_table,
                   case when known.id is null then context end as context
              from lead left join unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::int[])
                                  as known(id, known_table, known_offset, known_events)
                               on known.id = lead.lead_id and known_table = lead.tableoid::bigint
                              and known_offset = last_offset and known_events = events
             where lead.lead_id = any($1::uuid[] || array(select unnest(linked) from lead where lead_id = any($1::uuid[])))
             order by lead.lead_id for update of lead""";

    private static final String SNAPSHOT = """
            insert into lead_snapshot (lead_id, last_offset, last_time, context) values ($1, $2, $3, $4)
            on conflict do nothing""";

    /** Any constant of ours, see {@link #live}. */
    public static final long LIVE_TABLES = 7_061_738;

    private static final String STORE_OFFSETS = """
            insert into consumed (topic, kafka_partition, next_offset) values ($1, $2, $3)
            on conflict (topic, kafka_partition) do update set next_offset = excluded.next_offset""";

    private final ContextCache cache;

    ProjectionRepository(ContextCache cache) {
        this.cache = cache;
    }

    /**
     * A lead before the batch.
     *
     * @param events how many it was made of
     * @param table oid of the table it stands in; 0 for a lead that stands nowhere yet
     */
    record Standing(LeadContext context, long lastOffset, int events, long table) {}

    /**
     * The tables stay the live ones until the transaction ends: whoever puts others in their place waits for it, and this waits for
     * whoever is at it.
     */
    Uni<Void> live(SqlConnection tx) {
        return tx.query("select pg_advisory_xact_lock_shared(" + LIVE_TABLES + ")")
                .execute()
                .replaceWithVoid();
    }

    /** The leads that exist among {@code leadIds} and those they are linked with, locked until the transaction ends. */
    Uni<Map<UUID, Standing>> lock(SqlConnection tx, Collection<UUID> leadIds) {
        Map<UUID, Cached> known = cache.of(leadIds);
        List<Cached> cached = List.copyOf(known.values());
        return tx.preparedQuery(LOCK)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(leadIds.toArray(UUID[]::new))
                        .addArrayOfUUID(cached.stream()
                                .map(one -> one.standing().context().leadId())
                                .toArray(UUID[]::new))
                        .addArrayOfLong(cached.stream().map(Cached::table).toArray(Long[]::new))
                        .addArrayOfLong(cached.stream()
                                .map(one -> one.standing().lastOffset())
                                .toArray(Long[]::new))
                        .addArrayOfInteger(cached.stream()
                                .map(one -> one.standing().events())
                                .toArray(Integer[]::new)))
                .map(rows -> {
                    Map<UUID, Standing> standing = new HashMap<>();
                    rows.forEach(row -> {
                        UUID lead = row.getUUID("lead_id");
                        Cached held = known.get(lead);
                        standing.put(
                                lead,
                                row.getBuffer("context") == null && held != null ? held.standing() : standing(row));
                    });
                    return standing;
                });
    }

    /** Remembers what a batch has made of its leads. */
    void remember(Collection<LeadFold> folds) {
        folds.stream().filter(fold -> fold.table() != 0).forEach(fold -> cache.put(fold.table(), fold));
    }

    private static Standing standing(Row row) {
        try {
            return new Standing(
                    LeadContextCodec.decode(row.getBuffer("context").getBytes()),
                    row.getLong("last_offset"),
                    row.getInteger("events"),
                    row.getLong("lead_table"));
        } catch (IOException e) {
            throw new IllegalStateException("a stored context is always one we wrote", e);
        }
    }

    /** Appends to the log; gives the ids that were not there before. */
    Uni<Set<UUID>> insert(SqlConnection tx, List<Arrived> arrived) {
        Tuple columns = Tuple.tuple()
                .addArrayOfUUID(column(arrived, one -> one.event().id(), UUID[]::new))
                .addArrayOfUUID(column(arrived, one -> one.event().leadId(), UUID[]::new))
                .addArrayOfUUID(column(arrived, one -> one.event().tenantId(), UUID[]::new))
                .addArrayOfInteger(column(arrived, Arrived::partition, Integer[]::new))
                .addArrayOfLong(column(arrived, Arrived::offset, Long[]::new))
                .addArrayOfString(column(arrived, one -> one.event().type(), String[]::new))
                .addArrayOfString(column(arrived, one -> one.event().source(), String[]::new))
                .addArrayOfOffsetDateTime(column(arrived, one -> utc(one.event().time()), OffsetDateTime[]::new))
                .addArrayOfString(column(arrived, Arrived::json, String[]::new))
                .addArrayOfString(
                        column(arrived, one -> EventWords.reference(one.event().event()), String[]::new))
                .addArrayOfString(
                        column(arrived, one -> EventWords.said(one.event().event()), String[]::new));
        return tx.preparedQuery(INSERT_EVENTS).execute(columns).map(rows -> {
            Set<UUID> fresh = new HashSet<>();
            rows.forEach(row -> fresh.add(row.getUUID(0)));
            return fresh;
        });
    }

    private static <T> @Nullable T[] column(
            List<Arrived> arrived, Function<Arrived, @Nullable T> value, IntFunction<@Nullable T[]> array) {
        return arrived.stream().map(value).toArray(array);
    }

    /** Writes the leads as they stand after the batch. */
    Uni<Void> upsert(SqlConnection tx, Collection<LeadFold> folds) {
        if (folds.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery(LeadRows.UPSERT).execute(LeadRows.of(folds)).replaceWithVoid();
    }

    /** Writes what is known of persons by other leads of theirs. */
    Uni<Void> join(SqlConnection tx, Collection<FoldedBatch.Joined> partners) {
        if (partners.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery("update lead set joined = $2 where lead_id = $1")
                .executeBatch(partners.stream()
                        .map(partner -> Tuple.of(
                                partner.context().leadId(), Buffer.buffer(LeadContextCodec.encode(partner.context()))))
                        .toList())
                .replaceWithVoid();
    }

    /** Keeps the contexts that are to be kept for looking back. */
    Uni<Void> snapshot(SqlConnection tx, Collection<LeadFold> folds) {
        List<Tuple> kept = folds.stream()
                .filter(LeadFold::keep)
                .map(fold -> Tuple.of(
                        fold.context().leadId(),
                        fold.lastOffset(),
                        utc(Objects.requireNonNull(fold.context().lastActivity(), "it has events")),
                        Buffer.buffer(fold.encoded())))
                .toList();
        return kept.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(SNAPSHOT).executeBatch(kept).replaceWithVoid();
    }

    /** Stores where to read on. */
    Uni<Void> storeOffsets(SqlConnection tx, String topic, Map<Integer, Long> nextByPartition) {
        return tx.preparedQuery(STORE_OFFSETS)
                .executeBatch(nextByPartition.entrySet().stream()
                        .map(next -> Tuple.of(topic, next.getKey(), next.getValue()))
                        .toList())
                .replaceWithVoid();
    }

    /** Where to read on; partitions never read are absent. */
    Uni<Map<Integer, Long>> offsets(SqlConnection connection, String topic) {
        return connection
                .preparedQuery("select kafka_partition, next_offset from consumed where topic = $1")
                .execute(Tuple.of(topic))
                .map(rows -> {
                    Map<Integer, Long> offsets = new HashMap<>();
                    rows.forEach(row -> offsets.put(row.getInteger(0), row.getLong(1)));
                    return offsets;
                });
    }

    /** Tells the other replicas at commit. */
    Uni<Void> notify(SqlConnection tx, List<String> payloads) {
        return tx.preparedQuery("select pg_notify('" + ChangeNotices.CHANNEL + "', p) from unnest($1::text[]) as p")
                .execute(Tuple.tuple().addArrayOfString(payloads.toArray(String[]::new)))
                .replaceWithVoid();
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
