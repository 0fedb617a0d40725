package dev.throughline.simulator.twilio;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Reference messages under {@code src/test/resources/twilio}. */
final class Fixtures {

    private Fixtures() {}

    static String text(String name) {
        try (InputStream in = Fixtures.class.getResourceAsStream("/twilio/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonObject json(String name) {
        return new JsonObject(text(name));
    }

    static Map<String, String> form(String name) {
        return decode(text(name));
    }

    /** Decodes a form body, empty values included. */
    static Map<String, String> decode(String body) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : body.split("&")) {
            String[] parts = pair.split("=", 2);
            form.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    /** Every field with its path and JSON type, such as {@code media.payload:String}; field order does not matter. */
    static TreeSet<String> shape(JsonObject json) {
        TreeSet<String> shape = new TreeSet<>();
        addShape("", json, shape);
        return shape;
    }

    private static void addShape(String prefix, JsonObject json, TreeSet<String> shape) {
        json.forEach(each -> {
            String path = prefix + each.getKey();
            if (each.getValue() instanceof JsonObject nested && !path.endsWith("customParameters")) {
                addShape(path + ".", nested, shape);
            } else {
                shape.add(path + ":"
                        + (each.getValue() == null
                                ? "null"
                                : each.getValue().getClass().getSimpleName()));
            }
        });
    }
}
