package dev.throughline.simulator.elevenlabs.brain;

import dev.throughline.simulator.elevenlabs.account.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * One conversation's scripted mind. It is told what was heard and how tools answered, and is asked for its next {@link Act}
 * until it has none. It remembers named values ("slots"), the last answer of every tool and one state. For one thread.
 */
public final class Brain {

    private static final String SPEECHLESS = "I am sorry, I cannot look that up right now.";

    private final Script script;
    private final UnaryOperator<String> variables;
    private final Predicate<String> hasTool;
    private final Clock clock;
    private final Interview interview;
    private final JsonObject memory = new JsonObject();
    private final Deque<JsonObject> steps = new ArrayDeque<>();
    private String state = "";
    private String heard = "";
    private @Nullable JsonObject waiting;

    /**
     * A mind that knows the conversation's variables.
     *
     * @param variables value of a dynamic variable, empty for an unknown one
     * @param hasTool whether the agent has a tool of that name
     */
    public Brain(Script script, UnaryOperator<String> variables, Predicate<String> hasTool, Clock clock) {
        this.script = script;
        this.variables = variables;
        this.hasTool = hasTool;
        this.clock = clock;
        this.interview = Interview.of(variables);
        for (Script.Rule rule : script.memories()) {
            remember(rule, variables.apply(rule.source().getString("from")));
        }
    }

    /** Begins to speak first, the way a voice agent does. */
    public void greet() {
        push(script.array("greeting"));
    }

    /** Takes in background information, as a contextual update does; it brings about no answer. */
    public void learn(String text) {
        script.memories().forEach(rule -> remember(rule, text));
    }

    /** Thinks about what the other side said; what was left to do before is dropped. */
    public void hear(String text) {
        steps.clear();
        heard = text;
        push(script.rules().stream()
                .filter(rule -> applies(rule, text))
                .findFirst()
                .map(rule -> rule.source().getJsonArray("do"))
                .orElseGet(() -> script.array("fallback")));
        push(script.array("first"));
    }

    private boolean applies(Script.Rule rule, String text) {
        Matcher found = rule.pattern().matcher(text);
        if (!inState(rule) || !found.find() || !knowsNeeds(rule)) {
            return false;
        }
        rule.values(found).forEach(this::set);
        return true;
    }

    /** The next thing to do; empty when it is the other side's turn or a tool's. */
    public Optional<Act> next() {
        while (waiting == null && !steps.isEmpty()) {
            Optional<Act> act = step(steps.pop());
            if (act.isPresent()) {
                return act;
            }
        }
        return Optional.empty();
    }

    /**
     * Tells how the tool that was asked for answered.
     *
     * @param answer its body; null when there was none or it was not a JSON object
     * @param failed whether the call failed (refused connection, time-out, status other than 2xx)
     */
    public void toolAnswered(@Nullable JsonObject answer, boolean failed) {
        JsonObject step = waiting;
        if (step == null) {
            return;
        }
        waiting = null;
        memory.put(step.getString("call"), answer == null ? new JsonObject() : answer);
        boolean refused = answer == null || Boolean.FALSE.equals(answer.getValue("success"));
        String branch =
                failed ? "failed" : refused && step.containsKey("refused") ? "refused" : refused ? "failed" : "then";
        push(step.getJsonArray(branch, new JsonArray()));
    }

    /** The value collected under {@code name} by the script, or empty. */
    public Optional<String> collected(String name) {
        String template = script.object("collect").getString(name, "{" + name + "}");
        return Optional.of(fill(template)).filter(value -> !value.isEmpty()).or(() -> interview.collected(name));
    }

    /** Whether the script holds the criterion {@code id} for met; empty when it does not know the criterion. */
    public Optional<Boolean> met(String id) {
        return Optional.ofNullable(script.object("evaluate").getString(id)).map(this::knows);
    }

    /** One sentence about the conversation. */
    public String summary() {
        for (Object row : script.array("summary")) {
            JsonObject choice = (JsonObject) row;
            if (!choice.containsKey("if") || knows(choice.getString("if"))) {
                return fill(choice.getString("say"));
            }
        }
        return "";
    }

