package dev.throughline.telephony.initiation;

import dev.throughline.events.context.LeadContext;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.TenantSettings;
import dev.throughline.platform.elevenlabs.AgentMessages;
import dev.throughline.platform.elevenlabs.ConversationVariables;
import dev.throughline.platform.elevenlabs.ConversationVariables.Facts;
import dev.throughline.platform.elevenlabs.ConversationVariables.Medium;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The answer to an {@link InitiationQuestion}, as JSON text. Pure. */
final class InitiationAnswer {

    private static final String CONVERSATION_ID = "conversation_id";
    private static final String FIRST_MESSAGE = "agent.first_message";
    private static final String LANGUAGE = "agent.language";
    private static final UUID NOBODY = new UUID(0, 0);

    /** Gives the answer to an unknown number every variable's name; whose call it is stays empty. */
    private static final Tenant UNKNOWN = new Tenant(
            NOBODY,
            "our business",
            null,
            null,
            "UTC",
            "US",
            "en",
            Tenant.VoicePath.NATIVE,
            TenantSettings.empty(),
            List.of(),
            0);

    private InitiationAnswer() {}

    /**
     * For a call of a known tenant.
     *
     * @param customer by whom the lead is known; only a phone number is told to the agent
     * @param context what is known of the lead; empty when nothing is, or when it did not come in time
     */
    static String of(
            InitiationQuestion question,
            Tenant tenant,
            UUID leadId,
            ContactAddress customer,
            Optional<LeadContext> context,
            Instant now) {
        String phone = customer.kind() == ContactAddress.Kind.PHONE ? customer.value() : null;
        Map<String, String> variables =
                new LinkedHashMap<>(ConversationVariables.of(tenant, context, facts(question, leadId, phone), now));
        variables.put(CONVERSATION_ID, question.conversationId());
        return AgentMessages.initiation(variables, overrides(tenant), leadId.toString());
    }

    /** For a number that is nobody's: complete, so that the call goes on. */
    static String unknown(InitiationQuestion question, Instant now) {
        Map<String, String> variables = new LinkedHashMap<>(
                ConversationVariables.of(UNKNOWN, Optional.empty(), facts(question, NOBODY, question.callerId()), now));
        variables.put("tenant_id", "");
        variables.put("tenant_name", "");
        variables.put("lead_id", "");
        variables.put(CONVERSATION_ID, question.conversationId());
        return AgentMessages.initiation(variables);
    }

    private static Facts facts(InitiationQuestion question, UUID leadId, @Nullable String phone) {
        return new Facts(leadId, phone, question.callSid(), question.callSid(), Medium.VOICE);
    }

    /** Only what the tenant's agent allows: an override that is not enabled ends the conversation (ElevenLabs, Overrides). */
    private static Map<String, Object> overrides(Tenant tenant) {
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
