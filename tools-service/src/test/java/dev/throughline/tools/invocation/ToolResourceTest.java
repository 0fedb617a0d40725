package dev.throughline.tools.invocation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.events.Topics;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaProbe;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.tools.Salon;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
class ToolResourceTest {

    private static final LocalDate TUESDAY = Salon.tuesday();

    @Test
    void shouldAskWhichHalfOfTheDayIsMeantWhenBothCouldBeHad() {
        Salon salon = Salon.open();
        given().auth()
                .oauth2(Tokens.operator(salon.id(), "admin"))
                .contentType("application/json")
                .body("""
                        {"settings":{"businessHours":{"tuesday":{"open":"06:00","close":"22:00","enabled":true}}}}""")
                .patch("/api/tenants/" + salon.id())
                .then()
                .statusCode(200);
        String wish = "{\"service\":\"colouring\",\"date\":\"%s\",\"startTime\":\"%s\",\"customerName\":\"Anna\"}";

        JsonNode asked = salon.tool("book_appointment", wish.formatted(TUESDAY, "seven"));

        assertThat(asked.path("success").asBoolean()).isFalse();
        assertThat(asked.path("code").asText()).isEqualTo("TIME_UNCLEAR");
        assertThat(starts(asked.at("/data/slots"))).containsExactly("07:00", "19:00");
        assertThat(asked.toString()).contains("Do you mean");
        JsonNode booked = salon.tool("book_appointment", wish.formatted(TUESDAY, "seven in the evening"));
        assertThat(booked.at("/data/appointment/startTime").asText()).contains("T19:00");
    }

    @Test
    void shouldTakeACustomerFromTheQuestionToTheBooking() {
        Salon salon = Salon.open();
        UUID lead = LeadIds.of(salon.id(), ContactAddress.phone("+12025550142"));
        String identity = "\"tenantId\":\"%s\",\"leadId\":\"%s\",\"callSid\":\"CA1\",\"customerPhone\":\"+12025550142\""
                .formatted(salon.id(), lead);

        JsonNode offered = salon.tool(
                "check_availability",
                "{%s,\"date\":\"%s\",\"service\":\"the colouring\"}".formatted(identity, TUESDAY));

        assertThat(offered.path("success").asBoolean()).isTrue();
        JsonNode data = offered.path("data");
        assertThat(data.path("service").path("price").toString()).isEqualTo("120");
        assertThat(data.path("date").asText()).isEqualTo(TUESDAY.toString());
        assertThat(data.path("service").path("id").asText())
                .isEqualTo(salon.colouring().toString());
        assertThat(starts(data.path("slots"))).containsExactly("09:00", "11:00", "13:00", "15:00");
        JsonNode second = data.path("slots").get(1);
        assertThat(second.path("employeeName").asText()).isEqualTo("Maria");
        assertThat(second.path("spoken").asText()).startsWith("Tuesday the ").endsWith(" at eleven o'clock");
        assertThat(data.path("message").asText()).startsWith("For Colouring I have Tuesday the ");

        JsonNode booked = salon.tool(
                "book_appointment",
                "{%s,\"service\":\"colouring\",\"startTime\":%s,\"customerName\":\"Anna Berger\"}"
                        .formatted(identity, second.path("startTime")));

        JsonNode appointment = booked.path("data").path("appointment");
        assertThat(booked.path("success").asBoolean()).as(booked.toString()).isTrue();
        assertThat(appointment.path("status").asText()).isEqualTo("scheduled");
        assertThat(appointment.path("startTime")).isEqualTo(second.path("startTime"));
        assertThat(appointment.path("customerPhone").asText()).isEqualTo("+12025550142");
        assertThat(types(lead, 4)).contains("appointment.booked", "lead.profile-changed", "agent.tool-called");

        JsonNode found = salon.tool("find_appointment", "{%s}".formatted(identity));
        assertThat(found.path("data").path("appointments")).hasSize(1);
        given().auth()
                .oauth2(Tokens.operator(salon.id(), "viewer"))
                .queryParam("from", TUESDAY.toString())
                .queryParam("to", TUESDAY.plusDays(1).toString())
                .get("/api/appointments")
                .then()
                .statusCode(200)
                .body("customerName", equalTo(List.of("Anna Berger")));
    }

    @Test
    void shouldRefuseATakenTimeWithTheNearest() {
        Salon salon = Salon.open();
        salon.tool("book_appointment", booking("colouring", "11:00", "Anna Berger"));

        JsonNode refused = salon.tool("create_appointment", booking("colouring", "11:00", "Ben Carter"));

        assertThat(refused.path("success").asBoolean()).isFalse();
        assertThat(refused.path("code").asText()).isEqualTo("SLOT_TAKEN");
        assertThat(refused.path("error").asText()).contains("is taken. The nearest I have is Tuesday the ");
        assertThat(refused.path("data").path("slots")).hasSizeBetween(1, 4);
        assertThat(starts(refused.path("data").path("slots"))).contains("09:00", "13:00");
    }

