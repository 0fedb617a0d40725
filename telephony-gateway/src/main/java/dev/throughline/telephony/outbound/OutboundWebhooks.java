package dev.throughline.telephony.outbound;

import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.platform.twilio.TwimlResponse;
import dev.throughline.telephony.call.CallMetrics;
import dev.throughline.telephony.call.CallWebhook;
import dev.throughline.telephony.call.Reports;
import dev.throughline.telephony.call.WebhookPaths;
import dev.throughline.telephony.status.CallStatusResource;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/**
 * What Twilio asks and tells about a call of the bridge. The address names the request for the call, because any of these may come
 * before Twilio's answer to it has.
 */
@Path(WebhookPaths.TWILIO + OutboundWebhooks.OUTBOUND + "/{id}")
@PermitAll
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class OutboundWebhooks {

    static final String OUTBOUND = "/outbound";
    static final String STATUS = "/status";
    static final String AMD = "/amd";

    private final BridgedCall bridged;
    private final MachineAnswers machines;
    private final CallStatusResource statuses;
    private final CallMetrics metrics;

    OutboundWebhooks(BridgedCall bridged, MachineAnswers machines, CallStatusResource statuses, CallMetrics metrics) {
        this.bridged = bridged;
        this.machines = machines;
        this.statuses = statuses;
        this.metrics = metrics;
    }

    static String path(UUID id, String suffix) {
        return WebhookPaths.TWILIO + OUTBOUND + "/" + id + suffix;
    }

    /** The customer answered: TwiML that brings the agent. */
    @POST
    @Operation(summary = "A customer we called has answered: TwiML that connects the agent")
    @APIResponse(responseCode = "200", description = "TwiML")
    @APIResponse(responseCode = "400", description = "CallSid is missing or malformed")
    @APIResponse(responseCode = "403", description = "X-Twilio-Signature is missing or wrong")
    public Uni<Response> answered(@PathParam("id") UUID id, SignedForm form) {
        CallWebhook call = CallWebhook.of(form);
        LogIds.of().call(call.callSid());
        return metrics.timed("outbound", () -> bridged.answer(id, call)).map(TwimlResponse::xml);
    }

    /** A status, of a call that may not be known yet. */
    @POST
    @Path(STATUS)
    @Operation(summary = "A call we placed changed its status")
    @APIResponse(responseCode = "204", description = "Stored, or nothing new")
    @APIResponse(responseCode = "403", description = "X-Twilio-Signature is missing or wrong")
    public Uni<Response> status(@PathParam("id") UUID id, SignedForm form) {
        String callSid = CallWebhook.callSid(form);
        LogIds.of().call(callSid);
        return bridged.heardOf(id, callSid).chain(() -> statuses.report(form));
    }

    /** Who answered. */
    @POST
    @Path(AMD)
    @Operation(summary = "Machine detection found out who answered")
    @APIResponse(responseCode = "204", description = "Acted upon, or known already")
    @APIResponse(responseCode = "403", description = "X-Twilio-Signature is missing or wrong")
    @APIResponse(responseCode = "503", description = "It could not be stored")
    public Uni<Response> answeredBy(@PathParam("id") UUID id, SignedForm form) {
        String callSid = CallWebhook.callSid(form);
        LogIds.of().call(callSid);
        String answeredBy = form.require("AnsweredBy");
        return Reports.answer(
                "who answered", bridged.heardOf(id, callSid).chain(() -> machines.found(id, callSid, answeredBy)));
    }
}
