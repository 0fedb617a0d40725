package dev.throughline.telephony.briefing;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the agent is told of a call.
 *
 * @param variables dynamic variables, beside those of every conversation
 * @param note joins the prompt context; null = nothing to add
 */
public record Briefing(
        UUID tenantId,
        Map<String, String> variables,
        @Nullable String note) {

    public Briefing {
        variables = Map.copyOf(variables);
    }
}