    @Test
    void shouldSayWhyWithACode() {
        Salon salon = Salon.open();

        assertThat(code(salon, booking("colouring", "08:00", "Anna"))).isEqualTo("CLOSED");
        assertThat(code(salon, booking("colouring", "10:10", "Anna"))).isEqualTo("SLOT_NOT_OFFERED");
        assertThat(code(salon, booking("pedicure", "10:00", "Anna"))).isEqualTo("SERVICE_NOT_FOUND");
        assertThat(code(salon, booking("colouring", "whenever", "Anna"))).isEqualTo("TIME_NOT_UNDERSTOOD");
        assertThat(code(salon, booking("colouring", "10:00", ""))).isEqualTo("VALIDATION_ERROR");
        assertThat(
                        code(
                                salon,
                                "{\"service\":\"colouring\",\"startTime\":\"2020-01-07T10:00:00-05:00\",\"customerName\":\"Anna\"}"))
                .isEqualTo("IN_THE_PAST");
        assertThat(
                        code(
                                salon,
                                "{\"service\":\"colouring\",\"startTime\":\"2036-01-08T10:00:00-05:00\",\"customerName\":\"Anna\"}"))
                .isEqualTo("TOO_FAR_AHEAD");
        assertThat(code(
                        salon,
                        "{\"service\":\"colouring\",\"employee\":\"Jo\",\"date\":\"%s\",\"time\":\"10:00\",\"customerName\":\"Anna\"}"
                                .formatted(TUESDAY)))
                .isEqualTo("NO_STAFF");
        assertThat(code(salon, "{\"customerName\":\"Anna\"}")).isEqualTo("SERVICE_REQUIRED");
        assertThat(code(salon, "{\"service\":\"colouring\",\"customerName\":\"Anna\"}"))
                .isEqualTo("TIME_REQUIRED");
    }

    @Test
    void shouldOfferTheNextOpenDayWhenTheOneAskedForHasNothing() {
        Salon salon = Salon.open();

        JsonNode answer = salon.tool(
                "get_availability", "{\"date\":\"%s\",\"service\":\"haircut\"}".formatted(TUESDAY.plusDays(5)));

        assertThat(answer.path("success").asBoolean()).isTrue();
        assertThat(answer.path("data").path("available").asBoolean()).isFalse();
        assertThat(answer.path("data").path("slots")).hasSize(4);
        assertThat(answer.path("data").path("message").asText())
                .contains("I have nothing for Haircut on Sunday")
                .contains("The next I have is Monday");
    }

    @Test
    void shouldUnderstandSnakeCaseAndTheQuery() {
        Salon salon = Salon.open();

        given().header("X-Tool-Secret", salon.secret())
                .queryParam("service_id", salon.haircut().toString())
                .queryParam("date", TUESDAY.toString())
                .get("/api/tools/check_availability")
                .then()
                .statusCode(200)
                .body("success", equalTo(true))
                .body("data.slots.size()", equalTo(4));
    }

    @Test
    void shouldMoveAndCancelTheOnlyAppointmentOfACaller() {
        Salon salon = Salon.open();
        String phone = "\"customerPhone\":\"+12025550143\"";
        salon.tool(
                "book_appointment", booking("haircut", "10:00", "Anna Berger").replaceFirst("\\{", "{" + phone + ","));

        JsonNode moved = salon.tool(
                "reschedule_appointment", "{%s,\"date\":\"%s\",\"time\":\"half past two\"}".formatted(phone, TUESDAY));

        assertThat(moved.path("success").asBoolean()).as(moved.toString()).isTrue();
        assertThat(moved.path("data").path("appointment").path("startTime").asText())
                .contains("T14:30");
        assertThat(starts(salon.tool(
                                "check_availability",
                                "{\"service\":\"haircut\",\"date\":\"%s\",\"time\":\"10:00\"}".formatted(TUESDAY))
                        .path("data")
                        .path("slots")))
                .contains("10:00");

        JsonNode cancelled = salon.tool("cancel_appointment", "{%s,\"reason\":\"ill\"}".formatted(phone));
        assertThat(cancelled.path("data").path("appointment").path("status").asText())
                .isEqualTo("cancelled");
        assertThat(salon.tool("cancel_appointment", "{%s}".formatted(phone))
                        .path("code")
                        .asText())
                .isEqualTo("APPOINTMENT_NOT_FOUND");
        UUID lead = LeadIds.of(salon.id(), ContactAddress.phone("+12025550143"));
        assertThat(types(lead, 7)).contains("appointment.booked", "appointment.rescheduled", "appointment.cancelled");
    }

