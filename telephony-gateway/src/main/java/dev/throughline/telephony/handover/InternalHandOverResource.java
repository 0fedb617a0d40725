package dev.throughline.telephony.handover;

import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.security.ServiceToken.Claims;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.CallSids;
import dev.throughline.telephony.call.ServiceCallers;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * Where the agent's tool asks for a human. Not routed by the ingress. The header {@value ServiceToken#HEADER} holds a
 * {@link ServiceToken} for audience {@value ServiceToken#TELEPHONY_GATEWAY} whose subject is the call and whose tenant is the call's.
 */
@Path("/internal/hand-overs")
@PermitAll
public final class InternalHandOverResource {

    private static final String AGENT = "agent";

    private final ServiceCallers services;
    private final HandOverRequests requests;

    InternalHandOverResource(ServiceCallers services, HandOverRequests requests) {
        this.services = services;
        this.requests = requests;
    }

    /**
     * What is asked.
     *
     * @param reason why, null when not told
     * @param brief what the human hears, null when not told
     * @param requestedBy null = the agent
     */
    public record Ask(
            @Nullable String callSid,
            @Nullable UUID tenantId,
            @Nullable String reason,
            @Nullable String brief,
            @Nullable String requestedBy) {}

    /** Answers 202 once the hand-over is durable; the phone rings after that. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Rings a human for a call; the caller stays with the agent until the human takes it")
    @APIResponse(responseCode = "202", description = "handOverId, status and the name of the human who is rung first")
    @APIResponse(responseCode = "403", description = "No service token of this call and tenant")
    @APIResponse(responseCode = "404", description = "The call is unknown or over")
    @APIResponse(responseCode = "409", description = "A human has the call, or ElevenLabs carries it")
    @APIResponse(responseCode = "422", description = "There is nobody to ring")
    public Uni<Response> begin(@HeaderParam(ServiceToken.HEADER) @Nullable String token, @Nullable Ask ask) {
        Claims claims = services.require(token, ask == null ? null : ask.callSid());
        if (ask == null || ask.callSid() == null || !CallSids.valid(ask.callSid())) {
            throw Problem.invalid("callSid", "is missing, or is not CA and 32 hexadecimal digits");
        }
        if (ask.tenantId() == null) {
            throw Problem.invalid("tenantId", "is missing");
        }
        if (!ask.tenantId().equals(claims.tenantId())) {
            throw Problem.forbidden("This needs a service token of this call's tenant.");
        }
        LogIds.of().call(ask.callSid()).tenant(ask.tenantId());
        return requests.begin(new HandOverRequests.Request(
                        ask.callSid(),
                        ask.tenantId(),
                        ask.requestedBy() == null ? AGENT : ask.requestedBy(),
                        ask.reason(),
                        ask.brief(),
                        null))
                .map(answer -> Response.accepted(answer).build());
    }
}
