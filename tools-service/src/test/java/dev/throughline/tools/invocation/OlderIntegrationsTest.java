package dev.throughline.tools.invocation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.throughline.platform.testing.ElevenLabsRequests;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.tools.Salon;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
class OlderIntegrationsTest {

    private static final String WEBHOOK = "/api/ai/webhook/elevenlabs";
    private static final String APPOINTMENTS = "/api/webhooks/elevenlabs/appointments";

    @Test
    void shouldCallAToolByTheOneWebhook() {
        Salon salon = Salon.open();
        String event = """
                {"event":"tool_call","data":{"tool_name":"get_services","parameters":{}},"agentId":"agent-123","sessionId":"session-456"}""";

        ElevenLabsRequests.tool(salon.secret(), event)
                .post(WEBHOOK)
                .then()
                .statusCode(200)
                .body("success", equalTo(true))
                .body("data.services.name", equalTo(List.of("Colouring", "Haircut")))
                .body("data.message", equalTo("We offer: Colouring and Haircut."));
    }

    @Test
    void shouldFindTheTenantOfASignedCallByItsAgent() {
        Salon salon = Salon.open();
        String agent = "agent_" + salon.number().substring(1);

        for (String event : List.of(
                "{\"type\":\"tool_call\",\"data\":{\"agent_id\":\"%s\",\"tool_name\":\"get_tenant_info\",\"parameters\":{}}}",
                "{\"event\":\"tool_call\",\"data\":{\"tool_name\":\"get_tenant_info\"},\"agentId\":\"%s\"}")) {
            ElevenLabsRequests.webhook(event.formatted(agent))
                    .post(WEBHOOK)
                    .then()
                    .statusCode(200)
                    .body("data.tenantId", equalTo(salon.id().toString()));
        }
        ElevenLabsRequests.webhook(
                        "{\"type\":\"tool_call\",\"data\":{\"agent_id\":\"nobody\",\"tool_name\":\"get_hours\"}}")
                .post(WEBHOOK)
                .then()
                .statusCode(404)
                .body("code", equalTo("TENANT_NOT_FOUND"));
    }

    @Test
    void shouldAcknowledgeOtherEvents() {
        for (String type :
                List.of("conversation_started", "conversation_ended", "post_call_transcription", "never_seen")) {
            ElevenLabsRequests.webhook("{\"type\":\"" + type + "\",\"data\":{}}")
                    .post(WEBHOOK)
                    .then()
                    .statusCode(200)
                    .body("success", equalTo(true));
        }
    }

    @Test
    void shouldNameWhatIsMissingInAnEvent() {
        ElevenLabsRequests.webhook("{\"data\":{}}")
                .post(WEBHOOK)
                .then()
                .statusCode(400)
                .body("error", containsString("type"));
        ElevenLabsRequests.webhook("{\"type\":")
                .post(WEBHOOK)
                .then()
                .statusCode(400)
                .body("error", containsString("body"));
        Salon salon = Salon.open();
        ElevenLabsRequests.tool(salon.secret(), "{\"type\":\"tool_call\",\"data\":{}}")
                .post(WEBHOOK)
                .then()
                .statusCode(400)
                .body("error", containsString("data.tool_name"));
        ElevenLabsRequests.tool(salon.secret(), "{\"type\":\"tool_call\",\"data\":{\"tool_name\":\"make_coffee\"}}")
                .post(WEBHOOK)
                .then()
                .statusCode(404)
                .body("code", equalTo("UNKNOWN_TOOL"));
    }

