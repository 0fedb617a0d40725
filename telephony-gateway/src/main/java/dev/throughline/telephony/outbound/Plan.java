package dev.throughline.telephony.outbound;

import dev.throughline.events.CallEvent.Question;
import dev.throughline.events.tenant.CallSettings.AnsweringMachine;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be called and why; does not change any more.
 *
 * @param customer who is called, E.164
 * @param agentNamed whether the operator chose the agent
 * @param variables the operator's own
 * @param machinePolicy what a machine that answers meets, on a call of the bridge
 * @param machineMessage what is left on it; null = nothing
 */
record Plan(
        UUID tenantId,
        UUID leadId,
        String customer,
        Via via,
        String agentId,
        boolean agentNamed,
        List<Question> questions,
        Map<String, String> variables,
        AnsweringMachine machinePolicy,
        @Nullable String machineMessage) {

    Plan {
        questions = List.copyOf(questions);
        variables = Map.copyOf(variables);
    }
}
