package dev.throughline.sms.takeover;

import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.ApiAnswer;
import dev.throughline.platform.web.Problem;
import dev.throughline.platform.web.TimeLimited;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Who answers a lead's texts: the agent, or a human who takes over. For operators of the lead's tenant. */
@Path("/api/twilio/text-conversations/{leadId}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "texts")
@TimeLimited
public class TakeOverResource {

    private final TakeOvers takeOvers;
    private final CurrentTenant current;
    private final JsonWebToken token;

    TakeOverResource(TakeOvers takeOvers, CurrentTenant current, JsonWebToken token) {
        this.takeOvers = takeOvers;
        this.current = current;
        this.token = token;
    }

    /**
     * Who answers.
     *
     * @param takenOver whether a human does
     * @param by who, null when the agent does
     * @param since when it began, null when the agent does
     */
    public record State(
            UUID leadId,
            boolean takenOver,
            @Nullable String by,
            @Nullable Instant since) {

        static State of(UUID leadId, Optional<TakeOver> takeOver) {
            return new State(
                    leadId,
                    takeOver.isPresent(),
                    takeOver.map(TakeOver::author).orElse(null),
                    takeOver.map(TakeOver::since).orElse(null));
        }
    }

    /** Tells who answers. */
    @GET
    @RolesAllowed({"viewer", "operator", "admin"})
    @Operation(summary = "Who answers a lead's texts")
    @APIResponse(responseCode = "404", description = "No such lead was ever texted with, or it is another tenant's")
    public Uni<ApiAnswer> state(@RestPath UUID leadId) {
        UUID tenantId = current.require();
        return ofOurs(tenantId, leadId, () -> takeOvers.find(leadId));
    }

    /** Silences the agent; harmless when somebody has taken over already, who then stays. */
    @POST
    @Path("/take-over")
    @RolesAllowed({"operator", "admin"})
    @Operation(summary = "A human answers the lead's texts from now on; the agent is silent")
    @APIResponse(responseCode = "404", description = "No such lead was ever texted with, or it is another tenant's")
    public Uni<ApiAnswer> takeOver(@RestPath UUID leadId) {
        UUID tenantId = current.require();
        String author = token.getName();
        return ofOurs(tenantId, leadId, () -> takeOvers
                .begin(tenantId, leadId, author)
                .map(Optional::of));
    }

    /** Lets the agent answer again; harmless when it does. */
    @POST
    @Path("/give-back")
    @RolesAllowed({"operator", "admin"})
    @Operation(summary = "The agent answers the lead's texts again, from what is newer than the human's last word")
    @APIResponse(responseCode = "404", description = "No such lead was ever texted with, or it is another tenant's")
    public Uni<ApiAnswer> giveBack(@RestPath UUID leadId) {
        UUID tenantId = current.require();
        String author = token.getName();
        return ofOurs(tenantId, leadId, () -> takeOvers.end(leadId, author).replaceWith(Optional.<TakeOver>empty()));
    }

    /** The lead's id tells no tenant; that the tenant has texted with it does. */
    private Uni<ApiAnswer> ofOurs(UUID tenantId, UUID leadId, Supplier<Uni<Optional<TakeOver>>> step) {
        return takeOvers
                .knows(tenantId, leadId)
                .invoke(known -> {
                    if (!known) {
                        throw Problem.notFound("There is no such text conversation.");
                    }
                })
                .chain(known -> step.get())
                .map(takeOver -> ApiAnswer.ok(State.of(leadId, takeOver)));
    }
}
