package dev.throughline.sms.answering;

import dev.throughline.events.EventIds;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.context.LeadContext;
import dev.throughline.sms.SmsEvents;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The last texts with a lead, from this service's own tables: a context comes by a topic and may not know yet what was answered a second
 * ago, or what an operator wrote before giving the conversation back.
 */
@ApplicationScoped
class RecentTexts {

    private static final int MOST = 10;

    private final Pool pool;

    RecentTexts(Pool pool) {
        this.pool = pool;
    }

    /** The context with the last texts in it, each once, but for those that wait for an answer. */
    Uni<Optional<LeadContext>> addedTo(Optional<LeadContext> context, UUID tenantId, UUID leadId) {
        return pool.preparedQuery("""
                        (SELECT true AS ours, id::text AS id, message_sid, customer, business_number, body, author, in_reply_to,
                                conversation_id, created_at AS at
                         FROM outbound_text WHERE lead_id = $1 AND state <> 'REFUSED' AND not_before <= now()
                         ORDER BY created_at DESC LIMIT $2)
                        UNION ALL
                        (SELECT false, message_sid, message_sid, customer, business_number, body, 'CUSTOMER', NULL, NULL, received_at
                         FROM inbound_text WHERE lead_id = $1 AND state <> 'WAITING' ORDER BY received_at DESC LIMIT $2)
                        ORDER BY at""").execute(Tuple.of(leadId, MOST)).map(rows -> {
            List<RecordedEvent> events = new ArrayList<>();
            rows.forEach(row -> events.add(event(row, tenantId, leadId)));
            if (events.isEmpty()) {
                return context;
            }
            LeadContext known = context.orElseGet(() -> LeadContext.empty(tenantId, leadId));
            for (RecordedEvent event : events) {
                known = known.apply(event);
            }
            return Optional.of(known);
        });
    }

    /** As it is, or will be, on the topic: the same id, so that it counts once. */
    private static RecordedEvent event(Row row, UUID tenantId, UUID leadId) {
        String sid = Objects.requireNonNullElse(row.getString("message_sid"), row.getString("id"));
        String customer = row.getString("customer");
        String business = row.getString("business_number");
        String body = row.getString("body");
        Instant at = row.getOffsetDateTime("at").toInstant();
        if (!row.getBoolean("ours")) {
            var received = new SmsEvent.Received(sid, customer, business, body, 1, List.of());
            return SmsEvents.recorded(EventIds.of("sms.received", sid), at, tenantId, leadId, received);
        }
        var sent = new SmsEvent.Sent(
                sid,
                business,
                customer,
                body,
                1,
                Speaker.valueOf(row.getString("author")),
                row.getString("in_reply_to"),
                row.getString("conversation_id"));
        return SmsEvents.recorded(EventIds.of("sms.sent", sid), at, tenantId, leadId, sent);
    }
}
