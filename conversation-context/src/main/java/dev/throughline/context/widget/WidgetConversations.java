package dev.throughline.context.widget;

import dev.throughline.context.lead.LeadRef;
import dev.throughline.platform.security.VisitorTokens.Visitor;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Whose the conversations are that pages were given. A browser hands the agent its dynamic variables, so it could name another lead in
 * them; what counts is the conversation's id, which it cannot choose.
 */
@ApplicationScoped
public class WidgetConversations {

    private static final String BEGUN = """
            insert into widget_conversation (conversation_id, tenant_id, lead_id, begun_at) values ($1, $2, $3, $4)
            on conflict do nothing""";
    private static final String OWNER = "select tenant_id, lead_id from widget_conversation where conversation_id = $1";
    private static final String FORGET = "delete from widget_conversation where begun_at < now() - interval '30 days'";

    private final Pool pool;

    WidgetConversations(Pool pool) {
        this.pool = pool;
    }

    /** Remembers whose a conversation is, before its address leaves the house. */
    Uni<Void> begun(String conversationId, Visitor visitor, Instant at) {
        return pool.preparedQuery(BEGUN)
                .execute(Tuple.of(
                        conversationId,
                        visitor.tenantId(),
                        visitor.leadId(),
                        OffsetDateTime.ofInstant(at, ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** The lead of a conversation a page was given; null when none was. */
    public Uni<@Nullable LeadRef> ownerOf(String conversationId) {
        return pool.preparedQuery(OWNER).execute(Tuple.of(conversationId)).map(rows -> {
            if (rows.size() == 0) {
                return null;
            }
            Row row = rows.iterator().next();
            return new LeadRef(row.getUUID(0), row.getUUID(1));
        });
    }

    @Scheduled(every = "6h", delayed = "20m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> forget() {
        return pool.query(FORGET).execute().replaceWithVoid();
    }
}
