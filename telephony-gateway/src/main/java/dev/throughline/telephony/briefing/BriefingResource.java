package dev.throughline.telephony.briefing;

import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.security.ServiceToken.Claims;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.Bounded;
import dev.throughline.telephony.call.CallConfig;
import dev.throughline.telephony.call.ServiceCallers;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * Where a bridge learns what its agent is to know of a call. Not routed by the ingress. The header {@value ServiceToken#HEADER} holds a
 * {@link ServiceToken} for audience {@value ServiceToken#TELEPHONY_GATEWAY} whose subject is the call.
 */
@Path("/internal/calls/{callSid}/briefing")
@PermitAll
public final class BriefingResource {

    private final ServiceCallers services;
    private final Briefings briefings;
    private final CallConfig config;

    BriefingResource(ServiceCallers services, Briefings briefings, CallConfig config) {
        this.services = services;
        this.briefings = briefings;
        this.config = config;
    }

    /** The answer; {@code note} null = nothing to add. */
    public record Answer(
            Map<String, String> variables, @Nullable String note) {}

    /** Answers with the briefing. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "What the agent is to know of a call: variables and a note")
    @APIResponse(responseCode = "200", description = "variables (texts) and note")
    @APIResponse(responseCode = "403", description = "No service token of this call")
    @APIResponse(responseCode = "404", description = "There is nothing to tell")
    public Uni<Answer> find(
            @PathParam("callSid") String callSid, @HeaderParam(ServiceToken.HEADER) @Nullable String token) {
        Claims claims = services.require(token, callSid);
        LogIds.of().call(callSid);
        return Bounded.within(config.databaseWait(), briefings.find(callSid))
                .map(found -> found.filter(briefing -> isOf(briefing, claims))
                        .map(briefing -> new Answer(briefing.variables(), briefing.note()))
                        .orElseThrow(() -> Problem.notFound("There is no briefing for this call.")));
    }

    private static boolean isOf(Briefing briefing, Claims claims) {
        return claims.tenantId() == null || claims.tenantId().equals(briefing.tenantId());
    }
}
