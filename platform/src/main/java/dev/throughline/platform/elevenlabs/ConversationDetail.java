package dev.throughline.platform.elevenlabs;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One conversation.
 *
 * @param status as in {@link ConversationSummary}
 * @param variables the dynamic variables it was begun with, as texts, and the provider's own ({@code system__…})
 * @param callSid Twilio's, of a native call; null otherwise or while it is not known
 */
public record ConversationDetail(
        String id,
        String agentId,
        String status,
        Map<String, String> variables,
        @Nullable String callSid) {

    public ConversationDetail {
        variables = Map.copyOf(variables);
    }
}
