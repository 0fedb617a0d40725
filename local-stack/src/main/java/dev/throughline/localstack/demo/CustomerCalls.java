package dev.throughline.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.customer.CallCustomer;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The customer calls, and the greeting he hears mentions the text. */
final class CustomerCalls implements Step {

    @Override
    public String title() {
        return "The customer calls";
    }

    @Override
    public String play(Story story) throws NotSeen, IOException, InterruptedException {
        story.callSid(story.twilio.call(
                Map.of("from", story.customer, "to", story.business, "script", CallCustomer.DEFAULT_SCRIPT)));
        String greeting = story.await(() -> "the caller heard no greeting that mentions the text", () -> {
            for (JsonNode heard : story.call().path("heard")) {
                String text = heard.path("text").asText("");
                if (text.toLowerCase(Locale.ROOT).contains("you texted us")) {
                    return Optional.of(text);
                }
            }
            return Optional.empty();
        });
        return "the caller heard: \"" + greeting + "\"";
    }
}
