package dev.throughline.events.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether what is published now still serves those who read what was published before, and can still read the records that are on the topic
 * already. New optional fields, new event types and new enum constants are no break: readers pass over what they do not know.
 */
final class Compatibility {

    private Compatibility() {}

    /** One sentence per break; empty when there is none. */
    static List<String> breaks(String name, JsonNode published, JsonNode now) {
        List<String> breaks = new ArrayList<>();
        compare(name, published, now, breaks);
        return breaks;
    }

    private static void compare(String path, JsonNode published, JsonNode now, List<String> breaks) {
        if (now.isMissingNode()) {
            breaks.add(path + " is gone");
            return;
        }
        for (String facet : List.of("type", "format")) {
            if (!published.path(facet).equals(now.path(facet))) {
                breaks.add(path + " was " + shape(published) + " and is " + shape(now));
                return;
            }
        }
        Set<String> constants = texts(published.path("enum"));
        constants.removeAll(texts(now.path("enum")));
        constants.forEach(constant -> breaks.add(path + " has no " + constant + " any more"));
        compareFields(path, published, now, breaks);
        for (String inner : List.of("items", "additionalProperties")) {
            if (published.has(inner)) {
                compare(path + "[]", published.path(inner), now.path(inner), breaks);
            }
        }
    }

    private static void compareFields(String path, JsonNode published, JsonNode now, List<String> breaks) {
        published
                .path("properties")
                .properties()
                .forEach(field -> compare(
                        path + "." + field.getKey(),
                        field.getValue(),
                        now.path("properties").path(field.getKey()),
                        breaks));
        Set<String> before = texts(published.path("required"));
        Set<String> after = texts(now.path("required"));
        for (String field : before) {
            if (now.path("properties").has(field) && !after.contains(field)) {
                breaks.add(path + "." + field + " was always there and may be missing now");
            }
        }
        for (String field : after) {
            if (!before.contains(field)) {
                breaks.add(path + "." + field + " is required now, and the records that are there lack it");
            }
        }
    }

    private static String shape(JsonNode schema) {
        String type = schema.path("type").asText("anything");
        return schema.has("format") ? type + " (" + schema.path("format").asText() + ")" : type;
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new HashSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
