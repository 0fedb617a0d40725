package dev.throughline.context.followup;

import dev.throughline.context.followup.FollowUpViews.Page;
import dev.throughline.context.followup.FollowUpViews.View;
import dev.throughline.context.lead.LeadRepository;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.Problem;
import dev.throughline.platform.web.TimeLimited;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The follow-ups of one lead, for operators of its tenant only. */
@TimeLimited
@Path("/api/leads/{leadId}/follow-ups")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({"viewer", "operator", "admin"})
@Tag(name = "Follow-ups")
public class LeadFollowUpResource {

    private static final int MOST = 200;

    private final CurrentTenant current;
    private final JsonWebToken token;
    private final LeadRepository leads;
    private final FollowUpRepository repository;
    private final FollowUpActs acts;
    private final Clock clock;

    LeadFollowUpResource(
            CurrentTenant current,
            JsonWebToken token,
            LeadRepository leads,
            FollowUpRepository repository,
            FollowUpActs acts,
            Clock clock) {
        this.current = current;
        this.token = token;
        this.leads = leads;
        this.repository = repository;
        this.acts = acts;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "A lead's follow-ups by the time they are due, those that are over too; the newest 200")
    public Uni<Page> ofLead(@RestPath UUID leadId) {
        Tenant tenant = current.tenant();
        return leads.exists(tenant.id(), leadId)
                .invoke(exists -> {
                    if (!exists) {
                        throw Problem.notFound("There is no such lead.");
                    }
                })
                .chain(() -> repository.ofLead(tenant.id(), leadId, MOST))
                .map(all -> Page.of(all, MOST, tenant, clock.instant()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"operator", "admin"})
    @Operation(summary = "Has a lead texted or called at a time; quiet hours put it off to their end")
    @APIResponse(
            responseCode = "201",
            description = "It is scheduled; also for a repeat under the same Idempotency-Key",
            content = @Content(schema = @Schema(implementation = View.class)))
    @APIResponse(responseCode = "400", description = "A field is missing or wrong; all of them are named")
    @APIResponse(responseCode = "404", description = "There is no such lead, or it is another tenant's")
    @APIResponse(responseCode = "409", description = "OPTED_OUT, or IDEMPOTENCY_KEY_REUSED for something else")
    @APIResponse(responseCode = "422", description = "NUMBER_NOT_KNOWN")
    public Uni<Response> schedule(
            @RestPath UUID leadId,
            @Nullable FollowUpOrder order,
            @HeaderParam("Idempotency-Key") @Nullable String key) {
        if (order == null) {
            throw Problem.invalid("body", "is required");
        }
        Tenant tenant = current.tenant();
        FollowUp asked =
                order.checked(new FollowUpOrder.Asker(tenant.id(), leadId, token.getName(), key), clock.instant());
        return acts.schedule(tenant, asked).map(kept -> Response.status(Response.Status.CREATED)
                .entity(View.of(kept, tenant.zone(), clock.instant()))
                .build());
    }
}
