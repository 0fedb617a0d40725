package dev.throughline.context.widget;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.context.lead.EventLog;
import dev.throughline.context.lead.StoredEvent;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.security.VisitorTokens.Visitor;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Begins a visitor's conversation: its address, whose it is, and what the agent may be told by way of the browser. */
@Singleton
class Conversations {

    /** Enough for a context; what is older is not in it anyway. */
    private static final int NEWEST = 200;

    private final ConversationUrls urls;
    private final WidgetConversations owners;
    private final EventLog log;
    private final TenantDirectory tenants;
    private final Clock clock;

    Conversations(
            ConversationUrls urls, WidgetConversations owners, EventLog log, TenantDirectory tenants, Clock clock) {
        this.urls = urls;
        this.owners = owners;
        this.log = log;
        this.tenants = tenants;
        this.clock = clock;
    }

    /**
     * A conversation for the official client.
     *
     * @param begunAt what happens from here on is news to the agent
     */
    public record Begun(
            String conversationId,
            String signedUrl,
            boolean textOnly,
            String userId,
            JsonNode dynamicVariables,
            JsonNode overrides,
            Instant begunAt) {}

    Uni<Begun> begin(Visitor visitor, String token, String medium) {
        Tenant tenant =
                tenants.byId(visitor.tenantId()).orElseThrow(() -> Problem.notFound("There is no such tenant."));
        Instant now = clock.instant();
        return Uni.combine()
                .all()
                .unis(urls.fresh(token, medium), log.newest(List.of(visitor.leadId()), NEWEST))
                .asTuple()
                .chain(both -> {
                    Begun begun = begun(both.getItem1(), context(tenant, visitor, both.getItem2(), now), now);
                    return owners.begun(begun.conversationId(), visitor, now).replaceWith(begun);
                });
    }

    private static String context(Tenant tenant, Visitor visitor, List<StoredEvent> events, Instant now) {
        return VisitorView.context(
                visitor.tenantId(),
                visitor.leadId(),
                events.stream().map(StoredEvent::event).toList(),
                tenant.zone(),
                now);
    }

    private static Begun begun(JsonNode session, String context, Instant now) {
        String id = session.path("conversationId").asText("");
        if (id.isEmpty() || !(session.path("dynamicVariables") instanceof ObjectNode variables)) {
            // Without an id nobody could tell later whose conversation it was.
            throw Problem.unavailable("The provider promised no conversation: try again.");
        }
        variables.put("conversation_context", context);
        return new Begun(
                id,
                session.path("signedUrl").asText(),
                session.path("textOnly").asBoolean(),
                session.path("userId").asText(),
                variables,
                session.path("overrides"),
                now);
    }
}
