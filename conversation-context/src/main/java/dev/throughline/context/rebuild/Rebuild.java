package dev.throughline.context.rebuild;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A rebuild as it stands.
 *
 * @param state running, done or cancelled
 * @param swap whether the copy takes the live tables' place, or is only compared
 * @param total records on the topic when it began
 * @param folded records read so far
 * @param refused of those, the ones that can never be taken; they were dead letters already
 * @param leads leads compared; 0 before
 * @param different leads that are others in the copy; expected after the fold was changed, else a fault
 * @param examples some of those
 * @param problem what keeps it from going on; it is tried again. Null when nothing does
 */
public record Rebuild(
        UUID id,
        String state,
        boolean swap,
        String askedBy,
        Instant askedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        long total,
        long folded,
        long refused,
        long leads,
        long different,
        List<UUID> examples,
        @Nullable String problem) {

    static Rebuild of(Row row) {
        return new Rebuild(
                row.getUUID("id"),
                row.getString("state"),
                row.getBoolean("swap"),
                row.getString("asked_by"),
                row.getOffsetDateTime("asked_at").toInstant(),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                row.getLong("total"),
                row.getLong("folded"),
                row.getLong("refused"),
                row.getLong("leads"),
                row.getLong("different"),
                List.of(row.getArrayOfUUIDs("examples")),
                row.getString("problem"));
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
