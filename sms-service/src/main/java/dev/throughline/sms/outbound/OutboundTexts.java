package dev.throughline.sms.outbound;

import dev.throughline.events.Speaker;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The texts to send and what became of each. */
@ApplicationScoped
public class OutboundTexts {

    private static final int MOST_PER_SWEEP = 100;

    /** Adds a text to send; nothing when one answers the same text already. */
    public Uni<Void> add(SqlClient tx, OutboundText text, Instant at) {
        OffsetDateTime now = at.atOffset(ZoneOffset.UTC);
        Tuple values = Tuple.tuple(new ArrayList<>())
                .addUUID(text.id())
                .addUUID(text.tenantId())
                .addUUID(text.leadId())
                .addString(text.customer())
                .addString(text.businessNumber())
                .addString(text.body())
                .addString(text.author().name())
                .addString(text.inReplyTo())
                .addString(text.conversationId())
                .addOffsetDateTime(now);
        return tx.preparedQuery("""
                        INSERT INTO outbound_text (id, tenant_id, lead_id, customer, business_number, body, author, in_reply_to,
                                                   conversation_id, state, created_at, not_before)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'PENDING', $10, $10)
                        ON CONFLICT (in_reply_to) DO NOTHING""").execute(values).replaceWithVoid();
    }

    /** Claims one text that is due; empty when another replica has it, or it was taken back. */
    public Uni<Optional<OutboundText>> claim(SqlClient client, UUID id, Instant at) {
        return client.preparedQuery("""
                        UPDATE outbound_text SET state = 'SENDING', claimed_at = $2, attempts = attempts + 1
                        WHERE id = $1 AND state = 'PENDING' AND not_before <= $2
                          AND NOT EXISTS (SELECT 1 FROM consent c WHERE c.tenant_id = outbound_text.tenant_id
                                          AND c.lead_id = outbound_text.lead_id AND c.opted_out)
                        RETURNING *""")
                .execute(Tuple.of(id, at.atOffset(ZoneOffset.UTC)))
                .map(OutboundTexts::first);
    }

    /** Claims the look-up of a text whose sender died or never heard; a claim older than {@code cutoff} counts as such. */
    public Uni<Optional<OutboundText>> claimStale(SqlClient client, UUID id, Instant cutoff, Instant at) {
        return client.preparedQuery("""
                        UPDATE outbound_text SET not_before = $3
                        WHERE id = $1 AND state = 'SENDING' AND claimed_at < $2 AND not_before < $2
                        RETURNING *""")
                .execute(Tuple.of(id, cutoff.atOffset(ZoneOffset.UTC), at.atOffset(ZoneOffset.UTC)))
                .map(OutboundTexts::first);
    }

    /** Ids that are due to be sent. */
    public Uni<List<UUID>> due(SqlClient client, Instant at) {
        return ids(client, "state = 'PENDING' AND not_before <= $1", at);
    }

    /** Ids claimed before {@code cutoff} of which no outcome is known. */
    public Uni<List<UUID>> stale(SqlClient client, Instant cutoff) {
        return ids(client, "state = 'SENDING' AND claimed_at < $1", cutoff);
    }

    /** Twilio has it. */
    public Uni<Void> sent(SqlClient tx, UUID id, String messageSid) {
        return tx.preparedQuery("UPDATE outbound_text SET state = 'SENT', message_sid = $2 WHERE id = $1")
                .execute(Tuple.of(id, messageSid))
                .replaceWithVoid();
    }

    /** Twilio will never have it. @param errorCode Twilio's, null when it gave none */
    public Uni<Void> refused(SqlClient tx, UUID id, @Nullable Integer errorCode) {
        return tx.preparedQuery("UPDATE outbound_text SET state = 'REFUSED', error_code = $2 WHERE id = $1")
                .execute(Tuple.of(id, errorCode))
                .replaceWithVoid();
    }

    /** It certainly did not leave and may be tried again at {@code notBefore}. */
    public Uni<Void> again(SqlClient tx, UUID id, Instant notBefore) {
        return tx.preparedQuery("UPDATE outbound_text SET state = 'PENDING', not_before = $2 WHERE id = $1")
                .execute(Tuple.of(id, notBefore.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** Nobody can tell whether it left; it is not sent again. */
    public Uni<Void> lost(SqlClient tx, UUID id) {
        return tx.preparedQuery("UPDATE outbound_text SET state = 'LOST' WHERE id = $1")
                .execute(Tuple.of(id))
                .replaceWithVoid();
    }

    private static Uni<List<UUID>> ids(SqlClient client, String condition, Instant at) {
        return client.preparedQuery("SELECT id FROM outbound_text WHERE " + condition + " ORDER BY created_at LIMIT "
                        + MOST_PER_SWEEP)
                .execute(Tuple.of(at.atOffset(ZoneOffset.UTC)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getUUID("id"))
                        .toList());
    }

    private static Optional<OutboundText> first(RowSet<Row> rows) {
        return rows.iterator().hasNext() ? Optional.of(text(rows.iterator().next())) : Optional.empty();
    }

    private static OutboundText text(Row row) {
        OffsetDateTime claimed = row.getOffsetDateTime("claimed_at");
        return new OutboundText(
                row.getUUID("id"),
                row.getUUID("tenant_id"),
                row.getUUID("lead_id"),
                row.getString("customer"),
                row.getString("business_number"),
                row.getString("body"),
                Speaker.valueOf(row.getString("author")),
                row.getString("in_reply_to"),
                row.getString("conversation_id"),
                row.getInteger("attempts"),
                claimed == null ? null : claimed.toInstant());
    }
}
