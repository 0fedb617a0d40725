package dev.throughline.tools.appointment;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.throughline.events.EventJson;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes appointments and holds with the time they block. Every method takes the connection of the running transaction. */
@Singleton
class BookRows {

    /** How long a hold that ran out can still be confirmed, if nobody took its time. */
    private static final Duration REVIVABLE = Duration.ofDays(1);

    /** A stretch that is to be blocked for a person or a chair. */
    private record Block(UUID resourceId, Instant from, Instant to) {}

    /**
     * Writes an appointment, new or changed, with the time it blocks, unless the exclusion constraint forbids it: then nothing is
     * written, and the transaction goes on. {@code ON CONFLICT} makes the loser of a race wait for the winner's commit and then write no
     * row, without an error; everybody blocks in one order, so that two visits that need the same two resources do not wait for each
     * other. Holds that have run out make way.
     *
     * @param holder who holds, null unless it is a hold
     * @param givenUp a hold that ends with it, null when none does
     * @return whether it was written
     */
    Uni<Boolean> put(
            SqlClient tx, Appointment appointment, @Nullable String holder, @Nullable UUID givenUp, Instant now) {
        List<Block> blocks = blocks(appointment);
        return tx.query("SAVEPOINT put")
                .execute()
                .chain(() -> endHolds(tx, appointment.id(), blocks, now))
                .chain(() -> giveUp(tx, appointment.tenantId(), givenUp))
                .chain(() -> putAppointment(tx, appointment, holder))
                .chain(() -> tx.preparedQuery("DELETE FROM blocked_time WHERE appointment_id = $1")
                        .execute(Tuple.of(appointment.id())))
                .chain(() -> block(tx, appointment, blocks))
                .chain(written -> written == blocks.size()
                        ? tx.query("RELEASE SAVEPOINT put").execute().replaceWith(true)
                        : tx.query("ROLLBACK TO SAVEPOINT put").execute().replaceWith(false));
    }

    /** Cancels: the record stays, its time is free. */
    Uni<Void> cancel(SqlClient tx, Appointment appointment) {
        String sql = """
                UPDATE appointment SET status = 'cancelled', cancel_reason = $3, version = $4
                 WHERE tenant_id = $1 AND id = $2""";
        return tx.preparedQuery(sql)
                .execute(Tuple.of(
                        appointment.tenantId(), appointment.id(), appointment.cancelReason(), appointment.version()))
                .chain(() -> tx.preparedQuery("UPDATE blocked_time SET active = false WHERE appointment_id = $1")
                        .execute(Tuple.of(appointment.id())))
                .replaceWithVoid();
    }

    /** The latest hold of a holder, run out or not, and nobody else changes it until the transaction ends. */
    Uni<Optional<Appointment>> holdOf(SqlClient tx, UUID tenantId, String holder) {
        return tx.preparedQuery(Appointments.COLUMNS
                        + " AND status = 'held' AND held_by = $2 ORDER BY held_until DESC LIMIT 1 FOR UPDATE")
                .execute(Tuple.of(tenantId, holder))
                .map(Appointments::first);
    }

    /** A hold by its id, whoever holds it, and nobody else changes it until the transaction ends. */
    Uni<Optional<Appointment>> hold(SqlClient tx, UUID tenantId, UUID id) {
        return tx.preparedQuery(Appointments.COLUMNS + " AND status = 'held' AND id = $2 FOR UPDATE")
                .execute(Tuple.of(tenantId, id))
                .map(Appointments::first);
    }

    /** Deletes holds that ran out so long ago that nobody will confirm them. */
    Uni<Void> deleteOldHolds(SqlClient tx, UUID tenantId, Instant now) {
        return tx.preparedQuery("DELETE FROM appointment WHERE tenant_id = $1 AND status = 'held' AND held_until < $2")
                .execute(Tuple.of(tenantId, Appointments.at(now.minus(REVIVABLE))))
                .replaceWithVoid();
    }

    private static Uni<Void> giveUp(SqlClient tx, UUID tenantId, @Nullable UUID hold) {
        return hold == null
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery("DELETE FROM appointment WHERE tenant_id = $1 AND id = $2 AND status = 'held'")
                        .execute(Tuple.of(tenantId, hold))
                        .replaceWithVoid();
    }

