package dev.throughline.telephony.stream;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.platform.twilio.TwimlResponse;
import dev.throughline.telephony.call.CallMetrics;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.call.CallWebhook;
import dev.throughline.telephony.call.CalledTenant;
import dev.throughline.telephony.call.KnownCalls;
import dev.throughline.telephony.call.WebhookPaths;
import dev.throughline.telephony.twilio.Sentence;
import dev.throughline.telephony.twilio.VoiceTwiml;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;

/**
 * Connect's {@code action}: Twilio asks how the call goes on, now that its socket has closed (Twilio, <i>TwiML: Connect</i>). A closed
 * socket says nothing about why; that the bridge reported beforehand, or, when it died, nobody did.
 */
@Path(WebhookPaths.TWILIO + WebhookPaths.STREAM_ENDED)
@PermitAll
public final class StreamEndedResource {

    private static final Logger LOG = Logger.getLogger(StreamEndedResource.class);

    private final KnownCalls calls;
    private final CalledTenant tenants;
    private final StreamOutcomes outcomes;
    private final StreamInvitation invitation;
    private final StreamConfig config;
    private final CallMetrics metrics;

    StreamEndedResource(
            KnownCalls calls,
            CalledTenant tenants,
            StreamOutcomes outcomes,
            StreamInvitation invitation,
            StreamConfig config,
            CallMetrics metrics) {
        this.calls = calls;
        this.tenants = tenants;
        this.outcomes = outcomes;
        this.invitation = invitation;
        this.config = config;
        this.metrics = metrics;
    }

    /** Answers with TwiML. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "A stream has ended: good-bye, another bridge, or an apology")
    @APIResponse(
            responseCode = "200",
            description = "TwiML, also where the caller hears an apology",
            content = @Content(mediaType = "text/xml"))
    @APIResponse(responseCode = "400", description = "CallSid is missing or malformed")
    @APIResponse(responseCode = "403", description = "X-Twilio-Signature is missing or wrong")
    public Uni<Response> answer(SignedForm form) {
        CallWebhook call = CallWebhook.of(form);
        LogIds.of().call(call.callSid());
        return metrics.timed("stream-ended", () -> whose(call).chain(streamed -> decide(call)
                        .chain(next -> act(call, streamed, next))
                        .onFailure()
                        .recoverWithItem(failure -> {
                            LOG.error("what comes after the stream is not known", failure);
                            return apology(streamed);
                        })))
                .map(TwimlResponse::xml);
    }

    /** The call as it was announced, or, where that cannot be had, as this webhook tells it. */
    private Uni<Streamed> whose(CallWebhook call) {
        return calls.find(call.callSid())
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf(
                            "the call could not be looked up, its webhook is believed, reason=%s",
                            failure.getClass().getSimpleName());
                    return Optional.empty();
                })
                .map(row -> row.map(known -> new Streamed(tenants.of(known.parties()), known.parties(), known.origin()))
                        .orElseGet(() -> told(call)));
    }

    private Streamed told(CallWebhook call) {
        Optional<Tenant> tenant = tenants.of(call);
        return new Streamed(
                tenant,
                tenant.map(owner -> CallParties.of(call.callSid(), owner, call.customer()))
                        .orElse(null),
                call.origin(null));
    }

    private Uni<AfterStream> decide(CallWebhook call) {
        if (call.status().terminal()) {
            return Uni.createFrom().item(new AfterStream.HangUp());
        }
        return outcomes.find(call.callSid())
                .map(stream -> AfterStream.of(stream.outcome(), false, stream.resumes(), config.maxResumes()));
    }

    private Uni<String> act(CallWebhook call, Streamed streamed, AfterStream next) {
        return switch (next) {
            case AfterStream.HangUp ignored -> Uni.createFrom().item(VoiceTwiml.hangUp());
            case AfterStream.Apologise ignored -> Uni.createFrom().item(apology(streamed));
            case AfterStream.Resume ignored -> resume(call, streamed);
        };
    }

    private Uni<String> resume(CallWebhook call, Streamed streamed) {
        Optional<Invitation> again = streamed.invitation(invitation, call.receivedAt());
        if (again.isEmpty() || !invitation.agentsConfigured()) {
            return Uni.createFrom().item(apology(streamed));
        }
        return outcomes.takeResume(call.callSid()).map(taken -> {
            if (!taken) {
                return apology(streamed);
            }
            LOG.warn("the bridge vanished: the call is brought to another");
            metrics.stream("resumed");
            return invitation.twiml(again.get());
        });
    }

    private String apology(Streamed streamed) {
        metrics.stream("apologised");
        return VoiceTwiml.sayThenRing(Sentence.ERROR.words(), streamed.fallback());
    }
}
