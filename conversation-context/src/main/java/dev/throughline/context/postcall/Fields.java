package dev.throughline.context.postcall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.throughline.platform.web.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A JSON object whose members are read with their path at hand, so that a refusal names the field.
 *
 * @param path of this object with a dot at its end; empty at the top
 */
record Fields(String path, JsonNode node) {

    /** Year 9999; what lies beyond is no time in seconds. */
    private static final long LATEST = 253_402_300_799L;

    /** A text that must be there. */
    String text(String name) {
        JsonNode value = node.path(name);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw Problem.invalid(path + name, value.isMissingNode() ? "is missing" : "must be a text");
        }
        return value.asText();
    }

    /** An object that must be there. */
    Fields object(String name) {
        JsonNode value = node.path(name);
        if (!value.isObject()) {
            throw Problem.invalid(path + name, value.isMissingNode() ? "is missing" : "must be an object");
        }
        return new Fields(path + name + ".", value);
    }

    /** An object that may be missing or null. */
    Fields optionalObject(String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return new Fields(path + name + ".", MissingNode.getInstance());
        }
        return object(name);
    }

    /** The objects of a list that may be missing or null. */
    List<Fields> objects(String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw Problem.invalid(path + name, "must be a list");
        }
        List<Fields> objects = new ArrayList<>(value.size());
        for (int i = 0; i < value.size(); i++) {
            String at = path + name + "[" + i + "]";
            if (!value.get(i).isObject()) {
                throw Problem.invalid(at, "must be an object");
            }
            objects.add(new Fields(at + ".", value.get(i)));
        }
        return objects;
    }

    /** A time in Unix seconds; epoch when it is missing or null. */
    Instant instant(String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Instant.EPOCH;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0 || value.asLong() > LATEST) {
            throw Problem.invalid(path + name, "must be a time in Unix seconds");
        }
        return Instant.ofEpochSecond(value.asLong());
    }
}
