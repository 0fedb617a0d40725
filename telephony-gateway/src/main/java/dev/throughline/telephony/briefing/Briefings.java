package dev.throughline.telephony.briefing;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code call_briefings}. Fails with the driver's exceptions. */
@Singleton
public final class Briefings {

    private static final String PUT = """
            INSERT INTO call_briefings (call_sid, tenant_id, variables, note, updated_at) VALUES ($1, $2, $3, $4, now())
            ON CONFLICT (call_sid) DO UPDATE
            SET variables = call_briefings.variables || EXCLUDED.variables,
                note = coalesce(EXCLUDED.note, call_briefings.note),
                updated_at = now()
            WHERE call_briefings.tenant_id = EXCLUDED.tenant_id
            """;

    private static final String FIND = "SELECT tenant_id, variables, note FROM call_briefings WHERE call_sid = $1";

    private static final String FORGET = "DELETE FROM call_briefings WHERE updated_at < $1";

    private final Pool pool;

    Briefings(Pool pool) {
        this.pool = pool;
    }

    /**
     * Adds to the call's briefing: variables of a name that is there already are replaced.
     *
     * @param tx the running transaction, or any client
     * @param note null leaves the former one
     */
    public Uni<Void> put(
            SqlClient tx, String callSid, UUID tenantId, Map<String, String> variables, @Nullable String note) {
        return tx.preparedQuery(PUT)
                .execute(Tuple.of(callSid, tenantId, new JsonObject(new HashMap<>(variables)), note))
                .replaceWithVoid();
    }

    /** The call's briefing; empty when there is none. */
    public Uni<Optional<Briefing>> find(String callSid) {
        return pool.preparedQuery(FIND).execute(Tuple.of(callSid)).map(rows -> {
            var row = rows.iterator();
            return row.hasNext() ? Optional.of(read(row.next())) : Optional.empty();
        });
    }

    /** Deletes briefings nobody touched since {@code before}: they are for live calls and hold what was asked of people. */
    public Uni<Void> forget(Instant before) {
        return pool.preparedQuery(FORGET)
                .execute(Tuple.of(before.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    private static Briefing read(Row row) {
        Map<String, String> variables = new HashMap<>();
        row.getJsonObject("variables")
                .forEach(entry -> variables.put(entry.getKey(), String.valueOf(entry.getValue())));
        return new Briefing(row.getUUID("tenant_id"), variables, row.getString("note"));
    }
}
