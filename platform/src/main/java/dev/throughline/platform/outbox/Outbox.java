package dev.throughline.platform.outbox;

import dev.throughline.events.RecordedEvent;
import dev.throughline.platform.kafka.TraceHeaders;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes events beside the change they tell of. Call it last in the transaction: it holds a lock per key until the commit, which makes
 * another transaction with the same key wait.
 */
@Singleton
public class Outbox {

    /** The NOTIFY channel that wakes the relay at commit. */
    static final String CHANNEL = "throughline_outbox";

    private static final String HOLD = "SELECT pg_advisory_xact_lock(hashtextextended('outbox:' || $1, 0))";
    private static final String PUT = "SELECT outbox_put($1::text[], $2::text[], $3::text[], $4::bytea[])";
    private static final String NOTIFY = "SELECT pg_notify('" + CHANNEL + "', '')";

    /**
     * Appends events to {@code channel-events-v1}.
     *
     * @param tx the connection of the running transaction
     */
    public Uni<Void> append(SqlClient tx, Collection<RecordedEvent> events) {
        return appendRecords(tx, events.stream().map(OutboxRecord::of).toList());
    }

    /** As {@link #append(SqlClient, Collection)} of one event. */
    public Uni<Void> append(SqlClient tx, RecordedEvent event) {
        return append(tx, List.of(event));
    }

    /** Appends any records, in order, with the current trace. */
    public Uni<Void> appendRecords(SqlClient tx, Collection<OutboxRecord> records) {
        if (records.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery(PUT)
                .execute(putting(records))
                .chain(() -> tx.query(NOTIFY).execute())
                .replaceWithVoid();
    }

    /**
     * Waits until no other transaction tells of the lead, and keeps others waiting until this one ends. For a transaction that must
     * know what is so before it writes: whatever it reads afterwards stays true.
     */
    public Uni<Void> hold(SqlClient tx, UUID leadId) {
        return tx.preparedQuery(HOLD).execute(Tuple.of(leadId.toString())).replaceWithVoid();
    }

    /**
     * What the database's {@code outbox_put} takes (topics, keys, headers, payloads), with the current trace, for a single statement that
     * writes changes and their events without a transaction around it. Nobody is notified: {@link OutboxRelay#wake()} after it.
     *
     * @param records those of one key in the order they are to be published
     */
    public static Tuple putting(Collection<OutboxRecord> records) {
        String trace = TraceHeaders.current().orElse("");
        return Tuple.tuple(new ArrayList<>())
                .addArrayOfString(column(records, OutboxRecord::topic, String[]::new))
                .addArrayOfString(column(records, OutboxRecord::key, String[]::new))
                .addArrayOfString(column(records, record -> headers(record, trace), String[]::new))
                .addValue(column(records, Outbox::payload, Buffer[]::new));
    }

    private static <T extends @Nullable Object> T[] column(
            Collection<OutboxRecord> records, Function<OutboxRecord, T> value, IntFunction<T[]> array) {
        return records.stream().map(value).toArray(array);
    }

    private static String headers(OutboxRecord record, String trace) {
        JsonObject headers = new JsonObject();
        record.headers().forEach(headers::put);
        if (!trace.isEmpty() && !headers.containsKey(TraceHeaders.TRACEPARENT)) {
            headers.put(TraceHeaders.TRACEPARENT, trace);
        }
        return headers.encode();
    }

    private static @Nullable Buffer payload(OutboxRecord record) {
        byte[] payload = record.payload();
        return payload == null ? null : Buffer.buffer(payload);
    }
}
