package dev.throughline.context.lead;

import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.LeadContextCodec;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/**
 * What was known of a lead at any instant: the last context kept before it, and the events since. A kept context holds every event up to
 * an offset, so what came late, with an earlier time, is among the events behind it.
 */
@Singleton
public class LeadHistory {

    private static final String KEPT = """
            select last_offset, context from lead_snapshot where lead_id = $1 and last_time <= $2
             order by last_time desc, last_offset desc limit 1""";

    private record Kept(LeadContext context, long offset) {}

    private final Pool pool;
    private final EventLog log;

    LeadHistory(Pool pool, EventLog log) {
        this.pool = pool;
        this.log = log;
    }

    /** The context of the person at {@code at}: of the lead and of those that were linked with it then. The caller has checked the tenant. */
    public Uni<LeadContext> at(UUID tenantId, UUID leadId, Instant at) {
        return own(tenantId, leadId, at)
                .chain(context -> context.linked().isEmpty()
                        ? Uni.createFrom().item(context)
                        : Multi.createFrom()
                                .iterable(context.linked())
                                .onItem()
                                .transformToUniAndConcatenate(other -> own(tenantId, other, at))
                                .collect()
                                .asList()
                                .map(context::joinedWith));
    }

    private Uni<LeadContext> own(UUID tenantId, UUID leadId, Instant at) {
        return pool.preparedQuery(KEPT)
                .execute(Tuple.of(leadId, OffsetDateTime.ofInstant(at, ZoneOffset.UTC)))
                .map(rows -> rows.size() == 0
                        ? new Kept(LeadContext.empty(tenantId, leadId), -1)
                        : kept(rows.iterator().next()))
                .chain(kept -> log.until(leadId, kept.offset(), at).map(events -> after(kept.context(), events)));
    }

    private static Kept kept(Row row) {
        try {
            return new Kept(LeadContextCodec.decode(row.getBuffer("context").getBytes()), row.getLong("last_offset"));
        } catch (IOException e) {
            throw new IllegalStateException("a kept context is always one we wrote", e);
        }
    }

    private static LeadContext after(LeadContext context, List<StoredEvent> events) {
        for (StoredEvent stored : events) {
            // A linked lead of another tenant cannot be: its events would not be ours to read.
            if (stored.event().tenantId().equals(context.tenantId())) {
                context = context.apply(stored.event());
            }
        }
        return context;
    }
}
