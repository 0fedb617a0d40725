package dev.throughline.sms.outbound;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The texts to send, as those see them who ask for them. How they leave is {@link SendQueue}. */
@ApplicationScoped
public class OutboundTexts {

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
        Errand errand = text.errand();
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
                .addString(key == null ? null : key.requestHash())
                .addString(errand == null ? null : errand.purpose().wireName())
                .addString(errand == null ? null : errand.key())
                .addUUID(text.repeats())
                .addInteger(text.part());
        return tx.preparedQuery("""
                        INSERT INTO outbound_text (id, tenant_id, lead_id, customer, business_number, messaging_service_sid, body,
                                                   media_urls, author, in_reply_to, conversation_id, state, created_at, not_before,
                                                   idempotency_key, request_hash, purpose, errand_key, repeats, part)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'PENDING', $12, $13, $14, $15, $16, $17, $18, $19)
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
                          AND (in_reply_to IS NOT NULL OR repeats IS NOT NULL)""").execute(Tuple.of(leadId, reason)).replaceWithVoid();
    }

    /** A tenant's text by its id. */
    public Uni<Optional<Stored>> find(SqlClient client, UUID tenantId, UUID id) {
        return client.preparedQuery("SELECT * FROM outbound_text WHERE tenant_id = $1 AND id = $2")
                .execute(Tuple.of(tenantId, id))
                .map(rows -> TextRows.first(rows, TextRows::stored));
    }

    /** A tenant's text by the key it was asked for under. */
    public Uni<Optional<Stored>> findByKey(SqlClient client, UUID tenantId, String key) {
        return client.preparedQuery("SELECT * FROM outbound_text WHERE tenant_id = $1 AND idempotency_key = $2")
                .execute(Tuple.of(tenantId, key))
                .map(rows -> TextRows.first(rows, TextRows::stored));
    }

    /** Twilio's MessageSid of a text; empty when it has none, or {@code id} is null. */
    public Uni<Optional<String>> sidOf(SqlClient client, @Nullable UUID id) {
        if (id == null) {
            return Uni.createFrom().item(Optional.empty());
        }
        return client.preparedQuery("SELECT message_sid FROM outbound_text WHERE id = $1 AND message_sid IS NOT NULL")
                .execute(Tuple.of(id))
                .map(rows -> TextRows.first(rows, row -> row.getString(0)));
    }

    /** The text Twilio reports on, by its MessageSid or, before we know that, by our id; {@code id} null when not told. */
    public Uni<Optional<OutboundText>> findReported(SqlClient client, String messageSid, @Nullable UUID id) {
        return client.preparedQuery(
                        "SELECT * FROM outbound_text WHERE message_sid = $1 OR id = $2 AND message_sid IS NULL")
                .execute(Tuple.of(messageSid, id))
                .map(rows -> TextRows.first(rows, TextRows::text));
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
                .map(rows -> TextRows.first(rows, TextRows::contact));
    }

    /**
     * How a lead was last texted with.
     *
     * @param customer the lead's number, E.164
     * @param businessNumber the tenant's, E.164
     */
    public record Contact(String customer, String businessNumber) {}
}
