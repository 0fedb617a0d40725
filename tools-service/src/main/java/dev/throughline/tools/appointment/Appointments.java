package dev.throughline.tools.appointment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.throughline.events.EventJson;
import dev.throughline.tools.appointment.Appointment.Status;
import dev.throughline.tools.availability.TimeSpan;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads appointments. Every method takes the connection of the running transaction, or the pool. Holds are not among them. */
@Singleton
public class Appointments {

    static final String COLUMNS = """
            SELECT id, tenant_id, lead_id, customer_name, customer_phone, customer_email, notes, items::text AS items,
                   status, version, cancel_reason, held_until
              FROM appointment WHERE tenant_id = $1""";

    private static final String SELECT = COLUMNS + " AND status <> 'held'";
    private static final TypeReference<List<Item>> ITEMS = new TypeReference<>() {};

    /** One appointment of the tenant. */
    public Uni<Optional<Appointment>> find(SqlClient client, UUID tenantId, UUID id) {
        return client.preparedQuery(SELECT + " AND id = $2")
                .execute(Tuple.of(tenantId, id))
                .map(Appointments::first);
    }

    /** As {@link #find}, and nobody else changes it until the transaction ends. */
    Uni<Optional<Appointment>> lock(SqlClient tx, UUID tenantId, UUID id) {
        return tx.preparedQuery(SELECT + " AND id = $2 FOR UPDATE")
                .execute(Tuple.of(tenantId, id))
                .map(Appointments::first);
    }

    /**
     * The tenant's appointments that begin in a span, by start, at most {@code limit}.
     *
     * @param staffId only those in which this person does something; null = all
     */
    public Uni<List<Appointment>> between(
            SqlClient client, UUID tenantId, TimeSpan span, @Nullable UUID staffId, int limit) {
        String sql = SELECT + """
                   AND starts_at >= $2 AND starts_at < $3
                   AND ($4::uuid IS NULL OR id IN (SELECT appointment_id FROM blocked_time
                                                    WHERE tenant_id = $1 AND resource_id = $4
                                                      AND lower(blocked) >= $2 - interval '3 days'
                                                      AND lower(blocked) < $3 + interval '3 days'))
                 ORDER BY starts_at, id LIMIT $5""";
        Tuple values = Tuple.of(tenantId, at(span.from()), at(span.to()))
                .addUUID(staffId)
                .addInteger(limit);
        return client.preparedQuery(sql).execute(values).map(Appointments::list);
    }

    /** What a customer has ahead, by start, at most {@code limit}: by lead, number or e-mail address, whichever is known. */
    public Uni<List<Appointment>> upcoming(
            SqlClient client,
            UUID tenantId,
            @Nullable UUID leadId,
            @Nullable String phone,
            @Nullable String email,
            Instant now,
            int limit) {
        String sql = SELECT + """
                   AND status = 'scheduled' AND ends_at > $5 AND starts_at > $5::timestamptz - interval '3 days'
                   AND (lead_id = $2 OR customer_phone = $3 OR lower(customer_email) = lower($4))
                 ORDER BY starts_at, id LIMIT $6""";
        Tuple values = Tuple.tuple()
                .addUUID(tenantId)
                .addUUID(leadId)
                .addString(phone)
                .addString(email)
                .addOffsetDateTime(at(now))
                .addInteger(limit);
        return client.preparedQuery(sql).execute(values).map(Appointments::list);
    }

    static Optional<Appointment> first(RowSet<Row> rows) {
        return list(rows).stream().findFirst();
    }

    private static List<Appointment> list(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(Appointments::appointment)
                .toList();
    }

    private static Appointment appointment(Row row) {
        OffsetDateTime heldUntil = row.getOffsetDateTime("held_until");
        return new Appointment(
                row.getUUID("id"),
                row.getUUID("tenant_id"),
                row.getUUID("lead_id"),
                new Customer(
                        row.getUUID("lead_id"),
                        row.getString("customer_name"),
                        row.getString("customer_phone"),
                        row.getString("customer_email")),
                row.getString("notes"),
                items(row.getString("items")),
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getInteger("version"),
                row.getString("cancel_reason"),
                heldUntil == null ? null : heldUntil.toInstant());
    }

    private static List<Item> items(String json) {
        try {
            return EventJson.mapper().readValue(json, ITEMS);
        } catch (JsonProcessingException corrupt) {
            throw new IllegalStateException("items are written by BookRows", corrupt);
        }
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
