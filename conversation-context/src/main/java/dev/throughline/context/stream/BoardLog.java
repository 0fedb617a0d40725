package dev.throughline.context.stream;

import dev.throughline.context.lead.LeadRepository;
import dev.throughline.context.lead.LeadSummary;
import dev.throughline.events.Topics;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The leads of a tenant that have changed since a position in the log. */
@Singleton
class BoardLog {

    private static final String HEAD = "select kafka_partition, next_offset from consumed where topic = $1";
    private static final String CHANGED = LeadRepository.SELECT + """
            , kafka_partition, last_offset from lead
             where tenant_id = $1 and last_offset >= coalesce(
                    (select seen.next from unnest($2::int[], $3::bigint[]) as seen(part, next)
                      where seen.part = lead.kafka_partition), 0)
             order by kafka_partition, last_offset limit $4""";

    /**
     * What has changed.
     *
     * @param position what a client has seen when it has these
     * @param more whether there may be more
     */
    record Changes(List<LeadSummary> leads, BoardPosition position, boolean more) {}

    private final Pool pool;

    BoardLog(Pool pool) {
        this.pool = pool;
    }

    /** Where the log ends now. */
    Uni<BoardPosition> head() {
        return pool.withConnection(BoardLog::head);
    }

    private static Uni<BoardPosition> head(SqlConnection connection) {
        return connection
                .preparedQuery(HEAD)
                .execute(Tuple.of(Topics.CHANNEL_EVENTS))
                .map(rows -> {
                    Map<Integer, Long> next = new HashMap<>();
                    rows.forEach(row -> next.put(row.getInteger(0), row.getLong(1)));
                    return new BoardPosition(next);
                });
    }

    /** The leads as they stand that changed since {@code seen}, at most {@code most}. */
    Uni<Changes> since(UUID tenantId, BoardPosition seen, int most) {
        // The end first: what is folded between the two reads is told, and told again, never passed over.
        return pool.withConnection(connection -> head(connection).chain(head -> connection
                .preparedQuery(CHANGED)
                .execute(Tuple.of(
                        tenantId,
                        seen.next().keySet().toArray(Integer[]::new),
                        seen.next().values().toArray(Long[]::new),
                        most))
                .map(rows -> {
                    List<LeadSummary> leads = new ArrayList<>(rows.size());
                    int partition = 0;
                    long offset = 0;
                    for (var row : rows) {
                        leads.add(LeadRepository.summary(row));
                        partition = row.getInteger("kafka_partition");
                        offset = row.getLong("last_offset");
                    }
                    boolean more = leads.size() == most;
                    return new Changes(leads, more ? seen.upTo(head, partition, offset) : seen.all(head), more);
                })));
    }
}
