package dev.throughline.platform.context;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Which conversations are those of chats on tenants' pages, and of which lead: {@code GET
 * /internal/widget-conversations/{tenantId}/{conversationId}} of conversation-context. A browser writes the variables of its conversation
 * itself, so whom it says it is counts for nothing; the conversation's id is the provider's. An answer never changes and is remembered.
 */
@Singleton
public class VisitorConversations {

    private static final Logger LOG = Logger.getLogger(VisitorConversations.class);
    private static final String SUBJECT = "widget-conversations";
    private static final int REMEMBERED = 10_000;

    private final ContextService service;
    private final Cache<String, Optional<UUID>> known = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    VisitorConversations(ContextService service) {
        this.service = service;
    }

    /**
     * The visitor's lead. Empty for every other conversation, and when the service that knows is not there in time: phone calls go on
     * without it, and no page can begin a chat then.
     */
    public Uni<Optional<UUID>> leadOf(UUID tenantId, String conversationId) {
        String key = tenantId + "|" + conversationId;
        Optional<UUID> remembered = known.getIfPresent(key);
        if (remembered != null) {
            return Uni.createFrom().item(remembered);
        }
        String conversation = URLEncoder.encode(conversationId, StandardCharsets.UTF_8);
        return service.get("widget-conversations/" + tenantId + "/" + conversation, SUBJECT, tenantId)
                .map(answer -> answer.map(json -> UUID.fromString(new JsonObject(json).getString("leadId"))))
                .invoke(lead -> known.put(key, lead))
                .onFailure()
                .invoke(failure -> LOG.infof(
                        "whose conversation it is was not there in time, conversationId=%s reason=%s",
                        conversationId, ContextService.reason(failure)))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }
}
