package dev.throughline.context.lead;

import dev.throughline.events.ChannelEvent;
import dev.throughline.events.EventCodec;
import dev.throughline.events.RecordedEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the event log. All queries are of one lead, whose tenant the caller has checked. */
@Singleton
public class EventLog {

    private static final String COLUMNS = "select event_id, lead_id, tenant_id, kafka_offset, type, source, time,"
            + " data::text as data from event where ";

    /** Each lead's newest by its own index, then the newest of them all. */
    private static final String NEWEST = """
            select e.event_id, e.lead_id, e.tenant_id, e.kafka_offset, e.type, e.source, e.time, e.data::text as data
              from unnest($1::uuid[]) as wanted(lead_id)
             cross join lateral (select * from event where event.lead_id = wanted.lead_id
                                  order by time desc, event_id desc limit $2) as e
             order by e.time desc, e.event_id desc limit $2""";

    private final Pool pool;

    EventLog(Pool pool) {
        this.pool = pool;
    }

    /** The events after a Kafka offset, in the log's order. */
    public Uni<List<StoredEvent>> after(UUID leadId, long offset, int most) {
        return read(
                "lead_id = $1 and kafka_offset > $2 order by kafka_offset limit $3", Tuple.of(leadId, offset, most));
    }

    /** The newest events of some leads by time, the newest first. */
    public Uni<List<StoredEvent>> newest(Collection<UUID> leadIds, int most) {
        return pool.preparedQuery(NEWEST)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(leadIds.toArray(UUID[]::new))
                        .addInteger(most))
                .map(EventLog::events);
    }

    /** The events behind an offset that happened up to an instant, inclusive. */
    Uni<List<StoredEvent>> until(UUID leadId, long afterOffset, Instant at) {
        return read(
                "lead_id = $1 and kafka_offset > $2 and time <= $3 order by kafka_offset",
                Tuple.of(leadId, afterOffset, OffsetDateTime.ofInstant(at, ZoneOffset.UTC)));
    }

    /** The events of some leads between two instants, the first exclusive, the oldest first. */
    Uni<List<StoredEvent>> between(Collection<UUID> leadIds, Instant from, Instant to, int most) {
        return read(
                "lead_id = any($1) and time > $2 and time <= $3 order by time, event_id limit $4",
                Tuple.tuple()
                        .addArrayOfUUID(leadIds.toArray(UUID[]::new))
                        .addOffsetDateTime(OffsetDateTime.ofInstant(from, ZoneOffset.UTC))
                        .addOffsetDateTime(OffsetDateTime.ofInstant(to, ZoneOffset.UTC))
                        .addInteger(most));
    }

    /** The events about one text, call or conversation, as far as {@code upTo}, an offset. */
    public Uni<List<StoredEvent>> about(UUID leadId, String reference, long upTo) {
        return read(
                "lead_id = $1 and reference = $2 and kafka_offset <= $3 order by kafka_offset limit 200",
                Tuple.of(leadId, reference, upTo));
    }

    /** The offset of the lead's newest event in the log; -1 when there is none. */
    public Uni<Long> lastOffset(UUID leadId) {
        return pool.preparedQuery("select coalesce(max(kafka_offset), -1) from event where lead_id = $1")
                .execute(Tuple.of(leadId))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** The offset behind which the newest {@code most} events of some types lie; -1 when all of them do. */
    public Uni<Long> before(UUID leadId, Collection<String> types, int most) {
        return pool.preparedQuery("select kafka_offset from event where lead_id = $1 and type = any($2)"
                        + " order by kafka_offset desc offset $3 limit 1")
                .execute(Tuple.tuple()
                        .addUUID(leadId)
                        .addArrayOfString(types.toArray(String[]::new))
                        .addInteger(most))
                .map(rows -> rows.size() == 0 ? -1L : rows.iterator().next().getLong(0));
    }

    /** Who a call or a conversation belongs to, from the event that first named it. */
    public Uni<@Nullable LeadRef> ownerOf(String reference) {
        return pool.preparedQuery("select tenant_id, lead_id from event where reference = $1"
                        + " and (type like 'call.%' or type like 'conversation.%') order by time limit 1")
                .execute(Tuple.of(reference))
                .map(rows -> rows.size() == 0
                        ? null
                        : new LeadRef(
                                rows.iterator().next().getUUID(0),
                                rows.iterator().next().getUUID(1)));
    }

    private Uni<List<StoredEvent>> read(String condition, Tuple parameters) {
        return pool.preparedQuery(COLUMNS + condition).execute(parameters).map(EventLog::events);
    }

    private static List<StoredEvent> events(RowSet<Row> rows) {
        List<StoredEvent> events = new ArrayList<>(rows.size());
        for (Row row : rows) {
            events.add(new StoredEvent(row.getLong("kafka_offset"), event(row)));
        }
        return events;
    }

    private static RecordedEvent event(Row row) {
        String type = row.getString("type");
        try {
            ChannelEvent event = EventCodec.event(type, row.getString("data"));
            return new RecordedEvent(
                    row.getUUID("event_id"),
                    row.getOffsetDateTime("time").toInstant(),
                    row.getString("source"),
                    row.getUUID("tenant_id"),
                    row.getUUID("lead_id"),
                    event);
        } catch (IOException e) {
            throw new IllegalStateException("the log holds a " + type + " that was readable when it came", e);
        }
    }
}
