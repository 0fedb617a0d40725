package dev.throughline.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** The customer texts, and the agent's answer is delivered. */
final class CustomerTexts implements Step {

    static final String QUESTION = "Hi, do you have time for a colouring on Tuesday?";

    @Override
    public String title() {
        return "The customer texts: \"" + QUESTION + "\"";
    }

    @Override
    public String play(Story story) throws NotSeen, IOException, InterruptedException {
        int before = story.twilio.messages(story.customer).size();
        story.textedAt = Instant.now();
        story.twilio.text(story.customer, story.business, QUESTION);
        JsonNode answer = story.await(
                () -> "no answer was delivered to the customer", () -> story.twilio.messages(story.customer).stream()
                        .skip(before)
                        .filter(message -> message.path("from").asText().equals(story.business))
                        .filter(message -> message.path("status").asText().equals("delivered"))
                        .reduce((first, second) -> second)
                        .or(Optional::empty));
        return "the agent's answer was delivered: \"" + answer.path("body").asText() + "\"";
    }
}
