package dev.throughline.telephony.initiation;

import dev.throughline.events.context.LeadContext;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.elevenlabs.AgentMessages;
import dev.throughline.platform.elevenlabs.ConversationData;
import dev.throughline.platform.elevenlabs.ConversationVariables;
import dev.throughline.platform.elevenlabs.ConversationVariables.Facts;
import dev.throughline.platform.elevenlabs.ConversationVariables.Medium;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How ElevenLabs is to begin a call it carries itself: every variable, and the overrides the tenant's agent allows. Pure.
 *
 * @param customer by whom the lead is known; only a phone number is told to the agent
 * @param conversationId empty while it is not known
 * @param context what is known of the lead; empty when nothing is, or when it did not come in time
 */
public record ConversationStart(
        Tenant tenant,
        UUID leadId,
        ContactAddress customer,
        String callSid,
        String conversationId,
        Optional<LeadContext> context) {

    static final String CONVERSATION_ID = "conversation_id";

    private static final String FIRST_MESSAGE = "agent.first_message";
    private static final String LANGUAGE = "agent.language";

    /** As a request to ElevenLabs carries it. */
    public ConversationData data(Instant now) {
        String phone = customer.kind() == ContactAddress.Kind.PHONE ? customer.value() : null;
        Facts facts = new Facts(leadId, phone, callSid, callSid, Medium.VOICE);
        Map<String, String> variables = new LinkedHashMap<>(ConversationVariables.of(tenant, context, facts, now));
        variables.put(CONVERSATION_ID, conversationId);
        return new ConversationData(variables, overrides(tenant), leadId.toString());
    }

    /** As the webhook answers it, JSON text. */
    String message(Instant now) {
        ConversationData data = data(now);
        return AgentMessages.initiation(data.variables(), data.overrides(), data.userId());
    }

    /**
     * By the path of each, for example {@code agent.first_message}. Only what the tenant's agent allows: an override that is not enabled ends
     * the conversation (ElevenLabs, <i>Overrides</i>).
     */
    public static Map<String, Object> overrides(Tenant tenant) {
        Map<String, Object> overrides = new LinkedHashMap<>();
        var enabled = tenant.settings().elevenLabsOverrides();
        String greeting = tenant.settings().aiGreeting();
        if (enabled.contains(FIRST_MESSAGE) && greeting != null && !greeting.isBlank()) {
            overrides.put(FIRST_MESSAGE, greeting);
        }
        if (enabled.contains(LANGUAGE)) {
            overrides.put(LANGUAGE, tenant.language());
        }
        return overrides;
    }
}
