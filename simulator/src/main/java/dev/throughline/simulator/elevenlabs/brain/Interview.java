package dev.throughline.simulator.elevenlabs.brain;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Questions the agent is to ask, one after the other, and what was answered. They come in the dynamic variable {@code questions} (a
 * JSON array of texts or of {@code {id,text}}, or numbered lines) or else in {@code questions_text} (numbered lines).
 */
final class Interview {

    private final List<Question> questions;
    private final Map<String, String> answers = new HashMap<>();
    private int asked;

    private record Question(String id, String text) {}

    private Interview(List<Question> questions) {
        this.questions = questions;
    }

    /** The questions among {@code variables}; none when there are none. */
    static Interview of(UnaryOperator<String> variables) {
        List<Question> questions = read(variables.apply("questions"));
        return new Interview(questions.isEmpty() ? lines(variables.apply("questions_text")) : questions);
    }

    /** Whether a question was not asked yet. */
    boolean open() {
        return asked < questions.size();
    }

    /** The next question, which is now asked; empty when all of them were. */
    Optional<String> ask() {
        return open() ? Optional.of(questions.get(asked++).text()) : Optional.empty();
    }

    /**
     * Notes the answer to the question asked last, under every id a data collection may have for it: its own, {@code question_1} and
     * {@code answer_1} by its place, and its text with underscores.
     */
    void answer(String text) {
        if (asked > 0) {
            Question question = questions.get(asked - 1);
            answers.put(question.id(), text);
            answers.put("question_" + asked, text);
            answers.put("answer_" + asked, text);
            answers.put(slug(question.text()), text);
        }
    }

    /** The answer collected under {@code id}, or empty. */
    Optional<String> collected(String id) {
        return Optional.ofNullable(answers.get(id));
    }

    private static List<Question> read(String variable) {
        if (!variable.strip().startsWith("[")) {
            return lines(variable);
        }
        try {
            List<Question> questions = new ArrayList<>();
            for (Object each : new JsonArray(variable)) {
                String place = "question_" + (questions.size() + 1);
                if (each instanceof JsonObject question) {
                    questions.add(new Question(question.getString("id", place), question.getString("text", "")));
                } else {
                    questions.add(new Question(place, String.valueOf(each)));
                }
            }
            return questions;
        } catch (DecodeException | ClassCastException notAList) {
            return List.of();
        }
    }

    private static List<Question> lines(String text) {
        List<Question> questions = new ArrayList<>();
        for (String line : text.split("\\R")) {
            String question = line.strip().replaceFirst("^(\\d+[.)]|[-*•])\\s*", "");
            if (!question.isEmpty()) {
                questions.add(new Question("question_" + (questions.size() + 1), question));
            }
        }
        return questions;
    }

    private static String slug(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "_").replaceAll("^_|_$", "");
    }
}
