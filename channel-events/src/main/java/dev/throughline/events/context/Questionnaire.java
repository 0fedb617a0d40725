package dev.throughline.events.context;

import dev.throughline.events.CallEvent;
import dev.throughline.events.CallEvent.Answer;
import dev.throughline.events.CallEvent.Question;
import dev.throughline.events.RecordedEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The questions of one outbound call with what the customer said to each.
 *
 * @param time when the call's questions first were heard of
 * @param answered whether the provider's final word on the call has been read: then a missing answer is missing for good
 * @param questions in the order they were to be asked; {@link #OPEN} as source while nothing is known
 */
public record Questionnaire(String callId, Instant time, boolean answered, List<Answer> questions) {

    /** The source of an answer that may still come. */
    public static final String OPEN = "open";

    public Questionnaire {
        questions = List.copyOf(questions);
    }

    /** The questionnaires in {@code events}, the oldest call first; of two events about one call the later counts. Others are passed over. */
    static List<Questionnaire> of(List<RecordedEvent> events) {
        Map<String, Instant> since = new LinkedHashMap<>();
        Map<String, CallEvent.QuestionsAsked> asked = new HashMap<>();
        Map<String, CallEvent.QuestionsAnswered> answered = new HashMap<>();
        for (RecordedEvent recorded : events) {
            switch (recorded.event()) {
                case CallEvent.QuestionsAsked questions -> {
                    since.putIfAbsent(questions.callId(), recorded.time());
                    asked.put(questions.callId(), questions);
                }
                case CallEvent.QuestionsAnswered answers -> {
                    since.putIfAbsent(answers.callId(), recorded.time());
                    answered.put(answers.callId(), answers);
                }
                default -> {}
            }
        }
        return since.entrySet().stream()
                .map(call -> new Questionnaire(
                        call.getKey(),
                        call.getValue(),
                        answered.containsKey(call.getKey()),
                        joined(asked.get(call.getKey()), answered.get(call.getKey()))))
                .toList();
    }

    /** The questions as they are before anything is known of the answers. */
    static List<Answer> open(List<Question> questions) {
        return questions.stream()
                .map(question -> new Answer(question.id(), question.text(), null, OPEN))
                .toList();
    }

    private static List<Answer> joined(
            CallEvent.@Nullable QuestionsAsked asked, CallEvent.@Nullable QuestionsAnswered answered) {
        Map<String, Answer> byId = new LinkedHashMap<>();
        if (asked != null) {
            open(asked.questions()).forEach(question -> byId.put(question.questionId(), question));
        }
        if (answered != null) {
            answered.answers().forEach(answer -> byId.put(answer.questionId(), answer));
        }
        return List.copyOf(byId.values());
    }
}
