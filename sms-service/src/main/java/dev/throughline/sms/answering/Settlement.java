package dev.throughline.sms.answering;

import dev.throughline.events.RecordedEvent;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.sms.inbound.InboundText;
import dev.throughline.sms.inbound.InboundTexts;
import dev.throughline.sms.outbound.OutboundText;
import dev.throughline.sms.outbound.OutboundTexts;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Writes an answer: the texts to send, the end of the waiting and the conversation's events are one transaction. It waits for its turn
 * with the lead first, so STOP, a take-over and an answer made elsewhere are before it or after it, never beside it.
 */
@ApplicationScoped
class Settlement {

    private static final Logger LOG = Logger.getLogger(Settlement.class);

    private final Pool pool;
    private final LeadLeases leases;
    private final InboundTexts inbound;
    private final OutboundTexts outbound;
    private final Outbox outbox;
    private final Clock clock;

    Settlement(Pool pool, LeadLeases leases, InboundTexts inbound, OutboundTexts outbound, Outbox outbox, Clock clock) {
        this.pool = pool;
        this.leases = leases;
        this.inbound = inbound;
        this.outbound = outbound;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Whether an answer still stands when it is written. */
    private enum Standing {
        GOOD,
        /** The lead is another replica's, or one of the texts was settled by somebody else. */
        STALE,
        /** The customer wants no texts; a STOP was stored while the text was. */
        OPTED_OUT,
        /** A human answers now; the texts wait for the give-back. */
        TAKEN_OVER
    }

    /**
     * Ends the waiting of {@code burst} with {@code replies}, or without any.
     *
     * @param replies in the order to be sent, possibly none
     * @param events of the conversation, told in any case
     * @return the replies that were written
     */
    Uni<List<OutboundText>> settle(List<InboundText> burst, List<OutboundText> replies, List<RecordedEvent> events) {
        UUID leadId = burst.getLast().leadId();
        return pool.withTransaction(tx -> outbox.hold(tx, leadId)
                .chain(() -> standing(tx, leadId, burst))
                .chain(standing -> {
                    if (standing == Standing.OPTED_OUT) {
                        return write(tx, burst, List.of(), events).replaceWith(List.<OutboundText>of());
                    }
                    if (standing != Standing.GOOD) {
                        LOG.infof("lead %s: an answer is dropped (%s)", leadId, standing);
                        return outbox.append(tx, events).replaceWith(List.<OutboundText>of());
                    }
                    return write(tx, burst, replies, events).replaceWith(replies);
                }));
    }

    private Uni<Void> write(
            SqlClient tx, List<InboundText> burst, List<OutboundText> replies, List<RecordedEvent> events) {
        Instant now = clock.instant();
        Uni<Void> written = inbound.settle(tx, burst, !replies.isEmpty(), now).replaceWithVoid();
        for (int i = 0; i < replies.size(); i++) {
            OutboundText reply = replies.get(i);
            UUID before = i == 0 ? null : replies.get(i - 1).id();
            written = written.chain(() -> outbound.addAfter(tx, reply, before, now));
        }
        return written.chain(() -> outbox.append(tx, events));
    }

    /** After STOP the texts are settled, which makes their answer stale. */
    private Uni<Standing> standing(SqlClient tx, UUID leadId, List<InboundText> burst) {
        String[] sids = burst.stream().map(InboundText::messageSid).toArray(String[]::new);
        return tx.preparedQuery("""
                        SELECT EXISTS (SELECT 1 FROM lead_lease WHERE lead_id = $1 AND owner = $2)
                               AND (SELECT count(*) FROM inbound_text WHERE message_sid = ANY($3) AND state = 'WAITING') = $4
                                   AS good,
                               EXISTS (SELECT 1 FROM take_over WHERE lead_id = $1) AS taken_over,
                               EXISTS (SELECT 1 FROM consent WHERE tenant_id = $5 AND lead_id = $1 AND opted_out) AS opted_out""")
                .execute(Tuple.of(
                        leadId,
                        leases.owner(),
                        sids,
                        (long) sids.length,
                        burst.getLast().tenantId()))
                .map(rows -> rows.iterator().next())
                .map(row -> {
                    if (row.getBoolean("taken_over")) {
                        return Standing.TAKEN_OVER;
                    }
                    if (!row.getBoolean("good")) {
                        return Standing.STALE;
                    }
                    return row.getBoolean("opted_out") ? Standing.OPTED_OUT : Standing.GOOD;
                });
    }
}
