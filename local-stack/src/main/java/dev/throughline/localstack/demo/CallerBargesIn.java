package dev.throughline.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The caller speaks into the agent's sentence, and what was not yet played is thrown away. */
final class CallerBargesIn implements Step {

    @Override
    public String title() {
        return "The caller interrupts the agent";
    }

    @Override
    public String play(Story story) throws NotSeen, IOException, InterruptedException {
        JsonNode clear = story.await(Duration.ofSeconds(60), () -> "the stream was never cleared", () -> {
            for (JsonNode stream : story.call().path("streams")) {
                if (!stream.path("clears").isEmpty()) {
                    return Optional.of(stream.path("clears").get(0));
                }
            }
            return Optional.empty();
        });
        return "clear arrived; " + clear.path("droppedMs").asLong() + " ms of the agent's speech were not played";
    }
}
