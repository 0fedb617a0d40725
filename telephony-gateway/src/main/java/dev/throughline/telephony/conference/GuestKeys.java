package dev.throughline.telephony.conference;

import dev.throughline.telephony.conference.RoomKeys.Key;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Under which keys people were asked into rooms. Whoever asks holds the room's row. Fails with the driver's exceptions. */
@Singleton
final class GuestKeys {

    private static final String FIND =
            "SELECT fingerprint FROM conference_guest_keys WHERE room = $1 AND idempotency_key = $2";

    private static final String KEEP =
            "INSERT INTO conference_guest_keys (room, idempotency_key, fingerprint) VALUES ($1, $2, $3)";

    private static final String GIVE_BACK =
            "DELETE FROM conference_guest_keys WHERE room = $1 AND idempotency_key = $2";

    /** The fingerprint of what was asked for under this key; empty when nothing was. */
    Uni<Optional<String>> find(SqlClient tx, String room, Key key) {
        return tx.preparedQuery(FIND)
                .execute(Tuple.of(room, key.text()))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getString("fingerprint")));
    }

    /** Has a key stand for what was asked for. */
    Uni<Void> keep(SqlClient tx, String room, Key key) {
        return tx.preparedQuery(KEEP)
                .execute(Tuple.of(room, key.text(), key.fingerprint()))
                .replaceWithVoid();
    }

    /** Frees a key of which nothing came. */
    Uni<Void> giveBack(SqlClient client, String room, Key key) {
        return client.preparedQuery(GIVE_BACK)
                .execute(Tuple.of(room, key.text()))
                .replaceWithVoid();
    }
}
