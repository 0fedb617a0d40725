package dev.throughline.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The operator sees the text and its answer in the lead's timeline, and begins to follow the lead live. */
final class LeadIsKnown implements Step {

    @Override
    public String title() {
        return "The operator's page shows the text and its answer";
    }

    @Override
    public String play(Story story) throws NotSeen, IOException, InterruptedException {
        List<JsonNode> entries = story.await(() -> "the timeline does not show both texts", () -> {
            List<JsonNode> now = story.timeline();
            boolean asked = now.stream().anyMatch(entry -> isText(entry, "CUSTOMER"));
            boolean answered = now.stream().anyMatch(entry -> isText(entry, "AGENT"));
            return asked && answered ? Optional.of(now) : Optional.empty();
        });
        story.live(LiveEvents.open(story.operator.baseUrl(), story.token, story.leadId(), Optional.empty()));
        return "lead " + story.leadId() + " with " + entries.size() + " timeline entries";
    }

    private static boolean isText(JsonNode entry, String speaker) {
        return entry.path("channel").asText().equalsIgnoreCase("SMS")
                && entry.path("speaker").asText().equalsIgnoreCase(speaker);
    }
}
