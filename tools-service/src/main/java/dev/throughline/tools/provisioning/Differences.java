package dev.throughline.tools.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares what is with what is {@link Wanted}, and says what would make it so. Pure. */
final class Differences {

    private static final int MAX_SHOWN = 120;

    private Differences() {}

    /** One line per place that is not as wanted, {@code path: what is → what shall be}; empty when all is. */
    static List<String> between(JsonNode wanted, JsonNode actual) {
        List<String> lines = new ArrayList<>();
        collect("", wanted, actual, lines);
        return lines;
    }

    private static void collect(String path, JsonNode wanted, JsonNode actual, List<String> lines) {
        Optional<JsonNode> has = Wanted.mark(wanted, Wanted.HAS);
        Optional<JsonNode> only = Wanted.mark(wanted, Wanted.ONLY);
        if (has.isPresent()) {
            has.get().forEach(element -> {
                if (!holds(actual, element)) {
                    lines.add(path + ": " + shown(element) + " is missing");
                }
            });
        } else if (only.isPresent()) {
            actual.properties().forEach(member -> {
                if (!only.get().has(member.getKey())) {
                    lines.add(inside(path, member.getKey()) + ": is no longer wanted");
                }
            });
            members(path, only.get(), actual, lines);
        } else if (wanted.isObject() && Wanted.mark(wanted, Wanted.REF).isEmpty() && actual.isObject()) {
            members(path, wanted, actual, lines);
        } else if (!same(wanted, actual)) {
            lines.add(path + ": " + shown(actual) + " → " + shown(wanted));
        }
    }

    private static void members(String path, JsonNode wanted, JsonNode actual, List<String> lines) {
        wanted.properties()
                .forEach(member ->
                        collect(inside(path, member.getKey()), member.getValue(), actual.path(member.getKey()), lines));
    }

    /** The document as it shall be, plain: marks are carried out on what is there. */
    static JsonNode plain(JsonNode wanted, JsonNode actual) {
        Optional<JsonNode> has = Wanted.mark(wanted, Wanted.HAS);
        if (has.isPresent()) {
            return union(actual, has.get());
        }
        JsonNode members = Wanted.mark(wanted, Wanted.ONLY).orElse(wanted);
        if (!members.isObject()) {
            return members;
        }
        ObjectNode plain = JsonNodeFactory.instance.objectNode();
        members.properties()
                .forEach(member -> plain.set(member.getKey(), plain(member.getValue(), actual.path(member.getKey()))));
        return plain;
    }

    /** Only the members that differ, with what they shall be. */
    static ObjectNode changed(JsonNode wanted, JsonNode actual) {
        ObjectNode changed = JsonNodeFactory.instance.objectNode();
        wanted.properties().forEach(member -> {
            JsonNode is = actual.path(member.getKey());
            JsonNode shall = member.getValue();
            if (between(shall, is).isEmpty()) {
                return;
            }
            boolean nested = shall.isObject()
                    && is.isObject()
                    && Wanted.mark(shall, Wanted.HAS).isEmpty()
                    && Wanted.mark(shall, Wanted.ONLY).isEmpty();
            changed.set(member.getKey(), nested ? changed(shall, is) : plain(shall, is));
        });
        return changed;
    }

    private static boolean holds(JsonNode list, JsonNode wanted) {
        for (JsonNode element : list) {
            if (between(wanted, element).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static ArrayNode union(JsonNode list, JsonNode wanted) {
        ArrayNode union = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : list) {
            boolean replaced = false;
            for (JsonNode ours : wanted) {
                replaced |= ours.has("id") && ours.path("id").equals(element.path("id"));
            }
            if (!replaced) {
                union.add(element);
            }
        }
        for (JsonNode ours : wanted) {
            if (!holds(union, ours)) {
                union.add(plain(ours, MissingNode.getInstance()));
            }
        }
        return union;
    }

    private static boolean same(JsonNode wanted, JsonNode actual) {
        if (wanted.isNumber() && actual.isNumber()) {
            return wanted.decimalValue().compareTo(actual.decimalValue()) == 0;
        }
        // Providers give what is not set as empty, as null or not at all.
        boolean nothing = wanted.isTextual() && wanted.textValue().isEmpty();
        return wanted.equals(actual) || nothing && (actual.isMissingNode() || actual.isNull());
    }

    private static String inside(String path, String member) {
        return path.isEmpty() ? member : path + "." + member;
    }

    private static String shown(JsonNode value) {
        if (value.isMissingNode()
                || value.isNull()
                || value.isTextual() && value.textValue().isEmpty()) {
            return "nothing";
        }
        Optional<JsonNode> reference = Wanted.mark(value, Wanted.REF);
        if (reference.isPresent()) {
            return "(the new " + reference.get().asText() + ")";
        }
        if (value.has("id")) {
            return value.path("id").asText();
        }
        String text = value.isValueNode() ? value.asText() : value.toString();
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
