package dev.throughline.platform.elevenlabs;

import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.PromptContext;
import dev.throughline.events.tenant.BusinessHours;
import dev.throughline.events.tenant.Tenant;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The dynamic variables of every ElevenLabs conversation of ours, voice and text. All of them are always present, as strings: an
 * agent whose prompt names one that is missing closes the socket with 1008 {@code missing_dynamic_variable}. Pure.
 */
public final class ConversationVariables {

    /** How the customer talks to the agent. */
    public enum Medium {
        VOICE,
        SMS,
        /** In a browser. */
        CHAT
    }

    /**
     * The facts of one conversation.
     *
     * @param customerPhone E.164, null when withheld
     * @param callSid Twilio's, null for a text
     * @param callId our id of the call, null for a text
     */
    public record Facts(
            UUID leadId,
            @Nullable String customerPhone,
            @Nullable String callSid,
            @Nullable String callId,
            Medium medium) {}

    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy", Locale.ENGLISH);

    private ConversationVariables() {}

    /**
     * The variables, with the lead's history as prompt context of at most {@link PromptContext#DEFAULT_LIMIT} characters.
     *
     * @param context what is known of the lead; empty when nothing is, or when it did not come in time
     */
    public static Map<String, String> of(Tenant tenant, Optional<LeadContext> context, Facts facts, Instant now) {
        String history = context.map(known -> PromptContext.of(known, tenant.zone(), now, PromptContext.DEFAULT_LIMIT))
                .orElse("");
        return of(tenant, history, facts, now);
    }

    /** As {@link #of(Tenant, Optional, Facts, Instant)} with a context text made elsewhere. */
    public static Map<String, String> of(Tenant tenant, String conversationContext, Facts facts, Instant now) {
        Map<String, String> variables = new LinkedHashMap<>();
        String phone = orEmpty(facts.customerPhone());
        variables.put("tenant_id", tenant.id().toString());
        variables.put("tenant_name", tenant.name());
        variables.put("business_name", tenant.name());
        variables.put("lead_id", facts.leadId().toString());
        variables.put("customer_phone", phone);
        variables.put("caller_number", phone);
        variables.put("call_sid", orEmpty(facts.callSid()));
        variables.put("call_id", orEmpty(facts.callId()));
        variables.put("conversation_context", conversationContext);
        // Only a call we placed asks anything; a prompt that names them must find them in every conversation.
        variables.put("questions", "");
        variables.put("questions_text", "");
        variables.put("business_hours_summary", BusinessHours.summary(tenant.settings()));
        variables.put("greeting", greeting(tenant));
        variables.put("ai_tone", orEmpty(tenant.settings().aiTone()));
        variables.put("channel", facts.medium().name().toLowerCase(Locale.ROOT));
        variables.put("time_zone", tenant.timeZone());
        variables.put("today", TODAY.format(now.atZone(tenant.zone())));
        return variables;
    }

    /** What the agent says first. Never empty: an agent whose first message is this variable would meet the caller with silence. */
    public static String greeting(Tenant tenant) {
        String own = tenant.settings().aiGreeting();
        return own == null || own.isBlank() ? "Hello, this is " + tenant.name() + ". How can I help?" : own;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
