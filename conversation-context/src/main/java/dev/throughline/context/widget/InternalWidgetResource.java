package dev.throughline.context.widget;

import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.web.Problem;
import dev.throughline.platform.web.TimeLimited;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Whose conversation a page's is, for the service that runs the agent's tools. Guarded as {@code /internal/lead-contexts} is. */
@TimeLimited
@Path("/internal/widget-conversations")
@Tag(name = "Internal")
public class InternalWidgetResource {

    private final ServiceToken tokens;
    private final WidgetConversations conversations;

    InternalWidgetResource(ServiceToken tokens, WidgetConversations conversations) {
        this.tokens = tokens;
        this.conversations = conversations;
    }

    /** The lead. */
    public record Owner(UUID leadId) {}

    @GET
    @Path("/{tenantId}/{conversationId}")
    @Produces(MediaType.APPLICATION_JSON)
    @PermitAll // the service token is checked here; the operators' token would not do
    @Operation(summary = "The lead of a conversation that was given to a page of this tenant, or 404")
    public Uni<Owner> owner(
            @RestPath UUID tenantId,
            @RestPath String conversationId,
            @RestHeader(ServiceToken.HEADER) @Nullable String token) {
        ServiceToken.Claims claims = Optional.ofNullable(token)
                .flatMap(value -> tokens.verify(value, ServiceToken.CONVERSATION_CONTEXT))
                .orElseThrow(() -> Problem.of(401, "UNAUTHENTICATED", "This needs a service token."));
        if (!tenantId.equals(claims.tenantId())) {
            throw Problem.notFound("There is no such conversation.");
        }
        return conversations.ownerOf(conversationId).map(owner -> {
            if (owner == null || !owner.tenantId().equals(tenantId)) {
                throw Problem.notFound("No page was given such a conversation.");
            }
            return new Owner(owner.leadId());
        });
    }
}
