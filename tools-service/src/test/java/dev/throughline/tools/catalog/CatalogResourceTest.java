package dev.throughline.tools.catalog;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.events.Topics;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.TenantCatalog;
import dev.throughline.events.tenant.TenantCodec;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaProbe;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.tools.Salon;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a business offers, as operators change it, and what becomes of it in the book. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
class CatalogResourceTest {

    private static final LocalDate TUESDAY = Salon.tuesday();

    @Test
    void shouldKeepAllOfAServiceAndReplaceIt() {
        Salon salon = Salon.open();
        String path = "/api/tenants/" + salon.id() + "/services";

        String id = Salon.post(path, """
                        {"name":"Balayage","price":180,"duration":150,"bufferBefore":5,"bufferAfter":15,"category":"colour",
                         "noticeMinutes":120,"noticeDays":1,"horizonDays":60,"gridMinutes":15,
                         "addOns":[{"name":"Gloss","price":25.5,"duration":20},{"name":"Head massage"}]}""")
                .then()
                .statusCode(201)
                .body("noticeDays", equalTo(1))
                .body("addOns.name", equalTo(List.of("Gloss", "Head massage")))
                .extract()
                .path("id");

        send("PUT", path + "/" + id, "{\"name\":\"Balayage\",\"price\":190,\"duration\":120}")
                .then()
                .statusCode(200)
                .body("price", equalTo(190))
                .body("noticeDays", nullValue())
                .body("addOns", nullValue());
        send("DELETE", path + "/" + id, null).then().statusCode(204);
        send("GET", path + "/" + id, null).then().statusCode(404);
        send("DELETE", path + "/" + id, null).then().statusCode(404);
        // The name is free again.
        Salon.post(path, "{\"name\":\"Balayage\",\"price\":1,\"duration\":30}")
                .then()
                .statusCode(201);
    }

