package dev.throughline.simulator.elevenlabs.account;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Reading inside JSON documents without stumbling over what is absent. */
public final class Json {

    private Json() {}

    /** The value at a dotted path ({@code a.b.0.c}), or null when any step is missing. */
    public static @Nullable Object at(@Nullable Object document, String path) {
        Object here = document;
        for (String step : path.split("\\.")) {
            if (here instanceof JsonObject object) {
                here = object.getValue(step);
            } else if (here instanceof JsonArray array && step.matches("\\d{1,6}")) {
                int index = Integer.parseInt(step);
                here = index < array.size() ? array.getValue(index) : null;
            } else {
                return null;
            }
        }
        return here;
    }

    /** The object at {@code path}; empty when there is none. */
    public static JsonObject object(@Nullable Object document, String path) {
        return at(document, path) instanceof JsonObject object ? object : new JsonObject();
    }

    /** The array at {@code path}; empty when there is none. */
    public static JsonArray array(@Nullable Object document, String path) {
        return at(document, path) instanceof JsonArray array ? array : new JsonArray();
    }

    /** The text at {@code path}, or {@code otherwise}. */
    public static String text(@Nullable Object document, String path, String otherwise) {
        return at(document, path) instanceof String text ? text : otherwise;
    }

    /** Whether {@code true} stands at {@code path}. */
    public static boolean isTrue(@Nullable Object document, String path) {
        return Boolean.TRUE.equals(at(document, path));
    }

    /** The number at {@code path}, or {@code otherwise}. */
    public static double number(@Nullable Object document, String path, double otherwise) {
        return at(document, path) instanceof Number number ? number.doubleValue() : otherwise;
    }
}
