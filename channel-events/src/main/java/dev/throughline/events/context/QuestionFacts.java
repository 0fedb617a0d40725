package dev.throughline.events.context;

import dev.throughline.events.CallEvent.Answer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the customer was asked on outbound calls, as lines of a prompt. A question asked on several calls counts once. */
final class QuestionFacts {

    private static final int LONGEST_QUESTION = 160;
    private static final int LONGEST_ANSWER = 240;

    private QuestionFacts() {}

    /**
     * The lines, given answers before open questions, in the order they were asked. Where there are too many the oldest are left out.
     *
     * @param questionnaires the oldest first
     * @param room most characters, line breaks included
     */
    static List<String> of(List<Questionnaire> questionnaires, int room) {
        Collection<Answer> latest = latest(questionnaires);
        List<String> lines = new ArrayList<>();
        latest.stream()
                .filter(question -> question.answer() != null)
                .map(question -> "The customer was asked \"" + text(question.question(), LONGEST_QUESTION)
                        + "\" and answered \"" + text(String.valueOf(question.answer()), LONGEST_ANSWER) + "\".")
                .forEach(lines::add);
        latest.stream()
                .filter(question -> question.answer() == null)
                .map(question -> "Not answered yet: \"" + text(question.question(), LONGEST_QUESTION) + "\".")
                .forEach(lines::add);
        Deque<String> kept = new ArrayDeque<>();
        for (String line : lines.reversed()) {
            room -= line.length() + 1;
            if (room < 0) {
                break;
            }
            kept.addFirst(line);
        }
        return List.copyOf(kept);
    }

    /** One per question text: the last answer given; a later call that brought none takes nothing away. */
    private static Collection<Answer> latest(List<Questionnaire> questionnaires) {
        Map<String, Answer> byText = new LinkedHashMap<>();
        for (Questionnaire questionnaire : questionnaires) {
            for (Answer question : questionnaire.questions()) {
                String key = question.question().strip().toLowerCase(Locale.ROOT);
                byText.merge(key, question, (had, came) -> came.answer() == null ? had : came);
            }
        }
        return byText.values();
    }

    private static String text(String text, int most) {
        return PromptContext.shorten(text.replaceAll("\\s+", " ").strip(), most);
    }
}
