package dev.throughline.simulator.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.simulator.elevenlabs.conversation.Timing;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestTest {

    @TempDir
    private Path state;

    private StandIn standIn;

    @BeforeEach
    void start() throws Exception {
        standIn = new StandIn(state, Timing.REAL).withAgent(agent -> agent);
    }

    @AfterEach
    void stop() throws Exception {
        standIn.close();
    }

    @Test
    void shouldRefuseAMissingOrWrongKey() {
        assertThat(code(standIn.send("GET", "/v1/convai/agents", null, ""), 401))
                .isEqualTo("missing_api_key");
        assertThat(code(standIn.send("GET", "/v1/convai/agents", null, "wrong"), 401))
                .isEqualTo("invalid_api_key");
    }

    @Test
    void shouldFindAnAgentByItsNameAndReadItBack() {
        JsonArray found = standIn.get("/v1/convai/agents?search=harbour").getJsonArray("agents");
        assertThat(found.getJsonObject(0).getString("agent_id")).isEqualTo(standIn.agentId);
        assertThat(standIn.get("/v1/convai/agents?search=nobody").getJsonArray("agents"))
                .isEmpty();
        JsonObject renamed =
                standIn.patch("/v1/convai/agents/" + standIn.agentId, new JsonObject().put("name", "Renamed"));
        assertThat(renamed.getString("name")).isEqualTo("Renamed");
        assertThat(renamed.getJsonObject("conversation_config")
                        .getJsonObject("tts")
                        .getString("agent_output_audio_format"))
                .isEqualTo("ulaw_8000");
    }

    @Test
    void shouldAnswer404ForWhatItDoesNotKnow() {
        assertThat(code(standIn.send("GET", "/v1/convai/agents/agent_none", null), 404))
                .isEqualTo("agent_not_found");
        assertThat(code(standIn.send("GET", "/v1/convai/tools/tool_none", null), 404))
                .isEqualTo("tool_not_found");
        assertThat(code(standIn.send("GET", "/v1/convai/conversations/conv_none", null), 404))
                .isEqualTo("conversation_not_found");
        assertThat(code(standIn.send("GET", "/v1/convai/conversation/get-signed-url?agent_id=agent_none", null), 404))
                .isEqualTo("agent_not_found");
    }

    @Test
    void shouldRefuseAToolPropertyWithTwoSourcesOrNone() {
        JsonObject both =
                new JsonObject().put("type", "string").put("description", "x").put("dynamic_variable", "tenant_id");
        assertThat(standIn.send("POST", "/v1/convai/tools", toolWith(both)).statusCode())
                .isEqualTo(422);
        assertThat(standIn.send("POST", "/v1/convai/tools", toolWith(new JsonObject().put("type", "string")))
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void shouldRefuseAnAgentWithAnUnknownFormatOrTool() {
        JsonObject format = new JsonObject()
                .put(
                        "conversation_config",
                        new JsonObject().put("tts", new JsonObject().put("agent_output_audio_format", "mp3")));
        assertThat(standIn.send("POST", "/v1/convai/agents/create", format).statusCode())
                .isEqualTo(422);
        JsonObject tool = new JsonObject()
                .put(
                        "conversation_config",
                        new JsonObject()
                                .put(
                                        "agent",
                                        new JsonObject()
                                                .put(
                                                        "prompt",
                                                        new JsonObject()
                                                                .put("tool_ids", new JsonArray().add("tool_none")))));
        assertThat(standIn.send("POST", "/v1/convai/agents/create", tool).statusCode())
                .isEqualTo(404);
        assertThat(standIn.send("POST", "/v1/convai/agents/create", new JsonObject())
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void shouldAnswerAnArmedErrorInTheProvidersShape() {
        standIn.fault(new JsonObject()
                .put("kind", "rest-error")
                .put("match", "agents")
                .put("status", 429)
                .put("retryAfter", "1"));
        HttpResponse<String> limited = standIn.send("GET", "/v1/convai/agents", null);
        assertThat(code(limited, 429)).isEqualTo("concurrent_limit_exceeded");
        assertThat(limited.headers().firstValue("Retry-After")).contains("1");
        assertThat(standIn.send("GET", "/v1/convai/agents", null).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldKnowAfterARestartWhatWasProvisioned() throws Exception {
        String agentId = standIn.agentId;
        standIn.close();
        standIn = new StandIn(state, Timing.REAL);
        assertThat(standIn.get("/v1/convai/agents/" + agentId).getString("name"))
                .isEqualTo("Harbour Salon receptionist");
    }

    @Test
    void shouldReportAnEndpointItDoesNotStandInFor() {
        assertThat(standIn.send("GET", "/v1/convai/knowledge-base", null).statusCode())
                .isEqualTo(404);
        assertThat(standIn.violations()).containsExactly("no_such_endpoint");
    }

    private static JsonObject toolWith(JsonObject property) {
        return new JsonObject()
                .put(
                        "tool_config",
                        new JsonObject()
                                .put("type", "webhook")
                                .put("name", "x")
                                .put("description", "x")
                                .put(
                                        "api_schema",
                                        new JsonObject()
                                                .put("url", "https://voice.example.test/x")
                                                .put("method", "POST")
                                                .put(
                                                        "request_body_schema",
                                                        new JsonObject()
                                                                .put("type", "object")
                                                                .put(
                                                                        "properties",
                                                                        new JsonObject().put("p", property)))));
    }

    private static String code(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).isEqualTo(status);
        return new JsonObject(response.body()).getJsonObject("detail").getString("code");
    }
}
