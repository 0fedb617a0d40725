package dev.throughline.tools.appointment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.tools.Salon;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The book as the console uses it. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
class AppointmentResourceTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final LocalDate TUESDAY = Salon.tuesday();

    @Test
    void shouldBookMoveAndCancelForAnOperator() {
        Salon salon = Salon.open();
        String operator = Tokens.operator(salon.id(), "operator");

        String id = post(operator, "/api/appointments", """
                        {"serviceId":"%s","start":"%s","customerName":"Anna Berger","customerPhone":"(202) 555-0142","notes":"window"}""".formatted(salon.colouring(), at("10:00")))
                .then()
                .statusCode(201)
                .header("Location", containsString("/api/appointments/"))
                .body("employeeName", equalTo("Maria"))
                .body("serviceName", equalTo("Colouring"))
                .body("customerPhone", equalTo("+12025550142"))
                .body("price", equalTo(120))
                .body("status", equalTo("scheduled"))
                .extract()
                .path("id");

        post(operator, "/api/appointments/" + id + "/reschedule", "{\"start\":\"%s\"}".formatted(at("13:00")))
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("startTime", equalTo(at("13:00")))
                .body("version", equalTo(2));
        // There already: nothing changes.
        post(operator, "/api/appointments/" + id + "/reschedule", "{\"start\":\"%s\"}".formatted(at("13:00")))
                .then()
                .statusCode(200)
                .body("version", equalTo(2));
        post(operator, "/api/appointments/" + id + "/cancel", "{\"reason\":\"ill\"}")
                .then()
                .statusCode(200)
                .body("status", equalTo("cancelled"));
        post(operator, "/api/appointments/" + id + "/reschedule", "{\"start\":\"%s\"}".formatted(at("15:00")))
                .then()
                .statusCode(404)
                .body("code", equalTo("APPOINTMENT_NOT_FOUND"));
    }

    @Test
    void shouldRefuseWhatCannotBeHadWithAlternativesAndKeepTheOld() {
        Salon salon = Salon.open();
        String operator = Tokens.operator(salon.id(), "operator");
        String first = book(operator, salon, "10:00");
        book(operator, salon, "13:00");

        post(operator, "/api/appointments/" + first + "/reschedule", "{\"start\":\"%s\"}".formatted(at("13:00")))
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("SLOT_TAKEN"))
                .body("detail", containsString("The time is taken. The nearest is Tuesday the "))
                .body("alternatives", hasSize(4))
                .body("alternatives.staffName", everyItem(equalTo("Maria")))
                .body("alternatives.start", hasItem(at("15:00")))
                // Its own time makes way for it.
                .body("alternatives.start", hasItem(at("10:30")))
                .body("alternatives.start", not(hasItem(at("13:30"))));
        given().auth()
                .oauth2(operator)
                .get("/api/appointments/" + first)
                .then()
                .body("startTime", equalTo(at("10:00")))
                .body("version", equalTo(1));
        post(
                        operator,
                        "/api/appointments",
                        "{\"serviceId\":\"%s\",\"start\":\"%s\",\"customerName\":\"Ben\"}"
                                .formatted(salon.colouring(), at("03:00")))
                .then()
                .statusCode(409)
                .body("code", equalTo("CLOSED"));
    }

    @Test
    void shouldAnswerARepeatedKeyWithTheFirstAnswer() {
        Salon salon = Salon.open();
        String operator = Tokens.operator(salon.id(), "operator");
        String body = """
                {"serviceId":"%s","start":"%s","customerName":"Anna Berger","idempotencyKey":"click-1"}""".formatted(salon.haircut(), at("10:00"));

        String first = post(operator, "/api/appointments", body)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        post(operator, "/api/appointments", body).then().statusCode(201).body("id", equalTo(first));

        String move = "{\"start\":\"%s\",\"idempotencyKey\":\"click-2\"}".formatted(at("11:00"));
        for (int i = 0; i < 2; i++) {
            post(operator, "/api/appointments/" + first + "/reschedule", move)
                    .then()
                    .statusCode(200)
                    .body("version", equalTo(2));
        }
    }

    @Test
    void shouldShowTheWeekOfOnePerson() {
        Salon salon = Salon.open();
        String operator = Tokens.operator(salon.id(), "operator");
        String withJo = post(
                        operator,
                        "/api/appointments",
                        "{\"serviceId\":\"%s\",\"staffId\":\"%s\",\"start\":\"%s\",\"customerName\":\"Anna\"}"
                                .formatted(salon.haircut(), salon.jo(), at("10:00")))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        book(operator, salon, "10:00");

        String week = "/api/appointments?from=" + TUESDAY + "&to=" + TUESDAY.plusDays(7);
        given().auth().oauth2(operator).get(week).then().body("id", hasSize(2));
        given().auth()
                .oauth2(operator)
                .get(week + "&staffId=" + salon.jo())
                .then()
                .body("id", equalTo(List.of(withJo)))
                .body("[0].employeeName", equalTo("Jo"));
        given().auth()
                .oauth2(operator)
                .get(week + "&staffId=Jo")
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("staffId"));
    }

    @Test
    void shouldNameEveryWrongField() {
        Salon salon = Salon.open();
        String operator = Tokens.operator(salon.id(), "operator");

        post(
                        operator,
                        "/api/appointments",
                        "{\"serviceId\":\"%s\",\"staffId\":\"%s\",\"customerName\":\"Anna\"}"
                                .formatted(UUID.randomUUID(), UUID.randomUUID()))
                .then()
                .statusCode(400)
                .body("code", equalTo("VALIDATION_ERROR"))
                .body("errors.field", equalTo(List.of("serviceId", "staffId", "start")));
        post(operator, "/api/appointments", "{\"start\":\"tomorrow\"}").then().statusCode(400);
        post(operator, "/api/appointments/" + UUID.randomUUID() + "/reschedule", "{}")
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("start"));
    }

    @Test
    void shouldShowStrangersAndOtherTenantsNothing() {
        Salon salon = Salon.open();
        Salon other = Salon.open();
        String id = book(Tokens.operator(salon.id(), "operator"), salon, "10:00");
        String stranger = Tokens.operator(other.id(), "operator");

        post(stranger, "/api/appointments/" + id + "/reschedule", "{\"start\":\"%s\"}".formatted(at("11:00")))
                .then()
                .statusCode(404);
        post(stranger, "/api/appointments/" + id + "/cancel", "{}").then().statusCode(404);
        given().auth().oauth2(stranger).get("/api/appointments/" + id).then().statusCode(404);
        given().auth()
                .oauth2(stranger)
                .get("/api/appointments?from=" + TUESDAY + "&staffId=" + salon.maria())
                .then()
                .statusCode(200)
                .body("id", empty());
        post(
                        stranger,
                        "/api/appointments",
                        "{\"serviceId\":\"%s\",\"start\":\"%s\",\"customerName\":\"Eve\"}"
                                .formatted(salon.colouring(), at("11:00")))
                .then()
                .statusCode(400);
        for (String path : new String[] {"", "/" + id + "/reschedule", "/" + id + "/cancel"}) {
            given().contentType("application/json")
                    .body("{}")
                    .post("/api/appointments" + path)
                    .then()
                    .statusCode(401);
            given().auth()
                    .oauth2(Tokens.operator(salon.id(), "viewer"))
                    .contentType("application/json")
                    .body("{}")
                    .post("/api/appointments" + path)
                    .then()
                    .statusCode(403);
        }
        assertThat(salon.id()).isNotEqualTo(other.id());
    }

    private static String book(String token, Salon salon, String time) {
        return post(
                        token,
                        "/api/appointments",
                        "{\"serviceId\":\"%s\",\"start\":\"%s\",\"customerName\":\"Somebody\"}"
                                .formatted(salon.colouring(), at(time)))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Response post(String token, String path, String body) {
        return given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body(body)
                .post(path);
    }

    private static String at(String time) {
        return TUESDAY.atTime(LocalTime.parse(time))
                .atZone(NEW_YORK)
                .toOffsetDateTime()
                .toString()
                .replaceFirst("T(\\d\\d:\\d\\d)([+-])", "T$1:00$2");
    }
}
