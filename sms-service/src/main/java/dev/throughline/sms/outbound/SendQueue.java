package dev.throughline.sms.outbound;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The way of each text from waiting to Twilio: the steps of {@link TextSender}'s states, each one statement. When a text was claimed is told
 * by the database's clock: replicas' clocks differ, and with a wrong one the text would be looked for at Twilio at the wrong time.
 */
@ApplicationScoped
class SendQueue {

    private static final int MOST_PER_SWEEP = 100;

    /** A text {@code t} that may leave at $1: nobody has forbidden it, none goes before it, and no human answers in the agent's place. */
    private static final String MAY_LEAVE = """
            t.state = 'PENDING' AND t.not_before <= $1
              AND NOT EXISTS (SELECT 1 FROM consent c
                              WHERE c.tenant_id = t.tenant_id AND c.lead_id = t.lead_id AND c.opted_out)
              AND NOT EXISTS (SELECT 1 FROM outbound_text f
                              WHERE f.id = t.follows AND f.state IN ('PENDING', 'SENDING'))
              AND NOT EXISTS (SELECT 1 FROM take_over o
                              WHERE o.lead_id = t.lead_id AND t.author = 'AGENT'
                                AND (t.in_reply_to IS NOT NULL OR t.repeats IS NOT NULL))""";

    /** Claims one text that is due at {@code at}; empty when another replica has it, or it was taken back. */
    Uni<Optional<Claimed>> claim(SqlClient client, UUID id, Instant at) {
        return client.preparedQuery("UPDATE outbound_text t SET state = 'SENDING', claimed_at = clock_timestamp(),"
                        + " not_before = least(not_before, clock_timestamp()), attempts = attempts + 1"
                        + " WHERE id = $2 AND " + MAY_LEAVE + " RETURNING *")
                .execute(Tuple.of(at.atOffset(ZoneOffset.UTC), id))
                .map(rows -> TextRows.first(rows, SendQueue::claimed));
    }

    /**
     * A text this replica has.
     *
     * @param paced whether it has its sender's place already
     */
    record Claimed(OutboundText text, boolean paced) {}

    private static Claimed claimed(Row row) {
        return new Claimed(TextRows.text(row), row.getBoolean("paced"));
    }

    /** Claims the look-up of a text whose sender died or never heard; a claim older than {@code age} counts as such. */
    Uni<Optional<Stale>> claimStale(SqlClient client, UUID id, Duration age) {
        return client.preparedQuery("""
                        UPDATE outbound_text SET not_before = clock_timestamp()
                        WHERE id = $1 AND state = 'SENDING' AND greatest(claimed_at, not_before) < clock_timestamp() - make_interval(secs => $2)
                        RETURNING *""")
                .execute(Tuple.of(id, seconds(age)))
                .map(rows -> TextRows.first(rows, row -> new Stale(TextRows.text(row), row.getInteger("not_found"))));
    }

    /**
     * A text of which nobody knows whether it left.
     *
     * @param notFound how often it was looked for in vain before
     */
    record Stale(OutboundText text, int notFound) {}

    /** Ids that are due to be sent, the oldest first. */
    Uni<List<UUID>> due(SqlClient client, Instant at) {
        return client.preparedQuery("SELECT id FROM outbound_text t WHERE " + MAY_LEAVE + " ORDER BY created_at LIMIT "
                        + MOST_PER_SWEEP)
                .execute(Tuple.of(at.atOffset(ZoneOffset.UTC)))
                .map(TextRows::ids);
    }

    /** Ids claimed longer than {@code age} ago of which no outcome is known. */
    Uni<List<UUID>> stale(SqlClient client, Duration age) {
        return client.preparedQuery("""
                        SELECT id FROM outbound_text
                        WHERE state = 'SENDING' AND claimed_at < clock_timestamp() - make_interval(secs => $1)
                        ORDER BY created_at LIMIT""" + " " + MOST_PER_SWEEP)
                .execute(Tuple.of(seconds(age)))
                .map(TextRows::ids);
    }

    private static double seconds(Duration length) {
        return length.toMillis() / 1e3;
    }

    /** Twilio has it. */
    Uni<Void> sent(SqlClient tx, UUID id, String messageSid) {
        return tx.preparedQuery("UPDATE outbound_text SET state = 'SENT', message_sid = $2 WHERE id = $1")
                .execute(Tuple.of(id, messageSid))
                .replaceWithVoid();
    }

    /** Twilio will never have it, nor what follows it. @param errorCode Twilio's, null when it gave none */
    Uni<Void> refused(SqlClient tx, UUID id, @Nullable Integer errorCode, String reason) {
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

    /** It certainly did not leave and may be tried again at {@code notBefore}; nothing when somebody else has it by now. */
    Uni<Void> again(SqlClient tx, OutboundText text, Instant notBefore) {
        return tx.preparedQuery("""
                        UPDATE outbound_text SET state = 'PENDING', not_before = $3, paced = false
                        WHERE id = $1 AND state = 'SENDING' AND attempts = $2""")
                .execute(Tuple.of(text.id(), text.attempts(), notBefore.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** As {@link #again}, for a text that Twilio does not know of. */
    Uni<Void> againNotFound(SqlClient tx, OutboundText text, Instant notBefore) {
        return tx.preparedQuery("""
                        UPDATE outbound_text SET state = 'PENDING', not_before = $3, paced = false, not_found = not_found + 1
                        WHERE id = $1 AND state = 'SENDING' AND attempts = $2""")
                .execute(Tuple.of(text.id(), text.attempts(), notBefore.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** Nobody can tell whether it left; it is not sent again. */
    Uni<Void> lost(SqlClient tx, UUID id) {
        return tx.preparedQuery("UPDATE outbound_text SET state = 'LOST' WHERE id = $1")
                .execute(Tuple.of(id))
                .replaceWithVoid();
    }
}
