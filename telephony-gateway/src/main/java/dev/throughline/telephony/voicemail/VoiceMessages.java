package dev.throughline.telephony.voicemail;

import dev.throughline.events.RecordedEvent;
import dev.throughline.telephony.call.Bounded;
import dev.throughline.telephony.call.CallConfig;
import dev.throughline.telephony.call.CallEvents;
import dev.throughline.telephony.call.CallLedger;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** The table {@code call_messages}. */
@Singleton
final class VoiceMessages {

    private static final String ADD = """
            INSERT INTO call_messages (recording_sid, call_sid, tenant_id, lead_id, duration_seconds, left_at)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (recording_sid) DO NOTHING
            """;

    private static final String OWNED = "SELECT 1 FROM call_messages WHERE recording_sid = $1 AND tenant_id = $2";

    private final Pool pool;
    private final CallLedger ledger;
    private final CallConfig config;
    private final Clock clock;

    VoiceMessages(Pool pool, CallLedger ledger, CallConfig config, Clock clock) {
        this.pool = pool;
        this.ledger = ledger;
        this.config = config;
        this.clock = clock;
    }

    /** Writes the message and {@code call.message-left}, the first time; completes when that is durable. */
    Uni<Void> add(VoiceMessage message) {
        Instant now = clock.instant();
        RecordedEvent left =
                CallEvents.messageLeft(message.call(), message.recordingSid(), message.durationSeconds(), now);
        return ledger.record(
                tx -> insert(tx, message, now).map(first -> first ? List.of(left) : List.of()), List.of(left));
    }

    /** Whether a recording is a message left for this tenant. Fails when the database does not answer in time. */
    Uni<Boolean> owned(UUID tenantId, String recordingSid) {
        return Bounded.within(
                config.databaseWait(),
                pool.preparedQuery(OWNED)
                        .execute(Tuple.of(recordingSid, tenantId))
                        .map(rows -> rows.size() == 1));
    }

    private static Uni<Boolean> insert(SqlConnection tx, VoiceMessage message, Instant now) {
        return tx.preparedQuery(ADD)
                .execute(Tuple.of(
                        message.recordingSid(),
                        message.call().callSid(),
                        message.call().tenantId(),
                        message.call().leadId(),
                        message.durationSeconds(),
                        now.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount() == 1);
    }
}
