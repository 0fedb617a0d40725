package dev.throughline.localstack.provisioning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The two agents of the demo tenant as ElevenLabs' {@code POST /v1/convai/agents/create} takes them. */
final class AgentRequests {

    private static final String PROMPT =
            "You are the receptionist of {{business_name}}. Your tone is {{ai_tone}}. Today is {{today}} in"
                    + " {{time_zone}}. {{business_hours_summary}} What is known of this customer: {{conversation_context}}"
                    + " Offer at most three times of day. Never invent one: ask check_availability."
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

    private static final int COLLECTED_ANSWERS = 5;

    private AgentRequests() {}

    /** The agent that speaks: mu-law at 8 kHz both ways, as the telephone has it. */
    static Map<String, Object> voice(List<String> toolIds, String voiceId) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("agent", agent("{{greeting}}", toolIds));
        config.put("conversation", conversation(false));
        config.put(
                "tts",
                Map.of("voice_id", voiceId, "model_id", "eleven_flash_v2", "agent_output_audio_format", "ulaw_8000"));
        config.put("asr", Map.of("user_input_audio_format", "ulaw_8000"));
        config.put("turn", Map.of("turn_timeout", 7, "silence_end_call_timeout", 30));
        return request(name("voice"), config);
    }

    /** The agent that writes: text only, and no first message, because the customer has spoken first. */
    static Map<String, Object> text(List<String> toolIds) {
        return request(name("text"), Map.of("agent", agent("", toolIds), "conversation", conversation(true)));
    }

    /** The name of the agent for {@code kind}, by which it is found again. */
    static String name(String kind) {
        return DemoSeed.NAME + " receptionist (" + kind + ")";
    }

    private static Map<String, Object> request(String name, Map<String, Object> config) {
        return Map.of(
                "name",
                name,
                "tags",
                List.of("throughline", "receptionist"),
                "conversation_config",
                config,
                "platform_settings",
                Map.of(
                        "auth", Map.of("enable_auth", true),
                        "overrides",
                                Map.of("conversation_config_override", Map.of("agent", Map.of("first_message", true))),
                        "evaluation",
                                Map.of(
                                        "criteria",
                                        List.of(Map.of(
                                                "id", "booked",
                                                "name", "Appointment booked",
                                                "type", "prompt",
                                                "conversation_goal_prompt", "The agent booked an appointment.",
                                                "scoring_mode", "binary"))),
                        "data_collection", collected()));
    }

    /** The answers stand under {@code answer_1} and so on; of more questions they are read from the transcript. */
    private static Map<String, Object> collected() {
        Map<String, Object> collected = new LinkedHashMap<>();
        collected.put("preferred_date", Map.of("type", "string", "description", "Date the customer asked for (ISO)"));
        for (int number = 1; number <= COLLECTED_ANSWERS; number++) {
            String description = "What the customer answered to question " + number
                    + " of the questions to ask on the call; nothing when it was not asked or not answered";
            collected.put("answer_" + number, Map.of("type", "string", "description", description));
        }
        return collected;
    }

    private static Map<String, Object> agent(String firstMessage, List<String> toolIds) {
        Map<String, Object> placeholders = new LinkedHashMap<>();
        VARIABLES.forEach(name -> placeholders.put(name, "example"));
        return Map.of(
                "first_message",
                firstMessage,
                "language",
                "en",
                "dynamic_variables",
                Map.of("dynamic_variable_placeholders", placeholders),
                "prompt",
                Map.of(
                        "prompt",
                        PROMPT,
                        "llm",
                        "gpt-4o-mini",
                        "temperature",
                        0.2,
                        "tool_ids",
                        toolIds,
                        "built_in_tools",
                        Map.of(
                                "end_call",
                                Map.of(
                                        "type", "system",
                                        "name", "end_call",
                                        "description", "",
                                        "params", Map.of("system_tool_type", "end_call")))));
    }

    private static Map<String, Object> conversation(boolean textOnly) {
        List<String> events = new ArrayList<>(List.of(
                "conversation_initiation_metadata",
                "ping",
                "agent_response",
                "agent_response_correction",
                "client_tool_call",
                "agent_tool_response"));
        events.addAll(
                textOnly ? List.of("agent_response_complete") : List.of("audio", "interruption", "user_transcript"));
        return Map.of("text_only", textOnly, "max_duration_seconds", 1800, "client_events", events);
    }
}