    private static Uni<Void> endHolds(SqlClient tx, UUID except, List<Block> blocks, Instant now) {
        String sql = """
                UPDATE blocked_time SET active = false
                  FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) AS wanted (resource_id, starts, ends)
                 WHERE blocked_time.resource_id = wanted.resource_id
                   AND blocked && tstzrange(wanted.starts, wanted.ends)
                   AND active AND held_until <= $4 AND appointment_id <> $5""";
        return tx.preparedQuery(sql)
                .execute(arrays(Tuple.tuple(), blocks)
                        .addOffsetDateTime(Appointments.at(now))
                        .addUUID(except))
                .replaceWithVoid();
    }

    private static Uni<Void> putAppointment(SqlClient tx, Appointment appointment, @Nullable String holder) {
        String sql = """
                INSERT INTO appointment (id, tenant_id, lead_id, customer_name, customer_phone, customer_email, notes,
                                         items, price, starts_at, ends_at, status, version, held_until, held_by)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8::text::jsonb, $9, $10, $11, $12, $13, $14, $15)
                ON CONFLICT (id) DO UPDATE SET lead_id = $3, customer_name = $4, customer_phone = $5,
                       customer_email = $6, notes = $7, items = $8::text::jsonb, price = $9, starts_at = $10,
                       ends_at = $11, status = $12, version = $13, held_until = $14, held_by = $15
                 WHERE appointment.tenant_id = $2""";
        Customer customer = appointment.customer();
        Tuple values = Tuple.of(appointment.id(), appointment.tenantId(), appointment.leadId())
                .addString(customer.name())
                .addString(customer.phone())
                .addString(customer.email())
                .addString(appointment.notes())
                .addString(json(appointment.items()))
                .addBigDecimal(appointment.price())
                .addOffsetDateTime(Appointments.at(appointment.start()))
                .addOffsetDateTime(Appointments.at(appointment.end()))
                .addString(appointment.status().name().toLowerCase(Locale.ROOT))
                .addInteger(appointment.version())
                .addOffsetDateTime(heldUntil(appointment))
                .addString(holder);
        return tx.preparedQuery(sql).execute(values).replaceWithVoid();
    }

    private static Uni<Integer> block(SqlClient tx, Appointment appointment, List<Block> blocks) {
        String sql = """
                INSERT INTO blocked_time (tenant_id, appointment_id, resource_id, blocked, held_until, active)
                SELECT $4, $5, resource_id, tstzrange(starts, ends), $6, true
                  FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) AS wanted (resource_id, starts, ends)
                 ORDER BY resource_id, starts
                ON CONFLICT DO NOTHING""";
        Tuple values = arrays(Tuple.tuple(), blocks)
                .addUUID(appointment.tenantId())
                .addUUID(appointment.id())
                .addOffsetDateTime(heldUntil(appointment));
        return tx.preparedQuery(sql).execute(values).map(rows -> rows.rowCount());
    }

    private static Tuple arrays(Tuple tuple, List<Block> blocks) {
        return tuple.addArrayOfUUID(blocks.stream().map(Block::resourceId).toArray(UUID[]::new))
                .addArrayOfOffsetDateTime(
                        blocks.stream().map(one -> Appointments.at(one.from())).toArray(OffsetDateTime[]::new))
                .addArrayOfOffsetDateTime(
                        blocks.stream().map(one -> Appointments.at(one.to())).toArray(OffsetDateTime[]::new));
    }

    private static List<Block> blocks(Appointment appointment) {
        return appointment.items().stream()
                .flatMap(item -> Stream.of(item.staffId(), item.chairId())
                        .filter(resource -> resource != null)
                        .map(resource -> new Block(
                                resource,
                                item.start().minus(item.need().before()),
                                item.end().plus(item.need().after()))))
                .sorted(Comparator.comparing(Block::resourceId).thenComparing(Block::from))
                .toList();
    }

    private static @Nullable OffsetDateTime heldUntil(Appointment appointment) {
        return appointment.heldUntil() == null ? null : Appointments.at(appointment.heldUntil());
    }

    private static String json(List<Item> items) {
        try {
            return EventJson.mapper().writeValueAsString(items);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records always serialise", impossible);
        }
    }
}
