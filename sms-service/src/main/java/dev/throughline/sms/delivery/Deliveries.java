package dev.throughline.sms.delivery;

import dev.throughline.events.context.DeliveryStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The furthest status known of every text we sent. */
@ApplicationScoped
public class Deliveries {

    /** Moves a text's status forward; false when it is there or further already, or the status is none we know. */
    public Uni<Boolean> advance(
            SqlClient tx, String messageSid, String status, @Nullable Integer errorCode, Instant at) {
        int rank = DeliveryStatus.rank(status);
        if (rank < 0) {
            return Uni.createFrom().item(false);
        }
        Tuple values = Tuple.tuple(new ArrayList<>())
                .addString(messageSid)
                .addString(status)
                .addInteger(rank)
                .addInteger(errorCode)
                .addOffsetDateTime(at.atOffset(ZoneOffset.UTC));
        return tx.preparedQuery("""
                        INSERT INTO delivery (message_sid, status, rank, error_code, changed_at) VALUES ($1, $2, $3, $4, $5)
                        ON CONFLICT (message_sid) DO UPDATE
                        SET status = excluded.status, rank = excluded.rank, error_code = excluded.error_code,
                            changed_at = excluded.changed_at
                        WHERE delivery.rank < excluded.rank""").execute(values).map(rows -> rows.rowCount() == 1);
    }
}
