package dev.throughline.sms.inbound;

import dev.throughline.events.RecordedEvent;
import dev.throughline.platform.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The texts received, and which of them still wait for an answer. */
@ApplicationScoped
public class InboundTexts {

    private static final int MOST_LEADS_PER_SWEEP = 200;
    private static final int MOST_TEXTS_PER_TURN = 20;

    private static final String INSERT = """
            INSERT INTO inbound_text (message_sid, idempotency_token, tenant_id, lead_id, customer, business_number,
                                      body, received_at, state, media_urls)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8,
                    CASE WHEN EXISTS (SELECT 1 FROM consent c WHERE c.tenant_id = $3 AND c.lead_id = $4 AND c.opted_out)
                         THEN 'SILENT' ELSE $9 END, $10)
            ON CONFLICT DO NOTHING""";

    /** Whether a text waits for an answer once stored. */
    public enum State {
        WAITING,
        SILENT
    }

    /**
     * Stores the text and its event in one statement, unless this MessageSid or idempotency token was there already. A text of
     * somebody who is opted out is stored as silent.
     *
     * @param event what to tell when the text is new
     */
    Uni<Void> store(SqlClient client, InboundText text, State state, RecordedEvent event) {
        Tuple values = values(text, state);
        Tuple put = Outbox.putting(event);
        for (int i = 0; i < put.size(); i++) {
            values.addValue(put.getValue(i));
        }
        return client.preparedQuery("WITH stored AS (" + INSERT + """
                         RETURNING lead_id)
                        SELECT outbox_put($11, $12, $13, $14) FROM stored""")
                .execute(values)
                .replaceWithVoid();
    }

    /** Stores the text as {@link #store} does, without its event; false when it was there already. */
    Uni<Boolean> claim(SqlClient tx, InboundText text, State state) {
        return tx.preparedQuery(INSERT).execute(values(text, state)).map(rows -> rows.rowCount() == 1);
    }

    private static Tuple values(InboundText text, State state) {
        return Tuple.tuple(new ArrayList<>())
                .addString(text.messageSid())
                .addString(text.idempotencyToken())
                .addUUID(text.tenantId())
                .addUUID(text.leadId())
                .addString(text.customer())
                .addString(text.businessNumber())
                .addString(text.body())
                .addOffsetDateTime(text.receivedAt().atOffset(ZoneOffset.UTC))
                .addString(state.name())
                .addArrayOfString(text.mediaUrls().toArray(String[]::new));
    }

    /** The texts of a lead that wait for the agent, oldest first, at most {@value #MOST_TEXTS_PER_TURN}; none while a human has it. */
    public Uni<List<InboundText>> waiting(SqlClient client, UUID leadId) {
        return client.preparedQuery("""
                        SELECT * FROM inbound_text WHERE lead_id = $1 AND state = 'WAITING'
                        AND NOT EXISTS (SELECT 1 FROM take_over WHERE lead_id = $1)
                        ORDER BY received_at, message_sid LIMIT $2""")
                .execute(Tuple.of(leadId, MOST_TEXTS_PER_TURN))
                .map(rows -> stream(rows).map(InboundTexts::text).toList());
    }

    /** Where the files of a text lie, in the order sent; none when it is of another tenant. @param tenantId empty for any */
    public Uni<List<String>> media(SqlClient client, String messageSid, Optional<UUID> tenantId) {
        return client.preparedQuery(
                        "SELECT media_urls FROM inbound_text WHERE message_sid = $1 AND ($2::uuid IS NULL OR tenant_id = $2)")
                .execute(Tuple.of(messageSid, tenantId.orElse(null)))
                .map(rows -> stream(rows)
                        .findFirst()
                        .map(row -> List.of(row.getArrayOfStrings("media_urls")))
                        .orElse(List.of()));
    }

    /** Leads with texts that wait for the agent since before {@code cutoff}. */
    public Uni<List<UUID>> leadsWaitingSince(SqlClient client, Instant cutoff) {
        return client.preparedQuery("""
                        SELECT lead_id, min(received_at) AS oldest FROM inbound_text
                        WHERE state = 'WAITING' AND received_at < $1
                          AND NOT EXISTS (SELECT 1 FROM take_over t WHERE t.lead_id = inbound_text.lead_id)
                        GROUP BY lead_id ORDER BY oldest LIMIT $2""")
                .execute(Tuple.of(cutoff.atOffset(ZoneOffset.UTC), MOST_LEADS_PER_SWEEP))
                .map(rows -> stream(rows).map(row -> row.getUUID("lead_id")).toList());
    }

    /** Ends the waiting of these texts; the count says how many still waited. */
    public Uni<Integer> settle(SqlClient tx, List<InboundText> texts, boolean answered, Instant at) {
        String[] sids = texts.stream().map(InboundText::messageSid).toArray(String[]::new);
        return tx.preparedQuery("""
                        UPDATE inbound_text SET state = $2, settled_at = $3
                        WHERE message_sid = ANY($1) AND state = 'WAITING'""")
                .execute(Tuple.of(sids, answered ? "ANSWERED" : "SILENT", at.atOffset(ZoneOffset.UTC)))
                .map(RowSet::rowCount);
    }

    private static InboundText text(Row row) {
        return new InboundText(
                row.getString("message_sid"),
                row.getString("idempotency_token"),
                row.getUUID("tenant_id"),
                row.getUUID("lead_id"),
                row.getString("customer"),
                row.getString("business_number"),
                row.getString("body"),
                0,
                List.of(row.getArrayOfStrings("media_urls")),
                row.getOffsetDateTime("received_at").toInstant());
    }

    private static java.util.stream.Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
