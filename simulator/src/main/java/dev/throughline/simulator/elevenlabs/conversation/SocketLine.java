package dev.throughline.simulator.elevenlabs.conversation;

import dev.throughline.simulator.elevenlabs.account.Json;
import dev.throughline.simulator.wire.FaultPlan.Fault;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The public WebSocket as a conversation's line: sends the events the agent's {@code client_events} name, and no others. */
final class SocketLine implements Line {

    private static final Set<String> DEFAULT_EVENTS = Set.of(
            "audio",
            "interruption",
            "agent_response",
            "user_transcript",
            "tentative_user_transcript",
            "conversation_initiation_metadata",
            "ping");
    private static final long CLOSE_AFTER_END_CALL_MILLIS = 200;
    private static final int LATE_AUDIO_BYTES = 800;

    private final Services services;
    private final ConversationRecord record;
    private final SessionSocket socket;
    private final ClientTools clientTools;
    private final Set<String> events = new HashSet<>();
    private final Runnable closed;

    /** {@code closed} is run when the conversation closes the socket. */
    SocketLine(Services services, ConversationRecord record, SessionSocket socket, Runnable closed) {
        this.services = services;
        this.record = record;
        this.socket = socket;
        this.clientTools = new ClientTools(services.vertx());
        this.closed = closed;
        Json.array(record.agent(), "conversation_config.conversation.client_events")
                .forEach(event -> events.add(String.valueOf(event)));
        if (events.isEmpty()) {
            events.addAll(DEFAULT_EVENTS);
        }
    }

    /** The answer to a client tool; false when none waits for it. */
    boolean toolResult(String callId, String result, boolean isError) {
        return clientTools.result(callId, result, isError);
    }

    /** Sends an event whether the agent names it or not. */
    void send(JsonObject message) {
        if (!record.ended()) {
            record.message("sent", message);
            socket.send(message);
        }
    }

    @Override
    public String channel() {
        return record.textOnly() ? "text" : "voice";
    }

    @Override
    public boolean bridged() {
        return true;
    }

    @Override
    public void tell(JsonObject event) {
        if (events.contains(event.getString("type"))) {
            send(event);
        }
    }

    @Override
    public void play(byte[] encoded, int eventId) {
        if (events.contains("audio")) {
            socket.send(SocketEvents.audio(encoded, eventId));
        }
    }

    @Override
    public boolean interruptible() {
        return events.contains("interruption") && events.contains("audio");
    }

    /** The fault {@code late-audio}: {@code chunks} of the old event come all the same, after {@code afterMillis}. */
    @Override
    public void cutOff(int eventId) {
        Optional<Fault> late = services.faults().take("late-audio", channel());
        late.ifPresent(fault -> {
            int chunks = fault.options().getInteger("chunks", 1);
            long after = fault.options().getLong("afterMillis", 0L);
            Runnable noise = () -> {
                for (int i = 0; i < chunks; i++) {
                    send(SocketEvents.audio(new byte[LATE_AUDIO_BYTES], eventId));
                }
            };
            if (after == 0) {
                noise.run();
            } else {
                services.vertx().setTimer(after, timer -> noise.run());
            }
        });
    }

    @Override
    public Future<ToolOutcome> clientTool(JsonObject tool, String callId, JsonObject arguments, int eventId) {
        if (!events.contains("client_tool_call")) {
            services.violations()
                    .add(
                            "client_event_missing",
                            record.id(),
                            "the agent has a client tool but client_tool_call is not among its client_events");
        }
        Future<ToolOutcome> answer = clientTools.expect(tool, callId, arguments);
        tell(SocketEvents.clientToolCall(tool, callId, arguments, eventId));
        return answer;
    }

    @Override
    public void drain(Runnable then) {
        services.vertx().setTimer(CLOSE_AFTER_END_CALL_MILLIS, timer -> then.run());
    }

    @Override
    public void close(int code, String reason) {
        socket.close(code, reason);
        closed.run();
    }
}
