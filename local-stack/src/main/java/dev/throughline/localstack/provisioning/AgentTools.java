package dev.throughline.localstack.provisioning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The agent's tools as ElevenLabs' {@code POST /v1/convai/tools} takes them. Identity comes from dynamic variables, never from the
 * model; every property has exactly one source of its value.
 */
final class AgentTools {

    /** For agents that speak: a text conversation has no call to hand over. */
    static final String TRANSFER = "transfer_to_human";

    private final String appBaseUrl;
    private final String secretId;

    AgentTools(String appBaseUrl, String secretId) {
        this.appBaseUrl = appBaseUrl;
        this.secretId = secretId;
    }

    /** Requests by tool name, in the order they are made. */
    Map<String, Map<String, Object>> requests() {
        Map<String, Map<String, Object>> tools = new LinkedHashMap<>();
        add(
                tools,
                "get_services",
                "List the services the business offers, with durations and prices.",
                Map.of(),
                List.of());
        add(tools, "get_hours", "Say when the business is open.", Map.of(), List.of());
        add(
                tools,
                "check_availability",
                "Look up free appointment times for one day. Call it before offering any time.",
                Map.of(
                        "date", spoken("The day to check, YYYY-MM-DD, in the business's time zone"),
                        "service", spoken("The service's name, as the customer calls it")),
                List.of("date", "service"));
        add(
                tools,
                "book_appointment",
                "Book one of the times check_availability has offered.",
                Map.of(
                        "service", spoken("The service's name"),
                        "startTime", spoken("startTime of the chosen slot, unchanged"),
                        "employeeId", spoken("employeeId of the chosen slot, unchanged"),
                        "customerName", spoken("The customer's full name"),
                        "notes", spoken("Anything the customer wants the business to know")),
                List.of("service", "startTime", "customerName"));
        add(
                tools,
                TRANSFER,
                "Have a colleague rung when the customer asks for a person or you cannot help. Say what the answer says and go on"
                        + " talking until the colleague comes.",
                Map.of(
                        "reason", spoken("Why a person is wanted, in a few words"),
                        "brief", spoken("What the colleague should know before taking the call, in one sentence")),
                List.of("reason"));
        return tools;
    }

    private void add(
            Map<String, Map<String, Object>> tools,
            String name,
            String description,
            Map<String, Object> spoken,
            List<String> requiredSpoken) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("tenantId", variable("tenant_id"));
        properties.put("leadId", variable("lead_id"));
        properties.put("callSid", variable("call_sid"));
        properties.put("customerPhone", variable("customer_phone"));
        properties.putAll(spoken);
        Map<String, Object> schema = Map.of(
                "url",
                appBaseUrl + "/api/tools/" + name,
                "method",
                "POST",
                "content_type",
                "application/json",
                "request_headers",
                Map.of(
                        "X-Tool-Secret", Map.of("secret_id", secretId),
                        "X-Conversation-Id", Map.of("variable_name", "system__conversation_id")),
                "request_body_schema",
                Map.of(
                        "type", "object",
                        "description", description,
                        "required", requiredSpoken,
                        "properties", properties));
        tools.put(
                name,
                Map.of(
                        "tool_config",
                        Map.of(
                                "type",
                                "webhook",
                                "name",
                                name,
                                "description",
                                description,
                                "response_timeout_secs",
                                10,
                                "tool_error_handling_mode",
                                "summarized",
                                "api_schema",
                                schema)));
    }

    private static Map<String, Object> spoken(String description) {
        return Map.of("type", "string", "description", description);
    }

    private static Map<String, Object> variable(String name) {
        return Map.of("type", "string", "dynamic_variable", name);
    }
}
