package dev.throughline.tools.tenant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.throughline.events.EventJson;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.Tenant.VoicePath;
import dev.throughline.events.tenant.TenantCatalog;
import dev.throughline.events.tenant.TenantSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The rows of tenants. Every method takes the connection of the running transaction, or the pool. */
@Singleton
class TenantRepository {

    /** The constraint that is broken by a number that belongs to another tenant. */
    static final String NUMBER_ONCE = "tenant_number_once";

    /** The constraint that is broken by a SIP address that belongs to another tenant. */
    static final String SIP_ADDRESS_ONCE = "tenant_sip_address_once";

    /** The constraint that is broken by a sender of texts that is another tenant's. */
    static final String SENDER_ONCE = "tenant_sender_once";

    private static final TypeReference<TenantSettings> SETTINGS = new TypeReference<>() {};
    private static final TypeReference<TenantCatalog> CATALOG = new TypeReference<>() {};
    private static final TypeReference<Map<String, Instant>> ENDS = new TypeReference<>() {};

    private static final String SELECT = """
            SELECT id, name, twilio_phone_number, twilio_phone_number_sid, time_zone, country, language, voice_path,
                   settings::text AS settings, tool_secret_hashes, version,
                   catalog::text AS catalog, tool_secret_ends::text AS tool_secret_ends
              FROM tenant""";

    Uni<Void> insert(SqlClient tx, Tenant tenant) {
        String sql = """
                INSERT INTO tenant (id, name, twilio_phone_number, twilio_phone_number_sid, time_zone, country, language,
                                    voice_path, settings, tool_secret_hashes, version, tool_secret_ends)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb, $10, $11, $12::text::jsonb)""";
        return tx.preparedQuery(sql).execute(values(tenant)).chain(() -> storeAddresses(tx, tenant));
    }

    Uni<Void> update(SqlClient tx, Tenant tenant) {
        String sql = """
                UPDATE tenant SET name = $2, twilio_phone_number = $3, twilio_phone_number_sid = $4, time_zone = $5,
                       country = $6, language = $7, voice_path = $8, settings = $9::text::jsonb,
                       tool_secret_hashes = $10, version = $11, tool_secret_ends = $12::text::jsonb
                 WHERE id = $1""";
        return tx.preparedQuery(sql).execute(values(tenant)).chain(() -> storeAddresses(tx, tenant));
    }

    /** Writes the catalog and the version, and nothing else. */
    Uni<Void> updateCatalog(SqlClient tx, Tenant tenant) {
        return tx.preparedQuery("UPDATE tenant SET catalog = $2::text::jsonb, version = $3 WHERE id = $1")
                .execute(Tuple.of(tenant.id(), json(tenant.catalog()), tenant.version()))
                .replaceWithVoid();
    }

    private static Uni<Void> storeAddresses(SqlClient tx, Tenant tenant) {
        List<String> senders = new ArrayList<>(tenant.settings().texts().senders());
        senders.add(tenant.twilioPhoneNumber());
        senders.add(tenant.settings().texts().messagingServiceSid());
        return storeAddresses(
                        tx,
                        tenant,
                        "tenant_sip_address",
                        "address",
                        tenant.settings().calls().sipAddresses())
                .chain(() -> storeAddresses(tx, tenant, "tenant_sender", "sender", senders));
    }

    /** Makes the table's rows of the tenant these; nulls are left out. */
    private static Uni<Void> storeAddresses(
            SqlClient tx, Tenant tenant, String table, String column, Collection<@Nullable String> all) {
        // In one order for every tenant, so that two changes at once wait for each other instead of locking each other
        // out.
        String[] addresses =
                all.stream().filter(Objects::nonNull).distinct().sorted().toArray(String[]::new);
        return tx.preparedQuery("DELETE FROM %s WHERE tenant_id = $1 AND %s <> ALL ($2)".formatted(table, column))
                .execute(Tuple.of(tenant.id()).addArrayOfString(addresses))
                .chain(() -> tx.preparedQuery("""
                                INSERT INTO %1$s (%2$s, tenant_id)
                                SELECT address, $1 FROM unnest($2::text[]) AS address
                                 WHERE address NOT IN (SELECT %2$s FROM %1$s WHERE tenant_id = $1)""".formatted(table, column))
                        .execute(Tuple.of(tenant.id()).addArrayOfString(addresses)))
                .replaceWithVoid();
    }

    Uni<Optional<Tenant>> find(SqlClient client, UUID id) {
        return client.preparedQuery(SELECT + " WHERE id = $1")
                .execute(Tuple.of(id))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(TenantRepository::tenant)
                        .findFirst());
    }

    /** As {@link #find}, and nobody else changes it until the transaction ends. */
    Uni<Optional<Tenant>> lock(SqlClient tx, UUID id) {
        return tx.preparedQuery(SELECT + " WHERE id = $1 FOR UPDATE")
                .execute(Tuple.of(id))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(TenantRepository::tenant)
                        .findFirst());
    }

    /** All of them, the oldest first. */
    Uni<List<Tenant>> all(SqlClient client) {
        return client.query(SELECT + " ORDER BY created_at, id").execute().map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(TenantRepository::tenant)
                .toList());
    }

    /** Hashes of the secrets that were made for the tenant's agents, the newest first. */
    Uni<List<String>> agentHashes(SqlClient client, UUID tenantId) {
        return client.preparedQuery("SELECT hash FROM agent_secret WHERE tenant_id = $1 ORDER BY made_at DESC")
                .execute(Tuple.of(tenantId))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString("hash"))
                        .toList());
    }

    Uni<Void> addAgentHash(SqlClient tx, UUID tenantId, String hash) {
        return tx.preparedQuery("INSERT INTO agent_secret (tenant_id, hash) VALUES ($1, $2)")
                .execute(Tuple.of(tenantId, hash))
                .replaceWithVoid();
    }

    private static Tuple values(Tenant tenant) {
        return Tuple.tuple()
                .addUUID(tenant.id())
                .addString(tenant.name())
                .addString(tenant.twilioPhoneNumber())
                .addString(tenant.twilioPhoneNumberSid())
                .addString(tenant.timeZone())
                .addString(tenant.country())
                .addString(tenant.language())
                .addString(tenant.voicePath().name())
                .addString(json(tenant.settings()))
                .addArrayOfString(tenant.toolSecretHashes().toArray(String[]::new))
                .addLong(tenant.version())
                .addString(json(tenant.toolSecretEnds()));
    }

    private static Tenant tenant(Row row) {
        return new Tenant(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("twilio_phone_number"),
                row.getString("twilio_phone_number_sid"),
                row.getString("time_zone"),
                row.getString("country"),
                row.getString("language"),
                VoicePath.valueOf(row.getString("voice_path")),
                read(row.getString("settings"), SETTINGS),
                List.of(row.getArrayOfStrings("tool_secret_hashes")),
                row.getLong("version"),
                row.getString("catalog") == null ? TenantCatalog.empty() : read(row.getString("catalog"), CATALOG),
                read(row.getString("tool_secret_ends"), ENDS));
    }

    private static String json(Object part) {
        try {
            return EventJson.mapper().writeValueAsString(part);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records always serialise", impossible);
        }
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return EventJson.mapper().readValue(json, type);
        } catch (JsonProcessingException corrupt) {
            throw new IllegalStateException("all were written by this class", corrupt);
        }
    }
}
