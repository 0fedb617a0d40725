package dev.throughline.simulator.elevenlabs.account;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code POST /v1/convai/tools} insists on; everything else about a tool is stored as it came. */
final class ToolRules {

    private static final Pattern PLACEHOLDER = Pattern.compile("(?<!\\{)\\{(\\w+)}(?!})");
    private static final Set<String> SCALARS = Set.of("string", "integer", "number", "boolean");
    private static final List<String> SOURCES =
            List.of("description", "dynamic_variable", "constant_value", "is_omitted", "is_system_provided");

    private ToolRules() {}

    /** Throws the provider's 422 when {@code body} is not a tool it would take. */
    static void check(JsonObject body) {
        if (!(body.getValue("tool_config") instanceof JsonObject config)) {
            throw ApiError.missing(body, "tool_config");
        }
        String type = config.getString("type", "webhook");
        for (String field : List.of("name", "description")) {
            if (!(config.getValue(field) instanceof String text) || text.isEmpty() && field.equals("name")) {
                throw ApiError.missing(config, "tool_config", type, field);
            }
        }
        switch (type) {
            case "webhook" -> checkWebhook(config);
            case "client" -> {
                timeout(config, 1, 120);
                properties(Json.object(config, "parameters"), "parameters");
            }
            case "system" -> {}
            default ->
                throw ApiError.invalid(
                        "union_tag_invalid",
                        "Input tag '" + type + "' found using 'type' does not match any of the expected tags",
                        config,
                        "tool_config");
        }
    }

    private static void checkWebhook(JsonObject config) {
        if (!(config.getValue("api_schema") instanceof JsonObject schema)) {
            throw ApiError.missing(config, "tool_config", "webhook", "api_schema");
        }
        String url = Json.text(schema, "url", "");
        if (!url.matches("https?://[^\\s]+")) {
            throw ApiError.invalid(
                    "value_error",
                    "Value error, url must be absolute",
                    schema,
                    "tool_config",
                    "webhook",
                    "api_schema",
                    "url");
        }
        String method = schema.getString("method", "GET");
        if (!Set.of("GET", "POST", "PUT", "PATCH", "DELETE").contains(method)) {
            throw ApiError.invalid(
                    "enum",
                    "Input should be 'GET', 'POST', 'PUT', 'PATCH' or 'DELETE'",
                    schema,
                    "tool_config",
                    "webhook",
                    "api_schema",
                    "method");
        }
        Matcher placeholder = PLACEHOLDER.matcher(url);
        while (placeholder.find()) {
            if (!Json.object(schema, "path_params_schema").containsKey(placeholder.group(1))) {
                throw ApiError.invalid(
                        "value_error",
                        "Value error, no path parameter for {" + placeholder.group(1) + "}",
                        schema,
                        "tool_config",
                        "webhook",
                        "api_schema",
                        "path_params_schema");
            }
        }
        timeout(config, 5, 300);
        JsonObject path = Json.object(schema, "path_params_schema");
        path.fieldNames().forEach(name -> property(Json.object(path, name), "path_params_schema", name));
        properties(Json.object(schema, "query_params_schema"), "query_params_schema");
        properties(Json.object(schema, "request_body_schema"), "request_body_schema");
    }

    private static void timeout(JsonObject config, int min, int max) {
        double seconds = Json.number(config, "response_timeout_secs", min);
        if (seconds < min || seconds > max) {
            throw ApiError.invalid(
                    "value_error",
                    "response_timeout_secs should be from " + min + " to " + max,
                    config,
                    "tool_config",
                    "response_timeout_secs");
        }
    }

    private static void properties(JsonObject schema, String where) {
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        properties.fieldNames().forEach(name -> property(Json.object(properties, name), where, name));
        for (Object name : schema.getJsonArray("required", new JsonArray())) {
            if (!properties.containsKey(String.valueOf(name))) {
                throw ApiError.invalid(
                        "value_error", "Value error, required property is not declared", schema, where, "required");
            }
        }
    }

    /** A literal needs exactly one source of its value (elevenlabs/elevenlabs-js#215). */
    private static void property(JsonObject property, String where, String name) {
        String type = property.getString("type", "");
        if (type.equals("object")) {
            properties(property, where);
            return;
        }
        if (type.equals("array")) {
            return;
        }
        if (!SCALARS.contains(type)) {
            throw ApiError.invalid(
                    "enum",
                    "Input should be 'string', 'integer', 'number' or 'boolean'",
                    property,
                    where,
                    name,
                    "type");
        }
        long sources = SOURCES.stream()
                .filter(source -> given(property.getValue(source)))
                .count();
        if (sources != 1) {
            throw ApiError.invalid(
                    "value_error",
                    "Value error, exactly one of " + String.join(", ", SOURCES) + " must be set",
                    property,
                    where,
                    name);
        }
    }

    private static boolean given(@org.jspecify.annotations.Nullable Object value) {
        return value != null && !Boolean.FALSE.equals(value) && !"".equals(value);
    }
}
