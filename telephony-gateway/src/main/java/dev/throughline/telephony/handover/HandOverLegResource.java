package dev.throughline.telephony.handover;

import dev.throughline.events.CallEvent.HandOver.Stage;
import dev.throughline.events.context.Known;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.context.LeadContexts;
import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.platform.twilio.TwimlResponse;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.CallMetrics;
import dev.throughline.telephony.call.CallWebhook;
import dev.throughline.telephony.call.WebhookPaths;
import dev.throughline.telephony.handover.HandOverSteps.Step;
import dev.throughline.telephony.twilio.ConferenceTwiml;
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
import java.util.Optional;
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
    private final HandOverCalls calls;
    private final HandBack handBack;
    private final LeadContexts contexts;
    private final TenantDirectory tenants;
    private final HandOverConfig config;
    private final CallMetrics metrics;

    HandOverLegResource(
            HandOvers handOvers,
            HandOverCalls calls,
            HandBack handBack,
            LeadContexts contexts,
            TenantDirectory tenants,
            HandOverConfig config,
            CallMetrics metrics) {
        this.handOvers = handOvers;
        this.calls = calls;
        this.handBack = handBack;
        this.contexts = contexts;
        this.tenants = tenants;
        this.config = config;
        this.metrics = metrics;
    }

    /** The human picked up: the brief, and the question. */
    @POST
    @Path("/brief")
    @Operation(summary = "A human who is rung for a call picked up: TwiML with the brief")
    public Uni<Response> brief(SignedForm form, @PathParam("id") UUID id, @QueryParam("attempt") int attempt) {
        CallWebhook leg = leg(form);
        return spoken("hand-over-brief", () -> handOvers
                .signal(id, new HandOverSignal.Called(attempt, leg.callSid()))
                .chain(step -> step.map(Step::handOver)
                        .filter(handOver -> handOver.state().equals(new HandOverState.Ringing(attempt)))
                        .map(handOver -> ask(handOver, attempt))
                        .orElseGet(() -> words(HandOverWords.NOT_NEEDED))));
    }

    /** The human pressed a key, or none. */
    @POST
    @Path("/answer")
    @Operation(summary = "A human takes a call or declines it: TwiML that puts him into the room, or a good-bye")
    public Uni<Response> answer(SignedForm form, @PathParam("id") UUID id, @QueryParam("attempt") int attempt) {
        CallWebhook leg = leg(form);
        return spoken("hand-over-answer", () -> switch (form.get("Digits")) {
            case ACCEPT -> accept(id, attempt, leg.callSid());
            case DECLINE -> missed(id, attempt, Stage.DECLINED, HandOverWords.DECLINED);
            case "" -> missed(id, attempt, Stage.NO_ANSWER, HandOverWords.NO_KEY);
            default ->
                handOvers.find(id).chain(found -> found.filter(
                                handOver -> handOver.state().equals(new HandOverState.Ringing(attempt)))
                        .map(handOver -> ask(handOver, attempt))
                        .orElseGet(() -> words(HandOverWords.NOT_NEEDED)));
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
        return spoken("hand-over-human-left", () -> giveBack(id, leg.callSid()));
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
                        : handOvers.take(id, new HandOverSignal.RoomOver()).chain(this::afterTheRoom));
    }

    private Uni<String> ask(HandOver handOver, int attempt) {
        Tenant tenant = tenants.byId(handOver.call().tenantId()).orElse(null);
        if (tenant == null) {
            return words(HandOverWords.NOT_NEEDED);
        }
        return contexts.find(tenant.id(), handOver.call().leadId()).map(context -> {
            Optional<String> caller =
                    context.flatMap(known -> Optional.ofNullable(known.name()).map(Known::value));
            String brief = HandOverWords.brief(tenant.name(), caller, handOver.brief(), handOver.reason());
            return ConferenceTwiml.ask(brief, calls.address(handOver.id(), "answer", attempt), config.key());
        });
    }

    private Uni<String> missed(UUID id, int attempt, Stage why, String words) {
        return handOvers
                .signal(id, new HandOverSignal.Missed(attempt, why))
                .replaceWith(VoiceTwiml.sayAndHangUp(words));
    }

    /** The caller is moved before the human is: one who cannot be moved is not waited for in an empty room. */
    private Uni<String> accept(UUID id, int attempt, String leg) {
        return handOvers.take(id, new HandOverSignal.Accepted(attempt, leg)).chain(step -> {
            if (step.isEmpty()) {
                return words(HandOverWords.NOT_NEEDED);
            }
            HandOver handOver = step.get().handOver();
            boolean first = !step.get().stages().isEmpty();
            return first
                    ? calls.moveCaller(handOver)
                            .chain(signal -> handOvers.take(id, signal))
                            .map(moved -> moved.map(Step::handOver).orElse(handOver))
                            .map(moved -> seatOrSorry(moved, leg))
                    : Uni.createFrom().item(seatOrSorry(handOver, leg));
        });
    }

    private String seatOrSorry(HandOver handOver, String leg) {
        boolean his = leg.equals(handOver.humanLeg());
        return switch (handOver.state()) {
            case HandOverState.Accepted ignored when his -> calls.humansSeat(handOver);
            case HandOverState.Talking ignored when his -> calls.humansSeat(handOver);
            case HandOverState.Over over when his -> VoiceTwiml.sayAndHangUp(sorry(over.outcome()));
            default -> VoiceTwiml.sayAndHangUp(HandOverWords.NOT_NEEDED);
        };
    }

    private Uni<String> giveBack(UUID id, String leg) {
        return handOvers.take(id, new HandOverSignal.GivenBack(leg)).chain(step -> {
            HandOver handOver = step.map(Step::handOver).orElse(null);
            if (handOver == null) {
                return words(HandOverWords.NOT_NEEDED);
            }
            return switch (handOver.state()) {
                case HandOverState.Returning ignored ->
                    calls.returnCaller(handOver)
                            .chain(signal -> signal.isEmpty()
                                    ? Uni.createFrom().item(Optional.<Step>empty())
                                    : handOvers.take(id, signal.get()))
                            .map(after -> after.map(done -> done.handOver().state())
                                    .filter(state ->
                                            state instanceof HandOverState.Over over && over.outcome() == Stage.ENDED)
                                    .map(gone -> HandOverWords.CALLER_GONE)
                                    .orElse(HandOverWords.GIVEN_BACK))
                            .map(VoiceTwiml::sayAndHangUp);
                case HandOverState.Over over -> words(sorry(over.outcome()));
                case HandOverState.Ringing ignored -> words(HandOverWords.NOT_NEEDED);
                case HandOverState.Accepted ignored -> words(HandOverWords.NOT_NEEDED);
                case HandOverState.Talking ignored -> words(HandOverWords.NOT_NEEDED);
            };
        });
    }

    private Uni<String> afterTheRoom(Optional<Step> step) {
        HandOver handOver = step.map(Step::handOver).orElse(null);
        if (handOver == null) {
            return words(HandOverWords.GOODBYE);
        }
        return switch (handOver.state()) {
            case HandOverState.Over over when over.outcome() == Stage.ENDED -> words(HandOverWords.GOODBYE);
            case HandOverState.Returning ignored ->
                handBack.twiml(handOver).call(() -> handOvers.signal(handOver.id(), new HandOverSignal.Returned()));
            default -> handBack.twiml(handOver);
        };
    }

    private static String sorry(Stage outcome) {
        return switch (outcome) {
            case CALLER_GONE, ENDED -> HandOverWords.CALLER_GONE;
            case FAILED -> HandOverWords.NOT_CONNECTED;
            case RETURNED -> HandOverWords.GIVEN_BACK;
            case REQUESTED, RINGING, ACCEPTED, BUSY, NO_ANSWER, DECLINED, VOICEMAIL -> HandOverWords.NOT_NEEDED;
        };
    }

    private static CallWebhook leg(SignedForm form) {
        CallWebhook leg = CallWebhook.of(form);
        LogIds.of().call(leg.callSid());
        return leg;
    }

    private static Uni<String> words(String words) {
        return Uni.createFrom().item(VoiceTwiml.sayAndHangUp(words));
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
        return signal.onFailure()
                .transform(failure -> {
                    LOG.error("a report of a hand-over could not be stored", failure);
                    return Problem.unavailable("The report could not be stored.");
                })
                .replaceWith(() -> Response.noContent().build());
    }
}
