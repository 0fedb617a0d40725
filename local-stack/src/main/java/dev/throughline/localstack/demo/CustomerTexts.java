package dev.throughline.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.http.JsonHttp;
import java.io.IOException;
import java.time.Duration;
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
        Instant texted = Instant.now();
        story.twilio.text(story.customer, story.business, QUESTION);
        story.leadId(story.await(() -> "no lead with the customer's number is listed", () -> lead(story)));
        story.await(() -> "the text does not stand in the lead's context", () -> {
            JsonNode context = Story.data(story.operator.get("/api/leads/" + story.leadId() + "/context"));
            return context.toString().contains(QUESTION) ? Optional.of(context) : Optional.empty();
        });
        story.measured("from the customer's text to the prompt context of a call: "
                + Duration.between(texted, Instant.now()).toMillis() + " ms");
        JsonNode answer = story.await(
                () -> "no answer was delivered to the customer", () -> story.twilio.messages(story.customer).stream()
                        .filter(message -> message.path("from").asText().equals(story.business))
                        .filter(message -> message.path("status").asText().equals("delivered"))
                        .filter(message -> before == 0
                                || texted.isBefore(
                                        Instant.parse(message.path("createdAt").asText())))
                        .findFirst());
        return "the agent's answer was delivered: \"" + answer.path("body").asText() + "\"";
    }

    private static Optional<String> lead(Story story) throws IOException {
        JsonNode answer = Story.data(story.operator.get("/api/leads?q=" + JsonHttp.encoded(story.customer)));
        for (JsonNode lead : answer.path("leads")) {
            if (lead.path("phone").asText().equals(story.customer)) {
                return Optional.of(lead.path("leadId").asText());
            }
        }
        return Optional.empty();
    }
}
