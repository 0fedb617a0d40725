package dev.throughline.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.customer.CallCustomer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The agent ends the call when all is said, and the caller has missed nothing. */
final class CallEnds implements Step {

    @Override
    public String title() {
        return "They agree on a time, say goodbye, and the call ends";
    }

    @Override
    public String play(Story story) throws NotSeen, IOException, InterruptedException {
        JsonNode call = story.await(Duration.ofSeconds(120), () -> "the call has not ended", () -> {
            JsonNode now = story.call();
            return CallCustomer.status(now).equals("completed") ? Optional.of(now) : Optional.empty();
        });
        if (!call.path("problems").isEmpty()) {
            throw new NotSeen("the caller noticed: " + call.path("problems"));
        }
        return "completed; the caller heard " + call.path("heard").size() + " utterances";
    }
}
