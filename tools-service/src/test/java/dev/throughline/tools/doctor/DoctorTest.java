package dev.throughline.tools.doctor;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.tools.Salon;
import dev.throughline.tools.provisioning.PublicRelay;
import dev.throughline.tools.provisioning.StandInRequests;
import dev.throughline.tools.provisioning.StandIns;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything is broken on purpose, one thing at a time. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
@QuarkusTestResource(StandIns.class)
class DoctorTest {

    private final StandInRequests standIns = new StandInRequests();

    @BeforeEach
    void reachTheApplication() {
        System.setProperty(PublicRelay.PORT, Integer.toString(RestAssured.port));
        System.clearProperty(PublicRelay.MODE);
    }

    @AfterEach
    void mend() {
        System.clearProperty(PublicRelay.MODE);
        standIns.noFaults();
    }

    @Test
    void shouldFindNothingInASoundSetUp() {
        JsonNode report = examined(standIns.provisioned());

        report.path("checks").forEach(check -> assertThat(check.path("status").asText())
                .as(check.toString())
                .isNotEqualTo("fault"));
        assertThat(check(report, "public-url.tools-service").path("status").asText())
                .isEqualTo("ok");
        assertThat(check(report, "signature.elevenlabs.tools-service")
                        .path("status")
                        .asText())
                .isEqualTo("ok");
        assertThat(check(report, "credentials.elevenlabs.agents-write")
                        .path("status")
                        .asText())
                .isEqualTo("ok");
        assertThat(report.toString())
                .doesNotContain(IdentityTestResource.TWILIO_AUTH_TOKEN)
                .doesNotContain("wsec_")
                .doesNotContain(IdentityTestResource.ELEVENLABS_API_KEY);
    }

    @ParameterizedTest
    @CsvSource({
        "other, not this installation, APP_BASE_URL",
        "301, answers 301, redirect",
        "404, answers 404, deploy/routes.yaml",
        "503, answers 503, Start tools-service",
        "rewrite, answers 403, TWILIO_AUTH_TOKEN"
    })
    void shouldTellWhatIsWrongWithThePublicAddress(String mode, String found, String cure) {
        Salon salon = Salon.open();
        System.setProperty(PublicRelay.MODE, mode);

        assertFault(examined(salon), "public-url.tools-service", found, cure);
    }

    @Test
    void shouldFindTheNumberThatAsksSomebodyElse() {
        Salon salon = standIns.provisioned();
        standIns.changeNumber(salon, "VoiceUrl", "https://elsewhere.example.com/voice");
        standIns.changeNumber(salon, "SmsUrl", "");

        JsonNode report = examined(salon);

        assertFault(report, "twilio.number", "voice_url: https://elsewhere.example.com/voice", "./dev provision");
        assertFault(report, "twilio.number", "sms_url: nothing", "./dev provision");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"conversation_config":{"tts":{"agent_output_audio_format":"pcm_16000"}}} | formats | pcm_16000 → ulaw_8000
            {"platform_settings":{"overrides":{"conversation_config_override":{"agent":{"first_message":false}}}}} | overrides | first_message
            {"conversation_config":{"conversation":{"client_events":["audio","agent_response"]}}} | events | interruption is missing
            {"conversation_config":{"agent":{"prompt":{"tool_ids":[]}}}} | tools | tool_ids
            {"platform_settings":{"workspace_overrides":{"webhooks":{"events":[]}}}} | webhooks | transcript is missing
            """)
    void shouldFindWhatSomebodySwitchedOffAtTheAgent(String change, String concern, String found) {
        Salon salon = standIns.provisioned();
        standIns.changeAgent(salon, change);

        assertFault(examined(salon), "elevenlabs.agent.voice." + concern, found, "./dev provision");
    }

    @ParameterizedTest
    @CsvSource({
        "webhooks, 403, credentials.elevenlabs.webhooks-read, permission",
        "conversations, 401, credentials.elevenlabs.conversations-read, ELEVENLABS_API_KEY"
    })
    void shouldNameThePermissionTheKeyLacks(String word, int status, String id, String cure) {
        Salon salon = standIns.provisioned();
        standIns.fault("{\"kind\":\"rest-error\",\"match\":\"" + word + "\",\"status\":" + status + "}");

        assertFault(examined(salon), id, String.valueOf(status), cure);
    }

    @Test
    void shouldSayThatNothingIsThereYet() {
        Salon salon = Salon.open();

        JsonNode report = examined(salon);

        assertFault(report, "elevenlabs.agent.voice", "not there", "./dev provision --tenant " + salon.id());
        assertFault(report, "twilio.number", "not there", "./dev provision");
    }

    @Test
    void shouldExamineForTheTenantsAdminAlone() {
        Salon salon = Salon.open();
        String path = "/api/tenants/" + salon.id() + "/doctor";
        given().get(path).then().statusCode(401);
        given().header("X-Tool-Secret", salon.secret()).get(path).then().statusCode(403);
        given().auth()
                .oauth2(Tokens.operator(salon.id(), "operator"))
                .get(path)
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(Tokens.operator(UUID.randomUUID(), "admin"))
                .get(path)
                .then()
                .statusCode(404);
    }

    @Test
    void shouldAnswerNoStrangerWhoAsksInAProvidersName() {
        given().formParam("nonce", "1")
                .post("/api/check/tools-service/twilio")
                .then()
                .statusCode(403);
        given().contentType("application/json")
                .body("{\"nonce\":\"1\"}")
                .post("/api/check/tools-service/elevenlabs")
                .then()
                .statusCode(403);
    }

    private static JsonNode examined(Salon salon) {
        return StandInRequests.json(
                given().auth()
                        .oauth2(Tokens.operator(salon.id(), "admin"))
                        .get("/api/tenants/" + salon.id() + "/doctor"),
                200);
    }

    private static JsonNode check(JsonNode report, String id) {
        for (JsonNode check : report.path("checks")) {
            if (check.path("id").asText().equals(id)) {
                return check;
            }
        }
        throw new AssertionError("no check " + id + " in " + report);
    }

    private static void assertFault(JsonNode report, String id, String found, String cure) {
        JsonNode check = check(report, id);
        assertThat(check.path("status").asText()).as(check.toString()).isEqualTo("fault");
        assertThat(check.path("found").asText()).contains(found);
        assertThat(check.path("cure").asText()).contains(cure);
    }
}
