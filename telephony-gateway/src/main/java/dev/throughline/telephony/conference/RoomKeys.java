package dev.throughline.telephony.conference;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Under which keys rooms were asked for, in the table {@code conferences}. Fails with the driver's exceptions. */
@Singleton
final class RoomKeys {

    private static final String ONE_BY_ONE = "SELECT pg_advisory_xact_lock(hashtextextended('conference:' || $1, 0))";

    private static final String FIND =
            "SELECT room, fingerprint FROM conferences WHERE tenant_id = $1 AND idempotency_key = $2";

    private static final String KEEP = "UPDATE conferences SET idempotency_key = $2, fingerprint = $3 WHERE room = $1";

    private static final String GIVE_BACK =
            "UPDATE conferences SET idempotency_key = NULL, fingerprint = NULL WHERE room = $1";

    /**
     * A wish and its key.
     *
     * @param fingerprint the same for the same wish
     */
    record Key(String text, String fingerprint) {}

    /** The room of an earlier request. */
    record Earlier(String room, String fingerprint) {}

    /** The room a key stands for. Until the transaction ends nobody else asks for this key. */
    Uni<Optional<Earlier>> find(SqlClient tx, UUID tenantId, Key key) {
        return tx.preparedQuery(ONE_BY_ONE)
                .execute(Tuple.of(tenantId + "|" + key.text()))
                .chain(() -> tx.preparedQuery(FIND).execute(Tuple.of(tenantId, key.text())))
                .map(RoomKeys::first);
    }

    /** Has a key stand for a room. */
    Uni<Void> keep(SqlClient tx, String room, Key key) {
        return tx.preparedQuery(KEEP)
                .execute(Tuple.of(room, key.text(), key.fingerprint()))
                .replaceWithVoid();
    }

    /** Frees the key of a room that came to nothing. */
    Uni<Void> giveBack(SqlClient client, String room) {
        return client.preparedQuery(GIVE_BACK).execute(Tuple.of(room)).replaceWithVoid();
    }

    private static Optional<Earlier> first(RowSet<Row> rows) {
        var row = rows.iterator();
        if (!row.hasNext()) {
            return Optional.empty();
        }
        Row found = row.next();
        return Optional.of(new Earlier(found.getString("room"), found.getString("fingerprint")));
    }
}
