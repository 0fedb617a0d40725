package dev.throughline.tools.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.throughline.events.EventJson;
import dev.throughline.events.tenant.TenantSettings.DayHours;
import dev.throughline.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The rows of services and staff. Every method takes the connection of the running transaction, or the pool. */
@Singleton
public class Catalog {

    private static final TypeReference<Map<String, DayHours>> HOURS = new TypeReference<>() {};
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    /** The tenant's services in the order they were made. */
    public Uni<List<Service>> services(SqlClient client, UUID tenantId) {
        String sql = """
                SELECT id, tenant_id, name, description, price, duration_minutes, category, buffer_before_minutes,
                       buffer_after_minutes
                  FROM service WHERE tenant_id = $1 ORDER BY position""";
        return client.preparedQuery(sql).execute(Tuple.of(tenantId)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(Catalog::service)
                .toList());
    }

    /** The tenant's staff in the order they were made. */
    public Uni<List<StaffMember>> staff(SqlClient client, UUID tenantId) {
        String sql = """
                SELECT id, tenant_id, name, service_ids, working_hours::text AS working_hours
                  FROM staff WHERE tenant_id = $1 ORDER BY position""";
        return client.preparedQuery(sql).execute(Tuple.of(tenantId)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(Catalog::member)
                .toList());
    }

    /** Fails with 409 when the tenant has a service of that name, 404 when there is no such tenant. */
    Uni<Service> add(SqlClient client, Service service) {
        String sql = """
                INSERT INTO service (id, tenant_id, name, description, price, duration_minutes, category,
                                     buffer_before_minutes, buffer_after_minutes)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)""";
        Tuple values = Tuple.tuple()
                .addUUID(service.id())
                .addUUID(service.tenantId())
                .addString(service.name())
                .addString(service.description())
                .addBigDecimal(service.price())
                .addInteger(service.durationMinutes())
                .addString(service.category())
                .addInteger(service.bufferBeforeMinutes())
                .addInteger(service.bufferAfterMinutes());
        return client.preparedQuery(sql)
                .execute(values)
                .replaceWith(service)
                .onFailure(PgException.class)
                .transform(failure -> refusal((PgException) failure, "service", service.name()));
    }

    /** Fails with 409 when the tenant has a staff member of that name, 404 when there is no such tenant. */
    Uni<StaffMember> add(SqlClient client, StaffMember member) {
        String sql = """
                INSERT INTO staff (id, tenant_id, name, service_ids, working_hours)
                VALUES ($1, $2, $3, $4, $5::text::jsonb)""";
        Set<UUID> skills = member.serviceIds();
        Tuple values = Tuple.tuple()
                .addUUID(member.id())
                .addUUID(member.tenantId())
                .addString(member.name())
                .addArrayOfUUID(skills == null ? null : skills.toArray(UUID[]::new))
                .addString(json(member.workingHours()));
        return client.preparedQuery(sql)
                .execute(values)
                .replaceWith(member)
                .onFailure(PgException.class)
                .transform(failure -> refusal((PgException) failure, "staff member", member.name()));
    }

    private static Throwable refusal(PgException failure, String kind, String name) {
        if (FOREIGN_KEY_VIOLATION.equals(failure.getSqlState())) {
            return Problem.notFound("There is no such tenant.");
        }
        String constraint = failure.getConstraint();
        return constraint != null && constraint.endsWith("_name_once")
                ? Problem.conflict("NAME_TAKEN", "There is a " + kind + " called " + name + " already.")
                : failure;
    }

    private static Service service(Row row) {
        return new Service(
                row.getUUID("id"),
                row.getUUID("tenant_id"),
                row.getString("name"),
                row.getString("description"),
                row.getBigDecimal("price"),
                row.getInteger("duration_minutes"),
                row.getString("category"),
                row.getInteger("buffer_before_minutes"),
                row.getInteger("buffer_after_minutes"));
    }

    private static StaffMember member(Row row) {
        UUID[] skills = row.getArrayOfUUIDs("service_ids");
        return new StaffMember(
                row.getUUID("id"),
                row.getUUID("tenant_id"),
                row.getString("name"),
                skills == null ? null : Set.of(skills),
                hours(row.getString("working_hours")));
    }

    private static @Nullable String json(@Nullable Map<String, DayHours> hours) {
        try {
            return hours == null ? null : EventJson.mapper().writeValueAsString(hours);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records always serialise", impossible);
        }
    }

    private static @Nullable Map<String, DayHours> hours(@Nullable String json) {
        try {
            return json == null ? null : EventJson.mapper().readValue(json, HOURS);
        } catch (JsonProcessingException corrupt) {
            throw new IllegalStateException("hours were written by this class", corrupt);
        }
    }
}
