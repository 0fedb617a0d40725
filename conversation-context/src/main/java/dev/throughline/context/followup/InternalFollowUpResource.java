package dev.throughline.context.followup;

import dev.throughline.context.followup.FollowUpViews.View;
import dev.throughline.events.tenant.FollowUpChannel;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.web.Problem;
import dev.throughline.platform.web.TimeLimited;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jspecify.annotations.Nullable;

/**
 * Follow-ups an agent promises. Guarded by a {@link ServiceToken} of this audience, whose subject is the request's key and whose tenant is the
 * lead's: such a token is good for one follow-up, however often it is shown.
 */
@TimeLimited
@Path("/internal/follow-ups")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Internal")
public class InternalFollowUpResource {

    /** Apart from operators' keys. */
    private static final String KEYS = "agent|";

    private final ServiceToken tokens;
    private final TenantDirectory tenants;
    private final FollowUpActs acts;
    private final Clock clock;

    InternalFollowUpResource(ServiceToken tokens, TenantDirectory tenants, FollowUpActs acts, Clock clock) {
        this.tokens = tokens;
        this.tenants = tenants;
        this.acts = acts;
        this.clock = clock;
    }

    /**
     * What is asked for.
     *
     * @param leadId required
     * @param at required: ISO 8601 with offset
     * @param questions what the agent asks when it calls
     */
    public record CallBack(
            @Nullable UUID leadId,
            @Nullable String at,
            @Nullable List<@Nullable String> questions) {}

    @POST
    @PermitAll // the service token is checked here; the operators' token would not do
    @Operation(summary = "Has a lead called at a time; answers as POST /api/leads/{leadId}/follow-ups")
    @APIResponse(responseCode = "201", description = "It is scheduled; dueAt is behind quiet hours")
    @APIResponse(responseCode = "401", description = "No service token for this service")
    @APIResponse(responseCode = "404", description = "No such lead of the token's tenant")
    public Uni<Response> schedule(@RestHeader(ServiceToken.HEADER) @Nullable String token, @Nullable CallBack asked) {
        ServiceToken.Claims claims = Optional.ofNullable(token)
                .flatMap(value -> tokens.verify(value, ServiceToken.CONVERSATION_CONTEXT))
                .orElseThrow(() -> Problem.of(401, "UNAUTHENTICATED", "This needs a service token."));
        Tenant tenant = Optional.ofNullable(claims.tenantId())
                .flatMap(tenants::byId)
                .orElseThrow(() -> Problem.notFound("There is no such tenant."));
        if (asked == null || asked.leadId() == null) {
            throw Problem.invalid("leadId", "is required");
        }
        FollowUpOrder order = new FollowUpOrder(FollowUpChannel.CALL, asked.at(), null, asked.questions());
        FollowUp followUp = order.checked(
                new FollowUpOrder.Asker(tenant.id(), asked.leadId(), "the agent", KEYS + claims.subject()),
                clock.instant());
        return acts.schedule(tenant, followUp).map(kept -> Response.status(Response.Status.CREATED)
                .entity(View.of(kept, tenant.zone(), clock.instant()))
                .build());
    }
}
