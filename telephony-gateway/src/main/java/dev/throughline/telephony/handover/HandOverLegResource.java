package dev.throughline.telephony.handover;

import dev.throughline.events.CallEvent.HandOver.Stage;
import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.platform.twilio.TwimlResponse;
import dev.throughline.telephony.call.CallMetrics;
import dev.throughline.telephony.call.CallWebhook;
import dev.throughline.telephony.call.Reports;
import dev.throughline.telephony.call.WebhookPaths;
import dev.throughline.telephony.twilio.VoiceTwiml;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;

/** The webhooks of the human's leg and the caller's while a call is handed over. Each answers with something to hear. */
@Path(WebhookPaths.TWILIO + WebhookPaths.HAND_OVER + "/{id}")
@PermitAll
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class HandOverLegResource {

    private static final Logger LOG = Logger.getLogger(HandOverLegResource.class);
    private static final String ACCEPT = "1";
    private static final String DECLINE = "2";

    private final HandOvers handOvers;
    private final HandOverAnswers answers;
    private final CallMetrics metrics;

    HandOverLegResource(HandOvers handOvers, HandOverAnswers answers, CallMetrics metrics) {
        this.handOvers = handOvers;
        this.answers = answers;
        this.metrics = metrics;
    }

    /** The human picked up: the brief, and the question. */
    @POST
    @Path("/brief")
    @Operation(summary = "A human who is rung for a call picked up: TwiML with the brief")
    public Uni<Response> brief(SignedForm form, @PathParam("id") UUID id, @QueryParam("attempt") int attempt) {
        CallWebhook leg = leg(form);
        return spoken("hand-over-brief", () -> answers.pickedUp(id, attempt, leg.callSid()));
    }

    /** The human pressed a key, or none. */
    @POST
    @Path("/answer")
    @Operation(summary = "A human takes a call or declines it: TwiML that puts him into the room, or a good-bye")
    public Uni<Response> answer(SignedForm form, @PathParam("id") UUID id, @QueryParam("attempt") int attempt) {
        CallWebhook leg = leg(form);
        return spoken("hand-over-answer", () -> switch (form.get("Digits")) {
            case ACCEPT -> answers.accept(id, attempt, leg.callSid());
            case DECLINE -> answers.missed(id, attempt, Stage.DECLINED, HandOverWords.DECLINED);
            case "" -> answers.missed(id, attempt, Stage.NO_ANSWER, HandOverWords.NO_KEY);
            default -> answers.otherKey(id, attempt);
        });
    }

    /** Who answered, human or machine (Twilio, <i>Answering Machine Detection</i>). */
    @POST
    @Path("/machine")
    @Operation(summary = "Answering-machine detection of a human's leg")
    public Uni<Response> machine(SignedForm form, @PathParam("id") UUID id, @QueryParam("attempt") int attempt) {
        leg(form);
        String answeredBy = form.get("AnsweredBy");
        boolean machine = answeredBy.startsWith("machine") || answeredBy.equals("fax");
        return stored(
                machine
                        ? handOvers.signal(id, new HandOverSignal.Missed(attempt, Stage.VOICEMAIL))
                        : handOvers.find(id));
    }

    /** The human's leg changed its status. */
    @POST
    @Path("/status")
    @Operation(summary = "Status callback of a human's leg")
    public Uni<Response> status(SignedForm form, @PathParam("id") UUID id, @QueryParam("attempt") int attempt) {
        CallWebhook leg = leg(form);
        return stored(
                switch (leg.status()) {
                    case BUSY -> handOvers.signal(id, new HandOverSignal.Missed(attempt, Stage.BUSY));
                    case NO_ANSWER -> handOvers.signal(id, new HandOverSignal.Missed(attempt, Stage.NO_ANSWER));
                    case FAILED, CANCELED -> handOvers.signal(id, new HandOverSignal.Missed(attempt, Stage.FAILED));
                    // Before the key it is a no, in the room it is the end of the talk.
                    case COMPLETED ->
                        handOvers
                                .signal(id, new HandOverSignal.Missed(attempt, Stage.DECLINED))
                                .chain(() -> handOvers.signal(id, new HandOverSignal.HumanGone(leg.callSid())));
                    case QUEUED, INITIATED, RINGING, IN_PROGRESS ->
                        handOvers.signal(id, new HandOverSignal.Called(attempt, leg.callSid()));
                });
    }

    /** The human's leg is out of the room: by *, because the room ended, or because he hung up. */
    @POST
    @Path("/human-left")
    @Operation(summary = "A human left the room: TwiML with a good-bye; the caller goes back to the agent")
    public Uni<Response> humanLeft(SignedForm form, @PathParam("id") UUID id) {
        CallWebhook leg = leg(form);
        if (leg.status().terminal()) {
            return spoken("hand-over-human-left", () -> handOvers
                    .signal(id, new HandOverSignal.HumanGone(leg.callSid()))
                    .replaceWith(VoiceTwiml.hangUp()));
        }
        return spoken("hand-over-human-left", () -> answers.giveBack(id, leg.callSid()));
    }

    /** The caller's leg is out of the room although nobody told it where to go. */
    @POST
    @Path("/caller-left")
    @Operation(summary = "A caller left the room: TwiML that brings him back to the agent, or a good-bye")
    public Uni<Response> callerLeft(SignedForm form, @PathParam("id") UUID id) {
        CallWebhook leg = leg(form);
        return spoken(
                "hand-over-caller-left",
                () -> leg.status().terminal()
                        ? handOvers.signal(id, new HandOverSignal.CallerGone()).replaceWith(VoiceTwiml.hangUp())
                        : answers.afterTheRoom(id));
    }

    private static CallWebhook leg(SignedForm form) {
        CallWebhook leg = CallWebhook.of(form);
        LogIds.of().call(leg.callSid());
        return leg;
    }

    private Uni<Response> spoken(String webhook, Supplier<Uni<? extends String>> twiml) {
        return metrics.<String>timed(webhook, twiml)
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.error("a leg of a hand-over could not be answered", failure);
                    return VoiceTwiml.sayAndHangUp(HandOverWords.NOT_NEEDED);
                })
                .map(TwimlResponse::xml);
    }

    private static Uni<Response> stored(Uni<?> signal) {
        return Reports.answer("a report of a hand-over", signal);
    }
}
