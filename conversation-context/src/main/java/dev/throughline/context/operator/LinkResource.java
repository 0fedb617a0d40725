package dev.throughline.context.operator;

import dev.throughline.context.lead.LeadRepository;
import dev.throughline.context.lead.LeadRepository.FoundLead;
import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.Problem;
import dev.throughline.platform.web.TimeLimited;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.SortedSet;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Says that two leads are one person, or are not. Saying again what is so changes nothing. */
@TimeLimited
@Path("/api/leads/{leadId}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({"operator", "admin"})
@Tag(name = "Operators")
public class LinkResource {

    private final CurrentTenant tenant;
    private final LeadRepository leads;
    private final Links links;

    LinkResource(CurrentTenant tenant, LeadRepository leads, Links links) {
        this.tenant = tenant;
        this.leads = leads;
        this.links = links;
    }

    /** The other lead. */
    public record Other(@Nullable UUID leadId) {}

    /** The leads that will be the same person. */
    public record Linked(UUID leadId, SortedSet<UUID> linked) {}

    @POST
    @Path("/link")
    @Operation(summary = "These two leads are one person: each shows the history of both from now on")
    @APIResponse(responseCode = "202", description = "The leads that are this person; the contexts follow in a moment")
    @APIResponse(responseCode = "404", description = "There is no such lead, or it is another tenant's")
    @APIResponse(responseCode = "409", description = "Too many leads would be one person")
    public Uni<Response> link(@RestPath UUID leadId, @Nullable Other other) {
        return with(leadId, other, links::link);
    }

    @POST
    @Path("/unlink")
    @Operation(summary = "The other lead is somebody else after all: the histories part again")
    @APIResponse(responseCode = "202", description = "The leads that remain this person")
    @APIResponse(responseCode = "404", description = "There is no such lead, or it is another tenant's")
    public Uni<Response> unlink(@RestPath UUID leadId, @Nullable Other other) {
        return with(leadId, other, links::unlink);
    }

    private interface Step {
        Uni<SortedSet<UUID>> take(UUID tenantId, FoundLead lead, FoundLead other);
    }

    private Uni<Response> with(UUID leadId, @Nullable Other other, Step step) {
        if (other == null || other.leadId() == null) {
            throw Problem.invalid("leadId", "is missing");
        }
        if (other.leadId().equals(leadId)) {
            throw Problem.invalid("leadId", "must be another lead");
        }
        UUID tenantId = tenant.require();
        UUID otherId = other.leadId();
        return found(tenantId, leadId)
                .chain(one -> found(tenantId, otherId).chain(another -> step.take(tenantId, one, another)))
                .map(linked -> Response.accepted(new Linked(leadId, linked)).build());
    }

    private Uni<FoundLead> found(UUID tenantId, UUID leadId) {
        return leads.find(tenantId, leadId)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("There is no such lead."));
    }
}
