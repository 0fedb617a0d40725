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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes events beside the change they tell of. Call it last in the transaction: it holds a lock per key until the commit, which makes
 * another transaction with the same key wait.
 */
@Singleton
public class Outbox {

    /** The NOTIFY channel that wakes the relay at commit. */
    static final String CHANNEL = "throughline_outbox";

    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
    private static final String INSERT = "INSERT INTO outbox (topic, key, headers, payload) VALUES ($1, $2, $3, $4)";
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
        // Sorted: two transactions that need the same two keys cannot wait for each other.
        List<Tuple> locks = records.stream()
                .map(OutboxRecord::key)
                .distinct()
                .sorted()
                .map(key -> Tuple.of("outbox:" + key))
                .toList();
        List<Tuple> rows = records.stream().map(record -> row(record, trace)).toList();
        return tx.preparedQuery(LOCK)
                .executeBatch(locks)
                .chain(() -> tx.preparedQuery(INSERT).executeBatch(rows))
                .chain(() -> tx.query(NOTIFY).execute())
                .replaceWithVoid();
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
