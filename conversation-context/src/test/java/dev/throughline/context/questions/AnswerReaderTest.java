package dev.throughline.context.questions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.throughline.events.CallEvent.Answer;
import dev.throughline.events.CallEvent.Question;
import dev.throughline.events.Channel;
import dev.throughline.events.ConversationEvent.Analysed;
import dev.throughline.events.ConversationEvent.FinalTurn;
import dev.throughline.events.Speaker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {

    private static final Question DAY = new Question("question_1", "Which day suits you best?");
    private static final Question ALLERGIES = new Question("question_2", "Do you have any allergies?");

    private static FinalTurn agent(String text) {
        return new FinalTurn(Speaker.AGENT, text, 0, false, null);
    }

    private static FinalTurn customer(String text) {
        return new FinalTurn(Speaker.CUSTOMER, text, 0, false, null);
    }

    private static List<Answer> read(Map<String, JsonNode> collected, FinalTurn... turns) {
        return AnswerReader.read(
                List.of(DAY, ALLERGIES),
                new Analysed(
                        "conv_1",
                        Channel.VOICE,
                        "agent_1",
                        "CA1",
                        Instant.EPOCH,
                        60,
                        "done",
                        List.of(turns),
                        null,
                        "success",
                        collected,
                        Map.of(),
                        null));
    }

    private static List<String> words(List<Answer> answers) {
        List<String> words = new ArrayList<>();
        answers.forEach(answer -> words.add(answer.source() + ": " + answer.answer()));
        return words;
    }

    @Test
    void shouldBelieveWhatTheProviderCollected() {
        Map<String, JsonNode> byId = Map.of("question_1", TextNode.valueOf(" Tuesday "), "answer_2", BooleanNode.FALSE);
        Map<String, JsonNode> bySlug =
                Map.of("Which-day-suits-you-best", IntNode.valueOf(2), "do_you_have_any", TextNode.valueOf("nuts"));

        assertThat(words(read(byId))).containsExactly("collected: Tuesday", "collected: no");
        assertThat(words(read(bySlug))).containsExactly("collected: 2", "collected: nuts");
    }

    @Test
    void shouldReadTheTranscriptForWhatWasNotCollected() {
        assertThat(words(read(
                        Map.of("question_1", NullNode.getInstance(), "question_2", TextNode.valueOf("")),
                        agent("Hello, this is Harbour Salon. Which day would suit you best?"),
                        customer("Hm, let me think."),
                        customer("Tuesday, I think."),
                        agent("Lovely. And do you have allergies at all?"),
                        customer("No, none."),
                        agent("Thank you, goodbye."),
                        customer("Bye."))))
                .containsExactly("transcript: Hm, let me think. Tuesday, I think.", "transcript: No, none.");
    }

    @Test
    void shouldTakeTheAnswerToAQuestionThatHadToBeRepeated() {
        assertThat(words(read(
                                Map.of(),
                                agent("Which day suits you best?"),
                                customer("Pardon?"),
                                agent("Which day suits you best?"),
                                customer("Friday.")))
                        .getFirst())
                .isEqualTo("transcript: Friday.");
    }

    @Test
    void shouldKnowAQuestionThatWasCutShortAndAnsweredAllTheSame() {
        assertThat(words(read(
                                Map.of(),
                                new FinalTurn(Speaker.AGENT, "Which day", 0, true, "Which day suits you best?"),
                                customer("Monday!"),
                                agent("Monday it is.")))
                        .getFirst())
                .isEqualTo("transcript: Monday!");
    }

    @Test
    void shouldWaitForTheAnswerWhileTheAgentGoesOn() {
        assertThat(words(read(
                                Map.of(),
                                agent("Which day suits you best?"),
                                agent("We have Tuesday and Friday."),
                                customer("Friday.")))
                        .getFirst())
                .isEqualTo("transcript: Friday.");
    }

    @Test
    void shouldNotGiveOneQuestionTheAnswerToAnother() {
        assertThat(words(read(
                        Map.of(),
                        agent("Which day suits you best?"),
                        agent("Do you have any allergies?"),
                        customer("No."))))
                .containsExactly("none: null", "transcript: No.");
    }

    @Test
    void shouldSayNothingOfWhatWasNeverAskedOrAnswered() {
        assertThat(words(read(Map.of()))).containsExactly("none: null", "none: null");
        assertThat(words(read(Map.of(), agent("Which day suits you best?"), agent("Hello? Goodbye then."))))
                .containsExactly("none: null", "none: null");
        assertThat(words(read(Map.of(), agent("How can I help?"), customer("I want a haircut."))))
                .containsExactly("none: null", "none: null");
    }

    @Test
    void shouldReadOtherLanguages() {
        List<Answer> answers = AnswerReader.read(
                List.of(new Question("q", "Welcher Tag passt Ihnen am besten?")),
                new Analysed(
                        "conv_1",
                        Channel.VOICE,
                        "agent_1",
                        null,
                        Instant.EPOCH,
                        60,
                        "done",
                        List.of(agent("Welcher Wochentag passt Ihnen denn am besten?"), customer("Der Dienstag.")),
                        null,
                        "success",
                        Map.of(),
                        Map.of(),
                        null));

        assertThat(answers.getFirst().answer()).isEqualTo("Der Dienstag.");
    }
}
