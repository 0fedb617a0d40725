package dev.throughline.telephony.direct;

import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.CallMetrics;
import dev.throughline.telephony.call.CallSids;
import dev.throughline.telephony.call.KnownCalls;
import dev.throughline.telephony.call.Reports;
import dev.throughline.telephony.call.WebhookPaths;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/**
 * Told when the business answers a caller (Twilio, <i>TwiML: Number</i>, statusCallbackEvent answered). What comes after the two are done
 * comes too late to say it: the caller who hangs up may be reported first.
 */
@Path(WebhookPaths.TWILIO + WebhookPaths.DIAL_ANSWERED)
@PermitAll
public final class DialAnsweredResource {

    private final KnownCalls calls;
    private final CallMetrics metrics;

    DialAnsweredResource(KnownCalls calls, CallMetrics metrics) {
        this.calls = calls;
        this.metrics = metrics;
    }

    /** Answers 204 once it is noted. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "The business was rung for a caller and has answered")
    @APIResponse(responseCode = "204", description = "Noted")
    @APIResponse(responseCode = "400", description = "ParentCallSid is missing or malformed")
    @APIResponse(responseCode = "403", description = "X-Twilio-Signature is missing or wrong")
    @APIResponse(responseCode = "503", description = "The database did not take it")
    public Uni<Response> answered(SignedForm form) {
        String callersLeg = form.get("ParentCallSid");
        if (!CallSids.valid(callersLeg)) {
            throw Problem.invalid("ParentCallSid", "is not CA and 32 hexadecimal digits");
        }
        LogIds.of().call(callersLeg);
        metrics.answered("business-answered");
        return Reports.answer("that the business answered", calls.humanAnswered(callersLeg));
    }
}
