package dev.throughline.telephony.stream;

import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.security.ServiceToken.Claims;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.CallMetrics;
import dev.throughline.telephony.call.CallSids;
import dev.throughline.telephony.call.ServiceCallers;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Where a bridge reports how a stream ended, before it closes the socket. Not routed by the ingress. The header
 * {@value ServiceToken#HEADER} holds a {@link ServiceToken} for audience {@value ServiceToken#TELEPHONY_GATEWAY} whose subject is the call.
 */
@Path("/internal/calls/{callSid}/stream-outcome")
@PermitAll
public final class StreamOutcomeResource {

    private static final Logger LOG = Logger.getLogger(StreamOutcomeResource.class);

    private final ServiceCallers services;
    private final StreamOutcomes outcomes;
    private final AgentOutages outages;
    private final CallMetrics metrics;

    StreamOutcomeResource(ServiceCallers services, StreamOutcomes outcomes, AgentOutages outages, CallMetrics metrics) {
        this.services = services;
        this.outcomes = outcomes;
        this.outages = outages;
        this.metrics = metrics;
    }

    /**
     * The report.
     *
     * @param outcome how the stream ended
     */
    public record Report(@Nullable StreamOutcome outcome) {}

    /** Answers 204; 503 when it could not be stored, which may be repeated. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "A bridge reports how a call's stream ended")
    public Uni<Response> report(
            @PathParam("callSid") String callSid,
            @HeaderParam(ServiceToken.HEADER) @Nullable String token,
            @Nullable Report report) {
        Claims bridge = services.require(token, callSid);
        if (!CallSids.valid(callSid)) {
            throw Problem.invalid("callSid", "is not CA and 32 hexadecimal digits");
        }
        if (report == null || report.outcome() == null) {
            throw Problem.invalid("outcome", "is missing");
        }
        LogIds.of().call(callSid);
        LOG.infof("stream ended: %s", report.outcome().reason());
        metrics.stream(report.outcome().reason());
        if (bridge.tenantId() != null) {
            outages.observed(bridge.tenantId(), report.outcome());
        }
        return outcomes.report(callSid, report.outcome())
                .onFailure()
                .transform(failure -> Problem.unavailable("The outcome could not be stored."))
                .replaceWith(Response.noContent().build());
    }
}
