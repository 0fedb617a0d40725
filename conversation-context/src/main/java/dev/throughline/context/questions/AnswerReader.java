package dev.throughline.context.questions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.events.CallEvent.Answer;
import dev.throughline.events.CallEvent.Question;
import dev.throughline.events.ConversationEvent.Analysed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answers to a call's questions: what the provider collected first, then what the transcript says. Pure. */
final class AnswerReader {

    /** As {@code source} of an {@link Answer}. */
    static final String COLLECTED = "collected";

    static final String TRANSCRIPT = "transcript";
    static final String NONE = "none";

    private static final int LONGEST = 1_000;
    /** From this length on an id that is the beginning of a question's slug is taken for a cut slug. */
    private static final int CUT_SLUG = 12;

    private AnswerReader() {}

    /** One answer per question, in the questions' order. */
    static List<Answer> read(List<Question> questions, Analysed analysed) {
        Map<String, JsonNode> collected = new HashMap<>();
        analysed.collected().forEach((id, value) -> collected.put(slug(id), value));
        Transcript transcript = new Transcript(analysed.transcript(), questions);
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            Question question = questions.get(i);
            int index = i;
            answers.add(collected(collected, question, index + 1)
                    .map(answer -> answer(question, answer, COLLECTED))
                    .or(() -> transcript.answerTo(index).map(answer -> answer(question, answer, TRANSCRIPT)))
                    .orElseGet(() -> new Answer(question.id(), question.text(), null, NONE)));
        }
        return answers;
    }

    private static Answer answer(Question question, String answer, String source) {
        String bounded = answer.length() <= LONGEST ? answer : answer.substring(0, LONGEST - 1) + "…";
        return new Answer(question.id(), question.text(), bounded, source);
    }

    private static Optional<String> collected(Map<String, JsonNode> bySlug, Question question, int number) {
        String slug = slug(question.text());
        for (String id : List.of(slug(question.id()), "answer_" + number, "question_" + number, slug)) {
            Optional<String> found = text(bySlug.get(id));
            if (found.isPresent()) {
                return found;
            }
        }
        return bySlug.keySet().stream()
                .filter(id -> id.length() >= CUT_SLUG && slug.startsWith(id))
                .sorted()
                .flatMap(id -> text(bySlug.get(id)).stream())
                .findFirst();
    }

    private static Optional<String> text(@Nullable JsonNode value) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return Optional.empty();
        }
        String text = value.isBoolean()
                ? (value.asBoolean() ? "yes" : "no")
                : value.isValueNode() ? value.asText() : value.toString();
        return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
    }

    /** Letters and digits of any script in lower case, everything else one underscore. */
    static String slug(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "_").replaceAll("^_|_$", "");
    }
}
