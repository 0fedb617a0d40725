package dev.throughline.tools.invocation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.events.EventJson;
import dev.throughline.platform.web.ErrorMappers;
import dev.throughline.platform.web.Problem;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of tool calls and webhooks: JSON, or a form, which ElevenLabs' tools can be told to send. Pure. */
final class CallBody {

    private static final String FORM = "application/x-www-form-urlencoded";

    private CallBody() {}

    /**
     * The body as an object; an absent body is an empty one.
     *
     * @throws Problem 400 naming the body when it is not JSON or not an object
     */
    static ObjectNode read(byte @Nullable [] body, @Nullable String contentType) {
        if (body == null || body.length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (contentType != null && contentType.startsWith(FORM)) {
            return form(new String(body, StandardCharsets.UTF_8));
        }
        try {
            if (EventJson.mapper().readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException malformed) {
            throw ErrorMappers.jsonProblem(malformed);
        } catch (IOException impossible) {
            throw new IllegalStateException("bytes are read without a stream", impossible);
        }
        throw Problem.invalid("body", "must be a JSON object");
    }

    /** The body with the query's parameters beside it; a member of the body wins. */
    static ObjectNode withQuery(ObjectNode body, MultivaluedMap<String, String> query) {
        ObjectNode both = JsonNodeFactory.instance.objectNode();
        both.setAll(body);
        query.forEach((name, values) -> {
            if (!both.has(name) && !values.isEmpty()) {
                both.put(name, values.getFirst());
            }
        });
        return both;
    }

    /** The text at the first of the paths that has one; empty text when none. A path is names joined by dots. */
    static String text(JsonNode body, String... paths) {
        for (String path : paths) {
            JsonNode value = body;
            for (String name : path.split("\\.")) {
                value = value.path(name);
            }
            if (value.isValueNode() && !value.asText().isBlank() && !value.isNull()) {
                return value.asText().strip();
            }
        }
        return "";
    }

    private static ObjectNode form(String body) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (String pair : body.split("&")) {
            int equals = pair.indexOf('=');
            try {
                String name = URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), StandardCharsets.UTF_8);
                String value = equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                object.put(name, value);
            } catch (IllegalArgumentException malformed) {
                throw Problem.invalid("body", "is not a valid form");
            }
        }
        return object;
    }
}
