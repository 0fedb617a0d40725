package dev.throughline.tools.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.throughline.events.EventJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a document must say. Plain JSON, where an object names only the members that matter, and three marks:
 *
 * <pre>
 *   {"$ref": "elevenlabs.secret"}   the id of another thing, known when that was made
 *   {"$has": [...]}                 a list that holds at least these; elements with an "id" are told apart by it
 *   {"$only": {...}}                an object with these members and no others
 * </pre>
 *
 * Pure.
 */
public final class Wanted {

    static final String REF = "$ref";
    static final String HAS = "$has";
    static final String ONLY = "$only";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Wanted() {}

    /** An object of alternating names and values, in this order; a null value leaves its name out. */
    public static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    /** The document of {@link #object}. */
    public static ObjectNode document(Map<String, Object> object) {
        return EventJson.mapper().valueToTree(object);
    }

    static Map<String, Object> ref(String wishId) {
        return Map.of(REF, wishId);
    }

    static Map<String, Object> has(List<?> elements) {
        return Map.of(HAS, elements);
    }

    static Map<String, Object> only(Map<String, Object> members) {
        return Map.of(ONLY, members);
    }

    /** The document with every reference replaced whose thing is known. */
    static JsonNode resolved(JsonNode wanted, Map<String, String> ids) {
        Optional<String> reference = mark(wanted, REF).map(JsonNode::asText);
        if (reference.isPresent()) {
            String id = ids.get(reference.get());
            return id == null ? wanted : TextNode.valueOf(id);
        }
        if (wanted instanceof ObjectNode object) {
            ObjectNode copy = NODES.objectNode();
            object.properties().forEach(member -> copy.set(member.getKey(), resolved(member.getValue(), ids)));
            return copy;
        }
        if (wanted instanceof ArrayNode array) {
            ArrayNode copy = NODES.arrayNode();
            array.forEach(element -> copy.add(resolved(element, ids)));
            return copy;
        }
        return wanted;
    }

    /** The first reference to a thing that is not known. */
    static Optional<String> unresolved(JsonNode wanted) {
        Optional<String> reference = mark(wanted, REF).map(JsonNode::asText);
        if (reference.isPresent()) {
            return reference;
        }
        for (JsonNode member : wanted) {
            Optional<String> inside = unresolved(member);
            if (inside.isPresent()) {
                return inside;
            }
        }
        return Optional.empty();
    }

    /** What stands under a mark, when {@code wanted} is one. */
    static Optional<JsonNode> mark(JsonNode wanted, String name) {
        return wanted.isObject() && wanted.size() == 1 && wanted.has(name)
                ? Optional.of(wanted.path(name))
                : Optional.empty();
    }
}
