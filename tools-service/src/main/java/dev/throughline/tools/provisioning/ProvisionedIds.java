package dev.throughline.tools.provisioning;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The rows of what was made at the providers, and of the run that makes it. Blocking, for a virtual thread. */
@Singleton
class ProvisionedIds {

    /** Owns what all tenants share. */
    static final UUID INSTALLATION = new UUID(0, 0);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST_RUN = Duration.ofMinutes(5);

    private final Pool pool;

    ProvisionedIds(Pool pool) {
        this.pool = pool;
    }

    /** The providers' ids of what is the tenant's or everybody's, by name. */
    Map<String, String> of(UUID tenantId) {
        Map<String, String> ids = new HashMap<>();
        for (Row row : await(pool.preparedQuery("SELECT resource, provider_id FROM provisioned WHERE owner = ANY ($1)")
                .execute(Tuple.tuple().addArrayOfUUID(new UUID[] {INSTALLATION, tenantId})))) {
            ids.put(row.getString("resource"), row.getString("provider_id"));
        }
        return ids;
    }

    void remember(UUID owner, String resource, String providerId) {
        await(pool.preparedQuery("""
                        INSERT INTO provisioned (owner, resource, provider_id) VALUES ($1, $2, $3)
                        ON CONFLICT (owner, resource) DO UPDATE SET provider_id = excluded.provider_id, changed_at = now()""").execute(Tuple.of(owner, resource, providerId)));
    }

    /** What a secret that was shown once can be recognised by; empty when it was not made by a run. */
    Optional<String> fingerprint(String resource, String providerId) {
        for (Row row : await(pool.preparedQuery(
                        "SELECT fingerprint FROM provisioned WHERE owner = $1 AND resource = $2 AND provider_id = $3")
                .execute(Tuple.of(INSTALLATION, resource, providerId)))) {
            return Optional.ofNullable(row.getString("fingerprint"));
        }
        return Optional.empty();
    }

    void remember(String resource, String providerId, String fingerprint) {
        await(pool.preparedQuery("""
                        INSERT INTO provisioned (owner, resource, provider_id, fingerprint) VALUES ($1, $2, $3, $4)
                        ON CONFLICT (owner, resource) DO UPDATE
                           SET provider_id = excluded.provider_id, fingerprint = excluded.fingerprint, changed_at = now()""").execute(Tuple.of(INSTALLATION, resource, providerId, fingerprint)));
    }

    /** Begins a run; empty when another one goes on. */
    Optional<UUID> begin(UUID tenantId) {
        UUID run = UUID.randomUUID();
        int rows = await(pool.preparedQuery("""
                        INSERT INTO provisioning_run (tenant_id, run, over_at) VALUES ($1, $2, now() + make_interval(secs => $3))
                        ON CONFLICT (tenant_id) DO UPDATE SET run = excluded.run, over_at = excluded.over_at
                         WHERE provisioning_run.over_at < now()""").execute(Tuple.of(tenantId, run, (double) LONGEST_RUN.toSeconds())))
                .rowCount();
        return rows == 1 ? Optional.of(run) : Optional.empty();
    }

    void end(UUID tenantId, UUID run) {
        await(pool.preparedQuery("DELETE FROM provisioning_run WHERE tenant_id = $1 AND run = $2")
                .execute(Tuple.of(tenantId, run)));
    }

    private static <T> T await(Uni<T> rows) {
        return rows.await().atMost(PATIENCE);
    }
}
