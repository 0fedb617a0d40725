package dev.throughline.tools;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.events.EventJson;
import dev.throughline.platform.testing.Tokens;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A business made through the API, with the salon's hours, services and staff.
 *
 * @param number of the business, another for each salon
 */
public record Salon(UUID id, String number, String secret, UUID colouring, UUID haircut, UUID maria, UUID jo) {

    private static final AtomicInteger NUMBERS = new AtomicInteger(100);

    /** The body that makes the salon. */
    public static String body(String number) {
        return """
                {"name":"Harbour Salon","twilioPhoneNumber":"%s","twilioPhoneNumberSid":"PN00000000000000000000000000000001",
                 "timeZone":"America/New_York",
                 "settings":{"elevenLabsAgentId":"agent_%s","aiGreeting":"Hello! Welcome to Harbour Salon.",
                  "aiTone":"professional and friendly","businessHours":{
                   "monday":{"open":"09:00","close":"17:00","enabled":true},"tuesday":{"open":"09:00","close":"17:00","enabled":true},
                   "wednesday":{"open":"09:00","close":"17:00","enabled":true},"thursday":{"open":"09:00","close":"17:00","enabled":true},
                   "friday":{"open":"09:00","close":"17:00","enabled":true},"saturday":{"open":"09:00","close":"17:00","enabled":true},
                   "sunday":{"open":"09:00","close":"17:00","enabled":false}}}}""".formatted(number, number.substring(1));
    }

    /** A number nobody else in this run has, of the range reserved for examples. */
    public static String newNumber() {
        return "+12025550" + NUMBERS.getAndIncrement();
    }

    /** Makes one. */
    public static Salon open() {
        String number = newNumber();
        JsonNode tenant = created(post("/api/tenants", body(number)));
        String path = "/api/tenants/" + tenant.path("id").asText();
        JsonNode colouring =
                created(post(path + "/services", "{\"name\":\"Colouring\",\"price\":120,\"duration\":120}"));
        JsonNode haircut = created(
                post(
                        path + "/services",
                        "{\"name\":\"Haircut\",\"description\":\"A classic haircut\",\"price\":50,\"duration\":45,\"category\":\"hair\"}"));
        JsonNode maria = created(post(path + "/staff", "{\"name\":\"Maria\"}"));
        JsonNode jo = created(post(path + "/staff", "{\"name\":\"Jo\",\"serviceIds\":[" + haircut.path("id") + "]}"));
        return new Salon(
                id(tenant), number, tenant.path("toolSecret").asText(), id(colouring), id(haircut), id(maria), id(jo));
    }

    /** Calls a tool as the agent does. */
    public JsonNode tool(String name, String arguments) {
        return tool(name, arguments, "conv_" + UUID.randomUUID());
    }

    /** Calls a tool in a conversation. */
    public JsonNode tool(String name, String arguments, String conversation) {
        Response response = given().header("X-Tool-Secret", secret)
                .header("X-Conversation-Id", conversation)
                .contentType("application/json")
                .body(arguments)
                .post("/api/tools/" + name);
        response.then().statusCode(200);
        return json(response);
    }

    /** The Tuesday of the week after next, so that no test ever meets the present. */
    public static LocalDate tuesday() {
        return LocalDate.now(ZoneId.of("America/New_York")).plusDays(7).with(TemporalAdjusters.next(DayOfWeek.TUESDAY));
    }

    /** Posts as the admin of the installation. */
    public static Response post(String path, String body) {
        return given().auth()
                .oauth2(Tokens.installationAdmin())
                .contentType("application/json")
                .body(body)
                .post(path);
    }

    /** The body of an answer. */
    public static JsonNode json(Response response) {
        try {
            return EventJson.mapper().readTree(response.asByteArray());
        } catch (IOException notJson) {
            throw new AssertionError("not JSON: " + response.asString(), notJson);
        }
    }

    private static JsonNode created(Response response) {
        response.then().statusCode(201);
        return json(response);
    }

    private static UUID id(JsonNode thing) {
        return UUID.fromString(thing.path("id").asText());
    }
}
