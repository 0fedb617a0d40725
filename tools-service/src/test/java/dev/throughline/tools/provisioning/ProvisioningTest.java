package dev.throughline.tools.provisioning;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.tools.Salon;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against the stand-ins of both providers, over HTTP. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
@QuarkusTestResource(StandIns.class)
class ProvisioningTest {

    private final StandInRequests standIns = new StandInRequests();

    @Inject
    TenantDirectory directory;

    @AfterEach
    void noFaults() {
        standIns.noFaults();
    }

    @Test
    void shouldSetUpATenantThroughFailuresAndThenHaveNothingLeftToDo() {
        standIns.loseTheWebhooksSecret();
        Salon salon = standIns.withANumber();
        JsonNode plan = json(as(Tokens.installationAdmin()).get(path(salon)), 200);
        assertThat(actions(plan))
                .contains("elevenlabs.secret create", "elevenlabs.agent.voice create", "record change");
        assertThat(actions(plan)).contains("twilio.number change");

        // Nobody would keep the webhook's secret, so everything up to it is made, and no more.
        JsonNode halted = standIns.apply(salon, "{}");
        assertThat(outcomes(halted)).contains("elevenlabs.secret done", "elevenlabs.webhook failed");
        assertThat(outcomes(halted)).contains("elevenlabs.agent.voice not-tried");

        String order = standIns.sealed();
        // An agent is made, and nobody hears of it.
        standIns.fault("{\"kind\":\"rest-error\",\"match\":\"create\",\"status\":503,\"effect\":\"after\"}");
        JsonNode broken = standIns.apply(salon, order);
        assertThat(outcomes(broken)).contains("elevenlabs.webhook done", "elevenlabs.secret unchanged");
        assertThat(outcomes(broken)).contains("elevenlabs.agent.voice failed", "elevenlabs.agent.text not-tried");
        assertThat(broken.toString()).doesNotContain("wsec_");
        standIns.keepSecretOf(broken);

        JsonNode mended = standIns.apply(salon, order);
        assertThat(outcomes(mended)).allMatch(line -> line.endsWith(" done") || line.endsWith(" unchanged"));
        JsonNode again = json(as(Tokens.installationAdmin()).get(path(salon)), 200);
        assertThat(actions(again)).isNotEmpty().allMatch(line -> line.endsWith(" none"));
        assertThat(outcomes(mended)).contains("elevenlabs.agent.voice unchanged", "elevenlabs.agent.text done");
        assertWorks(salon);
        assertThat(standIns.eleven("/_sim/report").toString())
                .doesNotContain("unknown_member", "sms_webhook_rewritten");
    }

    /** The agents call with a secret that nobody was shown, and the record names them. */
    private void assertWorks(Salon salon) {
        JsonNode settings = json(as(Tokens.installationAdmin()).get("/api/tenants/" + salon.id()), 200)
                .path("settings");
        JsonNode agent = standIns.eleven(
                "/v1/convai/agents/" + settings.path("elevenLabsAgentId").asText());
        assertThat(agent.at("/conversation_config/tts/agent_output_audio_format")
                        .asText())
                .isEqualTo("ulaw_8000");
        assertThat(settings.path("elevenLabsTextAgentId").asText()).startsWith("agent_");
        assertThat(directory.byId(salon.id()).orElseThrow().toolSecretHashes()).hasSize(2);
        JsonNode number = standIns.number(salon);
        assertThat(number.path("voice_url").asText())
                .isEqualTo(IdentityTestResource.APP_BASE_URL + "/api/webhooks/twilio/elevenlabs#rc=3&rp=ct,5xx");
        assertThat(number.path("sms_url").asText()).contains("/sms/incoming#");
    }

    @Test
    void shouldMendWhatSomebodyChangedAndNothingElse() {
        Salon salon = standIns.provisioned();
        String agentId = standIns.voiceAgent(salon);
        standIns.changeAgent(
                salon,
                "{\"conversation_config\":{\"asr\":{\"user_input_audio_format\":\"pcm_16000\"},"
                        + "\"agent\":{\"prompt\":{\"prompt\":\"My own words\"}}}}");

        JsonNode plan = json(as(Tokens.installationAdmin()).get(path(salon)), 200);
        assertThat(differences(plan))
                .containsExactly(
                        "elevenlabs.agent.voice conversation_config.asr.user_input_audio_format: pcm_16000 → ulaw_8000");

        standIns.apply(salon, "{}");
        JsonNode agent = standIns.eleven("/v1/convai/agents/" + agentId);
        assertThat(agent.at("/conversation_config/asr/user_input_audio_format").asText())
                .isEqualTo("ulaw_8000");
        assertThat(agent.at("/conversation_config/agent/prompt/prompt").asText())
                .isEqualTo("My own words");
    }

