package dev.throughline.simulator.elevenlabs;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The demo agent as the README's provisioning example has it. */
final class DemoAgent {

    private static final String BASE = "https://voice.example.test";

    private DemoAgent() {}

    static List<JsonObject> tools(String secretId) {
        return List.of(
                tool(secretId, "check_availability", "date", "service"),
                tool(secretId, "book_appointment", "service", "startTime", "employeeId", "customerName"),
                tool(secretId, "get_services"),
                tool(secretId, "get_hours"));
    }

    static JsonObject tool(String secretId, String name, String... filled) {
        JsonObject properties = new JsonObject()
                .put("tenantId", variable("tenant_id"))
                .put("leadId", variable("lead_id"))
                .put("callSid", variable("call_sid"))
                .put("customerPhone", variable("customer_phone"));
        JsonArray required = new JsonArray().add("tenantId");
        for (String parameter : filled) {
            properties.put(parameter, new JsonObject().put("type", "string").put("description", "The " + parameter));
            if (!parameter.equals("employeeId")) {
                required.add(parameter);
            }
        }
        return new JsonObject()
                .put(
                        "tool_config",
                        new JsonObject()
                                .put("type", "webhook")
                                .put("name", name)
                                .put("description", "Calls " + name)
                                .put("response_timeout_secs", 10)
                                .put(
                                        "api_schema",
                                        new JsonObject()
                                                .put("url", BASE + "/api/tools/" + name)
                                                .put("method", "POST")
                                                .put(
                                                        "request_headers",
                                                        new JsonObject()
                                                                .put(
                                                                        "X-Tool-Secret",
                                                                        new JsonObject().put("secret_id", secretId))
                                                                .put(
                                                                        "X-Conversation-Id",
                                                                        new JsonObject()
                                                                                .put(
                                                                                        "variable_name",
                                                                                        "system__conversation_id")))
                                                .put(
                                                        "request_body_schema",
                                                        new JsonObject()
                                                                .put("type", "object")
                                                                .put("required", required)
                                                                .put("properties", properties))));
    }

    /** A tool the client performs, with one text parameter. */
    static JsonObject clientTool(String name, String parameter) {
        return new JsonObject()
                .put(
                        "tool_config",
                        new JsonObject()
                                .put("type", "client")
                                .put("name", name)
                                .put("description", "Performs " + name)
                                .put("expects_response", true)
                                .put("response_timeout_secs", 5)
                                .put(
                                        "parameters",
                                        new JsonObject()
                                                .put("type", "object")
                                                .put("required", new JsonArray().add(parameter))
                                                .put(
                                                        "properties",
                                                        new JsonObject()
                                                                .put(
                                                                        parameter,
                                                                        new JsonObject()
                                                                                .put("type", "string")
                                                                                .put("description", "Which")))));
    }

    private static JsonObject variable(String name) {
        return new JsonObject().put("type", "string").put("dynamic_variable", name);
    }

    static JsonObject webhook() {
        return new JsonObject()
                .put(
                        "settings",
                        new JsonObject()
                                .put("auth_type", "hmac")
                                .put("name", "post-call")
                                .put("webhook_url", BASE + "/api/webhooks/elevenlabs/post-call"));
    }

