package dev.throughline.context.postcall;

import dev.throughline.context.lead.LeadRef;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.platform.web.Problem;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks again at webhooks that matched nobody: the call's own events, or the tenant, may have come after them. A bounded number of
 * times, at growing distances; replicas take different ones.
 */
@ApplicationScoped
class Rematch {

    private static final Logger LOG = Logger.getLogger(Rematch.class);
    private static final int AT_ONCE = 20;

    private static final String DUE = """
            select conversation_id, type, event_timestamp, received_at, payload from post_call_receipt
             where next_try_at <= $1 order by next_try_at limit 1 for update skip locked""";
    private static final String POSTPONE = """
            update post_call_receipt set next_try_at = $4 where conversation_id = $1 and type = $2 and event_timestamp = $3""";
    private static final String MATCH = """
            update post_call_receipt set next_try_at = null, outcome = 'recorded', tenant_id = $4, lead_id = $5
             where conversation_id = $1 and type = $2 and event_timestamp = $3""";

    private final Pool pool;
    private final LeadFinder finder;
    private final Outbox outbox;
    private final PostCallConfig config;
    private final Clock clock;

    Rematch(Pool pool, LeadFinder finder, Outbox outbox, PostCallConfig config, Clock clock) {
        this.pool = pool;
        this.finder = finder;
        this.outbox = outbox;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> due() {
        return upTo(AT_ONCE);
    }

    private Uni<Void> upTo(int most) {
        return pool.withTransaction(this::one)
                .chain(found ->
                        found && most > 1 ? upTo(most - 1) : Uni.createFrom().voidItem());
    }

    /** Whether there was one. */
    private Uni<Boolean> one(SqlConnection tx) {
        Instant now = clock.instant();
        return tx.preparedQuery(DUE)
                .execute(Tuple.of(OffsetDateTime.ofInstant(now, ZoneOffset.UTC)))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().item(false)
                        : again(tx, rows.iterator().next(), now).replaceWith(true));
    }

    private Uni<Void> again(SqlConnection tx, Row receipt, Instant now) {
        PostCall postCall;
        try {
            postCall = PostCallParser.parse(receipt.getBuffer("payload").getBytes());
        } catch (Problem unreadable) {
            // An earlier version of the parser took it, and this one never will.
            return postpone(tx, receipt, null);
        }
        return PostCallIntake.clues(postCall)
                .map(finder::find)
                .orElseGet(() -> Uni.createFrom().nullItem())
                .chain(lead -> lead == null
                        ? postpone(tx, receipt, nextTry(receipt, now))
                        : match(tx, receipt, lead)
                                .chain(() -> outbox.append(tx, PostCallEvents.of(postCall, lead, now))));
    }

    private @Nullable OffsetDateTime nextTry(Row receipt, Instant now) {
        Duration age = Duration.between(receipt.getOffsetDateTime("received_at").toInstant(), now);
        return age.compareTo(config.rematchFor()) > 0
                ? null
                : OffsetDateTime.ofInstant(now.plus(config.rematchAfter()).plus(age), ZoneOffset.UTC);
    }

    private Uni<Void> match(SqlConnection tx, Row receipt, LeadRef lead) {
        LOG.infof("post-call webhook matched late, conversationId=%s", receipt.getString("conversation_id"));
        return tx.preparedQuery(MATCH)
                .execute(key(receipt).addUUID(lead.tenantId()).addUUID(lead.leadId()))
                .replaceWithVoid();
    }

    private static Uni<Void> postpone(SqlConnection tx, Row receipt, @Nullable OffsetDateTime next) {
        return tx.preparedQuery(POSTPONE)
                .execute(key(receipt).addOffsetDateTime(next))
                .replaceWithVoid();
    }

    private static Tuple key(Row receipt) {
        return Tuple.of(
                receipt.getString("conversation_id"), receipt.getString("type"), receipt.getLong("event_timestamp"));
    }
}
