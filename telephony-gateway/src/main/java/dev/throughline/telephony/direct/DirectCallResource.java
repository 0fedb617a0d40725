package dev.throughline.telephony.direct;

import dev.throughline.events.CallEvent;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.logging.Masked;
import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.platform.twilio.TwimlResponse;
import dev.throughline.telephony.call.CallAnnouncer;
import dev.throughline.telephony.call.CallMetrics;
import dev.throughline.telephony.call.CallOrigin;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.call.CallWebhook;
import dev.throughline.telephony.call.CalledTenant;
import dev.throughline.telephony.call.WebhookPaths;
import dev.throughline.telephony.twilio.Sentence;
import dev.throughline.telephony.twilio.VoiceTwiml;
import dev.throughline.telephony.twilio.VoiceTwiml.Fallback;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;

/** Twilio's voice webhook of a number without AI. */
@Path(WebhookPaths.TWILIO + WebhookPaths.VOICE)
@PermitAll
public final class DirectCallResource {

    private static final Logger LOG = Logger.getLogger(DirectCallResource.class);

    private final CalledTenant tenants;
    private final CallAnnouncer announcer;
    private final CallMetrics metrics;

    DirectCallResource(CalledTenant tenants, CallAnnouncer announcer, CallMetrics metrics) {
        this.tenants = tenants;
        this.announcer = announcer;
        this.metrics = metrics;
    }

    /** Answers with TwiML. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "A call without AI: the business greets, and is rung when it is open")
    @APIResponse(
            responseCode = "200",
            description = "TwiML, also where the caller hears an apology",
            content = @Content(mediaType = "text/xml"))
    @APIResponse(responseCode = "400", description = "CallSid is missing or malformed")
    @APIResponse(responseCode = "403", description = "X-Twilio-Signature is missing or wrong")
    public Uni<Response> answer(SignedForm form) {
        CallWebhook call = CallWebhook.of(form);
        LogIds.of().call(call.callSid());
        LOG.infof("incoming call without AI from %s to %s", Masked.number(call.from()), Masked.number(call.to()));
        return metrics.timed("voice", () -> tenants.of(call)
                        .map(tenant -> greet(call, tenant))
                        .orElseGet(
                                () -> Uni.createFrom().item(VoiceTwiml.sayAndHangUp(Sentence.NOT_IN_SERVICE.words())))
                        .onFailure()
                        .recoverWithItem(DirectCallResource::failed))
                .map(TwimlResponse::xml);
    }

    private Uni<String> greet(CallWebhook call, Tenant tenant) {
        CallParties parties = CallParties.of(call.callSid(), tenant, call.from());
        LogIds.of().lead(parties.leadId()).tenant(parties.tenantId());
        DirectAnswer answer = DirectAnswer.of(tenant, Instant.now());
        metrics.answered(answer.ring() ? "rung" : "told-hours");
        String twiml = VoiceTwiml.sayThenRing(answer.words(), answer.ring() ? Fallback.of(tenant, call.from()) : null);
        CallOrigin origin = CallOrigin.inbound(CallEvent.Path.DIRECT, call.from(), call.to(), null);
        return announcer.announce(parties, origin, call.status()).replaceWith(twiml);
    }

    private static String failed(Throwable failure) {
        LOG.error("call could not be answered", failure);
        return VoiceTwiml.sayAndHangUp(Sentence.ERROR.words());
    }
}