    @Test
    void shouldGiveAStrangerNothing() {
        Salon salon = Salon.open();
        String event = "{\"type\":\"tool_call\",\"tenantId\":\"%s\",\"data\":{\"tool_name\":\"get_services\"}}"
                .formatted(salon.id());

        given().contentType("application/json").body(event).post(WEBHOOK).then().statusCode(403);
        given().contentType("application/json")
                .header("ElevenLabs-Signature", "t=1,v0=00")
                .body(event)
                .post(WEBHOOK)
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(Tokens.installationAdmin())
                .contentType("application/json")
                .body(event)
                .post(WEBHOOK)
                .then()
                .statusCode(403);
        given().get("/api/webhooks/elevenlabs/services?tenantId=" + salon.id())
                .then()
                .statusCode(403);
        given().contentType("application/json")
                .body("{}")
                .post(APPOINTMENTS)
                .then()
                .statusCode(403);
        Salon other = Salon.open();
        given().header("X-Tool-Secret", other.secret())
                .get("/api/webhooks/elevenlabs/services?tenantId=" + salon.id())
                .then()
                .statusCode(403);
        ElevenLabsRequests.tool(other.secret(), event).post(WEBHOOK).then().statusCode(403);
    }

    @Test
    void shouldListServicesAsDocumented() {
        Salon salon = Salon.open();

        given().header("X-Tool-Secret", salon.secret())
                .get("/api/webhooks/elevenlabs/services?tenantId=" + salon.id())
                .then()
                .statusCode(200)
                .body("success", equalTo(true))
                .body("data.total", equalTo(2))
                .body("data.tenantId", equalTo(salon.id().toString()))
                .body(
                        "data.services[1]",
                        equalTo(Map.of(
                                "id",
                                salon.haircut().toString(),
                                "name",
                                "Haircut",
                                "description",
                                "A classic haircut",
                                "price",
                                50,
                                "duration",
                                45,
                                "category",
                                "hair")));
    }

    @Test
    void shouldBookAsDocumented() {
        Salon salon = Salon.open();
        String body = """
                {"tenantId":"%s","employeeId":"%s","serviceId":"%s","customerName":"John Doe","customerEmail":"john@example.com",
                 "customerPhone":"+12025550144","startTime":"%sT16:00:00Z","addOns":[],"notes":"Created via AI assistant"}""".formatted(salon.id(), salon.maria(), salon.haircut(), Salon.tuesday());

        ElevenLabsRequests.webhook(body)
                .post(APPOINTMENTS)
                .then()
                .statusCode(200)
                .body("success", equalTo(true))
                .body("data.message", equalTo("Appointment created successfully"))
                .body("data.appointment.tenantId", equalTo(salon.id().toString()))
                .body("data.appointment.employeeId", equalTo(salon.maria().toString()))
                .body("data.appointment.serviceId", equalTo(salon.haircut().toString()))
                .body("data.appointment.customerName", equalTo("John Doe"))
                .body("data.appointment.customerEmail", equalTo("john@example.com"))
                .body("data.appointment.customerPhone", equalTo("+12025550144"))
                .body("data.appointment.startTime", equalTo(Salon.tuesday() + "T16:00:00Z"))
                .body("data.appointment.endTime", equalTo(Salon.tuesday() + "T16:45:00Z"))
                .body("data.appointment.status", equalTo("scheduled"))
                .body("data.appointment.notes", equalTo("Created via AI assistant"))
                .body("data.appointment.employeeName", nullValue());
    }

    @Test
    void shouldSayWhatABookingNeeds() {
        Salon salon = Salon.open();

        ElevenLabsRequests.tool(salon.secret(), "{\"customerName\":\"John Doe\"}")
                .post(APPOINTMENTS + "?tenantId=" + salon.id())
                .then()
                .statusCode(400)
                .body("success", equalTo(false))
                .body("error", equalTo("employeeId, serviceId, customerName, and startTime are required"))
                .body("code", equalTo("VALIDATION_ERROR"));
    }

    @Test
    void shouldTellASignedCallWithoutATenantSo() {
        assertThat(ElevenLabsRequests.webhook("{}")
                        .post(APPOINTMENTS)
                        .then()
                        .statusCode(400)
                        .extract()
                        .<String>path("error"))
                .contains("tenantId");
    }
}
