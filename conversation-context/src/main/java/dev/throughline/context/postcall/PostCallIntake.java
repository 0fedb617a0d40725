package dev.throughline.context.postcall;

import dev.throughline.context.lead.EventWords;
import dev.throughline.context.lead.LeadRef;
import dev.throughline.platform.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Stores a webhook's receipt and lets its events out, in one transaction, once. */
@Singleton
class PostCallIntake {

    private static final Logger LOG = Logger.getLogger(PostCallIntake.class);
    private static final String INSERT = """
            insert into post_call_receipt (conversation_id, type, event_timestamp, outcome, tenant_id, lead_id, payload_bytes,
                                           payload, next_try_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing""";

    private final Pool pool;
    private final LeadFinder finder;
    private final Outbox outbox;
    private final PostCallConfig config;
    private final Clock clock;

    PostCallIntake(Pool pool, LeadFinder finder, Outbox outbox, PostCallConfig config, Clock clock) {
        this.pool = pool;
        this.finder = finder;
        this.outbox = outbox;
        this.config = config;
        this.clock = clock;
    }

    /** What became of a webhook. */
    enum Outcome {
        /** Its events are on their way. */
        RECORDED,
        /** It was here before. */
        DUPLICATE,
        /** Nobody was found it could belong to; {@link Rematch} looks again. */
        UNMATCHED,
        /** There is nothing in it to tell. */
        KEPT
    }

    /**
     * Takes a webhook whose signature held, or the provider's own answer.
     *
     * @param bytes how long it was
     * @param body the body; null for a recording: the provider has its bytes for as long as the business allows
     */
    Uni<Outcome> take(PostCall postCall, long bytes, byte @Nullable [] body) {
        return clues(postCall)
                .map(clues -> finder.find(clues)
                        .chain(lead -> pool.withTransaction(tx -> record(tx, postCall, lead, bytes, body))))
                .orElseGet(() -> pool.withTransaction(tx -> store(
                        tx, postCall, null, Outcome.KEPT, bytes, postCall instanceof PostCall.Audio ? null : body)));
    }

    /** What tells whose it is; empty for what is about nobody. */
    static Optional<LeadClues> clues(PostCall postCall) {
        return switch (postCall) {
            case PostCall.Transcription t -> Optional.of(t.clues());
            case PostCall.InitiationFailure f -> Optional.of(f.clues());
            case PostCall.Audio a -> Optional.empty();
            case PostCall.Other o -> Optional.empty();
        };
    }

    private Uni<Outcome> record(
            SqlConnection tx, PostCall postCall, @Nullable LeadRef lead, long bytes, byte @Nullable [] body) {
        if (lead == null) {
            LOG.warnf(
                    "post-call webhook matches no lead, type=%s conversationId=%s",
                    postCall.type(), postCall.conversationId());
            return store(tx, postCall, null, Outcome.UNMATCHED, bytes, body);
        }
        return store(tx, postCall, lead, Outcome.RECORDED, bytes, body)
                .chain(outcome -> outcome == Outcome.DUPLICATE
                        ? Uni.createFrom().item(outcome)
                        : outbox.append(tx, PostCallEvents.of(postCall, lead, clock.instant()))
                                .replaceWith(outcome));
    }

    private Uni<Outcome> store(
            SqlConnection tx,
            PostCall postCall,
            @Nullable LeadRef lead,
            Outcome outcome,
            long bytes,
            byte @Nullable [] payload) {
        Tuple receipt = Tuple.tuple()
                .addString(EventWords.storable(postCall.conversationId()))
                .addString(EventWords.storable(postCall.type()))
                .addLong(postCall.at().getEpochSecond())
                .addString(outcome.name().toLowerCase(Locale.ROOT))
                .addUUID(lead == null ? null : lead.tenantId())
                .addUUID(lead == null ? null : lead.leadId())
                .addInteger((int) bytes)
                .addValue(payload == null ? null : Buffer.buffer(payload))
                .addOffsetDateTime(
                        outcome == Outcome.UNMATCHED
                                ? OffsetDateTime.ofInstant(clock.instant().plus(config.rematchAfter()), ZoneOffset.UTC)
                                : null);
        return tx.preparedQuery(INSERT)
                .execute(receipt)
                .map(rows -> rows.rowCount() == 0 ? Outcome.DUPLICATE : outcome);
    }
}
