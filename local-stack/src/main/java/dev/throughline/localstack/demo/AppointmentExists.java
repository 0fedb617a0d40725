package dev.throughline.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** tools-service holds the appointment the agent has booked for this customer. */
final class AppointmentExists implements Step {

    @Override
    public String title() {
        return "The appointment is in the salon's book";
    }

    @Override
    public String play(Story story) throws NotSeen, IOException, InterruptedException {
        JsonNode appointment = story.await(() -> "no appointment of this customer exists", () -> {
            JsonNode answer = Story.data(story.operator.get(
                    "/api/appointments?to=" + LocalDate.now(ZoneOffset.UTC).plusDays(15)));
            for (JsonNode item : answer) {
                if (item.path("customerPhone").asText().equals(story.customer)) {
                    return Optional.of(item);
                }
            }
            return Optional.empty();
        });
        return appointment.path("serviceName").asText() + " with "
                + appointment.path("employeeName").asText() + " at "
                + appointment.path("startTime").asText() + " for "
                + appointment.path("customerName").asText();
    }
}
