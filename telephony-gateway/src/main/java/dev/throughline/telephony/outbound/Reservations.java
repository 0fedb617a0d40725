package dev.throughline.telephony.outbound;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.Bounded;
import dev.throughline.telephony.call.IdempotencyKey;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides, in the database and before anybody is called, which request asks the provider. */
@Singleton
final class Reservations {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final OutboundRepository rows;
    private final Pool pool;
    private final OutboundConfig config;

    Reservations(OutboundRepository rows, Pool pool, OutboundConfig config) {
        this.rows = rows;
        this.pool = pool;
        this.config = config;
    }

    /** The earlier request with this key; empty when there is none. Another one may come before {@link #reserve}, which decides. */
    Uni<Optional<OutboundRow>> earlier(UUID tenantId, @Nullable String key) {
        return key == null
                ? Uni.createFrom().item(Optional.empty())
                : Bounded.within(config.storeWait(), rows.byKey(pool, tenantId, key));
    }

    /** Writes the row, unless the key is in use or the tenant has as many calls as it may. */
    Uni<Reservation> reserve(OutboundRow row, @Nullable String key, Tenant tenant) {
        Uni<Reservation> transaction = pool.withTransaction(tx -> earlier(tx, tenant.id(), key)
                .chain(earlier -> earlier.isPresent()
                        ? Uni.createFrom().item(new Reservation.Earlier(earlier.get()))
                        : reserve(tx, row, key, tenant)));
        return Bounded.within(config.storeWait(), transaction);
    }

    /**
     * What became of the earlier request with the same key. Waits a moment while that is still under way.
     *
     * @throws Problem 422 when it asked for something else, 409 when it is still under way
     */
    Uni<OutboundRow> settled(OutboundRow earlier, String fingerprint) {
        if (!earlier.fingerprint().equals(fingerprint)) {
            return Uni.createFrom().failure(IdempotencyKey.reused());
        }
        return wait(earlier, System.nanoTime() + config.sameKeyWait().toNanos());
    }

    private Uni<OutboundRow> wait(OutboundRow row, long deadline) {
        if (row.state().settled()) {
            return Uni.createFrom().item(row);
        }
        if (System.nanoTime() > deadline) {
            return Uni.createFrom()
                    .failure(Problem.conflict(
                                    "IDEMPOTENCY_KEY_IN_USE", "The first request with this key is still under way.")
                            .cure("Repeat the same request in a moment to get the first one's answer.")
                            .retryAfter(config.sameKeyWait()));
        }
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(LOOK_AGAIN)
                .chain(() -> rows.byId(pool, row.id()))
                .chain(found -> wait(found.orElse(row), deadline));
    }

    private Uni<Reservation> reserve(SqlConnection tx, OutboundRow row, @Nullable String key, Tenant tenant) {
        Integer limit = tenant.settings().calls().maxConcurrentCalls();
        if (limit == null) {
            return insert(tx, row, key);
        }
        return rows.live(tx, tenant.id())
                .chain(live ->
                        live >= limit ? Uni.createFrom().item(new Reservation.OverLimit(limit)) : insert(tx, row, key));
    }

    private Uni<Reservation> insert(SqlConnection tx, OutboundRow row, @Nullable String key) {
        Instant dead = row.createdAt().plus(config.abandonedAfter());
        return rows.insert(tx, row, key, dead)
                .chain(written -> written
                        ? Uni.createFrom().item(new Reservation.Taken(row))
                        // The other request has committed by now: the insert waited for it.
                        : earlier(tx, row.plan().tenantId(), key)
                                .map(earlier -> new Reservation.Earlier(earlier.orElseThrow(() -> Problem.conflict(
                                                "IDEMPOTENCY_KEY_IN_USE", "The key was in use a moment ago.")
                                        .cure("Repeat the request.")))));
    }

    private Uni<Optional<OutboundRow>> earlier(SqlConnection tx, UUID tenantId, @Nullable String key) {
        return key == null ? Uni.createFrom().item(Optional.empty()) : rows.byKey(tx, tenantId, key);
    }
}
