package dev.throughline.context.followup;

import dev.throughline.context.followup.FollowUpViews.HookSecret;
import dev.throughline.context.followup.FollowUpViews.Page;
import dev.throughline.context.followup.FollowUpViews.Place;
import dev.throughline.context.followup.FollowUpViews.View;
import dev.throughline.context.lead.LeadRepository;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.Problem;
import dev.throughline.platform.web.TimeLimited;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The follow-ups of a tenant, for its own operators only. */
@TimeLimited
@Path("/api/follow-ups")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({"viewer", "operator", "admin"})
@Tag(name = "Follow-ups")
public class FollowUpResource {

    private static final int MOST = 200;

    private final CurrentTenant current;
    private final JsonWebToken token;
    private final FollowUpRepository repository;
    private final LeadRepository leads;
    private final FollowUpActs acts;
    private final HookSignature signature;
    private final Clock clock;

    FollowUpResource(
            CurrentTenant current,
            JsonWebToken token,
            FollowUpRepository repository,
            LeadRepository leads,
            FollowUpActs acts,
            HookSignature signature,
            Clock clock) {
        this.current = current;
        this.token = token;
        this.repository = repository;
        this.leads = leads;
        this.acts = acts;
        this.signature = signature;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary =
                    "The tenant's follow-ups: those to be done, the next first, or those that are over, the latest first")
    public Uni<Page> ofTenant(
            @RestQuery @DefaultValue("open") String state,
            @RestQuery @Nullable String cursor,
            @RestQuery @DefaultValue("50") int limit) {
        if (!state.equals("open") && !state.equals("over")) {
            throw Problem.invalid("state", "must be open or over");
        }
        if (limit < 1 || limit > MOST) {
            throw Problem.invalid("limit", "must be between 1 and " + MOST);
        }
        @Nullable Place after = cursor == null || cursor.isBlank()
                ? null
                : Place.parse(cursor)
                        .orElseThrow(() -> Problem.invalid("cursor", "is not a cursor of an earlier answer"));
        Tenant tenant = current.tenant();
        return repository
                .ofTenant(tenant.id(), state.equals("open"), after, limit + 1)
                .map(found -> Page.of(found, limit, tenant, clock.instant()))
                .chain(page -> leads.summaries(
                                tenant.id(),
                                page.followUps().stream().map(View::leadId).collect(Collectors.toSet()))
                        .map(page::of));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed({"operator", "admin"})
    @Operation(summary = "Cancels a follow-up")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = View.class)))
    @APIResponse(responseCode = "409", description = "TOO_LATE: it is being done, or is over")
    public Uni<View> cancel(@RestPath UUID id) {
        Tenant tenant = current.tenant();
        return acts.cancel(tenant.id(), id, token.getName()).map(kept -> View.of(kept, tenant.zone(), clock.instant()));
    }

    @POST
    @Path("/{id}/now")
    @RolesAllowed({"operator", "admin"})
    @Operation(summary = "Has a follow-up done now")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = View.class)))
    @APIResponse(responseCode = "409", description = "TOO_LATE, NO_REASON or QUIET_HOURS")
    public Uni<View> now(@RestPath UUID id) {
        Tenant tenant = current.tenant();
        return acts.hasten(tenant, id).map(kept -> View.of(kept, tenant.zone(), clock.instant()));
    }

    @GET
    @Path("/hook-secret")
    @RolesAllowed("admin")
    @Operation(summary = "The secret that signs what settings.texts.failureHook is sent")
    public HookSecret hookSecret() {
        return new HookSecret(signature.secret(current.require()));
    }
}