    @Test
    void shouldAnswerAboutTheBusiness() {
        Salon salon = Salon.open();

        JsonNode services = salon.tool("list_services", "{\"limit\":1}");
        assertThat(services.path("data").path("services")).hasSize(1);
        assertThat(services.path("data").path("total").asInt()).isEqualTo(2);
        assertThat(services.path("data").path("message").asText()).isEqualTo("We offer: Colouring and Haircut.");
        assertThat(salon.tool("get_service_details", "{\"service\":\"cut\"}")
                        .path("data")
                        .path("message")
                        .asText())
                .isEqualTo("Haircut takes 45 minutes and costs 50. A classic haircut");
        assertThat(salon.tool("get_hours", "{}").path("data").path("message").asText())
                .isEqualTo("We're open Monday through Saturday from 09:00 to 17:00.");
        assertThat(salon.tool("get_tenant_info", "").path("data").path("name").asText())
                .isEqualTo("Harbour Salon");
    }

    @Test
    void shouldKeepTenantsApart() {
        Salon one = Salon.open();
        Salon other = Salon.open();
        JsonNode booked = other.tool("book_appointment", booking("haircut", "10:00", "Anna"));
        String id = booked.path("data").path("appointment").path("id").asText();

        given().header("X-Tool-Secret", one.secret())
                .contentType("application/json")
                .body("{\"tenantId\":\"" + other.id() + "\"}")
                .post("/api/tools/get_services")
                .then()
                .statusCode(403)
                .body("success", equalTo(false));
        given().header("X-Tool-Secret", one.secret())
                .get("/api/tools/get_services?tenantId=" + other.id())
                .then()
                .statusCode(403);
        assertThat(one.tool("cancel_appointment", "{\"appointmentId\":\"" + id + "\"}")
                        .path("code")
                        .asText())
                .isEqualTo("APPOINTMENT_NOT_FOUND");
        assertThat(code(one, booking(other.haircut().toString(), "10:00", "Anna")))
                .isEqualTo("SERVICE_NOT_FOUND");
        given().auth()
                .oauth2(Tokens.operator(one.id(), "admin"))
                .get("/api/appointments/" + id)
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(Tokens.operator(one.id(), "admin"))
                .delete("/api/appointments/" + id)
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(Tokens.operator(other.id(), "viewer"))
                .delete("/api/appointments/" + id)
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(Tokens.operator(other.id(), "operator"))
                .delete("/api/appointments/" + id)
                .then()
                .statusCode(200)
                .body("status", equalTo("cancelled"));
    }

    @Test
    void shouldAnswerOnlyWithTheSecret() {
        given().post("/api/tools/get_services").then().statusCode(401);
        given().header("X-Tool-Secret", "wrong")
                .post("/api/tools/get_services")
                .then()
                .statusCode(401);
        given().auth()
                .oauth2(Tokens.installationAdmin())
                .post("/api/tools/get_services")
                .then()
                .statusCode(403);
    }

    @Test
    void shouldRefuseWhatIsNoToolAndWhatIsNoJson() {
        Salon salon = Salon.open();

        given().header("X-Tool-Secret", salon.secret())
                .post("/api/tools/make_coffee")
                .then()
                .statusCode(404)
                .body("success", equalTo(false))
                .body("code", equalTo("UNKNOWN_TOOL"))
                .body("error", containsString("book_appointment"));
        for (String body : List.of("{\"date\":", "[1]", "hello")) {
            given().header("X-Tool-Secret", salon.secret())
                    .contentType("application/json")
                    .body(body)
                    .post("/api/tools/check_availability")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("VALIDATION_ERROR"))
                    .body("error", containsString("body"));
        }
    }

    @Test
    void shouldTakeHostileWordsAsWords() {
        Salon salon = Salon.open();

        JsonNode booked = salon.tool(
                "book_appointment", booking("haircut", "10:00", "Robert'); DROP TABLE tenant;-- <b>\\u0000"));

        assertThat(booked.path("success").asBoolean()).as(booked.toString()).isTrue();
        assertThat(booked.path("data").path("appointment").path("customerName").asText())
                .isEqualTo("Robert'); DROP TABLE tenant;-- <b>");
    }

    private static String booking(String service, String time, String name) {
        return "{\"service\":\"%s\",\"date\":\"%s\",\"startTime\":\"%s\",\"customerName\":\"%s\"}"
                .formatted(service, TUESDAY, time, name);
    }

    private static String code(Salon salon, String arguments) {
        return salon.tool("book_appointment", arguments).path("code").asText();
    }

    private static List<String> starts(JsonNode slots) {
        List<String> starts = new ArrayList<>();
        slots.forEach(
                slot -> starts.add(OffsetDateTime.parse(slot.path("startTime").asText())
                        .toLocalTime()
                        .toString()));
        return starts;
    }

    private static List<String> types(UUID lead, int enough) {
        return KafkaProbe.read(
                        Topics.CHANNEL_EVENTS,
                        all -> all.stream()
                                        .filter(record -> record.key().equals(lead.toString()))
                                        .count()
                                >= enough,
                        Duration.ofSeconds(10))
                .stream()
                .filter(record -> record.key().equals(lead.toString()))
                .map(ToolResourceTest::type)
                .toList();
    }

    private static String type(ConsumerRecord<String, byte[]> record) {
        return new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
    }
}
