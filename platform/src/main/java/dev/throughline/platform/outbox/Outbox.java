package dev.throughline.platform.outbox;

import dev.throughline.events.RecordedEvent;
import dev.throughline.platform.kafka.TraceHeaders;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Writes events beside the change they tell of. Call it last in the transaction: it holds a lock per key until the commit, which makes
 * another transaction with the same key wait.
 */
@Singleton
public class Outbox {

    /** The NOTIFY channel that wakes the relay at commit. */
    static final String CHANNEL = "throughline_outbox";

    private static final String HOLD = "SELECT pg_advisory_xact_lock(hashtextextended('outbox:' || $1, 0))";
    private static final String PUT = "SELECT outbox_put($1, $2, $3, $4)";
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
        String trace = TraceHeaders.current().orElse("");
        // Sorted: two transactions that need the same two keys cannot wait for each other. Order is promised per key
        // only.
        List<Tuple> rows = records.stream()
                .sorted(Comparator.comparing(OutboxRecord::key))
                .map(record -> row(record, trace))
                .toList();
        return tx.preparedQuery(PUT)
                .executeBatch(rows)
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
     * What the database's {@code outbox_put} takes (topic, key, headers, payload), with the current trace, for a single statement that
     * writes a change and its event without a transaction around it. Nobody is notified: {@link OutboxRelay#wake()} after it.
     */
    public static Tuple putting(RecordedEvent event) {
        return row(OutboxRecord.of(event), TraceHeaders.current().orElse(""));
    }

    private static Tuple row(OutboxRecord record, String trace) {
        Map<String, Object> headers = new HashMap<>(record.headers());
        if (!trace.isEmpty()) {
            headers.putIfAbsent(TraceHeaders.TRACEPARENT, trace);
        }
        byte[] payload = record.payload();
        return Tuple.of(
                record.topic(), record.key(), new JsonObject(headers), payload == null ? null : Buffer.buffer(payload));
    }
}
