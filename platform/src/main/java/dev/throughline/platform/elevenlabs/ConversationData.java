package dev.throughline.platform.elevenlabs;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a conversation that ElevenLabs carries itself begins with (ElevenLabs, <i>Personalization</i>,
 * {@code conversation_initiation_client_data}).
 *
 * @param variables every dynamic variable the agent uses
 * @param overrides dotted path to value; only those the agent has enabled
 * @param userId comes back in the post-call webhook; null to leave it out
 */
public record ConversationData(
        Map<String, String> variables,
        Map<String, Object> overrides,
        @Nullable String userId) {

    public ConversationData {
        variables = Map.copyOf(variables);
        overrides = Map.copyOf(overrides);
    }
}
