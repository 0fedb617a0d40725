package dev.throughline.telephony.outbound;

import dev.throughline.events.CallEvent.Question;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What an agent is to ask, in the forms others read. Pure. */
final class Questions {

    private Questions() {}

    /**
     * As dynamic variables, which must be texts: {@code questions} is the list as JSON, {@code questions_text} one numbered line for each;
     * both empty when nothing is asked.
     */
    static Map<String, String> variables(List<Question> questions) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("questions", questions.isEmpty() ? "" : json(questions).encode());
        variables.put("questions_text", text(questions));
        return variables;
    }

    static JsonArray json(List<Question> questions) {
        JsonArray array = new JsonArray();
        questions.forEach(
                question -> array.add(new JsonObject().put("id", question.id()).put("text", question.text())));
        return array;
    }

    static List<Question> of(JsonArray json) {
        return json.stream()
                .map(JsonObject.class::cast)
                .map(question -> new Question(question.getString("id"), question.getString("text")))
                .toList();
    }

    private static String text(List<Question> questions) {
        return IntStream.range(0, questions.size())
                .mapToObj(i -> (i + 1) + ". " + questions.get(i).text())
                .collect(Collectors.joining("\n"));
    }
}
