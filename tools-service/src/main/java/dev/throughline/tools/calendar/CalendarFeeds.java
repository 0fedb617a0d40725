package dev.throughline.tools.calendar;

import dev.throughline.platform.security.Sha256;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The rows of feeds. A secret of 256 random bits is stored as its SHA-256: there is nothing to guess from. */
@Singleton
class CalendarFeeds {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;

    private final Pool pool;

    CalendarFeeds(Pool pool) {
        this.pool = pool;
    }

    /** Whose appointments a feed shows. @param staffId null = everybody's; @param name of that person */
    record Owner(
            UUID tenantId, @Nullable UUID staffId, @Nullable String name) {}

    /** A feed with the secret it has from now on. */
    record Fresh(CalendarFeed feed, String secret) {}

    /** Makes the feed, or gives it another secret, after which the old address leads nowhere; empty when there is no such person. */
    Uni<Optional<Fresh>> make(UUID tenantId, @Nullable UUID staffId) {
        byte[] bits = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bits);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        return pool.preparedQuery("""
                        INSERT INTO calendar_feed (id, tenant_id, staff_id, secret_hash)
                        SELECT $1, $2, $3, $4
                         WHERE $3::uuid IS NULL OR EXISTS (
                               SELECT 1 FROM staff WHERE tenant_id = $2 AND id = $3 AND removed_at IS NULL)
                        ON CONFLICT ON CONSTRAINT calendar_feed_once DO UPDATE
                           SET secret_hash = excluded.secret_hash, created_at = now()
                        RETURNING id, staff_id, created_at""")
                .execute(Tuple.of(UUID.randomUUID(), tenantId, staffId, Sha256.hex(secret)))
                .map(rows -> feeds(rows).stream().findFirst().map(feed -> new Fresh(feed, secret)));
    }

    Uni<List<CalendarFeed>> of(UUID tenantId) {
        return pool.preparedQuery(
                        "SELECT id, staff_id, created_at FROM calendar_feed WHERE tenant_id = $1 ORDER BY created_at")
                .execute(Tuple.of(tenantId))
                .map(CalendarFeeds::feeds);
    }

    /** Whether there was one. */
    Uni<Boolean> remove(UUID tenantId, UUID feedId) {
        return pool.preparedQuery("DELETE FROM calendar_feed WHERE tenant_id = $1 AND id = $2")
                .execute(Tuple.of(tenantId, feedId))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Whose the feed is, for who knows its secret; compared in constant time. A person who has left has none. */
    Uni<Optional<Owner>> open(UUID feedId, String secret) {
        return pool.preparedQuery("""
                        SELECT f.tenant_id, f.staff_id, f.secret_hash, s.name
                          FROM calendar_feed f LEFT JOIN staff s ON s.id = f.staff_id
                         WHERE f.id = $1 AND (f.staff_id IS NULL OR s.removed_at IS NULL)""").execute(Tuple.of(feedId)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .filter(row -> MessageDigest.isEqual(
                        row.getString("secret_hash").getBytes(StandardCharsets.US_ASCII),
                        Sha256.hex(secret).getBytes(StandardCharsets.US_ASCII)))
                .map(row -> new Owner(row.getUUID("tenant_id"), row.getUUID("staff_id"), row.getString("name")))
                .findFirst());
    }

    private static List<CalendarFeed> feeds(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new CalendarFeed(
                        row.getUUID("id"),
                        row.getUUID("staff_id"),
                        row.getOffsetDateTime("created_at").toInstant(),
                        null))
                .toList();
    }
}
