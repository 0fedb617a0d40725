package dev.throughline.sms.outbound;

import dev.throughline.sms.SmsConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * How fast each sender sends, over all replicas: a carrier takes about one part a second from a long code (Twilio, <i>REST: limits</i>) and
 * filters a number that floods. Short bursts pass.
 */
@ApplicationScoped
class SenderPace {

    private final SmsConfig config;

    SenderPace(SmsConfig config) {
        this.config = config;
    }

    /** Takes the sender's next place for {@code segments} parts; when they may leave, at {@code now} or later. */
    Uni<Instant> reserve(SqlClient tx, Sender sender, int segments, Instant now) {
        double cost = segments / config.segmentsPerSecond();
        Duration burst = Duration.ofNanos((long) (config.segmentBurst() * 1e9 / config.segmentsPerSecond()));
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        return tx.preparedQuery("""
                        INSERT INTO sender_pace (sender, free_at) VALUES ($1, $2::timestamptz + make_interval(secs => $3))
                        ON CONFLICT (sender) DO UPDATE
                        SET free_at = greatest(sender_pace.free_at, $2) + make_interval(secs => $3)
                        RETURNING free_at - make_interval(secs => $3) AS place""")
                .execute(Tuple.of(sender.paceKey(), at, cost))
                .map(rows -> rows.iterator().next().getOffsetDateTime("place").toInstant())
                .map(place -> place.minus(burst).isAfter(now) ? place.minus(burst) : now);
    }
}
