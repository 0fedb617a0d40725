package dev.throughline.simulator.elevenlabs.brain;

import io.vertx.core.json.JsonObject;

/** What the scripted agent wants done next. */
public sealed interface Act {

    /** Say {@code text}, by voice or in writing. */
    record Say(String text) implements Act {}

    /** Say the agent's own first message. */
    record FirstMessage() implements Act {}

    /**
     * Call a tool; the brain goes on when it is told the outcome.
     *
     * @param tool the tool's name as the agent knows it
     * @param arguments values for the parameters a language model would fill
     */
    record CallTool(String tool, JsonObject arguments) implements Act {}

    /** Hang up. */
    record EndCall() implements Act {}
}
