package dev.throughline.telephony.outbound;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.context.LeadContexts;
import dev.throughline.platform.elevenlabs.AgentNumber;
import dev.throughline.platform.elevenlabs.ConvaiAnswer;
import dev.throughline.platform.elevenlabs.ConvaiClient;
import dev.throughline.platform.elevenlabs.ConvaiFailure;
import dev.throughline.platform.elevenlabs.ConversationData;
import dev.throughline.platform.elevenlabs.ConversationVariables;
import dev.throughline.platform.elevenlabs.ConversationVariables.Facts;
import dev.throughline.platform.elevenlabs.ConversationVariables.Medium;
import dev.throughline.platform.elevenlabs.OutboundCall;
import dev.throughline.platform.elevenlabs.PlacedCall;
import dev.throughline.platform.tenant.TenantDirectory;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls that ElevenLabs makes and carries itself (ElevenLabs, <i>Twilio outbound call</i>). */
@Singleton
final class NativeLine {

    private static final String LANGUAGE = "agent.language";

    private final ConvaiClient convai;
    private final AgentNumbers numbers;
    private final TenantDirectory tenants;
    private final LeadContexts contexts;
    private final OutboundRepository rows;
    private final Pool pool;
    private final OutboundConfig config;
    private final Clock clock;

    NativeLine(
            ConvaiClient convai,
            AgentNumbers numbers,
            TenantDirectory tenants,
            LeadContexts contexts,
            OutboundRepository rows,
            Pool pool,
            OutboundConfig config,
            Clock clock) {
        this.convai = convai;
        this.numbers = numbers;
        this.tenants = tenants;
        this.contexts = contexts;
        this.rows = rows;
        this.pool = pool;
        this.config = config;
        this.clock = clock;
    }

    /** What became of it, and the row with the number that called. */
    record Asked(OutboundRow row, Attempt attempt) {}

    /** Asks for the call, once. */
    Uni<Asked> call(OutboundRow row, Tenant tenant) {
        return ask(row, tenant).chain(asked -> {
            if (!(asked instanceof Missing missing)) {
                return Uni.createFrom().item(asked.asked());
            }
            // It certainly did not call, and it is the number we remembered that is gone: the one place where asking
            // anew is safe.
            numbers.forget(row.plan().agentId());
            return ask(missing.asked().row(), tenant).map(Outcome::asked);
        });
    }

    private sealed interface Outcome {
        Asked asked();
    }

    private record Done(Asked asked) implements Outcome {}

    /** The provider does not know the number. */
    private record Missing(Asked asked) implements Outcome {}

    private Uni<Outcome> ask(OutboundRow row, Tenant tenant) {
        String agentId = row.plan().agentId();
        return numbers.of(agentId).chain(answer -> switch (answer) {
            case ConvaiAnswer.Failure<List<AgentNumber>> failure ->
                done(
                        row,
                        new Attempt.Refused(
                                ElevenLabsRefusals.of(failure, row.plan().agentNamed())));
            case ConvaiAnswer.Success<List<AgentNumber>>(List<AgentNumber> all) ->
                NumberChoice.of(tenant, agentId, all, number -> isAnothers(tenant, number))
                        .map(number -> ask(row.with(row.progress().from(number.number())), tenant, number))
                        .orElseGet(() -> done(row, new Attempt.Refused(NumberChoice.none(agentId))));
        });
    }

    private Uni<Outcome> ask(OutboundRow row, Tenant tenant, AgentNumber number) {
        Plan plan = row.plan();
        if (number.number().equals(plan.customer())) {
            return done(row, new Attempt.Refused(CallPolicy.ownNumber()));
        }
        return rows.from(pool, row.id(), number.number())
                .chain(() -> data(row, tenant))
                .chain(data -> convai.outboundCall(
                        new OutboundCall(plan.agentId(), number.id(), plan.customer(), data, config.ringing())))
                .map(answer -> {
                    Asked asked = new Asked(row, attempt(answer, plan.agentNamed()));
                    return numberIsGone(answer) ? new Missing(asked) : new Done(asked);
                });
    }

    private Uni<ConversationData> data(OutboundRow row, Tenant tenant) {
        Plan plan = row.plan();
        Facts facts = new Facts(plan.leadId(), plan.customer(), null, row.id().toString(), Medium.VOICE);
        return contexts.find(tenant.id(), plan.leadId()).map(context -> {
            Map<String, String> variables = new HashMap<>(plan.variables());
            variables.putAll(ConversationVariables.of(tenant, context, facts, clock.instant()));
            variables.putAll(Questions.variables(plan.questions()));
            Map<String, Object> overrides =
                    tenant.settings().elevenLabsOverrides().contains(LANGUAGE)
                            ? Map.of(LANGUAGE, tenant.language())
                            : Map.of();
            return new ConversationData(variables, overrides, plan.leadId().toString());
        });
    }

    static Attempt attempt(ConvaiAnswer<PlacedCall> answer, boolean agentNamed) {
        return switch (answer) {
            case ConvaiAnswer.Success<PlacedCall>(PlacedCall call) ->
                new Attempt.Placed(call.callSid(), call.conversationId());
            case ConvaiAnswer.Failure<PlacedCall> failure
            when failure.reason().mayHaveHappened() ->
                new Attempt.Unclear(failure.reason().name());
            case ConvaiAnswer.Failure<PlacedCall> failure ->
                new Attempt.Refused(ElevenLabsRefusals.of(failure, agentNamed));
        };
    }

    private static boolean numberIsGone(ConvaiAnswer<PlacedCall> answer) {
        return answer instanceof ConvaiAnswer.Failure<PlacedCall> failure
                && failure.reason() == ConvaiFailure.NOT_FOUND
                && failure.code().startsWith("phone_number");
    }

    private boolean isAnothers(Tenant tenant, String number) {
        Optional<Tenant> owner = tenants.byNumber(number);
        return owner.isPresent() && !owner.get().id().equals(tenant.id());
    }

    private static Uni<Outcome> done(OutboundRow row, Attempt attempt) {
        return Uni.createFrom().item(new Done(new Asked(row, attempt)));
    }
}
