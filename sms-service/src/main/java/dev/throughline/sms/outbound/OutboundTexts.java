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
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The texts to send and what became of each. */
@ApplicationScoped
public class OutboundTexts {

    private static final int MOST_PER_SWEEP = 100;
    /** More than are looked through at Twilio. */
    private static final int MOST_SIDS = 200;

    /**
     * What a text was asked for under.
     *
     * @param key the caller's, unique per tenant
     * @param requestHash of everything that was asked
     */
    public record Key(String key, String requestHash) {}

    /**
     * A text as it stands.
     *
     * @param notBefore when it may leave
     * @param requestHash what was asked under its key; null without one
     * @param messageSid Twilio's, null before it was taken
     * @param reason why it never left; null when it did or may yet
     */
    public record Stored(
            OutboundText text,
            State state,
            Instant notBefore,
            @Nullable String requestHash,
            @Nullable String messageSid,
            @Nullable String reason) {}

    /** The states of {@link TextSender}. */
    public enum State {
        PENDING,
        SENDING,
        SENT,
        REFUSED,
        LOST
    }

    /** Adds a text to send at once; nothing when one answers the same text already. */
    public Uni<Void> add(SqlClient tx, OutboundText text, Instant at) {
        return add(tx, text, at, at, null).replaceWithVoid();
    }

    /**
     * Adds a text to send.
     *
     * @param notBefore when it may leave
     * @return false when there is one with this key, or one that answers the same text
     */
    public Uni<Boolean> add(SqlClient tx, OutboundText text, Instant at, Instant notBefore, @Nullable Key key) {
        Tuple values = Tuple.tuple(new ArrayList<>())
                .addUUID(text.id())
                .addUUID(text.tenantId())
                .addUUID(text.leadId())
                .addString(text.customer())
                .addString(text.sender().number())
                .addString(text.sender().messagingServiceSid())
                .addString(text.body())
                .addArrayOfString(text.mediaUrls().toArray(String[]::new))
                .addString(text.author().name())
                .addString(text.inReplyTo())
                .addString(text.conversationId())
                .addOffsetDateTime(at.atOffset(ZoneOffset.UTC))
                .addOffsetDateTime(notBefore.atOffset(ZoneOffset.UTC))
                .addString(key == null ? null : key.key())
                .addString(key == null ? null : key.requestHash());
        return tx.preparedQuery("""
                        INSERT INTO outbound_text (id, tenant_id, lead_id, customer, business_number, messaging_service_sid, body,
                                                   media_urls, author, in_reply_to, conversation_id, state, created_at, not_before,
                                                   idempotency_key, request_hash)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'PENDING', $12, $13, $14, $15)
                        ON CONFLICT DO NOTHING""").execute(values).map(rows -> rows.rowCount() == 1);
    }

    /**
     * Adds a text to send at once, but not before another has left; nothing when one answers the same text already.
     *
     * @param before the text that leaves first, null when none
     */
    public Uni<Void> addAfter(SqlClient tx, OutboundText text, @Nullable UUID before, Instant at) {
        Uni<Boolean> added = add(tx, text, at, at, null);
        return before == null
                ? added.replaceWithVoid()
                : added.chain(() -> tx.preparedQuery("UPDATE outbound_text SET follows = $2 WHERE id = $1")
                                .execute(Tuple.of(text.id(), before)))
                        .replaceWithVoid();
    }

    /** Takes back what an agent answered to the lead's texts and has not been begun. */
    public Uni<Void> takeBackAnswers(SqlClient tx, UUID leadId, String reason) {
        return tx.preparedQuery("""
                        UPDATE outbound_text SET state = 'REFUSED', reason = $2
                        WHERE lead_id = $1 AND state = 'PENDING' AND author = 'AGENT'
                          AND (in_reply_to IS NOT NULL OR follows IS NOT NULL)""").execute(Tuple.of(leadId, reason)).replaceWithVoid();
    }

    /** A tenant's text by its id. */
    public Uni<Optional<Stored>> find(SqlClient client, UUID tenantId, UUID id) {
        return client.preparedQuery("SELECT * FROM outbound_text WHERE tenant_id = $1 AND id = $2")
                .execute(Tuple.of(tenantId, id))
                .map(OutboundTexts::firstStored);
    }

    /** A tenant's text by the key it was asked for under. */
    public Uni<Optional<Stored>> findByKey(SqlClient client, UUID tenantId, String key) {
        return client.preparedQuery("SELECT * FROM outbound_text WHERE tenant_id = $1 AND idempotency_key = $2")
                .execute(Tuple.of(tenantId, key))
                .map(OutboundTexts::firstStored);
    }

    /** A text by Twilio's MessageSid. */
    public Uni<Optional<OutboundText>> findBySid(SqlClient client, String messageSid) {
        return client.preparedQuery("SELECT * FROM outbound_text WHERE message_sid = $1")
                .execute(Tuple.of(messageSid))
                .map(OutboundTexts::first);
    }

