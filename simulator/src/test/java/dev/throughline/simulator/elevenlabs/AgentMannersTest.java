package dev.throughline.simulator.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.throughline.simulator.elevenlabs.conversation.Timing;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scripted agent does beyond bookings: hand-overs, questions, keys, and a call that comes back. */
class AgentMannersTest {

    private static final String QUESTIONS = "1. Are you still looking for a car?\n2. What is your budget?";

    @TempDir
    private Path state;

    private StandIn standIn;

    @BeforeEach
    void start() throws Exception {
        standIn = new StandIn(state, Timing.REAL).withAgent(AgentMannersTest::withAnswers);
    }

    private static JsonObject withAnswers(JsonObject agent) {
        JsonObject collection = agent.getJsonObject("platform_settings").getJsonObject("data_collection");
        for (String id : List.of("question_1", "answer_2", "budget_of_the_year", "answer_3")) {
            collection.put(id, new JsonObject().put("type", "string").put("description", "What was said"));
        }
        return agent;
    }

    @AfterEach
    void stop() throws Exception {
        standIn.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I want to speak to a human, please.",
                "Can I talk to someone?",
                "I would like to speak to a person."
            })
    void shouldAskForAPersonAndGoOnTalking(String wish) {
        standIn.addTool(DemoAgent.tool("", "transfer_to_human", "reason"));
        SocketClient client = standIn.connect().send(DemoAgent.textInitiation());
        client.say(wish).awaitResponse("I will pass you to a colleague.");
        assertThat(standIn.received("/api/tools/transfer_to_human")
                        .orElseThrow()
                        .json()
                        .getString("reason"))
                .isNotBlank();
        client.say("How much is a haircut?").awaitResponse("50 dollars");
    }

    @ParameterizedTest
    @CsvSource({
        "The hand-over to Maria: Maria was busy.,My colleague is busy.",
        "Maria did not answer,My colleague did not answer.",
        "Hand-over: no answer,My colleague did not answer.",
        "Maria declined,My colleague can not come now.",
        "The voicemail of Maria answered,My colleague is not here now.",
        "Maria could not be reached,I could not reach my colleague."
    })
    void shouldTellTheOutcomeOfAHandOverOnceWhenItAnswersNext(String update, String told) {
        SocketClient client = standIn.connect().send(DemoAgent.textInitiation());
        client.send(new JsonObject().put("type", "contextual_update").put("text", update));
        client.say("How much is a haircut?").awaitResponse("50 dollars");
        client.say("What are your opening hours?").awaitResponse("nine to five");
        assertThat(client.responses().getFirst()).isEqualTo(told);
        assertThat(client.responses()).containsOnlyOnce(told);
    }

    @Test
    void shouldNotTakeACustomersWordsForAnOutcome() {
        SocketClient client = standIn.connect().send(DemoAgent.textInitiation());
        client.send(new JsonObject()
                .put("type", "contextual_update")
                .put("text", "Customer (SMS): sorry, I was busy and did not answer"));
        client.say("How much is a haircut?").awaitResponse("50 dollars");
        assertThat(client.responses()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "The connection to you was lost for a moment in the middle of this call.,the line was lost. Where were we?",
        "The call was handed back: nobody came.,My colleague could not take the call. Where were we?"
    })
    void shouldSayInItsGreetingThatItKnowsWhatHappened(String context, String greeting) {
        SocketClient client = standIn.connect().send(DemoAgent.initiation(context));
        client.awaitResponse(greeting);
    }

    @Test
    void shouldAskTheQuestionsInTurnAndCollectTheAnswers() {
        JsonObject initiation = DemoAgent.textInitiation();
        initiation.getJsonObject("dynamic_variables").put("questions", "").put("questions_text", QUESTIONS);
        SocketClient client = standIn.connect().send(initiation);
        client.say("Hello?").awaitResponse("Are you still looking for a car?");
        client.say("Yes, I am.").awaitResponse("What is your budget?");
        client.say("Around ten thousand.").awaitResponse("That was all.");
        assertThat(client.awaitClose()).isEqualTo(1000);

        JsonObject data = standIn.postCall();
        assertThat(lines(data))
                .containsExactly(
                        "Hello?",
                        "Are you still looking for a car?",
                        "Yes, I am.",
                        "What is your budget?",
                        "Around ten thousand.",
                        "That was all. Thank you for your time. Goodbye.");
        JsonObject collected = data.getJsonObject("analysis").getJsonObject("data_collection_results");
        assertThat(value(collected, "question_1")).isEqualTo("Yes, I am.");
        assertThat(value(collected, "answer_2")).isEqualTo("Around ten thousand.");
        assertThat(value(collected, "answer_3")).isNull();
    }

    @Test
    void shouldCollectUnderTheIdsTheQuestionsBring() {
        JsonObject initiation = DemoAgent.textInitiation();
        initiation
                .getJsonObject("dynamic_variables")
                .put(
                        "questions",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("id", "budget_of_the_year")
                                        .put("text", "What is your budget?"))
                                .encode());
        SocketClient client = standIn.connect().send(initiation);
        client.say("Hello").awaitResponse("What is your budget?");
        client.say("Ten thousand").awaitClose();
        assertThat(value(
                        standIn.postCall().getJsonObject("analysis").getJsonObject("data_collection_results"),
                        "budget_of_the_year"))
                .isEqualTo("Ten thousand");
    }

    @Test
    void shouldAskOnATelephoneAndHearTheAnswers() {
        JsonObject call = standIn.outbound(standIn.importNumber());
        call.getJsonObject("conversation_initiation_client_data")
                .getJsonObject("dynamic_variables")
                .put("questions_text", QUESTIONS);
        standIn.callee(
                "answer",
                new JsonObject().put("wait", "agent-finished"),
                new JsonObject().put("say", "yes-please"),
                new JsonObject().put("wait", "agent-finished"),
                new JsonObject().put("say", "around-ten-thousand"),
                new JsonObject().put("wait", "hangup"));
        JsonObject placed = standIn.post("/v1/convai/twilio/outbound-call", call);
        JsonObject heard = standIn.finishedCall(placed.getString("callSid"));
        assertThat(heard.encode()).contains("What is your budget?").contains("Thank you for your time.");
        JsonObject data = standIn.postCall();
        assertThat(lines(data))
                .containsExactly(
                        "Hello, this is Harbour Salon. May I ask you some questions?",
                        "Are you still looking for a car?",
                        "Yes, please.",
                        "What is your budget?",
                        "Around ten thousand.",
                        "That was all. Thank you for your time. Goodbye.");
        JsonObject collected = data.getJsonObject("analysis").getJsonObject("data_collection_results");
        assertThat(value(collected, "question_1")).isEqualTo("Yes, please.");
        assertThat(value(collected, "answer_2")).isEqualTo("Around ten thousand.");
        assertThat(standIn.violations()).isEmpty();
    }

    @Test
    void shouldHaveTheClientPressKeys() {
        standIn.addTool(DemoAgent.clientTool("play_keypad_touch_tone", "dtmf_tones"));
        SocketClient caller = standIn.connect().send(DemoAgent.initiation(""));
        caller.awaitEvent("audio");
        caller.speak("press-one-two");
        JsonObject call = caller.awaitEvent("client_tool_call").getJsonObject("client_tool_call");
        assertThat(call.getString("tool_name")).isEqualTo("play_keypad_touch_tone");
        assertThat(call.getJsonObject("parameters").getString("dtmf_tones")).isEqualTo("12#");
        caller.send(new JsonObject()
                .put("type", "client_tool_result")
                .put("tool_call_id", call.getString("tool_call_id"))
                .put("result", "{\"success\":true}")
                .put("is_error", false));
        caller.awaitResponse("I have pressed the key.");
        await().until(() -> !caller.all("agent_tool_response").isEmpty());
    }

    private static List<String> lines(JsonObject data) {
        return data.getJsonArray("transcript").stream()
                .map(row -> ((JsonObject) row).getString("message"))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Object value(JsonObject collected, String id) {
        return collected.getJsonObject(id).getValue("value");
    }
}
