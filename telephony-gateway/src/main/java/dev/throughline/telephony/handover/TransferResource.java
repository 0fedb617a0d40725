package dev.throughline.telephony.handover;

import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.ApiAnswer;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.CallSids;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Where an operator hands a live call to a human. */
@Path("/api/twilio/calls/{callSid}/transfer")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({"operator", "admin"})
public final class TransferResource {

    private final HandOverRequests requests;
    private final CurrentTenant current;
    private final SecurityIdentity identity;

    TransferResource(HandOverRequests requests, CurrentTenant current, SecurityIdentity identity) {
        this.requests = requests;
        this.current = current;
        this.identity = identity;
    }

    /**
     * What is asked.
     *
     * @param to the name or number of a human of the tenant; null = in the tenant's order
     * @param reason what the human hears, null when there is nothing to say
     */
    public record Transfer(@Nullable String to, @Nullable String reason) {}

    /** Answers 202 once the hand-over is durable. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Hands a live call to a human, who is rung first")
    @APIResponse(responseCode = "202", description = "handOverId, status and the human's name in data")
    @APIResponse(responseCode = "404", description = "No live call of this tenant")
    @APIResponse(responseCode = "409", description = "A human has the call, or ElevenLabs carries it")
    @APIResponse(responseCode = "422", description = "There is nobody to ring, or nobody of this name")
    public Uni<Response> transfer(@PathParam("callSid") String callSid, @Nullable Transfer transfer) {
        UUID tenantId = current.require();
        if (!CallSids.valid(callSid)) {
            throw Problem.notFound("There is no such call, or it has ended.");
        }
        LogIds.of().call(callSid).tenant(tenantId);
        return requests.begin(new HandOverRequests.Request(
                        callSid,
                        tenantId,
                        "operator:" + identity.getPrincipal().getName(),
                        transfer == null ? null : transfer.reason(),
                        null,
                        transfer == null ? null : transfer.to()))
                .map(answer -> Response.accepted(ApiAnswer.ok(answer)).build());
    }
}
