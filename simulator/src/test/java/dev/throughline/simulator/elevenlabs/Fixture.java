package dev.throughline.simulator.elevenlabs;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The provider's documented messages, field-complete with invented values, from {@code src/test/resources/elevenlabs}. */
final class Fixture {

    private Fixture() {}

    static JsonObject json(String name) {
        return new JsonObject(text(name));
    }

    static String text(String name) {
        try (InputStream in = Fixture.class.getResourceAsStream("/elevenlabs/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
