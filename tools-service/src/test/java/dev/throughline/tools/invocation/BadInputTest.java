package dev.throughline.tools.invocation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.tools.Salon;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tool does with what it should never get. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
class BadInputTest {

    private static final String VISIT =
            "{\"service\":\"%s\",\"employeeId\":\"%s\",\"date\":\"%s\",\"startTime\":\"%s\",\"customerName\":\"Anna\"}";

    @ParameterizedTest
    @ValueSource(strings = {"check_availability", "hold_slot", "book_appointment", "get_lead_context", "send_sms"})
    void shouldGiveNothingForAWrongSecret(String tool) {
        Salon salon = Salon.open();

        for (String secret :
                List.of("", "wrong", salon.secret() + "x", salon.secret().substring(1))) {
            given().header("X-Tool-Secret", secret)
                    .contentType("application/json")
                    .body("{\"tenantId\":\"" + salon.id() + "\"}")
                    .post("/api/tools/" + tool)
                    .then()
                    .statusCode(401);
        }
        given().contentType("application/json")
                .body("{\"type\":\"tool_call\",\"agentId\":\"agent_1\",\"data\":{\"tool_name\":\"" + tool + "\"}}")
                .post("/api/ai/webhook/elevenlabs")
                .then()
                .statusCode(403);
    }

    @Test
    void shouldNotKnowAnotherTenantsServicesPeopleAppointmentsAndHolds() {
        Salon own = Salon.open();
        Salon other = Salon.open();
        JsonNode theirs =
                other.tool("book_appointment", VISIT.formatted("haircut", other.maria(), Salon.tuesday(), "10:00"));
        String hold = other.tool("hold_slot", VISIT.formatted("haircut", other.maria(), Salon.tuesday(), "12:00"))
                .at("/data/holdId")
                .asText();
        String appointment = theirs.at("/data/appointment/id").asText();

        assertThat(code(own, "hold_slot", VISIT.formatted(other.haircut(), own.maria(), Salon.tuesday(), "10:00")))
                .isEqualTo("SERVICE_NOT_FOUND");
        assertThat(code(own, "book_appointment", VISIT.formatted("haircut", other.maria(), Salon.tuesday(), "10:00")))
                .isEqualTo("EMPLOYEE_NOT_FOUND");
        assertThat(code(
                        own,
                        "reschedule_appointment",
                        "{\"appointmentId\":\"%s\",\"date\":\"%s\",\"startTime\":\"11:00\"}"
                                .formatted(appointment, Salon.tuesday())))
                .isEqualTo("APPOINTMENT_NOT_FOUND");
        assertThat(code(own, "book_appointment", "{\"holdId\":\"" + hold + "\",\"customerName\":\"Eve\"}"))
                .isEqualTo("SERVICE_REQUIRED");
        assertThat(own.tool("find_appointment", "{\"customerEmail\":\"anna@example.com\"}")
                        .at("/data/appointments"))
                .isEmpty();
    }

