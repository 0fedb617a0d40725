package dev.throughline.telephony.conference;

import io.smallrye.mutiny.Uni;
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
import org.jspecify.annotations.Nullable;

/** The tables {@code conferences} and {@code conference_participants}. Fails with the driver's exceptions. */
@Singleton
final class RoomRepository {

    private static final String INSERT_ROOM = """
            INSERT INTO conferences (room, tenant_id, lead_id, agent_id, conference_sid, created_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            """;

    private static final String UPDATE_ROOM = """
            UPDATE conferences
            SET conference_sid = $2, started_at = $3, ending_at = $4, ended_at = $5, end_reason = $6, agent_id = $7
            WHERE room = $1
            """;

    private static final String SAVE_PARTICIPANT = """
            INSERT INTO conference_participants (id, room, label, role, call_sid, invited_at, joined_at, left_at, absent_at,
                                                 reason, muted, on_hold, state_sequence)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT (id) DO UPDATE
            SET call_sid = $5, joined_at = $7, left_at = $8, absent_at = $9, reason = $10,
                muted = $11, on_hold = $12, state_sequence = $13
            """;

    private static final String FIND_ROOM = """
            SELECT room, tenant_id, lead_id, agent_id, conference_sid, created_at, started_at, ending_at, ended_at, end_reason
            FROM conferences WHERE room = $1
            """;

    private static final String FIND_PARTICIPANTS = """
            SELECT id, label, role, call_sid, invited_at, joined_at, left_at, absent_at, reason, muted, on_hold, state_sequence
            FROM conference_participants WHERE room = $1 ORDER BY ordinal
            """;

    /** Taken by setting the next look, so that a look holds no transaction and every open room gets its turn. */
    private static final String LOOK = """
            UPDATE conferences SET next_look_at = $2
            WHERE room IN (SELECT room FROM conferences
                           WHERE ended_at IS NULL AND coalesce(next_look_at, created_at) <= $1
                           ORDER BY coalesce(next_look_at, created_at) LIMIT $3 FOR UPDATE SKIP LOCKED)
            RETURNING room
            """;

    /** Legs of open rooms that were never seen in them and of which it is known that they ended. */
    private static final String ABSENT = """
            SELECT p.room, p.call_sid FROM conference_participants p
            JOIN conferences c ON c.room = p.room AND c.ended_at IS NULL
            JOIN calls ON calls.call_sid = p.call_sid AND calls.ended_at IS NOT NULL
            WHERE p.joined_at IS NULL AND p.left_at IS NULL AND p.absent_at IS NULL LIMIT $1
            """;

    /** The open room a leg was put into last. */
    private static final String ROOM_OF_LEG = """
            SELECT c.room FROM conference_participants p
            JOIN conferences c ON c.room = p.room AND c.ended_at IS NULL AND c.ending_at IS NULL
            WHERE p.call_sid = $1 AND p.left_at IS NULL AND p.absent_at IS NULL ORDER BY p.ordinal DESC LIMIT 1
            """;

    /** A leg of a participant and its room. */
    record Leg(String room, String callSid) {}

    /** Writes a new room with its participants. */
    Uni<Void> insert(SqlClient tx, Room room) {
        return tx.preparedQuery(INSERT_ROOM)
                .execute(Tuple.from(Arrays.asList(
                        room.name(),
                        room.tenantId(),
                        room.leadId(),
                        room.agentId(),
                        room.conferenceSid(),
                        utc(room.createdAt()))))
                .chain(() -> saveParticipants(tx, room, room.participants()));
    }

    /** The room, locked to the end of the transaction; empty when there is none of this name. */
    Uni<Optional<Room>> lock(SqlClient tx, String name) {
        return find(tx, name, FIND_ROOM + "FOR UPDATE");
    }

    /** The room as it stands. */
    Uni<Optional<Room>> find(SqlClient client, String name) {
        return find(client, name, FIND_ROOM);
    }

