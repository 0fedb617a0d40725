package dev.throughline.tools.provisioning;

import static dev.throughline.tools.provisioning.Wanted.object;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a new agent is told to be. Its owner may change every word of it at ElevenLabs; later runs leave it alone. */
final class AgentWords {

    private static final String PROMPT =
            "You are the receptionist of {{business_name}}. Your tone is {{ai_tone}}. Today is {{today}} in"
                    + " {{time_zone}}. {{business_hours_summary}} What is known of this customer: {{conversation_context}}"
                    + " Offer at most three times of day. Never invent one: ask check_availability."
                    + " Confirm details before you book, move or cancel. Keep answers short."
                    + " Questions to ask on this call, one at a time, none if nothing follows: {{questions_text}}";

    /** Variables an agent names must have a value to test with; the services always send their own. */
    private static final List<String> VARIABLES = List.of(
            "tenant_id",
            "tenant_name",
            "business_name",
            "lead_id",
            "customer_phone",
            "caller_number",
            "call_sid",
            "call_id",
            "conversation_context",
            "questions",
            "questions_text",
            "business_hours_summary",
            "greeting",
            "ai_tone",
            "channel",
            "time_zone",
            "today");

    private AgentWords() {}

    /** The {@code conversation_config} a new agent begins with. */
    static Map<String, Object> conversation(String firstMessage) {
        Map<String, Object> placeholders = new LinkedHashMap<>();
        VARIABLES.forEach(name -> placeholders.put(name, "example"));
        Map<String, Object> prompt = object("prompt", PROMPT, "llm", "gpt-4o-mini", "temperature", 0.2);
        prompt.put("built_in_tools", object("end_call", object("description", "")));
        return object(
                "agent",
                object(
                        "first_message", firstMessage,
                        "dynamic_variables", object("dynamic_variable_placeholders", placeholders),
                        "prompt", prompt));
    }
}
