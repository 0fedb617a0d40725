package dev.throughline.mediabridge.agent;

import io.smallrye.mutiny.Uni;
import java.util.Map;

/**
 * How to open a conversation.
 *
 * @param agentId the ElevenLabs agent
 * @param variables every dynamic variable; may come later than the socket, which then waits; must not fail
 * @param overrides dotted path to value, only what the tenant's agent has enabled; left out when the agent refuses them
 * @param userId comes back in the post-call webhook
 */
public record AgentOpening(
        String agentId, Uni<Map<String, String>> variables, Map<String, Object> overrides, String userId) {

    AgentOpening withoutOverrides() {
        return new AgentOpening(agentId, variables, Map.of(), userId);
    }
}