    /** The name of the open room a leg is in or on its way to. */
    Uni<Optional<String>> roomOf(SqlClient client, String callSid) {
        return client.preparedQuery(ROOM_OF_LEG)
                .execute(Tuple.of(callSid))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getString("room")));
    }

    /** Writes what is different in {@code after}. */
    Uni<Void> save(SqlClient tx, Room before, Room after) {
        if (after.equals(before)) {
            return Uni.createFrom().voidItem();
        }
        List<Participant> changed = after.participants().stream()
                .filter(one -> !before.participants().contains(one))
                .toList();
        return tx.preparedQuery(UPDATE_ROOM)
                .execute(Tuple.from(Arrays.asList(
                        after.name(),
                        after.conferenceSid(),
                        utc(after.startedAt()),
                        utc(after.endingAt()),
                        utc(after.endedAt()),
                        after.endReason(),
                        after.agentId())))
                .chain(() -> saveParticipants(tx, after, changed));
    }

    /** Takes rooms that are not over and whose next look is due; they are due again at {@code until}. */
    Uni<List<String>> toLookAt(SqlClient client, Instant now, Instant until, int limit) {
        return client.preparedQuery(LOOK)
                .execute(Tuple.of(utc(now), utc(until), limit))
                .map(rows -> {
                    List<String> names = new ArrayList<>();
                    rows.forEach(row -> names.add(row.getString("room")));
                    return names;
                });
    }

    /** Participants who will not come: their call is over and they never were in the room. */
    Uni<List<Leg>> absent(SqlClient client, int limit) {
        return client.preparedQuery(ABSENT).execute(Tuple.of(limit)).map(rows -> {
            List<Leg> legs = new ArrayList<>();
            rows.forEach(row -> legs.add(new Leg(row.getString("room"), row.getString("call_sid"))));
            return legs;
        });
    }

    private static Uni<Optional<Room>> find(SqlClient client, String name, String query) {
        return client.preparedQuery(query)
                .execute(Tuple.of(name))
                .chain(rooms -> rooms.size() == 0
                        ? Uni.createFrom().item(Optional.empty())
                        : client.preparedQuery(FIND_PARTICIPANTS)
                                .execute(Tuple.of(name))
                                .map(participants ->
                                        Optional.of(room(rooms.iterator().next(), participants))));
    }

    private static Uni<Void> saveParticipants(SqlClient tx, Room room, List<Participant> participants) {
        if (participants.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery(SAVE_PARTICIPANT)
                .executeBatch(participants.stream()
                        .map(one -> Tuple.from(Arrays.asList(
                                one.id(),
                                room.name(),
                                one.label(),
                                one.role().name(),
                                one.callSid(),
                                utc(one.invitedAt()),
                                utc(one.joinedAt()),
                                utc(one.leftAt()),
                                utc(one.absentAt()),
                                one.reason(),
                                one.muted(),
                                one.onHold(),
                                one.stateSequence())))
                        .toList())
                .replaceWithVoid();
    }

    private static Room room(Row row, RowSet<Row> participants) {
        List<Participant> all = new ArrayList<>();
        participants.forEach(participant -> all.add(participant(participant)));
        return new Room(
                row.getString("room"),
                row.getUUID("tenant_id"),
                row.getUUID("lead_id"),
                row.getString("agent_id"),
                row.getString("conference_sid"),
                row.getOffsetDateTime("created_at").toInstant(),
                instant(row, "started_at"),
                instant(row, "ending_at"),
                instant(row, "ended_at"),
                row.getString("end_reason"),
                all);
    }

    private static Participant participant(Row row) {
        return new Participant(
                row.getUUID("id"),
                row.getString("label"),
                Role.valueOf(row.getString("role")),
                row.getString("call_sid"),
                row.getOffsetDateTime("invited_at").toInstant(),
                instant(row, "joined_at"),
                instant(row, "left_at"),
                instant(row, "absent_at"),
                row.getString("reason"),
                row.getBoolean("muted"),
                row.getBoolean("on_hold"),
                row.getInteger("state_sequence"));
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
