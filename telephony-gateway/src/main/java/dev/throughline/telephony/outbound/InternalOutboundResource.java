package dev.throughline.telephony.outbound;

import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.security.ServiceToken.Claims;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.IdempotencyKey;
import dev.throughline.telephony.call.ServiceCallers;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * Where our own services have customers called. Not routed by the ingress. The header {@value ServiceToken#HEADER} holds a
 * {@link ServiceToken} for audience {@value ServiceToken#TELEPHONY_GATEWAY} whose subject is the request's idempotency key and whose
 * tenant is the one that calls: such a token is good for one call, however often it is shown.
 */
@Path("/internal/outbound-calls")
@PermitAll
public final class InternalOutboundResource {

    private final ServiceCallers services;
    private final OutboundRequests requests;

    InternalOutboundResource(ServiceCallers services, OutboundRequests requests) {
        this.services = services;
        this.requests = requests;
    }

    /** Has a customer called; body and answers are those of {@code POST /api/elevenlabs/outbound-call}, the key is needed here. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Calls a lead for one of our services; answers as POST /api/elevenlabs/outbound-call")
    @APIResponse(responseCode = "200", description = "There is a call: {success, data}")
    @APIResponse(responseCode = "202", description = "There may be a call: it is being looked up, see Location")
    @APIResponse(responseCode = "403", description = "No service token of this idempotency key and tenant")
    public Uni<Response> call(
            @Nullable OutboundRequest request,
            @QueryParam("via") @Nullable String via,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @HeaderParam(ServiceToken.HEADER) @Nullable String token,
            @Context UriInfo uri) {
        OutboundRequest asked = Objects.requireNonNullElse(request, OutboundRequest.EMPTY);
        Claims claims = services.require(token, key == null ? asked.idempotencyKey() : key);
        UUID tenantId = claims.tenantId();
        if (tenantId == null || !names(asked, tenantId)) {
            throw Problem.forbidden("This needs a service token of this tenant.");
        }
        LogIds.of().tenant(tenantId);
        return requests.call(tenantId, asked, via, key, uri);
    }

    /** Whether the body names this tenant, or none. */
    private static boolean names(OutboundRequest request, UUID tenantId) {
        String named = request.tenantId();
        return named == null || named.isBlank() || named.strip().equalsIgnoreCase(tenantId.toString());
    }
}
