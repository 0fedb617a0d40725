package dev.throughline.context.lead;

import dev.throughline.events.Channel;
import dev.throughline.events.Speaker;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.LeadContextCodec;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the leads of one tenant. */
@Singleton
public class LeadRepository {

    private static final String COLUMNS = "lead_id, tenant_id, name, phone, last_activity, last_channel, last_speaker,"
            + " last_text, score, calling_since, waiting_since";

    /** The beginning of a statement whose rows {@link #summary} reads; further columns may follow. */
    public static final String SELECT = "select " + COLUMNS;

    private final Pool pool;

    LeadRepository(Pool pool) {
        this.pool = pool;
    }

    /**
     * A lead with its folded context.
     *
     * @param lastOffset the newest Kafka offset in it: where a stream begins after reading it
     */
    public record FoundLead(LeadSummary summary, LeadContext context, byte[] encodedContext, long lastOffset) {}

    /** The leads with the latest activity first; {@code search} null for all. */
    Uni<List<LeadSummary>> page(UUID tenantId, @Nullable LeadSearch search, @Nullable LeadCursor after, int limit) {
        StringBuilder sql = new StringBuilder("select " + COLUMNS + " from lead where tenant_id = $1");
        Tuple parameters = Tuple.of(tenantId);
        if (after != null) {
            parameters
                    .addOffsetDateTime(OffsetDateTime.ofInstant(after.time(), ZoneOffset.UTC))
                    .addUUID(after.id());
            sql.append(" and (last_activity, lead_id) < ($2, $3)");
        }
        if (search != null) {
            search.appendTo(sql, parameters);
        }
        parameters.addInteger(limit);
        sql.append(" order by last_activity desc, lead_id desc limit $").append(parameters.size());
        return pool.preparedQuery(sql.toString()).execute(parameters).map(LeadRepository::summaries);
    }

    /** The lead; null when this tenant has no such lead. */
    public Uni<@Nullable FoundLead> find(UUID tenantId, UUID leadId) {
        return pool.preparedQuery("select " + COLUMNS + ", last_offset, coalesce(joined, context) as context from lead"
                        + " where tenant_id = $1 and lead_id = $2")
                .execute(Tuple.of(tenantId, leadId))
                .map(rows -> rows.size() == 0 ? null : found(rows.iterator().next()));
    }

    /** Those of the tenant's leads in which a customer's message waits for an answer, the longest first. */
    public Uni<List<LeadSummary>> waiting(UUID tenantId, Instant since, int most) {
        return pool.preparedQuery("select " + COLUMNS + " from lead where tenant_id = $1 and waiting_since >= $2"
                        + " order by waiting_since limit $3")
                .execute(Tuple.of(tenantId, OffsetDateTime.ofInstant(since, ZoneOffset.UTC), most))
                .map(LeadRepository::summaries);
    }

    /** Whether this tenant has such a lead. */
    public Uni<Boolean> exists(UUID tenantId, UUID leadId) {
        return pool.preparedQuery("select 1 from lead where tenant_id = $1 and lead_id = $2")
                .execute(Tuple.of(tenantId, leadId))
                .map(rows -> rows.size() > 0);
    }

    /** Those of the given leads that are this tenant's, as they stand on the board. */
    public Uni<List<LeadSummary>> summaries(UUID tenantId, Collection<UUID> leadIds) {
        return pool.preparedQuery("select " + COLUMNS + " from lead where tenant_id = $1 and lead_id = any($2::uuid[])")
                .execute(Tuple.of(tenantId, leadIds.toArray(UUID[]::new)))
                .map(LeadRepository::summaries);
    }

    /** The tenant of a lead that was seen before; null for a new one. */
    public Uni<@Nullable UUID> tenantOf(UUID leadId) {
        return pool.preparedQuery("select tenant_id from lead where lead_id = $1")
                .execute(Tuple.of(leadId))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getUUID(0));
    }

    /** The only lead with this number in the installation; null when there is none or more than one. */
    public Uni<@Nullable LeadRef> onlyLeadWithPhone(String e164) {
        return pool.preparedQuery("select tenant_id, lead_id from lead where phone = $1 limit 2")
                .execute(Tuple.of(e164))
                .map(rows -> rows.size() != 1
                        ? null
                        : new LeadRef(
                                rows.iterator().next().getUUID(0),
                                rows.iterator().next().getUUID(1)));
    }

    private static List<LeadSummary> summaries(RowSet<Row> rows) {
        List<LeadSummary> leads = new ArrayList<>(rows.size());
        rows.forEach(row -> leads.add(summary(row)));
        return leads;
    }

    /** A lead as it stands on the board, from a row of {@link #SELECT}. */
    public static LeadSummary summary(Row row) {
        String channel = row.getString("last_channel");
        String speaker = row.getString("last_speaker");
        OffsetDateTime waiting = row.getOffsetDateTime("waiting_since");
        OffsetDateTime calling = row.getOffsetDateTime("calling_since");
        return new LeadSummary(
                row.getUUID("lead_id"),
                row.getUUID("tenant_id"),
                row.getString("name"),
                row.getString("phone"),
                row.getOffsetDateTime("last_activity").toInstant(),
                channel == null ? null : Channel.valueOf(channel),
                speaker == null ? null : Speaker.valueOf(speaker),
                row.getString("last_text"),
                row.getInteger("score"),
                calling == null ? null : calling.toInstant(),
                waiting == null ? null : waiting.toInstant());
    }

    private static FoundLead found(Row row) {
        byte[] encoded = row.getBuffer("context").getBytes();
        try {
            return new FoundLead(summary(row), LeadContextCodec.decode(encoded), encoded, row.getLong("last_offset"));
        } catch (IOException e) {
            throw new IllegalStateException("a stored context is always one we wrote", e);
        }
    }
}