    /** Twilio's MessageSids of the latest texts to a lead. */
    public Uni<Set<String>> sidsTo(SqlClient client, UUID leadId) {
        return client.preparedQuery("""
                        SELECT message_sid FROM outbound_text WHERE lead_id = $1 AND message_sid IS NOT NULL
                        ORDER BY created_at DESC LIMIT $2""").execute(Tuple.of(leadId, MOST_SIDS)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> row.getString(0))
                .collect(Collectors.toSet()));
    }

    /** Takes a text back that has not been begun; false when it is too late. */
    public Uni<Boolean> takeBack(SqlClient client, UUID tenantId, UUID id, String reason) {
        return client.preparedQuery("""
                        UPDATE outbound_text SET state = 'REFUSED', reason = $3
                        WHERE tenant_id = $1 AND id = $2 AND state = 'PENDING'""").execute(Tuple.of(tenantId, id, reason)).map(rows -> rows.rowCount() == 1);
    }

    /** How many texts of a tenant were asked for since {@code from}. */
    public Uni<Long> countSince(SqlClient client, UUID tenantId, Instant from) {
        return client.preparedQuery("SELECT count(*) FROM outbound_text WHERE tenant_id = $1 AND created_at > $2")
                .execute(Tuple.of(tenantId, from.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** A lead's own number and the business number of its last text, either way; empty when there was none. */
    public Uni<Optional<Contact>> contact(SqlClient client, UUID tenantId, UUID leadId) {
        return client.preparedQuery("""
                        SELECT customer, business_number FROM (
                            (SELECT customer, business_number, received_at AS at FROM inbound_text
                             WHERE lead_id = $2 AND tenant_id = $1 ORDER BY received_at DESC LIMIT 1)
                            UNION ALL
                            (SELECT customer, business_number, created_at AS at FROM outbound_text
                             WHERE lead_id = $2 AND tenant_id = $1 ORDER BY created_at DESC LIMIT 1)) texts
                        ORDER BY at DESC LIMIT 1""")
                .execute(Tuple.of(tenantId, leadId))
                .map(rows -> rows.iterator().hasNext()
                        ? Optional.of(contact(rows.iterator().next()))
                        : Optional.empty());
    }

    /**
     * How a lead was last texted with.
     *
     * @param customer the lead's number, E.164
     * @param businessNumber the tenant's, E.164
     */
    public record Contact(String customer, String businessNumber) {}

    private static Contact contact(Row row) {
        return new Contact(row.getString("customer"), row.getString("business_number"));
    }

    /** Claims one text that is due; empty when another replica has it, or it was taken back. */
    public Uni<Optional<Claimed>> claim(SqlClient client, UUID id, Instant at) {
        return client.preparedQuery("""
                        UPDATE outbound_text SET state = 'SENDING', claimed_at = $2, attempts = attempts + 1
                        WHERE id = $1 AND state = 'PENDING' AND not_before <= $2
                          AND NOT EXISTS (SELECT 1 FROM consent c WHERE c.tenant_id = outbound_text.tenant_id
                                          AND c.lead_id = outbound_text.lead_id AND c.opted_out)
                          AND NOT EXISTS (SELECT 1 FROM outbound_text f WHERE f.id = outbound_text.follows
                                          AND f.state IN ('PENDING', 'SENDING'))
                          AND NOT EXISTS (SELECT 1 FROM take_over t WHERE t.lead_id = outbound_text.lead_id
                                          AND outbound_text.author = 'AGENT'
                                          AND (outbound_text.in_reply_to IS NOT NULL OR outbound_text.follows IS NOT NULL))
                        RETURNING *""")
                .execute(Tuple.of(id, at.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.iterator().hasNext()
                        ? Optional.of(claimed(rows.iterator().next()))
                        : Optional.empty());
    }

    /**
     * A text this replica has.
     *
     * @param paced whether it has its sender's place already
     */
    public record Claimed(OutboundText text, boolean paced) {}

    private static Claimed claimed(Row row) {
        return new Claimed(text(row), row.getBoolean("paced"));
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

    /** Twilio will never have it, nor what follows it. @param errorCode Twilio's, null when it gave none */
    public Uni<Void> refused(SqlClient tx, UUID id, @Nullable Integer errorCode, String reason) {
        return tx.preparedQuery("""
                        UPDATE outbound_text SET state = 'REFUSED', error_code = $2, reason = $3
                        WHERE id = $1 OR state = 'PENDING' AND (follows = $1 OR follows IN (
                            SELECT f.id FROM outbound_text f WHERE f.follows = $1))""").execute(Tuple.of(id, errorCode, reason)).replaceWithVoid();
    }

    /** It waits for its sender's place, which it has. */
    Uni<Void> waitForPlace(SqlClient tx, UUID id, Instant place) {
        return tx.preparedQuery("""
                        UPDATE outbound_text SET state = 'PENDING', not_before = $2, paced = true, attempts = attempts - 1
                        WHERE id = $1""")
                .execute(Tuple.of(id, place.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** It certainly did not leave and may be tried again at {@code notBefore}. */
    public Uni<Void> again(SqlClient tx, UUID id, Instant notBefore) {
        return tx.preparedQuery(
                        "UPDATE outbound_text SET state = 'PENDING', not_before = $2, paced = false WHERE id = $1")
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

    private static Optional<Stored> firstStored(RowSet<Row> rows) {
        return rows.iterator().hasNext() ? Optional.of(stored(rows.iterator().next())) : Optional.empty();
    }

    private static Stored stored(Row row) {
        return new Stored(
                text(row),
                State.valueOf(row.getString("state")),
                row.getOffsetDateTime("not_before").toInstant(),
                row.getString("request_hash"),
                row.getString("message_sid"),
                row.getString("reason"));
    }

    private static OutboundText text(Row row) {
        OffsetDateTime claimed = row.getOffsetDateTime("claimed_at");
        return new OutboundText(
                row.getUUID("id"),
                row.getUUID("tenant_id"),
                row.getUUID("lead_id"),
                row.getString("customer"),
                new Sender(row.getString("business_number"), row.getString("messaging_service_sid")),
                row.getString("body"),
                List.of(row.getArrayOfStrings("media_urls")),
                Speaker.valueOf(row.getString("author")),
                row.getString("in_reply_to"),
                row.getString("conversation_id"),
                row.getInteger("attempts"),
                claimed == null ? null : claimed.toInstant());
    }
}