    @Test
    void shouldNameEveryWrongField() {
        Salon salon = Salon.open();
        String path = "/api/tenants/" + salon.id();

        Salon.post(path + "/services", """
                        {"name":"X","price":1,"duration":30,"noticeMinutes":-1,"horizonDays":3650,"gridMinutes":0,
                         "addOns":[{"name":"A"},{"name":"a","price":-1},{"duration":10}]}""")
                .then()
                .statusCode(400)
                .body(
                        "errors.field",
                        hasItems(
                                "noticeMinutes",
                                "horizonDays",
                                "gridMinutes",
                                "addOns[1].name",
                                "addOns[1].price",
                                "addOns[2].name"));
        Salon.post(path + "/staff", """
                        {"name":"Kim","workingHours":{"monday":{"open":"17:00","close":"09:00"},"friday":{"open":"22:00","close":"02:00",
                         "breaks":[{"from":"00:30","to":"01:00"},{"from":"03:00","to":"04:00"}]},"someday":{"open":"09:00","close":"10:00"}},
                         "timeOff":[{"from":"2026-12-24","to":"2026-12-20"},{"to":"2026-12-20"}]}""")
                .then()
                .statusCode(400)
                .body(
                        "errors.field",
                        equalTo(List.of(
                                "workingHours.monday.close",
                                "workingHours.someday",
                                "workingHours.friday.breaks[1]",
                                "timeOff[0].to",
                                "timeOff[1].from")));
        Salon.post(path + "/chairs", "{\"serviceIds\":[\"" + UUID.randomUUID() + "\"]}")
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("name", "serviceIds[0]"));
        Salon.post(path + "/closures", "{\"from\":\"soon\",\"to\":\"2026-12-20\"}")
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("from"));
        Salon.post(path + "/closures", "").then().statusCode(400);
    }

    @Test
    void shouldPublishEveryChangeWithTheTenant() {
        Salon salon = Salon.open();
        String path = "/api/tenants/" + salon.id();

        Salon.post(path + "/chairs", "{\"name\":\"Chair 1\"}").then().statusCode(201);
        Salon.post(
                        path + "/closures",
                        "{\"name\":\"Christmas\",\"from\":\"2026-12-24\",\"to\":\"2026-12-26\",\"yearly\":true}")
                .then()
                .statusCode(201)
                .body("to", equalTo("2026-12-27T00:00:00"));
        send("DELETE", path + "/staff/" + salon.jo(), null).then().statusCode(204);

        // The tenant, its two services and its two people were five changes.
        TenantCatalog catalog = published(salon.id(), 8).catalog();
        assertThat(catalog.services()).extracting(TenantCatalog.Offer::name).containsExactly("Colouring", "Haircut");
        assertThat(catalog.staff()).extracting(TenantCatalog.Employee::name).containsExactly("Maria");
        assertThat(catalog.chairs()).extracting(TenantCatalog.Place::name).containsExactly("Chair 1");
        assertThat(catalog.closures()).extracting(closure -> closure.name()).containsExactly("Christmas");
        // A change of the tenant's own record leaves them.
        send("PATCH", path, "{\"name\":\"Harbour Hair\"}").then().statusCode(200);
        assertThat(published(salon.id(), 9).catalog()).isEqualTo(catalog);
    }

    @Test
    void shouldCloseTheBusinessForAHoliday() {
        Salon salon = Salon.open();
        Salon.post("/api/tenants/" + salon.id() + "/closures", "{\"name\":\"Inventory\",\"from\":\"" + TUESDAY + "\"}")
                .then()
                .statusCode(201);

        assertThat(book(salon, "10:00").path("code").asText()).isEqualTo("CLOSED");
        JsonNode offered = salon.tool("check_availability", "{\"service\":\"haircut\",\"date\":\"" + TUESDAY + "\"}");
        assertThat(offered.at("/data/available").asBoolean()).isFalse();
        assertThat(offered.at("/data/message").asText()).contains("The next I have is Wednesday");
    }

    @Test
    void shouldOfferPeopleWhenTheyWorkAndNotInTheirBreaksOrDaysOff() {
        Salon salon = Salon.open();
        String path = "/api/tenants/" + salon.id() + "/staff/";
        send("DELETE", path + salon.jo(), null).then().statusCode(204);
        send("PUT", path + salon.maria(), """
                        {"name":"Maria","workingHours":{"tuesday":{"open":"10:00","close":"14:00","breaks":[{"from":"12:00","to":"12:30"}]}},
                         "timeOff":[{"from":"%s","reason":"holiday"}]}""".formatted(TUESDAY.plusDays(7)))
                .then()
                .statusCode(200)
                .body("workingHours.tuesday.breaks[0].from", equalTo("12:00"))
                .body("timeOff[0].to", equalTo(TUESDAY.plusDays(8) + "T00:00:00"));

        assertThat(book(salon, "12:00").path("code").asText()).isEqualTo("STAFF_AWAY");
        assertThat(book(salon, "09:00").path("code").asText()).isEqualTo("STAFF_AWAY");
        assertThat(book(salon, "12:30").path("success").asBoolean()).isTrue();
        assertThat(salon.tool(
                                "check_availability",
                                "{\"service\":\"haircut\",\"date\":\"" + TUESDAY.plusDays(7) + "\"}")
                        .at("/data/available")
                        .asBoolean())
                .isFalse();
        // Appointments ahead keep her.
        send("DELETE", path + salon.maria(), null).then().statusCode(409).body("code", equalTo("HAS_APPOINTMENTS"));
    }

    @Test
    void shouldBookSeveralServicesWithAddOnsInOneVisit() {
        Salon salon = Salon.open();
        send("PUT", "/api/tenants/" + salon.id() + "/services/" + salon.colouring(), """
                        {"name":"Colouring","price":120,"duration":120,"addOns":[{"name":"Gloss","price":25.5,"duration":15}]}""")
                .then()
                .statusCode(200);

        JsonNode offered = salon.tool(
                "check_availability",
                "{\"service\":\"a colouring and a haircut\",\"addOns\":\"the gloss\",\"date\":\"" + TUESDAY + "\"}");
        assertThat(offered.at("/data/message").asText()).startsWith("For Colouring and Haircut I have Tuesday");
        JsonNode booked = salon.tool(
                "book_appointment",
                "{\"services\":[\"colouring\",\"haircut\"],\"addOns\":[\"Gloss\"],\"startTime\":%s,\"customerName\":\"Anna\"}"
                        .formatted(offered.at("/data/slots/0/startTime")));

        JsonNode appointment = booked.at("/data/appointment");
        assertThat(booked.path("success").asBoolean()).as(booked.toString()).isTrue();
        assertThat(appointment.path("serviceName").asText()).isEqualTo("Colouring and Haircut");
        assertThat(appointment.path("price").decimalValue()).isEqualByComparingTo("195.5");
        assertThat(appointment.path("items")).hasSize(2);
        assertThat(appointment.at("/items/0/addOns/0").asText()).isEqualTo("Gloss");
        // 120 and 15 minutes, then the haircut at once.
        assertThat(appointment.at("/items/1/startTime")).isEqualTo(appointment.at("/items/0/endTime"));
        assertThat(appointment.at("/items/0/endTime").asText()).contains("T11:15");

        assertThat(salon.tool(
                                "check_availability",
                                "{\"service\":\"colouring\",\"addOns\":\"champagne\",\"date\":\"" + TUESDAY + "\"}")
                        .path("code")
                        .asText())
                .isEqualTo("ADD_ON_NOT_FOUND");
    }

    @Test
    void shouldKeepTheRulesOfAService() {
        Salon salon = Salon.open();
        send("PUT", "/api/tenants/" + salon.id() + "/services/" + salon.haircut(), """
                        {"name":"Haircut","price":50,"duration":45,"noticeDays":30,"horizonDays":40,"gridMinutes":15}""")
                .then()
                .statusCode(200);

        assertThat(book(salon, "10:00").path("code").asText()).isEqualTo("TOO_SOON");
        assertThat(salon.tool(
                                "book_appointment",
                                "{\"service\":\"haircut\",\"date\":\"%s\",\"startTime\":\"10:00\",\"customerName\":\"Anna\"}"
                                        .formatted(TUESDAY.plusDays(42)))
                        .path("code")
                        .asText())
                .isEqualTo("TOO_FAR_AHEAD");
        assertThat(salon.tool(
                                "book_appointment",
                                "{\"service\":\"haircut\",\"date\":\"%s\",\"startTime\":\"10:15\",\"customerName\":\"Anna\"}"
                                        .formatted(TUESDAY.plusDays(21)))
                        .path("success")
                        .asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"services", "staff", "chairs", "closures"})
    void shouldLetOnlyItsOwnOperatorsIn(String kind) {
        Salon salon = Salon.open();
        Salon other = Salon.open();
        String path = "/api/tenants/" + salon.id() + "/" + kind;
        String id = path + "/" + UUID.randomUUID();

        given().get(path).then().statusCode(401);
        given().contentType("application/json").body("{}").post(path).then().statusCode(401);
        given().contentType("application/json").body("{}").put(id).then().statusCode(401);
        given().delete(id).then().statusCode(401);
        String viewer = Tokens.operator(salon.id(), "viewer");
        given().auth().oauth2(viewer).get(path).then().statusCode(200);
        given().auth()
                .oauth2(viewer)
                .contentType("application/json")
                .body("{}")
                .put(id)
                .then()
                .statusCode(403);
        given().auth().oauth2(viewer).delete(id).then().statusCode(403);
        String stranger = Tokens.operator(other.id(), "admin");
        given().auth().oauth2(stranger).get(path).then().statusCode(404);
        given().auth()
                .oauth2(stranger)
                .contentType("application/json")
                .body("{}")
                .put(id)
                .then()
                .statusCode(404);
        given().auth().oauth2(stranger).delete(id).then().statusCode(404);
        // Of its own tenant, but another's thing.
        given().auth()
                .oauth2(stranger)
                .delete("/api/tenants/" + other.id() + "/services/" + salon.haircut())
                .then()
                .statusCode(404);
    }

    private static JsonNode book(Salon salon, String time) {
        return salon.tool(
                "book_appointment",
                "{\"service\":\"haircut\",\"date\":\"%s\",\"startTime\":\"%s\",\"customerName\":\"Anna\"}"
                        .formatted(TUESDAY, time));
    }

    private static Response send(String method, String path, String body) {
        var request = given().auth().oauth2(Tokens.installationAdmin());
        return body == null
                ? request.request(method, path)
                : request.contentType("application/json").body(body).request(method, path);
    }

    private static Tenant published(UUID id, long version) {
        List<ConsumerRecord<String, byte[]>> records = KafkaProbe.read(
                Topics.TENANTS,
                all -> all.stream().anyMatch(record -> is(record, id, version)),
                Duration.ofSeconds(10));
        return tenant(records.stream()
                .filter(record -> is(record, id, version))
                .findFirst()
                .orElseThrow());
    }

    private static boolean is(ConsumerRecord<String, byte[]> record, UUID id, long version) {
        return record.key().equals(id.toString()) && tenant(record).version() == version;
    }

    private static Tenant tenant(ConsumerRecord<String, byte[]> record) {
        try {
            return TenantCodec.decode(record.value());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