    @Test
    void shouldNameTheToolsThereAre() {
        Salon salon = Salon.open();

        given().header("X-Tool-Secret", salon.secret())
                .contentType("application/json")
                .body("{}")
                .post("/api/tools/delete_everything")
                .then()
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_TOOL"))
                .body(
                        "error",
                        allOf(
                                containsString("hold_slot"),
                                containsString("send_sms"),
                                containsString("get_lead_context"),
                                containsString("transfer_to_human"),
                                containsString("list_services")));
        given().header("X-Tool-Secret", salon.secret())
                .contentType("application/json")
                .body("{\"event\":\"tool_call\",\"data\":{\"tool_name\":\"delete_everything\"}}")
                .post("/api/ai/webhook/elevenlabs")
                .then()
                .statusCode(404)
                .body("error", containsString("book_appointment"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-30,10:00,DATE_NOT_UNDERSTOOD",
        "2027-13-01,10:00,DATE_NOT_UNDERSTOOD",
        "February 30th,10:00,DATE_NOT_UNDERSTOOD",
        "the 45th,10:00,DATE_NOT_UNDERSTOOD",
        "never,10:00,DATE_NOT_UNDERSTOOD",
        "2020-01-07,10:00,IN_THE_PAST",
        "yesterday,10:00,IN_THE_PAST",
        "2036-11-24,10:00,TOO_FAR_AHEAD",
        "9999-12-31,10:00,TOO_FAR_AHEAD"
    })
    void shouldSayWhatIsWrongWithADay(String date, String time, String code) {
        Salon salon = Salon.open();

        assertThat(code(salon, "check_availability", VISIT.formatted("haircut", "", date, "")))
                .isEqualTo(code);
        String booking = code(salon, "book_appointment", VISIT.formatted("haircut", "", date, time));
        assertThat(booking).isEqualTo(code.equals("DATE_NOT_UNDERSTOOD") ? "TIME_NOT_UNDERSTOOD" : code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"25:00", "10:61", "2026-02-30T10:00:00Z", "2026-11-24T10:00:00+99:00", "half past never", "'; --"
            })
    void shouldAskBackAboutATimeThatIsNone(String time) {
        Salon salon = Salon.open();

        for (String tool : List.of("check_availability", "hold_slot", "book_appointment")) {
            assertThat(code(salon, tool, VISIT.formatted("haircut", "", Salon.tuesday(), time)))
                    .as(tool)
                    .isEqualTo("TIME_NOT_UNDERSTOOD");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Robert'); DROP TABLE appointment;--",
                "<script>alert(1)</script>",
                "{{system__conversation_id}}",
                "Zoë Łukasiewicz 漢字 👩‍🦰",
                "\\\" OR 1=1"
            })
    void shouldTakeWordsForWords(String name) {
        Salon salon = Salon.open();
        String call =
                "{\"service\":\"haircut\",\"date\":\"%s\",\"startTime\":\"10:00\",\"customerName\":\"%s\",\"notes\":\"%s\","
                                .formatted(Salon.tuesday(), name, name)
                        + "\"customerPhone\":\"+12025550190\"}";

        JsonNode booked = salon.tool("book_appointment", call);
        JsonNode found = salon.tool("find_appointment", "{\"customerPhone\":\"+12025550190\"}");

        assertThat(booked.path("success").asBoolean()).as(booked.toString()).isTrue();
        assertThat(found.at("/data/appointments/0/customerName").asText()).isEqualTo(name.replace("\\\"", "\""));
        assertThat(code(salon, "get_service_details", "{\"service\":\"%s\"}".formatted(name)))
                .isEqualTo("SERVICE_NOT_FOUND");
    }

    @Test
    void shouldNameWhatIsMissing() {
        Salon salon = Salon.open();

        JsonNode nameless = salon.tool(
                "book_appointment",
                "{\"service\":\"haircut\",\"date\":\"%s\",\"startTime\":\"10:00\"}".formatted(Salon.tuesday()));
        assertThat(nameless.path("code").asText()).isEqualTo("VALIDATION_ERROR");
        assertThat(nameless.at("/data/fields/0").asText()).isEqualTo("customerName");
        given().header("X-Tool-Secret", salon.secret())
                .contentType("application/json")
                .body("{\"serviceId\":\"" + salon.haircut() + "\"}")
                .post("/api/webhooks/elevenlabs/appointments")
                .then()
                .statusCode(400)
                .body("success", equalTo(false))
                .body("error", equalTo("employeeId, serviceId, customerName, and startTime are required"))
                .body("code", equalTo("VALIDATION_ERROR"));
    }

    @Test
    void shouldRefuseABodyOverTheLimit() throws IOException {
        Salon salon = Salon.open();

        for (String path : List.of(
                "/api/tools/book_appointment", "/api/ai/webhook/elevenlabs", "/api/webhooks/elevenlabs/appointments")) {
            assertThat(statusOfAnnouncing(2_000_000, path, salon.secret())).isEqualTo(413);
        }
    }

    /** Announces a body and sends none of it: the refusal comes before the body does, and a client that still sends may never read it. */
    private static int statusOfAnnouncing(int bytes, String path, String secret) throws IOException {
        String head = """
                POST %s HTTP/1.1
                Host: localhost
                X-Tool-Secret: %s
                Content-Type: application/json
                Content-Length: %d

                """.formatted(path, secret, bytes).replace("\n", "\r\n");
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 413".length());
            return Integer.parseInt(new String(status, StandardCharsets.US_ASCII).substring("HTTP/1.1 ".length()));
        }
    }

    @Test
    void shouldTakeTheWrongTypesForNothing() {
        Salon salon = Salon.open();

        assertThat(code(salon, "book_appointment", "{\"service\":{\"a\":1},\"startTime\":[1,2],\"customerName\":7}"))
                .isEqualTo("SERVICE_REQUIRED");
        assertThat(code(salon, "cancel_appointment", "{\"appointmentId\":\"" + UUID.randomUUID() + "\"}"))
                .isEqualTo("APPOINTMENT_NOT_FOUND");
        assertThat(code(salon, "cancel_appointment", "{\"appointmentId\":\"1 OR 1=1\"}"))
                .isEqualTo("APPOINTMENT_NOT_FOUND");
        assertThat(salon.tool("get_services", "{\"limit\":\"-5\"}").at("/data/services"))
                .hasSize(2);
    }

    private static String code(Salon salon, String tool, String arguments) {
        return salon.tool(tool, arguments).path("code").asText();
    }
}
