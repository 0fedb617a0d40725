package dev.throughline.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;

/** tools-service holds the appointment the agent has booked for this lead. */
final class AppointmentExists implements Step {

    @Override
    public String title() {
        return "The appointment is in the book";
    }

    @Override
    public String play(Story story) throws NotSeen, IOException, InterruptedException {
        JsonNode appointment = story.await(() -> "no appointment of this lead exists", () -> {
            JsonNode answer = Story.data(story.operator.get("/api/appointments?leadId=" + story.leadId()));
            for (JsonNode item : answer.isArray() ? answer : answer.path("appointments")) {
                if (item.path("leadId").asText().equals(story.leadId())) {
                    return Optional.of(item);
                }
            }
            return Optional.empty();
        });
        return "booked from " + appointment.path("startTime").asText() + " for "
                + appointment.path("customerName").asText();
    }
}
