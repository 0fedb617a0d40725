package dev.throughline.tools.calendar;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.tools.Salon;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
class CalendarTest {

    @Test
    void shouldShowTheBookOfTheBusinessAndOfOnePersonWithoutALineThatIsNotEscaped() {
        Salon salon = Salon.open();
        JsonNode booked = book(salon, "10:00", "Maria", "Ana, Lima; \\\\ \\nEND:VCALENDAR");
        book(salon, "11:00", "Jo", "Bea Kim");
        String all = feed(salon, null);

        ICalendar calendar = read(fetch(all, null));
        assertThat(calendar.getEvents()).hasSize(2);
        VEvent event = event(calendar, id(booked));
        assertThat(event.getSummary().getValue()).contains("Haircut").contains("Ana, Lima; \\");
        assertThat(event.getDateStart().getValue().toInstant())
                .isEqualTo(Salon.tuesday()
                        .atTime(10, 0)
                        .atZone(ZoneId.of("America/New_York"))
                        .toInstant());
        assertThat(fetch(all, null).asString()).containsPattern("DTSTART:\\d{8}T\\d{6}Z");
        assertThat(read(fetch(feed(salon, salon.jo()), null)).getEvents()).hasSize(1);
    }

    @Test
    void shouldKeepAnAppointmentsIdThroughChangesAndSayThatItIsCancelled() {
        Salon salon = Salon.open();
        JsonNode booked = book(salon, "10:00", "Maria", "Ana Lima");
        String all = feed(salon, null);
        Response first = fetch(all, null);
        assertThat(fetch(all, first.header("ETag")).statusCode()).isEqualTo(304);

        salon.tool("cancel_appointment", "{\"appointmentId\":\"%s\"}".formatted(id(booked)));

        Response changed = fetch(all, first.header("ETag"));
        assertThat(changed.statusCode()).isEqualTo(200);
        VEvent event = event(read(changed), id(booked));
        assertThat(event.getStatus().isCancelled()).isTrue();
        assertThat(event.getSequence().getValue()).isEqualTo(1);
        assertThat(event.getUid().getValue()).isEqualTo(id(booked) + "@voice.example.test");
    }

    @Test
    void shouldGiveTheCustomerALinkToTheirAppointmentAndNobodyElse() {
        Salon salon = Salon.open();
        JsonNode booked = book(salon, "10:00", "Maria", "Ana Lima");
        String link = booked.at("/data/calendarUrl").asText();
        assertThat(link).startsWith(IdentityTestResource.APP_BASE_URL).endsWith(".ics");

        VEvent event = read(fetch(link, null)).getEvents().getFirst();
        assertThat(event.getSummary().getValue()).isEqualTo("Haircut at Harbour Salon");

        String other = link.replace(id(booked), UUID.randomUUID().toString());
        assertThat(fetch(other, null).statusCode()).isEqualTo(404);
        assertThat(fetch(link.replace(".ics", "x.ics"), null).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldLeaveNothingAtAnAddressThatWasRotatedOrTakenAway() {
        Salon salon = Salon.open();
        String first = feed(salon, null);
        String second = feed(salon, null);

        assertThat(fetch(first, null).statusCode()).isEqualTo(404);
        assertThat(fetch(second, null).statusCode()).isEqualTo(200);
        String feedId = second.split("/")[6];
        assertThat(fetch(second.replace(feedId, UUID.randomUUID().toString()), null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(fetch(second.replace(feedId, "nonsense"), null).statusCode()).isEqualTo(404);

        given().auth()
                .oauth2(Tokens.operator(salon.id(), "admin"))
                .delete(path(salon) + "/" + feedId)
                .then()
                .statusCode(204);
        assertThat(fetch(second, null).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldLetOnlyTheTenantsAdminMakeFeeds() {
        Salon salon = Salon.open();
        Salon other = Salon.open();
        given().contentType("application/json").post(path(salon)).then().statusCode(401);
        given().auth()
                .oauth2(Tokens.operator(salon.id(), "operator"))
                .contentType("application/json")
                .post(path(salon))
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(Tokens.operator(other.id(), "admin"))
                .get(path(salon))
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(Tokens.operator(other.id(), "admin"))
                .contentType("application/json")
                .body("{\"staffId\":\"" + salon.maria() + "\"}")
                .post(path(other))
                .then()
                .statusCode(404);
    }

    private static JsonNode book(Salon salon, String time, String who, String name) {
        JsonNode booked = salon.tool(
                "book_appointment",
                "{\"service\":\"Haircut\",\"startTime\":\"%s %s\",\"employeeId\":\"%s\",\"customerName\":\"%s\",\"customerPhone\":\"+12025550142\"}"
                        .formatted(Salon.tuesday(), time, who, name));
        assertThat(booked.path("success").asBoolean()).as(booked.toString()).isTrue();
        return booked;
    }

    private static String id(JsonNode booked) {
        return booked.at("/data/appointment/id").asText();
    }

    private static String feed(Salon salon, UUID staff) {
        Response made = given().auth()
                .oauth2(Tokens.operator(salon.id(), "admin"))
                .contentType("application/json")
                .body(staff == null ? "{}" : "{\"staffId\":\"" + staff + "\"}")
                .post(path(salon));
        made.then().statusCode(201);
        return Salon.json(made).path("url").asText();
    }

    private static Response fetch(String url, String tag) {
        String path = url.substring(IdentityTestResource.APP_BASE_URL.length());
        return tag == null
                ? given().get(path)
                : given().header("If-None-Match", tag).get(path);
    }

    private static ICalendar read(Response answer) {
        answer.then().statusCode(200);
        assertThat(answer.contentType()).startsWith("text/calendar");
        List<ICalendar> all = Biweekly.parse(answer.asString()).all();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private static VEvent event(ICalendar calendar, String id) {
        return calendar.getEvents().stream()
                .filter(event -> event.getUid().getValue().startsWith(id))
                .findFirst()
                .orElseThrow();
    }

    private static String path(Salon salon) {
        return "/api/tenants/" + salon.id() + "/calendar-feeds";
    }
}
