package dev.throughline.tools.appointment;

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

/** The rows of appointments. Every method takes the connection of the running transaction, or the pool. */
@Singleton
public class Appointments {

    private static final String SELECT = """
            SELECT id, tenant_id, service_id, service_name, staff_id, staff_name, lead_id, customer_name, customer_phone,
                   customer_email, notes, starts_at, ends_at, status, version, cancel_reason
              FROM appointment WHERE tenant_id = $1""";

    /**
     * Writes a new appointment unless the exclusion constraint forbids it. {@code ON CONFLICT} makes the loser of a race wait for the
     * winner's commit and then answer no row, without an error and without a deadlock.
     *
     * @return whether it was written
     */
    Uni<Boolean> insert(SqlClient tx, Appointment appointment, TimeSpan blocked) {
        String sql = """
                INSERT INTO appointment (id, tenant_id, service_id, service_name, staff_id, staff_name, lead_id,
                                         customer_name, customer_phone, customer_email, notes, starts_at, ends_at,
                                         blocked, status, version)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, tstzrange($14, $15), 'scheduled', $16)
                ON CONFLICT DO NOTHING""";
        Tuple values = Tuple.tuple()
                .addUUID(appointment.id())
                .addUUID(appointment.tenantId())
                .addUUID(appointment.serviceId())
                .addString(appointment.serviceName())
                .addUUID(appointment.staffId())
                .addString(appointment.staffName())
                .addUUID(appointment.leadId())
                .addString(appointment.customerName())
                .addString(appointment.customerPhone())
                .addString(appointment.customerEmail())
                .addString(appointment.notes())
                .addOffsetDateTime(at(appointment.start()))
                .addOffsetDateTime(at(appointment.end()))
                .addOffsetDateTime(at(blocked.from()))
                .addOffsetDateTime(at(blocked.to()))
                .addInteger(appointment.version());
        return tx.preparedQuery(sql).execute(values).map(rows -> rows.rowCount() == 1);
    }

    /** Moves an appointment. Fails with {@code 23P01} when the new time was taken at the same moment. */
    Uni<Void> move(SqlClient tx, Appointment appointment, TimeSpan blocked) {
        String sql = """
                UPDATE appointment SET staff_id = $3, staff_name = $4, starts_at = $5, ends_at = $6,
                       blocked = tstzrange($7, $8), version = $9
                 WHERE tenant_id = $1 AND id = $2""";
        Tuple values = Tuple.tuple()
                .addUUID(appointment.tenantId())
                .addUUID(appointment.id())
                .addUUID(appointment.staffId())
                .addString(appointment.staffName())
                .addOffsetDateTime(at(appointment.start()))
                .addOffsetDateTime(at(appointment.end()))
                .addOffsetDateTime(at(blocked.from()))
                .addOffsetDateTime(at(blocked.to()))
                .addInteger(appointment.version());
        return tx.preparedQuery(sql).execute(values).replaceWithVoid();
    }

    Uni<Void> cancel(SqlClient tx, Appointment appointment) {
        String sql = """
                UPDATE appointment SET status = 'cancelled', cancel_reason = $3, version = $4
                 WHERE tenant_id = $1 AND id = $2""";
        return tx.preparedQuery(sql)
                .execute(Tuple.of(
                        appointment.tenantId(), appointment.id(), appointment.cancelReason(), appointment.version()))
                .replaceWithVoid();
    }

    /** One appointment of the tenant. */
    public Uni<Optional<Appointment>> find(SqlClient client, UUID tenantId, UUID id) {
        return client.preparedQuery(SELECT + " AND id = $2")
                .execute(Tuple.of(tenantId, id))
                .map(rows -> list(rows).stream().findFirst());
    }

    /** As {@link #find}, and nobody else changes it until the transaction ends. */
    Uni<Optional<Appointment>> lock(SqlClient tx, UUID tenantId, UUID id) {
        return tx.preparedQuery(SELECT + " AND id = $2 FOR UPDATE")
                .execute(Tuple.of(tenantId, id))
                .map(rows -> list(rows).stream().findFirst());
    }

    /** The tenant's appointments that begin in a span, by start, at most {@code limit}. */
    Uni<List<Appointment>> between(SqlClient client, UUID tenantId, TimeSpan span, int limit) {
        return client.preparedQuery(SELECT + " AND starts_at >= $2 AND starts_at < $3 ORDER BY starts_at, id LIMIT $4")
                .execute(Tuple.of(tenantId, at(span.from()), at(span.to()), limit))
                .map(Appointments::list);
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
                   AND status = 'scheduled' AND ends_at > $5
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

    private static List<Appointment> list(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(Appointments::appointment)
                .toList();
    }

    private static Appointment appointment(Row row) {
        return new Appointment(
                row.getUUID("id"),
                row.getUUID("tenant_id"),
                row.getUUID("service_id"),
                row.getString("service_name"),
                row.getUUID("staff_id"),
                row.getString("staff_name"),
                row.getUUID("lead_id"),
                row.getString("customer_name"),
                row.getString("customer_phone"),
                row.getString("customer_email"),
                row.getString("notes"),
                row.getOffsetDateTime("starts_at").toInstant(),
                row.getOffsetDateTime("ends_at").toInstant(),
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getInteger("version"),
                row.getString("cancel_reason"));
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
