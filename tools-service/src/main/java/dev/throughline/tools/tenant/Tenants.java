package dev.throughline.tools.tenant;

import dev.throughline.events.Topics;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.TenantCatalog;
import dev.throughline.events.tenant.TenantCodec;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.platform.outbox.OutboxRecord;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.tuples.Tuple2;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Creates and changes tenants. A change and its record on {@code tenants-v1} are one transaction; this process knows the change as soon
 * as it is committed, the others when the relay has published it.
 */
@Singleton
public class Tenants {

    private final Pool pool;
    private final TenantRepository repository;
    private final Outbox outbox;
    private final TenantDirectory directory;
    private final ToolSecretConfig secrets;
    private final Clock clock;

    @Inject
    Tenants(
            Pool pool,
            TenantRepository repository,
            Outbox outbox,
            TenantDirectory directory,
            ToolSecretConfig secrets,
            Clock clock) {
        this.pool = pool;
        this.repository = repository;
        this.outbox = outbox;
        this.directory = directory;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Fails with 409 when the number, a SIP address or a sender belongs to another tenant. */
    Uni<Tenant> create(Tenant tenant) {
        return store(tx -> written(tenant, repository.insert(tx, tenant)));
    }

    /**
     * Changes a tenant. Fails with 404 when there is none, 409 when the new number, a SIP address or a sender belongs to another.
     *
     * @param change from the tenant as it stands to the tenant as it shall stand, its version one more
     */
    public Uni<Tenant> change(UUID id, UnaryOperator<Tenant> change) {
        return store(tx -> repository
                .lock(tx, id)
                .map(found -> found.orElseThrow(Tenants::unknown))
                .map(tenant -> change.apply(tenant).keeping(tenant.catalog()))
                .chain(changed -> written(changed, repository.update(tx, changed))));
    }

    /**
     * Changes what the tenant offers and publishes the tenant with it. Changes of one tenant's catalog wait for each other.
     *
     * @param change in the transaction it is given
     * @param catalog reads the catalog as it stands after the change
     */
    public <T> Uni<T> changeCatalog(
            UUID id, Function<SqlClient, Uni<T>> change, Function<SqlClient, Uni<TenantCatalog>> catalog) {
        return pool.withTransaction(tx -> repository
                        .lock(tx, id)
                        .map(found -> found.orElseThrow(Tenants::unknown))
                        .chain(tenant -> change.apply(tx).chain(done -> catalog.apply(tx)
                                .map(tenant::offering)
                                .call(offering -> repository.updateCatalog(tx, offering))
                                .call(offering -> publish(tx, offering))
                                .map(offering -> Tuple2.of(offering, done)))))
                .invoke(both -> directory.put(both.getItem1()))
                .map(Tuple2::getItem2);
    }

    /**
     * Gives the tenant another tool secret for one use; the one before stays valid for the overlap. Fails with 404 when there is no such
     * tenant.
     */
    public Uni<Tenant> rotate(UUID id, ToolSecret secret, ToolSecretUse use) {
        return store(tx -> repository
                .lock(tx, id)
                .map(found -> found.orElseThrow(Tenants::unknown))
                .chain(tenant -> repository
                        .agentHashes(tx, id)
                        .map(agents -> use.rotated(
                                tenant, Set.copyOf(agents), secret.hash(), clock.instant(), secrets.overlap())))
                .chain(changed -> repository
                        .update(tx, changed)
                        .chain(() -> use == ToolSecretUse.OF_AGENTS
                                ? repository.addAgentHash(tx, id, secret.hash())
                                : Uni.createFrom().voidItem())
                        .replaceWith(changed)));
    }

    /** The hash of the secret the tenant's agents use; empty when they have none that is valid. */
    public Uni<Optional<String>> agentSecret(Tenant tenant) {
        return repository
                .agentHashes(pool, tenant.id())
                .map(hashes -> hashes.stream().findFirst().filter(hash -> tenant.acceptsSecret(hash, clock.instant())));
    }

    /** Fails with 404 when there is none. */
    public Uni<Tenant> find(UUID id) {
        return repository.find(pool, id).map(found -> found.orElseThrow(Tenants::unknown));
    }

    Uni<List<Tenant>> all() {
        return repository.all(pool);
    }

    private Uni<Tenant> store(Function<SqlClient, Uni<Tenant>> write) {
        return pool.withTransaction(tx -> write.apply(tx).call(tenant -> publish(tx, tenant)))
                .invoke(directory::put);
    }

    private Uni<Void> publish(SqlClient tx, Tenant tenant) {
        return outbox.appendRecords(
                tx, List.of(OutboxRecord.of(Topics.TENANTS, tenant.id().toString(), TenantCodec.encode(tenant))));
    }

    private static Uni<Tenant> written(Tenant tenant, Uni<Void> write) {
        return write.replaceWith(tenant)
                .onFailure(failure -> breaks(TenantRepository.NUMBER_ONCE, failure))
                .transform(taken -> Problem.conflict(
                        "NUMBER_TAKEN",
                        "The number " + tenant.twilioPhoneNumber()
                                + " belongs to another tenant already: give a different twilioPhoneNumber."))
                .onFailure(failure -> breaks(TenantRepository.SIP_ADDRESS_ONCE, failure))
                .transform(taken -> Problem.conflict(
                        "SIP_ADDRESS_TAKEN",
                        "One of settings.calls.sipAddresses belongs to another tenant already: leave it out."))
                .onFailure(failure -> breaks(TenantRepository.SENDER_ONCE, failure))
                .transform(taken -> Problem.conflict(
                        "SENDER_TAKEN",
                        "The number, one of settings.texts.senders or settings.texts.messagingServiceSid belongs to another"
                                + " tenant already: leave it out."));
    }

    private static boolean breaks(String constraint, Throwable failure) {
        return failure instanceof PgException refused && constraint.equals(refused.getConstraint());
    }

    private static Problem unknown() {
        return Problem.notFound("There is no such tenant.");
    }
}