    static JsonObject agent(JsonArray toolIds) {
        JsonArray events = new JsonArray();
        List.of(
                        "conversation_initiation_metadata",
                        "ping",
                        "audio",
                        "interruption",
                        "user_transcript",
                        "agent_response",
                        "agent_response_correction",
                        "client_tool_call",
                        "agent_tool_request",
                        "agent_tool_response",
                        "agent_response_complete")
                .forEach(events::add);
        return new JsonObject()
                .put("name", "Harbour Salon receptionist")
                .put("tags", new JsonArray().add("script:receptionist"))
                .put(
                        "conversation_config",
                        new JsonObject()
                                .put(
                                        "agent",
                                        new JsonObject()
                                                .put(
                                                        "first_message",
                                                        "Hello, this is {{business_name}}. How can I help?")
                                                .put("language", "en")
                                                .put(
                                                        "prompt",
                                                        new JsonObject()
                                                                .put(
                                                                        "prompt",
                                                                        "You are the receptionist of {{business_name}}. {{conversation_context}}")
                                                                .put("tool_ids", toolIds)
                                                                .put(
                                                                        "built_in_tools",
                                                                        new JsonObject()
                                                                                .put(
                                                                                        "end_call",
                                                                                        new JsonObject()
                                                                                                .put("type", "system")
                                                                                                .put("name", "end_call")
                                                                                                .put("description", "")
                                                                                                .put(
                                                                                                        "params",
                                                                                                        new JsonObject()
                                                                                                                .put(
                                                                                                                        "system_tool_type",
                                                                                                                        "end_call"))))))
                                .put(
                                        "conversation",
                                        new JsonObject()
                                                .put("text_only", false)
                                                .put("max_duration_seconds", 900)
                                                .put("client_events", events))
                                .put("tts", new JsonObject().put("agent_output_audio_format", "ulaw_8000"))
                                .put("asr", new JsonObject().put("user_input_audio_format", "ulaw_8000")))
                .put(
                        "platform_settings",
                        new JsonObject()
                                .put("auth", new JsonObject().put("enable_auth", true))
                                .put(
                                        "overrides",
                                        new JsonObject()
                                                .put(
                                                        "conversation_config_override",
                                                        new JsonObject()
                                                                .put(
                                                                        "agent",
                                                                        new JsonObject().put("first_message", true))
                                                                .put(
                                                                        "conversation",
                                                                        new JsonObject()
                                                                                .put("text_only", true)
                                                                                .put("max_duration_seconds", true))))
                                .put(
                                        "evaluation",
                                        new JsonObject()
                                                .put(
                                                        "criteria",
                                                        new JsonArray()
                                                                .add(new JsonObject()
                                                                        .put("id", "booked")
                                                                        .put("name", "Appointment booked")
                                                                        .put("type", "prompt")
                                                                        .put(
                                                                                "conversation_goal_prompt",
                                                                                "An appointment was booked."))))
                                .put(
                                        "data_collection",
                                        new JsonObject()
                                                .put(
                                                        "service",
                                                        new JsonObject()
                                                                .put("type", "string")
                                                                .put("description", "Service asked for"))
                                                .put(
                                                        "customer_name",
                                                        new JsonObject()
                                                                .put("type", "string")
                                                                .put("description", "Name"))
                                                .put(
                                                        "budget",
                                                        new JsonObject()
                                                                .put("type", "number")
                                                                .put("description", "Budget"))));
    }

    static JsonObject initiation(String context) {
        return new JsonObject()
                .put("type", "conversation_initiation_client_data")
                .put("user_id", "lead-42")
                .put(
                        "dynamic_variables",
                        new JsonObject()
                                .put("tenant_id", "7f1c0000-0000-4000-8000-000000000001")
                                .put("tenant_name", "Harbour Salon")
                                .put("business_name", "Harbour Salon")
                                .put("lead_id", "lead-42")
                                .put("customer_phone", "+12025550142")
                                .put("caller_number", "+12025550142")
                                .put("call_sid", "CA00000000000000000000000000000001")
                                .put("call_id", "call-1")
                                .put("conversation_context", context)
                                .put("business_hours_summary", "Monday to Saturday, nine to five")
                                .put("greeting", "")
                                .put("ai_tone", "friendly")
                                .put("channel", "voice")
                                .put("time_zone", "America/New_York")
                                .put("today", "Saturday, November 21"));
    }

    static JsonObject textInitiation() {
        return initiation("")
                .put(
                        "conversation_config_override",
                        new JsonObject()
                                .put("conversation", new JsonObject().put("text_only", true))
                                .put("agent", new JsonObject().put("first_message", "")));
    }
}