    @Test
    void shouldGiveTheAgentsANewSecretAndKeepTheOldOneForTheOverlap() {
        Salon salon = standIns.provisioned();
        List<String> before = directory.byId(salon.id()).orElseThrow().toolSecretHashes();

        JsonNode rotated = standIns.apply(salon, "{\"rotateSecret\":true}");

        assertThat(outcomes(rotated)).contains("elevenlabs.secret done", "elevenlabs.tool.book_appointment done");
        assertThat(outcomes(rotated)).contains("elevenlabs.agent.voice done", "elevenlabs.webhook unchanged");
        var after = directory.byId(salon.id()).orElseThrow();
        assertThat(after.toolSecretHashes()).hasSize(3).containsAll(before);
        assertThat(after.toolSecretEnds()).hasSize(1);
        assertThat(actions(json(as(Tokens.installationAdmin()).get(path(salon)), 200)))
                .allMatch(line -> line.endsWith(" none"));
    }

    @Test
    void shouldLetNobodyButTheTenantsAdminLookOrChange() {
        Salon salon = Salon.open();
        given().get(path(salon)).then().statusCode(401);
        given().contentType("application/json").post(path(salon)).then().statusCode(401);
        given().header("X-Tool-Secret", salon.secret()).get(path(salon)).then().statusCode(403);
        as(Tokens.operator(salon.id(), "operator")).get(path(salon)).then().statusCode(403);
        as(Tokens.operator(UUID.randomUUID(), "admin")).get(path(salon)).then().statusCode(404);
        as(Tokens.operator(salon.id(), "admin"))
                .contentType("application/json")
                .body("{\"sealWith\":\"AAAA\"}")
                .post(path(salon))
                .then()
                .statusCode(403);
    }

    @Test
    void shouldRefuseToChangeAnotherTenantsAgent() {
        Salon one = standIns.provisioned();
        String agentId = standIns.voiceAgent(one);
        Salon other = Salon.open();
        as(Tokens.installationAdmin())
                .contentType("application/json")
                .body("{\"settings\":{\"elevenLabsAgentId\":\"" + agentId + "\"}}")
                .patch("/api/tenants/" + other.id())
                .then()
                .statusCode(200);

        JsonNode refused = json(as(Tokens.installationAdmin()).get(path(other)), 502);

        assertThat(refused.path("detail").asText()).contains("another tenant's");
        assertThat(refused.path("cure").asText()).contains("elevenLabsAgentId");
    }

    @Test
    void shouldNameTheCureWhereAProviderRefuses() {
        Salon salon = Salon.open();
        standIns.fault("{\"kind\":\"rest-error\",\"match\":\"secrets\",\"status\":401}");

        JsonNode refused = json(as(Tokens.installationAdmin()).get(path(salon)), 502);

        assertThat(refused.path("code").asText()).isEqualTo("PROVIDER_FAILED");
        assertThat(refused.path("cure").asText()).contains("ELEVENLABS_API_KEY");
    }

    private static io.restassured.specification.RequestSpecification as(String token) {
        return given().auth().oauth2(token);
    }

    private static String path(Salon salon) {
        return "/api/tenants/" + salon.id() + "/provisioning";
    }

    private static JsonNode json(Response response, int status) {
        return StandInRequests.json(response, status);
    }

    private static List<String> actions(JsonNode plan) {
        return lines(plan, "action");
    }

    private static List<String> outcomes(JsonNode plan) {
        return lines(plan, "outcome");
    }

    private static List<String> lines(JsonNode plan, String member) {
        List<String> lines = new ArrayList<>();
        plan.path("steps")
                .forEach(step -> lines.add(step.path("id").asText() + " "
                        + ((ObjectNode) step).path(member).asText()));
        return lines;
    }

    private static List<String> differences(JsonNode plan) {
        List<String> lines = new ArrayList<>();
        plan.path("steps").forEach(step -> step.path("differences")
                .forEach(line -> lines.add(step.path("id").asText() + " " + line.asText())));
        return lines;
    }
}
