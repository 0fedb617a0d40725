package dev.throughline.simulator.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.throughline.simulator.elevenlabs.conversation.Timing;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can go wrong between us and the endpoints that begin a native call. */
class NativeCallFaultTest {

    private static final String OUTBOUND = "/v1/convai/twilio/outbound-call";
    private static final String REGISTER = "/v1/convai/twilio/register-call";

    @TempDir
    private Path state;

    private StandIn standIn;
    private String number = "";

    @BeforeEach
    void start() throws Exception {
        standIn = new StandIn(state, Timing.REAL).withAgent(agent -> agent);
        number = standIn.importNumber();
        standIn.callee("no-answer");
    }

    @AfterEach
    void stop() throws Exception {
        standIn.close();
    }

    @ParameterizedTest
    @CsvSource({
        "401,rest_error_401.json",
        "402,rest_error_402.json",
        "403,rest_error_403.json",
        "404,rest_error_detail_object.json",
        "422,rest_error_422_validation.json",
        "429,rest_error_429.json",
        "400,rest_error_detail_legacy.json"
    })
    void shouldRefuseInTheProvidersShapeAndPlaceNothing(int status, String fixture) {
        for (String path : new String[] {OUTBOUND, REGISTER}) {
            standIn.fault(fault("rest-error", path).put("status", status));
            HttpResponse<String> answer = standIn.send("POST", path, standIn.outbound(number));
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(comparable(new JsonObject(answer.body()))).isEqualTo(comparable(Fixture.json(fixture)));
        }
        assertThat(placed()).isEmpty();
    }

    @Test
    void shouldAnswerAnyDetailAskedFor() {
        Object detail = Fixture.json("rest_error_detail_string.json").getValue("detail");
        standIn.fault(fault("rest-error", OUTBOUND).put("status", 403).put("detail", detail));
        HttpResponse<String> answer = standIn.send("POST", OUTBOUND, standIn.outbound(number));
        assertThat(new JsonObject(answer.body())).isEqualTo(Fixture.json("rest_error_detail_string.json"));
    }

    @Test
    void shouldAnswerSuccessFalseOnDemand() {
        standIn.fault(fault("outbound-failed", OUTBOUND));
        assertThat(standIn.post(OUTBOUND, standIn.outbound(number)))
                .isEqualTo(Fixture.json("rest_twilio_outbound_call_response_failed.json"));
        assertThat(placed()).isEmpty();
    }

    @Test
    void shouldPlaceNothingForAClientThatGaveUpBefore() {
        standIn.fault(fault("rest-slow", OUTBOUND).put("millis", 900));
        assertThatThrownBy(() ->
                        standIn.send("POST", OUTBOUND, standIn.outbound(number), StandIn.KEY, Duration.ofMillis(300)))
                .hasCauseInstanceOf(HttpTimeoutException.class);
        standIn.fault(fault("rest-slow", OUTBOUND).put("millis", 900));
        assertThat(standIn.post(OUTBOUND, standIn.outbound(number)).getBoolean("success"))
                .isTrue();
        assertThat(placed()).hasSize(1);
    }

    @Test
    void shouldBeFoundByLookingAfterACallWasPlacedButNotAnsweredFor() {
        long before = System.currentTimeMillis() / 1000 - 1;
        standIn.fault(fault("rest-slow", OUTBOUND).put("millis", 60_000).put("effect", "after"));
        assertThatThrownBy(() ->
                        standIn.send("POST", OUTBOUND, standIn.outbound(number), StandIn.KEY, Duration.ofMillis(300)))
                .hasCauseInstanceOf(HttpTimeoutException.class);
        await().until(() -> placed().size() == 1);
        JsonArray found = standIn.get("/v1/convai/conversations?agent_id=" + standIn.agentId + "&call_start_after_unix="
                        + before + "&page_size=10")
                .getJsonArray("conversations");
        assertThat(found).hasSize(1);
        JsonObject row = found.getJsonObject(0);
        assertThat(row.getString("direction")).isEqualTo("outbound");
        assertThat(row.fieldNames())
                .isEqualTo(Fixture.json("rest_conversations_list_response.json")
                        .getJsonArray("conversations")
                        .getJsonObject(0)
                        .fieldNames());
        JsonObject document = standIn.get("/v1/convai/conversations/" + row.getString("conversation_id"));
        assertThat(document.getJsonObject("conversation_initiation_client_data")
                        .getJsonObject("dynamic_variables")
                        .getString("call_id"))
                .isEqualTo("call-1");
        assertThat(document.getJsonObject("metadata")
                        .getJsonObject("phone_call")
                        .getString("external_number"))
                .isEqualTo(StandIn.CUSTOMER);
    }

    @Test
    void shouldAnswerAnErrorForACallThatWasPlacedAllTheSame() {
        standIn.fault(fault("rest-error", OUTBOUND).put("status", 503).put("effect", "after"));
        assertThat(standIn.send("POST", OUTBOUND, standIn.outbound(number)).statusCode())
                .isEqualTo(503);
        assertThat(placed()).hasSize(1);
    }

    @Test
    void shouldAnswerNonsenseInsteadOfTwiml() {
        standIn.fault(fault("nonsense", REGISTER));
        JsonObject call = new JsonObject()
                .put("agent_id", standIn.agentId)
                .put("from_number", StandIn.CUSTOMER)
                .put("to_number", StandIn.OURS);
        HttpResponse<String> nonsense = standIn.send("POST", REGISTER, call);
        assertThat(nonsense.statusCode()).isEqualTo(200);
        assertThat(nonsense.body()).doesNotContain("<Response>");
        String twiml = standIn.send("POST", REGISTER, call).body();
        assertThat(shape(twiml)).isEqualTo(shape(Fixture.text("rest_twilio_register_call_response.xml")));
    }

    @Test
    void shouldReportAnAgentWhoseFormatATelephoneDoesNotKnow() {
        standIn.patch(
                "/v1/convai/agents/" + standIn.agentId,
                new JsonObject()
                        .put(
                                "conversation_config",
                                new JsonObject()
                                        .put("tts", new JsonObject().put("agent_output_audio_format", "pcm_16000"))));
        standIn.send(
                "POST",
                REGISTER,
                new JsonObject()
                        .put("agent_id", standIn.agentId)
                        .put("from_number", StandIn.CUSTOMER)
                        .put("to_number", StandIn.OURS));
        assertThat(standIn.violations()).contains("audio_format");
    }

    private JsonArray placed() {
        return standIn.twilioRest("/Calls.json").getJsonArray("calls");
    }

    /** Elements and attribute names without their values. */
    private static String shape(String xml) {
        return xml.replaceAll("\"[^\"]*\"", "\"\"").strip();
    }

    /** Without what differs from one request to the next. */
    private static JsonObject comparable(JsonObject error) {
        if (error.getValue("detail") instanceof JsonObject detail) {
            detail.remove("request_id");
        } else if (error.getValue("detail") instanceof JsonArray details) {
            details.forEach(each -> ((JsonObject) each).remove("input"));
        }
        return error;
    }

    private static JsonObject fault(String kind, String path) {
        String match = Stream.of(path.split("/")).reduce((first, last) -> last).orElseThrow();
        return new JsonObject().put("kind", kind).put("match", match);
    }
}
