package dev.throughline.simulator.elevenlabs.conversation;

import dev.throughline.simulator.elevenlabs.account.Json;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP request a webhook tool makes: the declared path, query, headers and body, and nothing else (docs "Webhook tools").
 *
 * @param method as declared, {@code GET} when nothing is
 * @param url absolute, placeholders and query filled
 * @param headers as declared, values filled, with the content type of a body
 * @param body encoded; empty for none
 * @param problems what a language model could not have sent: a required parameter without a value, an undeclared argument
 */
record ToolRequest(HttpMethod method, String url, Map<String, String> headers, String body, List<String> problems) {

    /**
     * Builds it.
     *
     * @param arguments values for the parameters that a language model fills
     * @param variable value of a dynamic variable, null when unknown
     * @param secret value of a stored secret, null when unknown
     */
    static ToolRequest build(
            JsonObject schema,
            JsonObject arguments,
            Function<String, @Nullable Object> variable,
            Function<String, @Nullable String> secret) {
        List<String> problems = new ArrayList<>();
        Values values = new Values(arguments, variable, problems);
        String url = path(schema, values) + query(schema, values);
        Map<String, String> headers = new LinkedHashMap<>();
        Json.object(schema, "request_headers")
                .forEach(header -> headers.put(header.getKey(), header(header.getValue(), variable, secret)));
        String body = "";
        if (schema.getValue("request_body_schema") instanceof JsonObject declared) {
            String type = schema.getString("content_type", "application/json");
            JsonObject filled = values.object(declared);
            body = type.equals("application/json") ? filled.encode() : form(filled);
            headers.put("Content-Type", type);
        }
        return new ToolRequest(HttpMethod.valueOf(schema.getString("method", "GET")), url, headers, body, problems);
    }

    private static String path(JsonObject schema, Values values) {
        String url = schema.getString("url");
        JsonObject declared = Json.object(schema, "path_params_schema");
        for (String name : declared.fieldNames()) {
            Object value = values.value(name, declared.getJsonObject(name), true);
            url = url.replace("{" + name + "}", encode(value == null ? "" : value.toString()));
        }
        return url;
    }

    private static String query(JsonObject schema, Values values) {
        String query = form(values.object(Json.object(schema, "query_params_schema")));
        return query.isEmpty() ? "" : (schema.getString("url").contains("?") ? "&" : "?") + query;
    }

    private static String form(JsonObject values) {
        List<String> pairs = new ArrayList<>();
        values.forEach(entry -> pairs.add(encode(entry.getKey()) + "=" + encode(String.valueOf(entry.getValue()))));
        return String.join("&", pairs);
    }

    private static String header(
            @Nullable Object declared,
            Function<String, @Nullable Object> variable,
            Function<String, @Nullable String> secret) {
        if (declared instanceof JsonObject source) {
            Object value = source.containsKey("secret_id")
                    ? secret.apply(source.getString("secret_id"))
                    : variable.apply(source.getString("variable_name", source.getString("env_var_label", "")));
            return value == null ? "" : value.toString();
        }
        return String.valueOf(declared);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private record Values(JsonObject arguments, Function<String, @Nullable Object> variable, List<String> problems) {

        JsonObject object(JsonObject schema) {
            JsonArray required = schema.getJsonArray("required", new JsonArray());
            JsonObject properties = schema.getJsonObject("properties", new JsonObject());
            JsonObject filled = new JsonObject();
            for (String name : properties.fieldNames()) {
                Object value = value(name, properties.getJsonObject(name), required.contains(name));
                if (value != null) {
                    filled.put(name, value);
                }
            }
            return filled;
        }

        @Nullable Object value(String name, JsonObject property, boolean required) {
            Object value = null;
            if (property.getString("type", "").equals("object")) {
                value = object(property);
            } else if (property.getValue("dynamic_variable") instanceof String source && !source.isEmpty()) {
                value = variable.apply(source);
            } else if (property.getValue("constant_value") != null && !"".equals(property.getValue("constant_value"))) {
                value = property.getValue("constant_value");
            } else if (property.getValue("description") != null) {
                value = arguments.getValue(name);
            }
            if (value == null && required) {
                problems.add("no value for the required parameter " + name);
            }
            return value instanceof String text ? typed(property.getString("type", "string"), text) : value;
        }

        private static Object typed(String type, String text) {
            try {
                return switch (type) {
                    case "integer" -> Long.valueOf(text);
                    case "number" -> Double.valueOf(text);
                    case "boolean" -> Boolean.valueOf(text);
                    default -> text;
                };
            } catch (NumberFormatException notANumber) {
                return text;
            }
        }
    }
}
