package dev.throughline.simulator.elevenlabs.telephony;

import dev.throughline.simulator.elevenlabs.account.Json;
import dev.throughline.simulator.elevenlabs.brain.Brain;
import dev.throughline.simulator.elevenlabs.conversation.ConversationRecord;
import dev.throughline.simulator.elevenlabs.conversation.Dialogue;
import dev.throughline.simulator.elevenlabs.conversation.Initiation;
import dev.throughline.simulator.elevenlabs.conversation.Services;
import dev.throughline.simulator.elevenlabs.conversation.ToolOutcome;
import dev.throughline.simulator.elevenlabs.conversation.Variables;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * An answered native call. The customer says the given lines, one after each answer of the agent, and hangs up when there is none
 * left. No audio is made: the provider carries it itself, and what the outside sees is the record and its webhook.
 */
final class NativeCall implements Dialogue.Stage {

    private static final long TURN_MILLIS = 30;

    private final Services services;
    private final ConversationRecord record;
    private final Deque<String> lines;
    private final Variables variables;
    private final Dialogue dialogue;
    private int lastEventId;

    private NativeCall(
            Services services,
            ConversationRecord record,
            List<String> lines,
            Brain brain,
            List<JsonObject> tools,
            Variables variables,
            String firstMessage) {
        this.services = services;
        this.record = record;
        this.lines = new ArrayDeque<>(lines);
        this.variables = variables;
        this.dialogue = new Dialogue(record, brain, tools, services.webhooks(), variables, this, firstMessage);
    }

    /** Begins the conversation of {@code record} with {@code clientData}; one the agent cannot take ends as failed. */
    static void begin(Services services, ConversationRecord record, JsonObject clientData, List<String> lines) {
        List<JsonObject> tools = services.toolsOf(record.agent());
        switch (Initiation.judge(record.agent(), tools, clientData)) {
            case Initiation.Verdict.Refused refused -> {
                record.begin(clientData, new JsonObject(), false);
                services.violations().add(refused.name(), record.id(), refused.message() + " " + refused.variables());
                fail(services, record, refused.name());
            }
            case Initiation.Verdict.Accepted accepted -> {
                accepted.ignored().forEach(what -> services.violations().add("ignored", record.id(), what));
                record.begin(clientData, accepted.variables(), false);
                Variables variables = new Variables(record, services.clock());
                Brain brain = services.brainFor(record, tools, variables);
                String own = Json.text(record.agent(), "conversation_config.agent.first_message", "");
                boolean overridden = Json.at(accepted.override(), "agent.first_message") != null;
                String first = Json.text(accepted.override(), "agent.first_message", own);
                new NativeCall(services, record, lines, brain, tools, variables, first).dialogue.begin(!overridden);
            }
        }
    }

    /** Ends {@code record} as a call that died before anybody spoke. */
    static void fail(Services services, ConversationRecord record, String reason) {
        if (record.end(reason, 1008, new JsonObject().put("code", 1008).put("reason", reason))) {
            services.conversations().ended(record);
        }
    }

    @Override
    public int say(String text) {
        return ++lastEventId;
    }

    @Override
    public int toolRequested(JsonObject tool, String callId) {
        return ++lastEventId;
    }

    @Override
    public void toolAnswered(JsonObject tool, String callId, ToolOutcome outcome, int eventId) {
        // The record has it already, and nobody else listens to a native call.
    }

    @Override
    public Future<ToolOutcome> clientTool(JsonObject tool, String callId, JsonObject arguments, int eventId) {
        services.violations()
                .add(
                        "client_tool_on_native_call",
                        record.id(),
                        "native calls have no client for the tool " + tool.getString("name"));
        return Future.succeededFuture(new ToolOutcome(
                "Tool call failed", true, 0, "client_timeout", "no client", new JsonObject().put("type", "client")));
    }

    @Override
    public void hangUp(String callId) {
        end("end_call tool was called");
    }

    @Override
    public void answered() {
        services.vertx().setTimer(TURN_MILLIS, timer -> {
            String line = lines.poll();
            if (record.ended()) {
                return;
            }
            if (line == null) {
                end("Client ended call");
            } else {
                record.userSaid(variables.fill(line), "audio", ++lastEventId);
                dialogue.hear(variables.fill(line));
            }
        });
    }

    private void end(String reason) {
        dialogue.close();
        if (record.end(reason, 1000, null)) {
            services.conversations().ended(record);
        }
    }
}
