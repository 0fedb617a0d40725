package dev.throughline.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.http.JsonHttp;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The operator sees the lead with the text and its answer, and the time from the text to the context is measured. */
final class LeadIsKnown implements Step {

    @Override
    public String title() {
        return "The operator's page shows the text and its answer";
    }

    @Override
    public String play(Story story) throws NotSeen, IOException, InterruptedException {
        JsonNode lead = story.await(() -> "no lead with the customer's number is listed", () -> lead(story));
        story.leadId(lead.path("leadId").asText(lead.path("id").asText()));
        List<JsonNode> entries = story.await(() -> "the timeline does not show both texts", () -> {
            List<JsonNode> now = story.timeline();
            return now.toString().contains(CustomerTexts.QUESTION) && now.size() >= 2
                    ? Optional.of(now)
                    : Optional.empty();
        });
        story.live(LiveEvents.open(story.operator.baseUrl(), story.token, story.leadId(), Optional.empty()));
        JsonNode context = Story.data(story.operator.get("/api/leads/" + story.leadId() + "/context"));
        measure(story, entries);
        return "lead " + story.leadId() + " with " + entries.size() + " timeline entries"
                + (context.isMissingNode() ? "" : " and a context");
    }

    private static Optional<JsonNode> lead(Story story) throws IOException {
        JsonNode answer = Story.data(story.operator.get("/api/leads?q=" + JsonHttp.encoded(story.customer)));
        JsonNode leads = answer.isArray() ? answer : answer.path("leads");
        for (JsonNode lead : leads) {
            if (lead.toString().contains(story.customer)) {
                return Optional.of(lead);
            }
        }
        return Optional.empty();
    }

    private static void measure(Story story, List<JsonNode> entries) {
        Instant texted = story.textedAt;
        String stored = entries.getFirst()
                .path("receivedAt")
                .asText(entries.getFirst().path("at").asText());
        if (texted != null && !stored.isEmpty()) {
            story.measured("from the customer's text to its event: "
                    + Duration.between(texted, Instant.parse(stored)).toMillis() + " ms");
        }
    }
}
