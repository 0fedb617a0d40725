package dev.throughline.simulator.elevenlabs.conversation;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * How a tool answered.
 *
 * @param result what the agent sees, as text
 * @param isError whether the call failed
 * @param latencySecs from the request to the whole answer
 * @param errorType the provider's word for a failure, empty for none
 * @param rawError what went wrong, empty for nothing
 * @param details the request as it was made, in the form of the transcript's {@code tool_details}
 */
public record ToolOutcome(
        String result, boolean isError, double latencySecs, String errorType, String rawError, JsonObject details) {

    /** The result as an object; empty when it is something else. */
    public Optional<JsonObject> body() {
        try {
            return Optional.of(new JsonObject(result));
        } catch (RuntimeException notAnObject) {
            return Optional.empty();
        }
    }
}
