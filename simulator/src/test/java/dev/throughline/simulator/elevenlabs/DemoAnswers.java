package dev.throughline.simulator.elevenlabs;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What a customer's tools answer in these tests. */
final class DemoAnswers {

    private DemoAnswers() {}

    static JsonObject to(StandIn.Received request) {
        return switch (request.path()) {
            case "/api/tools/check_availability" ->
                data(
                        new JsonObject()
                                .put(
                                        "slots",
                                        new JsonArray()
                                                .add(slot("2026-11-24T09:00:00-05:00", "emp-1"))
                                                .add(slot("2026-11-24T10:30:00-05:00", "emp-2"))
                                                .add(slot("2026-11-24T13:15:00-05:00", "emp-1")))
                                .put(
                                        "message",
                                        "On Tuesday I have nine o'clock, ten thirty or one fifteen. Which one would you like?"));
            case "/api/tools/book_appointment" ->
                data(new JsonObject()
                        .put("appointmentId", "app-1")
                        .put("message", "You are booked on Tuesday at ten thirty."));
            case "/api/tools/get_services" -> data(new JsonObject().put("message", "A haircut costs 50 dollars."));
            case "/api/tools/get_hours" ->
                data(new JsonObject().put("message", "We are open Monday to Saturday, nine to five."));
            default -> new JsonObject().put("received", true);
        };
    }

    private static JsonObject slot(String start, String employee) {
        return new JsonObject().put("startTime", start).put("employeeId", employee);
    }

    private static JsonObject data(JsonObject data) {
        return new JsonObject().put("success", true).put("data", data);
    }
}
