package dev.throughline.simulator.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.throughline.simulator.elevenlabs.conversation.Timing;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captures everything a running stand-in sends into {@code target/contract-samples} for the Node tests beside this source tree. */
class ContractSamplesTest {

    private static final Path SAMPLES = Path.of("target/contract-samples");
    private static final Set<String> SENT = Set.of(
            "conversation_initiation_metadata",
            "ping",
            "audio",
            "user_transcript",
            "tentative_user_transcript",
            "agent_response",
            "agent_response_correction",
            "agent_response_complete",
            "agent_chat_response_part",
            "interruption",
            "client_tool_call",
            "agent_tool_request",
            "agent_tool_response",
            "agent_tool_response_full_payload",
            "error",
            "client_error");

    @TempDir
    private Path state;

    private StandIn standIn;
    private final List<JsonObject> events = new ArrayList<>();
    private final JsonArray rest = new JsonArray();
    private final JsonArray webhooks = new JsonArray();

    @BeforeEach
    void start() throws Exception {
        standIn = new StandIn(state, Timing.REAL).withAgent(ContractSamplesTest::withEveryEvent);
    }

    @AfterEach
    void stop() throws Exception {
        standIn.close();
    }

    @Test
    void shouldCaptureEveryKindOfMessage() throws Exception {
        standIn.addTool(DemoAgent.clientTool("transfer_to_human", "reason"));
        talkByVoice();
        talkByText();
        beRefused();
        callOut();
        await().until(() -> standIn.countReceived(StandIn.HOOK) >= 4);
        captureWebhooks();
        captureRest();

        Set<String> types = new TreeSet<>();
        events.forEach(event -> types.add(event.getString("type")));
        assertThat(types).containsExactlyInAnyOrderElementsOf(SENT);
        write("socket.json", new JsonArray(events));
        write("rest.json", rest);
        write("webhooks.json", webhooks);
    }

    private static JsonObject withEveryEvent(JsonObject agent) {
        JsonArray all = new JsonArray();
        SENT.stream().filter(event -> !event.equals("error")).forEach(all::add);
        agent.getJsonObject("conversation_config").getJsonObject("conversation").put("client_events", all);
        return agent;
    }

    private void talkByVoice() {
        SocketClient caller = standIn.connect().send(DemoAgent.initiation("Customer (SMS): a colouring on Tuesday?"));
        caller.awaitEvent("audio");
        caller.speak("yes-what-times").awaitResponse("ten thirty");
        caller.speak("speak-to-a-person");
        JsonObject call = caller.awaitEvent("client_tool_call").getJsonObject("client_tool_call");
        caller.send(new JsonObject()
                .put("type", "client_tool_result")
                .put("tool_call_id", call.getString("tool_call_id"))
                .put("result", "{\"success\":true}")
                .put("is_error", false));
        caller.awaitResponse("colleague");
        caller.speak("thank-you-goodbye").awaitClose();
        events.addAll(caller.events);
    }

    private void talkByText() {
        SocketClient client = standIn.connect().send(DemoAgent.textInitiation());
        client.say("A colouring on Tuesday please").awaitResponse("nine o'clock");
        client.say("the second one").awaitResponse("name");
        client.say("My name is Anna Berger").awaitResponse("booked");
        client.say("Goodbye").awaitClose();
        events.addAll(client.events);
    }

    private void beRefused() {
        JsonObject missing = DemoAgent.initiation("");
        missing.getJsonObject("dynamic_variables").remove("lead_id");
        SocketClient first = standIn.connect().send(missing);
        first.awaitClose();
        events.addAll(first.events);
        SocketClient second = standIn.connect()
                .send(DemoAgent.initiation("")
                        .put(
                                "conversation_config_override",
                                new JsonObject().put("tts", new JsonObject().put("speed", 1))));
        second.awaitClose();
        events.addAll(second.events);
    }

    private void callOut() {
        JsonObject call = standIn.outbound(standIn.importNumber());
        standIn.callee("answer", new JsonObject().put("hangup", true));
        sample("TwilioOutboundCallResponse", standIn.post("/v1/convai/twilio/outbound-call", call));
        await().until(() -> standIn.countReceived(StandIn.HOOK) >= 3);
        standIn.callee("busy");
        standIn.post("/v1/convai/twilio/outbound-call", call);
    }

    private void captureWebhooks() {
        standIn.received.stream().filter(one -> one.path().equals(StandIn.HOOK)).forEach(one -> {
            webhooks.add(new JsonObject()
                    .put("body", one.body())
                    .put("signature", one.headers().get("ElevenLabs-Signature"))
                    .put("secret", standIn.webhookSecret));
            if (one.json().getString("type").equals("post_call_transcription")) {
                sample("GetConversationResponseModel", one.json().getJsonObject("data"));
            }
        });
    }

    private void captureRest() {
        String agent = standIn.agentId;
        sample(
                "ConversationSignedUrlResponseModel",
                standIn.get("/v1/convai/conversation/get-signed-url?agent_id=" + agent));
        sample("GetAgentsPageResponseModel", standIn.get("/v1/convai/agents"));
        sample("GetAgentResponseModel", standIn.get("/v1/convai/agents/" + agent));
        sample("CreateAgentResponseModel", new JsonObject().put("agent_id", agent));
        standIn.get("/v1/convai/tools")
                .getJsonArray("tools")
                .forEach(tool -> sample("ToolResponseModel", (JsonObject) tool));
        sample("GetWorkspaceSecretsResponseModel", standIn.get("/v1/convai/secrets"));
        sample(
                "PostWorkspaceSecretResponseModel",
                standIn.post(
                        "/v1/convai/secrets",
                        new JsonObject()
                                .put("type", "new")
                                .put("name", "another")
                                .put("value", "test-only")));
        sample("WorkspaceCreateWebhookResponseModel", standIn.post("/v1/workspace/webhooks", DemoAgent.webhook()));
        sample("GetConversationsPageResponseModel", standIn.get("/v1/convai/conversations"));
        sample("GetConvAiSettingsResponseModel", standIn.get("/v1/convai/settings"));
        JsonArray numbers = new JsonArray(
                standIn.send("GET", "/v1/convai/phone-numbers", null).body());
        numbers.forEach(number -> sample("PhoneNumbersListResponseItem", (JsonObject) number));
    }

    private void sample(String model, JsonObject body) {
        rest.add(new JsonObject().put("model", model).put("body", body));
    }

    private static void write(String name, JsonArray content) throws IOException {
        Files.createDirectories(SAMPLES);
        Files.writeString(SAMPLES.resolve(name), content.encodePrettily());
    }
}
