package dev.throughline.tools.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.throughline.events.EventJson;
import dev.throughline.events.tenant.Closure;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads what tenants offer. Every method takes the connection of the running transaction, or the pool. */
@Singleton
public class Catalog {

    private static final TypeReference<Map<String, WorkingDay>> HOURS = new TypeReference<>() {};
    private static final TypeReference<List<TimeOff>> TIMES_OFF = new TypeReference<>() {};
    private static final TypeReference<List<AddOn>> ADD_ONS = new TypeReference<>() {};

    /** Everything a tenant offers. */
    public Uni<Offering> read(SqlClient client, UUID tenantId) {
        return Uni.combine()
                .all()
                .unis(
                        services(client, tenantId),
                        staff(client, tenantId),
                        chairs(client, tenantId),
                        closures(client, tenantId))
                .with(Offering::new);
    }

    /** The tenant's services in the order they were made. */
    public Uni<List<Service>> services(SqlClient client, UUID tenantId) {
        return rows(client, tenantId, Catalog::service, """
                SELECT id, tenant_id, name, description, price, duration_minutes, category, buffer_before_minutes,
                       buffer_after_minutes, notice_minutes, notice_days, horizon_days, grid_minutes,
                       add_ons::text AS add_ons
                  FROM service WHERE tenant_id = $1 AND removed_at IS NULL ORDER BY position""");
    }

    /** The tenant's staff in the order they were made. */
    public Uni<List<StaffMember>> staff(SqlClient client, UUID tenantId) {
        return rows(client, tenantId, Catalog::member, """
                SELECT id, tenant_id, name, service_ids, working_hours::text AS working_hours,
                       time_off::text AS time_off
                  FROM staff WHERE tenant_id = $1 AND removed_at IS NULL ORDER BY position""");
    }

    /** The tenant's chairs in the order they were made. */
    public Uni<List<Chair>> chairs(SqlClient client, UUID tenantId) {
        return rows(client, tenantId, Catalog::chair, """
                SELECT id, tenant_id, name, service_ids
                  FROM chair WHERE tenant_id = $1 AND removed_at IS NULL ORDER BY position""");
    }

    /** The tenant's closures, the earliest first. */
    public Uni<List<Closure>> closures(SqlClient client, UUID tenantId) {
        return rows(client, tenantId, Catalog::closure, """
                SELECT id, name, starts, ends, yearly FROM closure WHERE tenant_id = $1 ORDER BY starts, id""");
    }

    private static <T> Uni<List<T>> rows(SqlClient client, UUID tenantId, Function<Row, T> read, String sql) {
        return client.preparedQuery(sql).execute(Tuple.of(tenantId)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(read)
                .toList());
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
                row.getInteger("buffer_after_minutes"),
                new BookingRules(
                        row.getInteger("notice_minutes"),
                        row.getInteger("notice_days"),
                        row.getInteger("horizon_days"),
                        row.getInteger("grid_minutes")),
                read(row.getString("add_ons"), ADD_ONS));
    }

    private static StaffMember member(Row row) {
        String hours = row.getString("working_hours");
        return new StaffMember(
                row.getUUID("id"),
                row.getUUID("tenant_id"),
                row.getString("name"),
                set(row.getArrayOfUUIDs("service_ids")),
                hours == null ? null : read(hours, HOURS),
                read(row.getString("time_off"), TIMES_OFF));
    }

    private static Chair chair(Row row) {
        return new Chair(
                row.getUUID("id"),
                row.getUUID("tenant_id"),
                row.getString("name"),
                set(row.getArrayOfUUIDs("service_ids")));
    }

    private static Closure closure(Row row) {
        return new Closure(
                row.getUUID("id"),
                row.getString("name"),
                row.getLocalDateTime("starts"),
                row.getLocalDateTime("ends"),
                row.getBoolean("yearly"));
    }

    private static @Nullable Set<UUID> set(UUID @Nullable [] ids) {
        return ids == null ? null : Set.of(ids);
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return EventJson.mapper().readValue(json, type);
        } catch (JsonProcessingException corrupt) {
            throw new IllegalStateException("the catalog's JSON is written by CatalogRows", corrupt);
        }
    }
}
