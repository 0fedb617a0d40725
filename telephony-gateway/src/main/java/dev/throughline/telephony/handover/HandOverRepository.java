package dev.throughline.telephony.handover;

import dev.throughline.events.CallEvent.HandOver.Stage;
import dev.throughline.events.tenant.CallSettings.Human;
import dev.throughline.telephony.call.CallParties;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code hand_overs}. Fails with the driver's exceptions. */
@Singleton
final class HandOverRepository {

    private static final String COLUMNS = """
            SELECT id, call_sid, tenant_id, lead_id, requested_by, reason, brief, humans, state, outcome, attempt,
                   human_call_sid, room, talking_since, created_at, changed_at
            FROM hand_overs
            """;

    private static final String INSERT = """
            INSERT INTO hand_overs (id, call_sid, tenant_id, lead_id, requested_by, reason, brief, humans, state, attempt,
                                    room, created_at, changed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'RINGING', 0, $9, $10, $10)
            """;

    private static final String UPDATE = """
            UPDATE hand_overs
            SET state = $2, outcome = $3, attempt = $4, human_call_sid = $5, talking_since = $6, changed_at = $7
            WHERE id = $1
            """;

    /** Hand-overs under way whose caller's call is known to be over. */
    private static final String CALLER_GONE = """
            SELECT h.id FROM hand_overs h JOIN calls ON calls.call_sid = h.call_sid
            WHERE h.state <> 'OVER' AND calls.ended_at IS NOT NULL LIMIT $1
            """;

    private static final String STALE =
            COLUMNS + "WHERE state <> 'OVER' AND changed_at < $1 ORDER BY changed_at LIMIT $2";

    Uni<Void> insert(SqlClient tx, HandOver handOver) {
        return tx.preparedQuery(INSERT)
                .execute(Tuple.from(Arrays.asList(
                        handOver.id(),
                        handOver.call().callSid(),
                        handOver.call().tenantId(),
                        handOver.call().leadId(),
                        handOver.requestedBy(),
                        handOver.reason(),
                        handOver.brief(),
                        json(handOver.humans()),
                        handOver.room(),
                        utc(handOver.createdAt()))))
                .replaceWithVoid();
    }

    Uni<Void> update(SqlClient tx, HandOver handOver) {
        HandOverState state = handOver.state();
        return tx.preparedQuery(UPDATE)
                .execute(Tuple.from(Arrays.asList(
                        handOver.id(),
                        word(state),
                        state instanceof HandOverState.Over over
                                ? over.outcome().name()
                                : null,
                        state.attempt(),
                        handOver.humanLeg(),
                        utc(since(state)),
                        utc(handOver.changedAt()))))
                .replaceWithVoid();
    }

    /** The hand-over, locked to the end of the transaction. */
    Uni<Optional<HandOver>> lock(SqlClient tx, UUID id) {
        return tx.preparedQuery(COLUMNS + "WHERE id = $1 FOR UPDATE")
                .execute(Tuple.of(id))
                .map(HandOverRepository::first);
    }

    Uni<Optional<HandOver>> find(SqlClient client, UUID id) {
        return client.preparedQuery(COLUMNS + "WHERE id = $1")
                .execute(Tuple.of(id))
                .map(HandOverRepository::first);
    }

    /** The hand-over of a call that is under way. */
    Uni<Optional<HandOver>> underWay(SqlClient client, String callSid) {
        return client.preparedQuery(COLUMNS + "WHERE call_sid = $1 AND state <> 'OVER'")
                .execute(Tuple.of(callSid))
                .map(HandOverRepository::first);
    }

    /** The hand-over that meets in a room. */
    Uni<Optional<HandOver>> ofRoom(SqlClient client, String room) {
        return client.preparedQuery(COLUMNS + "WHERE room = $1")
                .execute(Tuple.of(room))
                .map(HandOverRepository::first);
    }

    Uni<List<UUID>> callerGone(SqlClient client, int limit) {
        return client.preparedQuery(CALLER_GONE).execute(Tuple.of(limit)).map(rows -> {
            List<UUID> ids = new ArrayList<>();
            rows.forEach(row -> ids.add(row.getUUID("id")));
            return ids;
        });
    }

    /** Hand-overs that stand where they are since before {@code before}. */
    Uni<List<HandOver>> stale(SqlClient client, Instant before, int limit) {
        return client.preparedQuery(STALE).execute(Tuple.of(utc(before), limit)).map(rows -> {
            List<HandOver> found = new ArrayList<>();
            rows.forEach(row -> found.add(read(row)));
            return found;
        });
    }

    private static Optional<HandOver> first(RowSet<Row> rows) {
        var row = rows.iterator();
        return row.hasNext() ? Optional.of(read(row.next())) : Optional.empty();
    }

    private static HandOver read(Row row) {
        return new HandOver(
                row.getUUID("id"),
                new CallParties(row.getString("call_sid"), row.getUUID("tenant_id"), row.getUUID("lead_id")),
                row.getString("requested_by"),
                row.getString("reason"),
                row.getString("brief"),
                humans(row.getJsonArray("humans")),
                state(row),
                row.getString("human_call_sid"),
                row.getString("room"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("changed_at").toInstant());
    }

    private static HandOverState state(Row row) {
        int attempt = row.getInteger("attempt");
        OffsetDateTime talking = row.getOffsetDateTime("talking_since");
        Instant since = (talking == null ? row.getOffsetDateTime("changed_at") : talking).toInstant();
        return switch (row.getString("state")) {
            case "RINGING" -> new HandOverState.Ringing(attempt);
            case "ACCEPTED" -> new HandOverState.Accepted(attempt);
            case "TALKING" -> new HandOverState.Talking(attempt, since);
            case "RETURNING" -> new HandOverState.Returning(attempt, since);
            default -> new HandOverState.Over(attempt, Stage.valueOf(row.getString("outcome")));
        };
    }

    private static String word(HandOverState state) {
        return switch (state) {
            case HandOverState.Ringing ignored -> "RINGING";
            case HandOverState.Accepted ignored -> "ACCEPTED";
            case HandOverState.Talking ignored -> "TALKING";
            case HandOverState.Returning ignored -> "RETURNING";
            case HandOverState.Over ignored -> "OVER";
        };
    }

    private static @Nullable Instant since(HandOverState state) {
        return switch (state) {
            case HandOverState.Talking talking -> talking.since();
            case HandOverState.Returning returning -> returning.since();
            case HandOverState.Ringing ignored -> null;
            case HandOverState.Accepted ignored -> null;
            case HandOverState.Over ignored -> null;
        };
    }

    private static JsonArray json(List<Human> humans) {
        JsonArray all = new JsonArray();
        humans.forEach(
                human -> all.add(new JsonObject().put("name", human.name()).put("number", human.number())));
        return all;
    }

    private static List<Human> humans(JsonArray json) {
        List<Human> humans = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            JsonObject human = json.getJsonObject(i);
            humans.add(new Human(human.getString("name"), human.getString("number")));
        }
        return humans;
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
