package dev.throughline.telephony.handover;

import dev.throughline.events.CallEvent.HandOver.Stage;
import dev.throughline.events.context.Known;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.context.LeadContexts;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.telephony.handover.HandOverSteps.Step;
import dev.throughline.telephony.twilio.ConferenceTwiml;
import dev.throughline.telephony.twilio.VoiceTwiml;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** What the legs of a hand-over hear next, as TwiML. Each answer takes its step first and says what came of it. */
@Singleton
final class HandOverAnswers {

    private final HandOvers handOvers;
    private final HandOverCalls calls;
    private final HandBack handBack;
    private final LeadContexts contexts;
    private final TenantDirectory tenants;
    private final HandOverConfig config;

    HandOverAnswers(
            HandOvers handOvers,
            HandOverCalls calls,
            HandBack handBack,
            LeadContexts contexts,
            TenantDirectory tenants,
            HandOverConfig config) {
        this.handOvers = handOvers;
        this.calls = calls;
        this.handBack = handBack;
        this.contexts = contexts;
        this.tenants = tenants;
        this.config = config;
    }

    /** The human of an attempt picked up: the brief and the question, while he is waited for. */
    Uni<String> pickedUp(UUID id, int attempt, String leg) {
        return handOvers
                .signal(id, new HandOverSignal.Called(attempt, leg))
                .chain(step -> askWhileRinging(step.map(Step::handOver), attempt));
    }

    /** A key that means nothing: the question again. */
    Uni<String> otherKey(UUID id, int attempt) {
        return handOvers.find(id).chain(found -> askWhileRinging(found, attempt));
    }

    private Uni<String> askWhileRinging(Optional<HandOver> handOver, int attempt) {
        return handOver.filter(known -> known.state().equals(new HandOverState.Ringing(attempt)))
                .map(known -> ask(known, attempt))
                .orElseGet(() -> words(HandOverWords.NOT_NEEDED));
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

    /** The human will not take the call. */
    Uni<String> missed(UUID id, int attempt, Stage why, String words) {
        return handOvers
                .signal(id, new HandOverSignal.Missed(attempt, why))
                .replaceWith(VoiceTwiml.sayAndHangUp(words));
    }

    /**
     * The human takes the call. The caller is moved before the human is: one who cannot be moved is not waited for in an empty room.
     */
    Uni<String> accept(UUID id, int attempt, String leg) {
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

    /** The human is out of the room and still on the line: the caller goes back to the agent. */
    Uni<String> giveBack(UUID id, String leg) {
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

    /** The caller is out of the room and nobody told his leg where to go. */
    Uni<String> afterTheRoom(UUID id) {
        return handOvers.take(id, new HandOverSignal.RoomOver()).chain(this::afterTheRoom);
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

    private static Uni<String> words(String words) {
        return Uni.createFrom().item(VoiceTwiml.sayAndHangUp(words));
    }
}
