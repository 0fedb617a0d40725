package dev.throughline.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** After the post-call webhook the timeline holds text, call, appointment and analysis as one conversation, and the lead a score. */
final class ConversationIsOne implements Step {

    private static final List<String> TYPES = List.of(
            "call.started",
            "call.ended",
            "agent.tool-called",
            "appointment.booked",
            "conversation.analysed",
            "lead.scored");

    @Override
    public String title() {
        return "The page shows all of it as one conversation, analysed and scored";
    }

    @Override
    public String play(Story story) throws NotSeen, IOException, InterruptedException {
        story.await(
                () -> "of the lead's events these did not come: " + missing(story),
                () -> missing(story).isEmpty() ? Optional.of(true) : Optional.empty());
        List<JsonNode> entries = story.timeline();
        JsonNode lead = Story.data(story.operator.get("/api/leads/" + story.leadId()));
        JsonNode score = lead.path("score").path("score");
        if (!score.isNumber()) {
            throw new NotSeen("the lead has no score");
        }
        List<String> channels = entries.stream()
                .map(entry -> entry.path("channel").asText())
                .distinct()
                .toList();
        if (!channels.containsAll(List.of("SMS", "VOICE"))) {
            throw new NotSeen("the timeline shows only " + channels);
        }
        return entries.size() + " timeline entries over " + channels + ", score " + score.asInt();
    }

    private static List<String> missing(Story story) {
        List<String> seen =
                story.live().seen().stream().map(LiveEvents.Event::type).toList();
        return TYPES.stream().filter(type -> !seen.contains(type)).toList();
    }
}
