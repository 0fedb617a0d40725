package dev.throughline.sms.consent;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** What customers said about being texted. */
@ApplicationScoped
public class Consents {

    /** Whether the customer forbade texts. */
    public Uni<Boolean> isOptedOut(SqlClient client, UUID tenantId, UUID leadId) {
        return client.preparedQuery("SELECT opted_out FROM consent WHERE tenant_id = $1 AND lead_id = $2")
                .execute(Tuple.of(tenantId, leadId))
                .map(rows -> rows.iterator().hasNext() && rows.iterator().next().getBoolean("opted_out"));
    }

    /**
     * Remembers a wish and, after STOP, takes back every text to the customer that has not left yet.
     *
     * @param source who told us, for example {@code sms}
     */
    public Uni<Void> remember(SqlClient tx, UUID tenantId, UUID leadId, OptOutWord word, String source, Instant at) {
        boolean optedOut = word.wish() == OptOutWord.Wish.STOP;
        Uni<Void> written = tx.preparedQuery("""
                        INSERT INTO consent (tenant_id, lead_id, opted_out, word, source, changed_at)
                        VALUES ($1, $2, $3, $4, $5, $6)
                        ON CONFLICT (tenant_id, lead_id) DO UPDATE
                        SET opted_out = excluded.opted_out, word = excluded.word, source = excluded.source,
                            changed_at = excluded.changed_at
                        WHERE consent.changed_at <= excluded.changed_at""")
                .execute(Tuple.of(tenantId, leadId, optedOut, word.word(), source, at.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
        return optedOut ? written.chain(() -> takeBack(tx, tenantId, leadId, at)) : written;
    }

    private static Uni<Void> takeBack(SqlClient tx, UUID tenantId, UUID leadId, Instant at) {
        return tx.preparedQuery("""
                        UPDATE outbound_text SET state = 'REFUSED', reason = 'the customer has opted out'
                        WHERE tenant_id = $1 AND lead_id = $2 AND state = 'PENDING'""")
                .execute(Tuple.of(tenantId, leadId))
                .chain(() -> tx.preparedQuery("""
                                UPDATE inbound_text SET state = 'SILENT', settled_at = $3
                                WHERE tenant_id = $1 AND lead_id = $2 AND state = 'WAITING'""").execute(Tuple.of(tenantId, leadId, at.atOffset(ZoneOffset.UTC))))
                .replaceWithVoid();
    }
}
