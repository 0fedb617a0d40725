package dev.throughline.tools.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.throughline.events.EventJson;
import dev.throughline.events.tenant.Closure;
import dev.throughline.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes what tenants offer. A thing is written whole, under its id: a new id is a new thing. Every method takes the connection of the
 * running transaction and the tenant, and answers whether there was anything to change.
 */
@Singleton
class CatalogRows {

    private static final String STAFF_OR_CHAIR_IS_FREE = """
             AND NOT EXISTS (SELECT 1 FROM blocked_time b
                              WHERE b.resource_id = $2 AND b.tenant_id = $1 AND b.active AND b.held_until IS NULL
                                AND upper(b.blocked) > now())""";

    /** Fails with 409 when the tenant has another service of that name. */
    Uni<Boolean> put(SqlClient tx, Service service) {
        String sql = """
                INSERT INTO service (tenant_id, id, name, description, price, duration_minutes, category,
                                     buffer_before_minutes, buffer_after_minutes, notice_minutes, notice_days,
                                     horizon_days, grid_minutes, add_ons)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::text::jsonb)
                ON CONFLICT (id) DO UPDATE SET name = $3, description = $4, price = $5, duration_minutes = $6,
                       category = $7, buffer_before_minutes = $8, buffer_after_minutes = $9, notice_minutes = $10,
                       notice_days = $11, horizon_days = $12, grid_minutes = $13, add_ons = $14::text::jsonb
                 WHERE service.tenant_id = $1 AND service.removed_at IS NULL""";
        BookingRules rules = service.rules();
        Tuple values = Tuple.of(service.tenantId(), service.id(), service.name())
                .addString(service.description())
                .addBigDecimal(service.price())
                .addInteger(service.durationMinutes())
                .addString(service.category())
                .addInteger(service.bufferBeforeMinutes())
                .addInteger(service.bufferAfterMinutes())
                .addInteger(rules.noticeMinutes())
                .addInteger(rules.noticeDays())
                .addInteger(rules.horizonDays())
                .addInteger(rules.gridMinutes())
                .addString(json(service.addOns()));
        return named(tx, sql, values, "service", service.name());
    }

    /** Fails with 409 when the tenant has another staff member of that name. */
    Uni<Boolean> put(SqlClient tx, StaffMember member) {
        String sql = """
                INSERT INTO staff (tenant_id, id, name, service_ids, working_hours, time_off)
                VALUES ($1, $2, $3, $4, $5::text::jsonb, $6::text::jsonb)
                ON CONFLICT (id) DO UPDATE SET name = $3, service_ids = $4, working_hours = $5::text::jsonb,
                       time_off = $6::text::jsonb
                 WHERE staff.tenant_id = $1 AND staff.removed_at IS NULL""";
        Tuple values = Tuple.of(member.tenantId(), member.id(), member.name())
                .addArrayOfUUID(array(member.serviceIds()))
                .addString(member.workingHours() == null ? null : json(member.workingHours()))
                .addString(json(member.timeOff()));
        return named(tx, sql, values, "staff member", member.name());
    }

    /** Fails with 409 when the tenant has another chair of that name. */
    Uni<Boolean> put(SqlClient tx, Chair chair) {
        String sql = """
                INSERT INTO chair (tenant_id, id, name, service_ids) VALUES ($1, $2, $3, $4)
                ON CONFLICT (id) DO UPDATE SET name = $3, service_ids = $4
                 WHERE chair.tenant_id = $1 AND chair.removed_at IS NULL""";
        Tuple values = Tuple.of(chair.tenantId(), chair.id(), chair.name()).addArrayOfUUID(array(chair.serviceIds()));
        return named(tx, sql, values, "chair", chair.name());
    }

    Uni<Boolean> put(SqlClient tx, UUID tenantId, Closure closure) {
        String sql = """
                INSERT INTO closure (tenant_id, id, name, starts, ends, yearly) VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (id) DO UPDATE SET name = $3, starts = $4, ends = $5, yearly = $6
                 WHERE closure.tenant_id = $1""";
        Tuple values = Tuple.of(tenantId, closure.id(), closure.name(), closure.from(), closure.to(), closure.yearly());
        return changed(tx, sql, values);
    }

    /** Takes a service out of the catalog; appointments that were made stay. */
    Uni<Boolean> removeService(SqlClient tx, UUID tenantId, UUID id) {
        return changed(
                tx,
                "UPDATE service SET removed_at = now() WHERE tenant_id = $1 AND id = $2 AND removed_at IS NULL",
                Tuple.of(tenantId, id));
    }

    /** Fails with 409 when appointments are ahead. */
    Uni<Boolean> removeStaff(SqlClient tx, UUID tenantId, UUID id) {
        return removeResource(tx, "staff", tenantId, id);
    }

    /** Fails with 409 when appointments are ahead. */
    Uni<Boolean> removeChair(SqlClient tx, UUID tenantId, UUID id) {
        return removeResource(tx, "chair", tenantId, id);
    }

    Uni<Boolean> removeClosure(SqlClient tx, UUID tenantId, UUID id) {
        return changed(tx, "DELETE FROM closure WHERE tenant_id = $1 AND id = $2", Tuple.of(tenantId, id));
    }

    private static Uni<Boolean> removeResource(SqlClient tx, String table, UUID tenantId, UUID id) {
        String there = "SELECT 1 FROM " + table + " WHERE tenant_id = $1 AND id = $2 AND removed_at IS NULL";
        String remove = "UPDATE " + table + " SET removed_at = now() WHERE tenant_id = $1 AND id = $2 "
                + STAFF_OR_CHAIR_IS_FREE;
        Tuple key = Tuple.of(tenantId, id);
        return tx.preparedQuery(there).execute(key).chain(found -> {
            if (found.rowCount() == 0) {
                return Uni.createFrom().item(false);
            }
            return changed(tx, remove, key).invoke(removed -> {
                if (!removed) {
                    throw Problem.conflict("HAS_APPOINTMENTS", "There are appointments ahead.")
                            .cure("Move or cancel them first.");
                }
            });
        });
    }

    private static Uni<Boolean> named(SqlClient tx, String sql, Tuple values, String kind, String name) {
        return changed(tx, sql, values).onFailure(PgException.class).transform(failure -> {
            String constraint = ((PgException) failure).getConstraint();
            return constraint != null && constraint.endsWith("_name_once")
                    ? Problem.conflict("NAME_TAKEN", "There is a " + kind + " called " + name + " already.")
                    : failure;
        });
    }

    private static Uni<Boolean> changed(SqlClient tx, String sql, Tuple values) {
        return tx.preparedQuery(sql).execute(values).map(rows -> rows.rowCount() == 1);
    }

    private static UUID @Nullable [] array(@Nullable Set<UUID> ids) {
        return ids == null ? null : ids.toArray(UUID[]::new);
    }

    private static String json(Object part) {
        try {
            return EventJson.mapper().writeValueAsString(part);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records always serialise", impossible);
        }
    }
}
