package dev.throughline.sms.inbound;

import dev.throughline.platform.outbox.Outbox;
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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

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
     * Rows in the order of their sids, so that two statements with the same texts do not wait for each other; the events in the order the
     * texts came. When none is new the arrays are null, and nothing is put. Each consent is looked up by itself: joined, the table would be
     * read whole for a handful of texts as soon as the planner takes it for small.
     */
    private static final String STORE = """
            WITH arrived AS MATERIALIZED (
                SELECT * FROM unnest($1::text[], $2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[],
                                     $8::timestamptz[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::bytea[])
                              WITH ORDINALITY
                    AS t (message_sid, idempotency_token, tenant_id, lead_id, customer, business_number, body, received_at, state,
                          media_urls, topic, key, headers, payload, number)),
            stored AS (
                INSERT INTO inbound_text (message_sid, idempotency_token, tenant_id, lead_id, customer, business_number,
                                          body, received_at, state, media_urls)
                SELECT message_sid, idempotency_token, tenant_id, lead_id, customer, business_number, body, received_at,
                       CASE WHEN c.opted_out THEN 'SILENT' ELSE state END, string_to_array(media_urls, E'\n')
                FROM arrived t LEFT JOIN LATERAL (
                    SELECT opted_out FROM consent WHERE tenant_id = t.tenant_id AND lead_id = t.lead_id LIMIT 1) c ON true
                ORDER BY message_sid
                ON CONFLICT DO NOTHING RETURNING message_sid)
            SELECT outbox_put(array_agg(topic ORDER BY number), array_agg(key ORDER BY number),
                              array_agg(headers ORDER BY number), array_agg(payload ORDER BY number))
            FROM arrived JOIN stored USING (message_sid)""";

    /**
     * Stores texts and their events in one statement, each unless its MessageSid or idempotency token was there already. A text of
     * somebody who is opted out is stored as silent.
     *
     * @param arrivals with different MessageSids, not empty
     */
    Uni<Void> store(SqlClient client, List<TextBatches.Arrival> arrivals) {
        Tuple events =
                Outbox.putting(arrivals.stream().map(TextBatches.Arrival::event).toList());
        Tuple columns = Tuple.tuple(new ArrayList<>())
                .addArrayOfString(texts(arrivals, InboundText::messageSid))
                .addArrayOfString(texts(arrivals, InboundText::idempotencyToken))
                .addArrayOfUUID(column(arrivals, InboundText::tenantId, UUID[]::new))
                .addArrayOfUUID(column(arrivals, InboundText::leadId, UUID[]::new))
                .addArrayOfString(texts(arrivals, InboundText::customer))
                .addArrayOfString(texts(arrivals, InboundText::businessNumber))
                .addArrayOfString(texts(arrivals, InboundText::body))
                .addArrayOfOffsetDateTime(
                        column(arrivals, text -> text.receivedAt().atOffset(ZoneOffset.UTC), OffsetDateTime[]::new))
                .addArrayOfString(
                        arrivals.stream().map(arrival -> arrival.state().name()).toArray(String[]::new))
                // A line each: an address has no line break.
                .addArrayOfString(texts(arrivals, text -> String.join("\n", text.mediaUrls())))
                .addArrayOfString(events.getArrayOfStrings(0))
                .addArrayOfString(events.getArrayOfStrings(1))
                .addArrayOfString(events.getArrayOfStrings(2))
                .addValue(events.getValue(3));
        return client.preparedQuery(STORE).execute(columns).replaceWithVoid();
    }

    private static String[] texts(List<TextBatches.Arrival> arrivals, Function<InboundText, @Nullable String> value) {
        return column(arrivals, value, String[]::new);
    }

    private static <T extends @Nullable Object> T[] column(
            List<TextBatches.Arrival> arrivals, Function<InboundText, T> value, IntFunction<T[]> array) {
        return arrivals.stream().map(arrival -> value.apply(arrival.text())).toArray(array);
    }

    /** Stores the text as above, without its event; false when it was there already. */
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

    /** Which of these leads have a text that waits for the agent. */
    public Uni<List<UUID>> waitingOf(SqlClient client, Collection<UUID> leads) {
        return client.preparedQuery(
                        "SELECT DISTINCT lead_id FROM inbound_text WHERE lead_id = ANY($1) AND state = 'WAITING'")
                .execute(Tuple.of(leads.toArray(UUID[]::new)))
                .map(rows -> stream(rows).map(row -> row.getUUID("lead_id")).toList());
    }

    /** Leads with texts that wait for the agent since before {@code cutoff}, and that nobody answers now. */
    public Uni<List<UUID>> leadsWaitingSince(SqlClient client, Instant cutoff) {
        return client.preparedQuery("""
                        SELECT lead_id, min(received_at) AS oldest FROM inbound_text
                        WHERE state = 'WAITING' AND received_at < $1
                          AND NOT EXISTS (SELECT 1 FROM take_over t WHERE t.lead_id = inbound_text.lead_id)
                          AND NOT EXISTS (SELECT 1 FROM lead_lease l
                                          WHERE l.lead_id = inbound_text.lead_id AND l.until > clock_timestamp())
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
