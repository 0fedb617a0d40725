package dev.throughline.telephony.webhook;

import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.platform.twilio.TwimlResponse;
import dev.throughline.telephony.call.CallMetrics;
import dev.throughline.telephony.call.CallWebhook;
import dev.throughline.telephony.call.WebhookPaths;
import dev.throughline.telephony.direct.DialEnded;
import dev.throughline.telephony.direct.DirectCalls;
import dev.throughline.telephony.inbound.InboundCalls;
import dev.throughline.telephony.stream.StreamEnded;
import dev.throughline.telephony.voicemail.MessageEnded;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** What Twilio asks while a call is in our hands; each answers with TwiML. */
@Path(WebhookPaths.TWILIO)
@PermitAll
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@APIResponse(
        responseCode = "200",
        description = "TwiML, also where the caller hears an apology",
        content = @Content(mediaType = "text/xml"))
@APIResponse(responseCode = "400", description = "CallSid is missing or malformed")
@APIResponse(responseCode = "403", description = "X-Twilio-Signature is missing or wrong")
public final class VoiceWebhookResource {

    private final InboundCalls inbound;
    private final DirectCalls direct;
    private final StreamEnded streamEnded;
    private final DialEnded dialEnded;
    private final CallMetrics metrics;

    VoiceWebhookResource(
            InboundCalls inbound,
            DirectCalls direct,
            StreamEnded streamEnded,
            DialEnded dialEnded,
            CallMetrics metrics) {
        this.inbound = inbound;
        this.direct = direct;
        this.streamEnded = streamEnded;
        this.dialEnded = dialEnded;
        this.metrics = metrics;
    }

    @POST
    @Path(WebhookPaths.ELEVENLABS)
    @Operation(summary = "A call for the agent: TwiML that connects its audio, or what the tenant wants instead")
    public Uni<Response> elevenLabs(SignedForm form) {
        return answer("elevenlabs", form, inbound::answer);
    }

    @POST
    @Path(WebhookPaths.VOICE)
    @Operation(summary = "A call without AI: the business greets, is rung when it is open, or takes a message")
    public Uni<Response> voice(SignedForm form) {
        return answer("voice", form, direct::answer);
    }

    @POST
    @Path(WebhookPaths.STREAM_ENDED)
    @Operation(summary = "A stream has ended: good-bye, another bridge, or an apology")
    public Uni<Response> streamEnded(SignedForm form) {
        return answer("stream-ended", form, streamEnded::next);
    }

    @POST
    @Path(WebhookPaths.DIAL_ENDED)
    @Operation(summary = "The business was rung: good-bye, or a message is taken")
    public Uni<Response> dialEnded(SignedForm form) {
        return answer("dial-ended", form, call -> dialEnded.next(call, form.get("DialCallStatus")));
    }

    @POST
    @Path(WebhookPaths.MESSAGE_ENDED)
    @Operation(summary = "A caller has left a message: thanks and good-bye")
    public Uni<Response> messageEnded(SignedForm form) {
        return answer("message-ended", form, call -> Uni.createFrom().item(MessageEnded.twiml(call.status())));
    }

    private Uni<Response> answer(String webhook, SignedForm form, Function<CallWebhook, Uni<String>> answer) {
        CallWebhook call = CallWebhook.of(form);
        LogIds.of().call(call.callSid());
        return metrics.timed(webhook, () -> answer.apply(call)).map(TwimlResponse::xml);
    }
}
