package dev.throughline.simulator.elevenlabs.conversation;

import dev.throughline.simulator.elevenlabs.account.Ids;
import dev.throughline.simulator.elevenlabs.account.Json;
import dev.throughline.simulator.elevenlabs.brain.Act;
import dev.throughline.simulator.elevenlabs.brain.Brain;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Leads a conversation: gives what is heard to the brain, performs its acts one after the other and keeps the record. What is
 * heard while a tool is at work waits for its turn. For one event loop.
 */
public final class Dialogue {

    private static final int MAX_WAITING = 10;

    private final ConversationRecord record;
    private final Brain brain;
    private final List<JsonObject> tools;
    private final WebhookTools webhooks;
    private final Variables variables;
    private final Stage stage;
    private final String firstMessage;
    private final Deque<String> heard = new ArrayDeque<>();
    private boolean busy;
    private boolean over;

    /** Where a conversation takes place. */
    public interface Stage {

        /** Says {@code text}; returns the event's id. */
        int say(String text);

        /** A tool is about to be called; returns the event's id. */
        int toolRequested(JsonObject tool, String callId);

        /** A tool has answered. */
        void toolAnswered(JsonObject tool, String callId, ToolOutcome outcome, int eventId);

        /** Has the other side perform a client tool. */
        Future<ToolOutcome> clientTool(JsonObject tool, String callId, JsonObject arguments, int eventId);

        /** Ends the conversation when everything was said; {@code callId} names the call of {@code end_call}. */
        void hangUp(String callId);

        /** The agent has nothing more to say or do for now. */
        void answered();
    }

    /** A conversation that has not begun. {@code firstMessage} is the agent's or its override, not filled, may be empty. */
    public Dialogue(
            ConversationRecord record,
            Brain brain,
            List<JsonObject> tools,
            WebhookTools webhooks,
            Variables variables,
            Stage stage,
            String firstMessage) {
        this.record = record;
        this.brain = brain;
        this.tools = tools;
        this.webhooks = webhooks;
        this.variables = variables;
        this.stage = stage;
        this.firstMessage = firstMessage;
    }

    /** Begins: with the script's greeting, or literally with the first message. */
    public void begin(boolean byScript) {
        if (byScript) {
            brain.greet();
            proceed();
        } else {
            sayFirstMessage();
        }
    }

    /** The other side said {@code text}. */
    public void hear(String text) {
        if (over || heard.size() >= MAX_WAITING) {
            return;
        }
        heard.add(text);
        proceed();
    }

    /** Background information; brings about no answer. */
    public void learn(String text) {
        brain.learn(text);
    }

    /** Whether a tool is at work or something waits. */
    public boolean busy() {
        return busy || !heard.isEmpty();
    }

    /** Stops everything. */
    public void close() {
        over = true;
        heard.clear();
    }

    private void proceed() {
        while (!busy && !over) {
            Optional<Act> act = brain.next();
            if (act.isPresent()) {
                perform(act.get());
            } else if (!heard.isEmpty()) {
                brain.hear(heard.poll());
            } else {
                stage.answered();
                return;
            }
        }
    }

    private void perform(Act act) {
        switch (act) {
            case Act.Say say -> say(say.text());
            case Act.FirstMessage first -> sayFirstMessage();
            case Act.CallTool call -> call(call);
            case Act.EndCall end -> endCall();
        }
    }

    private void sayFirstMessage() {
        String text = variables.fill(firstMessage);
        if (!text.isBlank()) {
            say(text);
        }
    }

    private void say(String text) {
        record.agentSaid(text, stage.say(text));
    }

    private void call(Act.CallTool call) {
        JsonObject tool = toolNamed(call.tool()).orElseThrow();
        String callId = Ids.fresh("tc").substring(0, 15);
        busy = true;
        int eventId = stage.toolRequested(tool, callId);
        Turn turn = record.agentActed(eventId);
        boolean client = tool.getString("type", "webhook").equals("client");
        Future<ToolOutcome> answer = client
                ? stage.clientTool(tool, callId, call.arguments(), eventId)
                : webhooks.call(tool, call.arguments(), variables, record.id());
        answer.onSuccess(outcome -> {
            busy = false;
            note(turn, tool, callId, call.arguments(), outcome);
            if (!over) {
                stage.toolAnswered(tool, callId, outcome, eventId);
                brain.toolAnswered(outcome.body().orElse(null), outcome.isError());
                proceed();
            }
        });
    }

    private void note(Turn turn, JsonObject tool, String callId, JsonObject arguments, ToolOutcome outcome) {
        String type = tool.getString("type", "webhook");
        String name = tool.getString("name");
        turn.toolCalls()
                .add(new JsonObject()
                        .put("type", type)
                        .put("request_id", callId)
                        .put("tool_name", name)
                        .put("params_as_json", arguments.encode())
                        .put("tool_has_been_called", true)
                        .put("tool_details", outcome.details()));
        turn.toolResults()
                .add(new JsonObject()
                        .put("request_id", callId)
                        .put("tool_name", name)
                        .put("result_value", outcome.result())
                        .put("is_error", outcome.isError())
                        .put("is_blocked", false)
                        .put("tool_has_been_called", true)
                        .put("tool_latency_secs", outcome.latencySecs())
                        .put("error_type", outcome.errorType())
                        .put("raw_error_message", outcome.rawError())
                        .put("dynamic_variable_updates", assign(tool, callId, outcome))
                        .put("type", type));
    }

    private JsonArray assign(JsonObject tool, String callId, ToolOutcome outcome) {
        JsonArray updates = new JsonArray();
        for (Object row : tool.getJsonArray("assignments", new JsonArray())) {
            JsonObject assignment = (JsonObject) row;
            Object value = outcome.body()
                    .map(body -> Json.at(body, assignment.getString("value_path", "")))
                    .orElse(null);
            if (value != null && !outcome.isError()) {
                String variable = assignment.getString("dynamic_variable");
                updates.add(new JsonObject()
                        .put("variable_name", variable)
                        .put("old_value", record.variables().getValue(variable))
                        .put("new_value", value)
                        .put("updated_at", Instant.now().getEpochSecond())
                        .put("tool_name", tool.getString("name"))
                        .put("tool_request_id", callId));
                record.variables().put(variable, value);
            }
        }
        return updates;
    }

    private void endCall() {
        String callId = Ids.fresh("tc").substring(0, 15);
        Turn turn = record.agentActed(0);
        JsonObject tool = new JsonObject().put("type", "system").put("name", "end_call");
        ToolOutcome outcome = new ToolOutcome(
                new JsonObject().put("status", "success").encode(),
                false,
                0,
                "",
                "",
                new JsonObject().put("type", "system"));
        note(turn, tool, callId, new JsonObject(), outcome);
        turn.toolCalls().getJsonObject(0).remove("tool_details");
        close();
        stage.hangUp(callId);
    }

    private Optional<JsonObject> toolNamed(String name) {
        return tools.stream()
                .filter(tool -> name.equals(tool.getString("name")))
                .findFirst();
    }
}
