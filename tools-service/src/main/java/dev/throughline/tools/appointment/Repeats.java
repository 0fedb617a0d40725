package dev.throughline.tools.appointment;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.throughline.events.EventJson;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * The answers of calls that changed the book, so that a repeated call changes nothing and gets the first answer. A key is claimed in the
 * transaction of the change, so a concurrent repeat waits for the first to commit. An answer counts only while what the first call did
 * still stands: booking again after a cancellation is a new booking. Every method takes the connection of the running transaction.
 */
@Singleton
public class Repeats {

    /** Providers repeat within minutes and people within days; a key that is older is a new wish. */
    private static final Duration KEPT = Duration.ofDays(30);

    private final Pool pool;
    private final Clock clock;

    Repeats(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /**
     * Claims a key. The claim ends with the transaction, if that fails, or by {@link #forget}.
     *
     * @return the answer of the call that had it before; empty when the caller shall do the work, and then {@link #remember} or forget
     */
    public <T> Uni<Optional<T>> claim(SqlClient tx, UUID tenantId, String key, Class<T> type) {
        return tx.preparedQuery("INSERT INTO tool_call (tenant_id, key) VALUES ($1, $2) ON CONFLICT DO NOTHING")
                .execute(Tuple.of(tenantId, key))
                .chain(claimed -> claimed.rowCount() == 1
                        ? Uni.createFrom().item(Optional.<T>empty())
                        : standing(tx, tenantId, key, type));
    }

    /** Remembers what a call answered when it left the appointment as it is now. */
    public Uni<Void> remember(SqlClient tx, String key, Object answer, Appointment appointment) {
        String sql = """
                UPDATE tool_call SET answer = $3::text::json, appointment_id = $4, appointment_version = $5
                 WHERE tenant_id = $1 AND key = $2""";
        return tx.preparedQuery(sql)
                .execute(Tuple.of(appointment.tenantId(), key, write(answer), appointment.id(), appointment.version()))
                .replaceWithVoid();
    }

    /** Gives a key up: nothing was changed. */
    public Uni<Void> forget(SqlClient tx, UUID tenantId, String key) {
        return tx.preparedQuery("DELETE FROM tool_call WHERE tenant_id = $1 AND key = $2")
                .execute(Tuple.of(tenantId, key))
                .replaceWithVoid();
    }

    @Scheduled(every = "1h", delayed = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> forgetOld() {
        return pool.preparedQuery("DELETE FROM tool_call WHERE created_at < $1")
                .execute(Tuple.of(clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    private static <T> Uni<Optional<T>> standing(SqlClient tx, UUID tenantId, String key, Class<T> type) {
        String sql = """
                SELECT call.answer::text AS answer
                  FROM tool_call call JOIN appointment ON appointment.id = call.appointment_id
                 WHERE call.tenant_id = $1 AND call.key = $2 AND appointment.version = call.appointment_version""";
        return tx.preparedQuery(sql).execute(Tuple.of(tenantId, key)).map(rows -> {
            RowIterator<Row> found = rows.iterator();
            return found.hasNext() ? Optional.of(read(found.next().getString("answer"), type)) : Optional.<T>empty();
        });
    }

    private static String write(Object answer) {
        try {
            return EventJson.mapper().writeValueAsString(answer);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records always serialise", impossible);
        }
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return EventJson.mapper().readValue(json, type);
        } catch (JsonProcessingException corrupt) {
            throw new IllegalStateException("answers were written by this class", corrupt);
        }
    }
}
