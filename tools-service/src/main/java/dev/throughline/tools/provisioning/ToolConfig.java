package dev.throughline.tools.provisioning;

import static dev.throughline.tools.provisioning.Wanted.object;
import static dev.throughline.tools.provisioning.Wanted.only;
import static dev.throughline.tools.provisioning.Wanted.ref;

import dev.throughline.tools.invocation.ToolSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tool as ElevenLabs' {@code POST /v1/convai/tools} takes it ({@code tool_config}). The parameters are those the endpoint reads; identity
 * comes from dynamic variables and the secret, never from the model; every property has exactly one source of its value (a second one is
 * refused with 422). Pure.
 */
final class ToolConfig {

    private static final int TIMEOUT_SECONDS = 10;

    /** What says who calls, by the dynamic variable it is filled from. */
    private static final Map<String, String> IDENTITY = Map.of(
            "tenantId", "tenant_id", "leadId", "lead_id", "callSid", "call_sid", "customerPhone", "customer_phone");

    private ToolConfig() {}

    static Map<String, Object> of(ToolSpec tool, Setup setup) {
        Map<String, Object> properties = new LinkedHashMap<>();
        IDENTITY.keySet().stream()
                .sorted()
                .forEach(
                        name -> properties.put(name, object("type", "string", "dynamic_variable", IDENTITY.get(name))));
        for (ToolSpec.Declared declared : tool.parameters()) {
            properties.put(
                    declared.parameter().declared(), object("type", "string", "description", declared.description()));
        }
        List<String> required = tool.parameters().stream()
                .filter(ToolSpec.Declared::required)
                .map(declared -> declared.parameter().declared())
                .toList();
        return object(
                "type",
                "webhook",
                "name",
                tool.name(),
                "description",
                tool.description(),
                "response_timeout_secs",
                TIMEOUT_SECONDS,
                // So that the agent sees why a call failed; by default the text is hidden from it.
                "tool_error_handling_mode",
                "summarized",
                "api_schema",
                object(
                        "url", setup.url("/api/tools/" + tool.name()),
                        "method", "POST",
                        "content_type", "application/json",
                        "request_headers",
                                object(
                                        "X-Tool-Secret", object("secret_id", ref(Wishes.SECRET)),
                                        "X-Conversation-Id", object("variable_name", "system__conversation_id")),
                        "request_body_schema",
                                object(
                                        "type",
                                        "object",
                                        "description",
                                        tool.description(),
                                        "required",
                                        required,
                                        "properties",
                                        only(properties))));
    }
}
