package dev.throughline.sms.answering;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** Who may answer a lead: one replica at a time, also while partitions move from one to another. */
@ApplicationScoped
class LeadLeases {

    /** Takes the lead for {@code length}; false when somebody has it. */
    Uni<Boolean> take(SqlClient client, UUID leadId, Instant now, Duration length) {
        return client.preparedQuery("""
                        INSERT INTO lead_lease (lead_id, until) VALUES ($1, $2)
                        ON CONFLICT (lead_id) DO UPDATE SET until = excluded.until WHERE lead_lease.until < $3""")
                .execute(Tuple.of(leadId, now.plus(length).atOffset(ZoneOffset.UTC), now.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Gives the lead back. */
    Uni<Void> giveBack(SqlClient client, UUID leadId) {
        return client.preparedQuery("DELETE FROM lead_lease WHERE lead_id = $1")
                .execute(Tuple.of(leadId))
                .replaceWithVoid();
    }
}
