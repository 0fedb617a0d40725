package dev.throughline.sms.takeover;

import dev.throughline.events.EventIds;
import dev.throughline.events.OperatorEvent;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.sms.SmsEvents;
import dev.throughline.sms.outbound.OutboundTexts;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** Begins and ends take-overs, each in one transaction that has its turn with the lead. */
@ApplicationScoped
class TakeOvers {

    private final Pool pool;
    private final OutboundTexts outbound;
    private final Outbox outbox;
    private final Clock clock;

    TakeOvers(Pool pool, OutboundTexts outbound, Outbox outbox, Clock clock) {
        this.pool = pool;
        this.outbound = outbound;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Whether the tenant has a lead that was ever texted with. */
    Uni<Boolean> knows(UUID tenantId, UUID leadId) {
        return outbound.contact(pool, tenantId, leadId).map(Optional::isPresent);
    }

    /** Who has the lead; empty when the agent has. */
    Uni<Optional<TakeOver>> find(UUID leadId) {
        return find(pool, leadId);
    }

    /** Takes the lead over, unless somebody has it; who has it then. What the agent answered and did not leave yet is taken back. */
    Uni<TakeOver> begin(UUID tenantId, UUID leadId, String author) {
        var wanted = new TakeOver(UUID.randomUUID(), tenantId, leadId, author, clock.instant());
        return pool.withTransaction(tx -> outbox.hold(tx, leadId)
                .chain(() -> find(tx, leadId))
                .chain(had -> had.isPresent()
                        ? Uni.createFrom().item(had.get())
                        : insert(tx, wanted)
                                .chain(() -> outbound.takeBackAnswers(tx, leadId, "a human has taken over"))
                                .chain(() -> tell(
                                        tx,
                                        wanted,
                                        new OperatorEvent.TookOver(wanted.id().toString(), author)))
                                .replaceWith(wanted)));
    }

    /** Gives the lead back to the agent, if a human has it. The texts the human has answered wait no more. */
    Uni<Void> end(UUID leadId, String author) {
        return pool.withTransaction(tx -> outbox.hold(tx, leadId)
                .chain(() -> tx.preparedQuery("DELETE FROM take_over WHERE lead_id = $1 RETURNING *")
                        .execute(Tuple.of(leadId)))
                .map(TakeOvers::first)
                .chain(ended -> ended.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : settleAnswered(tx, ended.get())
                                .chain(() -> outbound.takeBackAnswers(tx, leadId, "a human had taken over"))
                                .chain(() -> tell(
                                        tx,
                                        ended.get(),
                                        new OperatorEvent.GaveBack(
                                                ended.get().id().toString(), author)))));
    }

    private static Uni<Optional<TakeOver>> find(SqlClient client, UUID leadId) {
        return client.preparedQuery("SELECT * FROM take_over WHERE lead_id = $1")
                .execute(Tuple.of(leadId))
                .map(TakeOvers::first);
    }

    private static Uni<Void> insert(SqlClient tx, TakeOver takeOver) {
        return tx.preparedQuery("""
                        INSERT INTO take_over (lead_id, tenant_id, take_over_id, author, since) VALUES ($1, $2, $3, $4, $5)""")
                .execute(Tuple.of(
                        takeOver.leadId(),
                        takeOver.tenantId(),
                        takeOver.id(),
                        takeOver.author(),
                        takeOver.since().atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    private Uni<Void> settleAnswered(SqlClient tx, TakeOver takeOver) {
        return tx.preparedQuery("""
                        UPDATE inbound_text SET state = 'SILENT', settled_at = $2
                        WHERE lead_id = $1 AND state = 'WAITING' AND received_at <= (
                            SELECT max(created_at) FROM outbound_text
                            WHERE lead_id = $1 AND author = 'OPERATOR' AND state <> 'REFUSED' AND created_at >= $3)""")
                .execute(Tuple.of(
                        takeOver.leadId(),
                        clock.instant().atOffset(ZoneOffset.UTC),
                        takeOver.since().atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    private Uni<Void> tell(SqlClient tx, TakeOver takeOver, OperatorEvent event) {
        String type = event instanceof OperatorEvent.TookOver ? "operator.took-over" : "operator.gave-back";
        Instant at = clock.instant();
        return outbox.append(
                tx,
                SmsEvents.recorded(
                        EventIds.of(type, takeOver.id()), at, takeOver.tenantId(), takeOver.leadId(), event));
    }

    private static Optional<TakeOver> first(RowSet<Row> rows) {
        if (!rows.iterator().hasNext()) {
            return Optional.empty();
        }
        Row row = rows.iterator().next();
        return Optional.of(new TakeOver(
                row.getUUID("take_over_id"),
                row.getUUID("tenant_id"),
                row.getUUID("lead_id"),
                row.getString("author"),
                row.getOffsetDateTime("since").toInstant()));
    }
}
