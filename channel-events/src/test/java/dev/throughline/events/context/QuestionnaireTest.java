package dev.throughline.events.context;

import static dev.throughline.events.Samples.CALL;
import static dev.throughline.events.Samples.CONVERSATION;
import static dev.throughline.events.Samples.NOON;
import static dev.throughline.events.Samples.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.events.CallEvent;
import dev.throughline.events.CallEvent.Answer;
import dev.throughline.events.CallEvent.Question;
import dev.throughline.events.EventJson;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Samples;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionnaireTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Answer TUESDAY = new Answer("question_1", "Which day suits you?", "Tuesday", "collected");
    private static final Answer NOTHING = new Answer("question_2", "Any allergies?", null, "none");

    private static RecordedEvent asked(String callId, long second) {
        return recorded(
                new CallEvent.QuestionsAsked(
                        callId,
                        null,
                        List.of(
                                new Question("question_1", "Which day suits you?"),
                                new Question("question_2", "Any allergies?"))),
                NOON.plusSeconds(second));
    }

    private static RecordedEvent answered(String callId, long second, Answer... answers) {
        return recorded(
                new CallEvent.QuestionsAnswered(callId, CONVERSATION, List.of(answers)), NOON.plusSeconds(second));
    }

    private static LeadContext fold(List<RecordedEvent> events) {
        return LeadContext.of(Samples.TENANT, Samples.LEAD, events);
    }

    @Test
    void shouldShowQuestionsAsOpenUntilTheAnswersCome() {
        assertThat(fold(List.of(asked(CALL, 0))).questionnaires())
                .singleElement()
                .satisfies(questionnaire -> {
                    assertThat(questionnaire.answered()).isFalse();
                    assertThat(questionnaire.questions())
                            .extracting(Answer::source)
                            .containsOnly(Questionnaire.OPEN);
                });
    }

    @Test
    void shouldPutTheAnswersUnderTheirQuestions() {
        assertThat(fold(List.of(answered(CALL, 60, NOTHING, TUESDAY), asked(CALL, 0)))
                        .questionnaires())
                .containsExactly(new Questionnaire(CALL, NOON, true, List.of(TUESDAY, NOTHING)));
    }

    @Test
    void shouldShowAnswersWhoseQuestionsWereNeverToldOf() {
        assertThat(fold(List.of(answered(CALL, 60, TUESDAY))).questionnaires())
                .containsExactly(new Questionnaire(CALL, NOON.plusSeconds(60), true, List.of(TUESDAY)));
    }

    @Test
    void shouldTellTheAgentWhatWasAnsweredAndWhatIsOpen() {
        LeadContext context = fold(List.of(asked(CALL, 0), answered(CALL, 60, TUESDAY, NOTHING), asked("CA2", 90)));

        assertThat(PromptContext.of(context, NEW_YORK, NOON, 2_000))
                .contains(
                        "The customer was asked \"Which day suits you?\" and answered \"Tuesday\".",
                        "Not answered yet: \"Any allergies?\".")
                .containsOnlyOnce("Which day suits you?");
    }

    @Test
    void shouldNeverGrowWithoutBound() {
        List<RecordedEvent> events = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String text = "Question " + i + " " + "x".repeat(500);
            events.add(recorded(
                    new CallEvent.QuestionsAsked("CA" + i, null, List.of(new Question("q", text))),
                    NOON.plusSeconds(i)));
        }
        LeadContext context = fold(events);

        assertThat(context.questionnaires()).hasSizeBetween(10, 100);
        assertThat(context.questionnaires().getLast().callId()).isEqualTo("CA399");
        assertThat(PromptContext.of(context, NEW_YORK, NOON, 1_000))
                .hasSizeLessThanOrEqualTo(1_000)
                .contains("Question 399");
    }

    @Test
    void shouldReadAContextWrittenBeforeQuestionsHadAPlaceOfTheirOwn() throws IOException {
        LeadContext context = fold(List.of(asked(CALL, 0), answered(CALL, 60, TUESDAY, NOTHING)));
        ObjectNode older = (ObjectNode) EventJson.mapper().readTree(LeadContextCodec.encode(context));
        older.remove("questions");

        LeadContext read = LeadContextCodec.decode(EventJson.mapper().writeValueAsBytes(older));

        assertThat(read).isEqualTo(context);
    }
}
