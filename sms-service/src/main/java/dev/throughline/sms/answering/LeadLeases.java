package dev.throughline.sms.answering;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/**
 * Who may answer a lead: one replica at a time, also while partitions move from one to another. Short and renewed, so that the leads of a
 * replica that died are free soon; measured by the database's clock, because replicas' clocks differ. Whether an answer may still be
 * written is asked in the transaction that writes it.
 */
@ApplicationScoped
class LeadLeases {

    private final UUID owner = UUID.randomUUID();

    /** This replica, as it stands in the leases. */
    UUID owner() {
        return owner;
    }

    /** Takes the lead for {@code length}; false when somebody has it. */
    Uni<Boolean> take(SqlClient client, UUID leadId, Duration length) {
        return client.preparedQuery("""
                        INSERT INTO lead_lease (lead_id, owner, until)
                        VALUES ($1, $2, clock_timestamp() + make_interval(secs => $3))
                        ON CONFLICT (lead_id) DO UPDATE SET owner = excluded.owner, until = excluded.until
                        WHERE lead_lease.until < clock_timestamp()""")
                .execute(Tuple.of(leadId, owner(), seconds(length)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Keeps the lead for another {@code length} from now; false when it is lost. */
    Uni<Boolean> extend(SqlClient client, UUID leadId, Duration length) {
        return client.preparedQuery("""
                        UPDATE lead_lease SET until = clock_timestamp() + make_interval(secs => $3)
                        WHERE lead_id = $1 AND owner = $2""")
                .execute(Tuple.of(leadId, owner(), seconds(length)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Gives the lead back; nothing when it is somebody else's by now. */
    Uni<Void> giveBack(SqlClient client, UUID leadId) {
        return client.preparedQuery("DELETE FROM lead_lease WHERE lead_id = $1 AND owner = $2")
                .execute(Tuple.of(leadId, owner()))
                .replaceWithVoid();
    }

    /** Gives every lead back: what is under way here is not written any more. */
    Uni<Void> giveAllBack(SqlClient client) {
        return client.preparedQuery("DELETE FROM lead_lease WHERE owner = $1")
                .execute(Tuple.of(owner()))
                .replaceWithVoid();
    }

    private static double seconds(Duration length) {
        return length.toMillis() / 1e3;
    }
}