    private Optional<Act> step(JsonObject step) {
        if (step.containsKey("say")) {
            String text = fill(step.getString("say")).strip();
            return Optional.of(new Act.Say(text.isEmpty() ? SPEECHLESS : text));
        }
        if (step.containsKey("call")) {
            return call(step);
        }
        if (step.containsKey("firstMessage")) {
            return Optional.of(new Act.FirstMessage());
        }
        if (step.containsKey("endCall")) {
            return Optional.of(new Act.EndCall());
        }
        if (step.containsKey("ask")) {
            return ask(step);
        }
        if (step.containsKey("answer")) {
            interview.answer(heard);
        } else if (step.containsKey("pick")) {
            pick(step);
        } else if (step.containsKey("run")) {
            push(script.routine(step.getString("run")));
        } else if (step.containsKey("state")) {
            state = step.getString("state");
        } else if (step.containsKey("set")) {
            step.getJsonObject("set").forEach(entry -> set(entry.getKey(), fill(String.valueOf(entry.getValue()))));
        } else if (step.containsKey("if")) {
            push(step.getJsonArray(knows(step.getString("if")) ? "then" : "else", new JsonArray()));
        }
        return Optional.empty();
    }

    private Optional<Act> ask(JsonObject step) {
        Optional<String> question = interview.ask();
        question.ifPresentOrElse(
                text -> memory.put("question", text), () -> push(step.getJsonArray("else", new JsonArray())));
        return question.map(Act.Say::new);
    }

    private Optional<Act> call(JsonObject step) {
        waiting = step;
        Optional<String> tool = toolNamed(step.getString("call"));
        if (tool.isEmpty()) {
            toolAnswered(null, true);
            return Optional.empty();
        }
        JsonObject arguments = new JsonObject();
        for (Map.Entry<String, Object> entry : step.getJsonObject("with", new JsonObject())) {
            String value = fill(String.valueOf(entry.getValue()));
            if (!value.isEmpty()) {
                arguments.put(entry.getKey(), value);
            }
        }
        return Optional.of(new Act.CallTool(tool.get(), arguments));
    }

    private Optional<String> toolNamed(String name) {
        if (hasTool.test(name)) {
            return Optional.of(name);
        }
        return script.object("toolNames").getJsonArray(name, new JsonArray()).stream()
                .map(String::valueOf)
                .filter(hasTool)
                .findFirst();
    }

    private void pick(JsonObject step) {
        String index = fill(step.getString("index"));
        Object picked = index.isEmpty() ? null : Json.at(memory, step.getString("pick") + "." + index);
        if (picked != null) {
            memory.put(step.getString("into"), picked);
        }
        push(step.getJsonArray(picked == null ? "else" : "then", new JsonArray()));
    }

    private void push(JsonArray list) {
        for (int i = list.size() - 1; i >= 0; i--) {
            steps.push(list.getJsonObject(i));
        }
    }

    private boolean inState(Script.Rule rule) {
        JsonArray states = rule.source().getJsonArray("state");
        return states == null || states.contains(state);
    }

    private boolean knowsNeeds(Script.Rule rule) {
        String need = rule.source().getString("needs");
        return need == null || knows(need);
    }

    private boolean knows(String what) {
        if (what.equals("interview")) {
            return interview.open();
        }
        if (what.startsWith("tool:")) {
            return toolNamed(what.substring("tool:".length())).isPresent();
        }
        return !recall(what).isEmpty();
    }

    private void remember(Script.Rule rule, String text) {
        Matcher found = rule.pattern().matcher(text);
        while (found.find()) {
            // What was said last counts, so later finds overwrite earlier ones.
            rule.values(found).forEach(this::set);
        }
    }

    private void set(String name, String value) {
        memory.put(name, script.normalised(name, value));
    }

    private String fill(String template) {
        return Template.fill(template, variables, this::recall, today());
    }

    private String recall(String path) {
        Object value = Json.at(memory, path);
        return value == null ? "" : value.toString();
    }

    private LocalDate today() {
        try {
            return LocalDate.now(clock.withZone(ZoneId.of(variables.apply("time_zone"))));
        } catch (DateTimeException unknownZone) {
            return LocalDate.now(clock.withZone(ZoneOffset.UTC));
        }
    }
}
