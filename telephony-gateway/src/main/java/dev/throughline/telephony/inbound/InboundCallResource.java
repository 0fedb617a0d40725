package dev.throughline.telephony.inbound;

import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.platform.twilio.TwimlResponse;
import dev.throughline.telephony.call.CallMetrics;
import dev.throughline.telephony.call.CallWebhook;
import dev.throughline.telephony.call.WebhookPaths;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Twilio's voice webhook of a number that the agent answers. */
@Path(WebhookPaths.TWILIO + WebhookPaths.ELEVENLABS)
@PermitAll
public final class InboundCallResource {

    private final InboundCalls calls;
    private final CallMetrics metrics;

    InboundCallResource(InboundCalls calls, CallMetrics metrics) {
        this.calls = calls;
        this.metrics = metrics;
    }

    /** Answers with TwiML. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "A call for the agent: TwiML that connects its audio to the media bridge")
    @APIResponse(
            responseCode = "200",
            description = "TwiML, also where the caller hears an apology",
            content = @Content(mediaType = "text/xml"))
    @APIResponse(responseCode = "400", description = "CallSid is missing or malformed")
    @APIResponse(responseCode = "403", description = "X-Twilio-Signature is missing or wrong")
    public Uni<Response> answer(SignedForm form) {
        CallWebhook call = CallWebhook.of(form);
        return metrics.timed("elevenlabs", () -> calls.answer(call)).map(TwimlResponse::xml);
    }
}
