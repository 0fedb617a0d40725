package dev.throughline.context.operator;

import dev.throughline.events.ChannelEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.platform.web.Problem;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Records what operators say as events, once per Idempotency-Key. */
@ApplicationScoped
class OperatorEvents {

    private static final String SOURCE = "conversation-context";
    private static final int LONGEST_KEY = 200;
    private static final String CLAIM = """
            insert into operator_request (tenant_id, idempotency_key, fingerprint, event_id) values ($1, $2, $3, $4)
            on conflict do nothing""";
    private static final String FIRST =
            "select fingerprint, event_id from operator_request where tenant_id = $1 and idempotency_key = $2";
    private static final String FORGET = "delete from operator_request where at < now() - interval '7 days'";

    /**
     * What was asked.
     *
     * @param key the Idempotency-Key; null: never seen before
     * @param asked everything that makes two requests the same
     */
    record Request(UUID tenantId, UUID leadId, @Nullable String key, String asked) {}

    private final Pool pool;
    private final Outbox outbox;
    private final Clock clock;

    OperatorEvents(Pool pool, Outbox outbox, Clock clock) {
        this.pool = pool;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Records one event and gives its id; for a repeat the first one's.
     *
     * @param event makes it from its id
     * @return fails with a {@link Problem} when the key was used for something else
     */
    Uni<UUID> record(Request request, Function<UUID, ChannelEvent> event) {
        UUID id = UUID.randomUUID();
        return pool.withTransaction(tx -> claimed(tx, request, id)
                .chain(first -> first.equals(id)
                        ? outbox.append(tx, recorded(request, id, event.apply(id)))
                                .replaceWith(id)
                        : Uni.createFrom().item(first)));
    }

    private RecordedEvent recorded(Request request, UUID id, ChannelEvent event) {
        return new RecordedEvent(
                id,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                SOURCE,
                request.tenantId(),
                request.leadId(),
                event);
    }

    /** The id of the event that stands for the key. */
    private static Uni<UUID> claimed(SqlConnection tx, Request request, UUID id) {
        if (request.key() == null || request.key().isBlank()) {
            return Uni.createFrom().item(id);
        }
        if (request.key().length() > LONGEST_KEY) {
            throw Problem.invalid("Idempotency-Key", "must have at most " + LONGEST_KEY + " characters");
        }
        String fingerprint = fingerprint(request.asked());
        return tx.preparedQuery(CLAIM)
                .execute(Tuple.of(request.tenantId(), request.key(), fingerprint, id))
                .chain(rows -> rows.rowCount() > 0
                        ? Uni.createFrom().item(id)
                        : tx.preparedQuery(FIRST)
                                .execute(Tuple.of(request.tenantId(), request.key()))
                                .map(found -> found.iterator().next())
                                .map(row -> {
                                    if (!row.getString(0).equals(fingerprint)) {
                                        throw Problem.conflict(
                                                "IDEMPOTENCY_KEY_REUSED",
                                                "This Idempotency-Key was used for something else; choose a new one.");
                                    }
                                    return row.getUUID(1);
                                }));
    }

    /** The words themselves stand in their event only. */
    private static String fingerprint(String asked) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(asked.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", impossible);
        }
    }

    @Scheduled(every = "1h", delayed = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> forget() {
        return pool.query(FORGET).execute().replaceWithVoid();
    }
}
