package dev.throughline.context.lead;

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

/**
 * The folded context for the other services, when their own view does not have it. Guarded by a {@link ServiceToken} of this
 * audience and this tenant; nothing else opens it, wherever a request comes from.
 */
@TimeLimited
@Path("/internal/lead-contexts")
@Tag(name = "Internal")
public class InternalContextResource {

    private final ServiceToken tokens;
    private final LeadRepository leads;

    InternalContextResource(ServiceToken tokens, LeadRepository leads) {
        this.tokens = tokens;
        this.leads = leads;
    }

    @GET
    @Path("/{tenantId}/{leadId}")
    @Produces(MediaType.APPLICATION_JSON)
    @PermitAll // the service token is checked here; the operators' token would not do
    @Operation(summary = "The folded context as on lead-contexts-v1, or 404")
    public Uni<byte[]> context(
            @RestPath UUID tenantId, @RestPath UUID leadId, @RestHeader(ServiceToken.HEADER) @Nullable String token) {
        ServiceToken.Claims claims = Optional.ofNullable(token)
                .flatMap(value -> tokens.verify(value, ServiceToken.CONVERSATION_CONTEXT))
                .orElseThrow(() -> Problem.of(401, "UNAUTHENTICATED", "This needs a service token."));
        if (!tenantId.equals(claims.tenantId())) {
            throw Problem.notFound("There is no such lead.");
        }
        return leads.find(tenantId, leadId)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("There is no such lead."))
                .map(LeadRepository.FoundLead::encodedContext);
    }
}
