package dev.throughline.telephony.stream;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code call_streams}. */
@Singleton
public final class StreamRepository {

    private static final String REPORT = """
            INSERT INTO call_streams (call_sid, outcome, updated_at) VALUES ($1, $2, now())
            ON CONFLICT (call_sid) DO UPDATE SET outcome = $2, updated_at = now()
            """;

    private static final String FORGET = "DELETE FROM call_streams WHERE call_sid = $1";

    private static final String FIND = "SELECT outcome, resumes FROM call_streams WHERE call_sid = $1";

    /** Counts a resume unless an outcome came meanwhile or another request was first. That the caller had left is known not to be so. */
    private static final String RESUME = """
            INSERT INTO call_streams (call_sid, resumes, updated_at) VALUES ($1, 1, now())
            ON CONFLICT (call_sid) DO UPDATE SET resumes = call_streams.resumes + 1, outcome = NULL, updated_at = now()
            WHERE coalesce(call_streams.outcome, 'CALLER_LEFT') = 'CALLER_LEFT' AND call_streams.resumes < $2
            """;

    private final Pool pool;

    StreamRepository(Pool pool) {
        this.pool = pool;
    }

    /**
     * What is known of a call's stream.
     *
     * @param outcome null when the bridge reported none
     */
    record StreamRow(@Nullable StreamOutcome outcome, int resumes) {

        static final StreamRow UNKNOWN = new StreamRow(null, 0);
    }

    /** Stores what the bridge reported; a later report replaces it. */
    Uni<Void> report(String callSid, StreamOutcome outcome) {
        return pool.preparedQuery(REPORT)
                .execute(Tuple.of(callSid, outcome.name()))
                .replaceWithVoid();
    }

    /** Forgets what was reported. */
    Uni<Void> forget(String callSid) {
        return pool.preparedQuery(FORGET).execute(Tuple.of(callSid)).replaceWithVoid();
    }

    Uni<StreamRow> find(String callSid) {
        return pool.preparedQuery(FIND).execute(Tuple.of(callSid)).map(StreamRepository::read);
    }

    /** Takes one of the call's resumes; false when none is left. */
    Uni<Boolean> takeResume(String callSid, int maxResumes) {
        return pool.preparedQuery(RESUME).execute(Tuple.of(callSid, maxResumes)).map(rows -> rows.rowCount() == 1);
    }

    /** What the bridge reported of a call, for whoever tells how the call ended. */
    public Uni<Optional<StreamOutcome>> outcome(SqlClient client, String callSid) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(callSid))
                .map(rows -> Optional.ofNullable(read(rows).outcome()));
    }

    private static StreamRow read(RowSet<Row> rows) {
        var row = rows.iterator();
        if (!row.hasNext()) {
            return StreamRow.UNKNOWN;
        }
        Row found = row.next();
        String outcome = found.getString("outcome");
        return new StreamRow(outcome == null ? null : StreamOutcome.valueOf(outcome), found.getInteger("resumes"));
    }
}
