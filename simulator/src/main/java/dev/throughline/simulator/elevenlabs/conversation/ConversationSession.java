package dev.throughline.simulator.elevenlabs.conversation;

import dev.throughline.simulator.elevenlabs.account.Json;
import dev.throughline.simulator.elevenlabs.conversation.Conversation.Formats;
import dev.throughline.simulator.wire.FaultPlan.Fault;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One client on the conversation socket, from its first message to the close: its manners, its pings and its faults. The
 * conversation itself is a {@link Conversation} over a {@link SocketLine}. For one event loop.
 *
 * <pre>
 *   WAITING --initiation accepted--> TALKING --end_call, client closes, limits--> CLOSED
 *      |                                |
 *      +--- anything else: 1008 --------+--- a second initiation, bad message: 1008
 * </pre>
 */
final class ConversationSession {

    private final Services services;
    private final ConversationRecord record;
    private final SessionSocket socket;
    private final SocketLine line;
    private final Heartbeat heartbeat = new Heartbeat();
    private final SessionClock clock;
    private final SessionFaults faults;
    private @Nullable Conversation conversation;
    private boolean metadataSent;

    ConversationSession(Services services, ConversationRecord record, SessionSocket socket) {
        this.services = services;
        this.record = record;
        this.socket = socket;
        this.clock = new SessionClock(services.vertx(), services.timing(), this::tick, this::ping);
        this.line = new SocketLine(services, record, socket, clock::stop);
        this.faults = new SessionFaults(services.vertx(), services.faults());
    }

    /** A text frame. */
    void message(String text) {
        if (record.ended()) {
            return;
        }
        clock.heardFromClient();
        JsonObject message;
        try {
            message = new JsonObject(text);
        } catch (RuntimeException malformed) {
            refuse("invalid_message", "The message is not a JSON object.");
            return;
        }
        if (message.containsKey("user_audio_chunk")) {
            userAudio(message);
            return;
        }
        record.message("received", message);
        String type = message.getValue("type") instanceof String word ? word : "";
        if (conversation == null) {
            if (type.equals("conversation_initiation_client_data")) {
                initiate(message);
            } else {
                refuse("invalid_message", "The first message must be conversation_initiation_client_data.");
            }
            return;
        }
        handle(conversation, type, message);
    }

    /** A binary frame; the protocol has none. */
    void binary() {
        refuse("invalid_message", "Binary messages are not supported.");
    }

    /** The client closed, or its connection was lost ({@code code} null). */
    void closed(@Nullable Short code) {
        end(code == null ? "Client connection lost" : "Client disconnected: " + code, code == null ? 1006 : code, null);
    }

    private void initiate(JsonObject message) {
        JsonObject agent = record.agent();
        List<JsonObject> tools = services.toolsOf(agent);
        JsonObject data = message.copy();
        data.remove("type");
        switch (Initiation.judge(agent, tools, message)) {
            case Initiation.Verdict.Refused refused -> {
                refused.ignored().forEach(this::ignored);
                record.begin(data, new JsonObject(), false);
                refuse(refused);
            }
            case Initiation.Verdict.Accepted accepted -> {
                accepted.ignored().forEach(this::ignored);
                record.begin(data, accepted.variables(), textOnly(agent, accepted));
                Optional<Initiation.Verdict.Refused> fault = faults.refusal(line.channel(), message);
                if (fault.isPresent()) {
                    refuse(fault.get());
                } else {
                    begin(tools, accepted);
                }
            }
        }
    }

    private static boolean textOnly(JsonObject agent, Initiation.Verdict.Accepted accepted) {
        Object override = Json.at(accepted.override(), "conversation.text_only");
        return override instanceof Boolean text
                ? text
                : Json.isTrue(agent, "conversation_config.conversation.text_only");
    }

    private void begin(List<JsonObject> tools, Initiation.Verdict.Accepted accepted) {
        String channel = line.channel();
        Formats formats = faults.format(channel).map(Formats::both).orElseGet(() -> Formats.of(record.agent()));
        Conversation talk = new Conversation(services, record, tools, accepted, formats, line);
        conversation = talk;
        faults.misbehave(channel, socket);
        if (!faults.withholdsMetadata(channel)) {
            metadataSent = true;
            line.send(SocketEvents.metadata(
                    record.id(), formats.output().name(), formats.input().name()));
        }
        clock.start();
        ping();
        faults.ending(channel, record, this::endOnDemand);
        talk.begin();
    }

    private void endOnDemand(Fault fault) {
        if (record.ended()) {
            return;
        }
        if (fault.kind().equals("drop-tcp")) {
            end("connection dropped on demand", 1006, failure(1011, "dropped"));
            socket.dropConnection();
        } else {
            int code = fault.options().getInteger("code", 1011);
            String reason = fault.options().getString("reason", SessionFaults.reasonOf(code));
            if (code == SessionFaults.LEFT_THE_QUEUE) {
                line.tell(SocketEvents.queueTimedOut());
            }
            finish(code, reason, reason, failure(code, reason));
        }
    }

    private void handle(Conversation talk, String type, JsonObject message) {
        switch (type) {
            case "pong" -> pong(message);
            case "user_message" ->
                userMessage(talk, message.getValue("text"), message.getString("source_medium", "text"));
            case "multimodal_message" -> userMessage(talk, Json.at(message, "text.text"), "text");
            case "contextual_update" -> {
                if (message.getValue("text") instanceof String text) {
                    talk.learn(text);
                } else {
                    refuse("missing_fields", "contextual_update needs text.");
                }
            }
            case "client_tool_result" -> {
                String callId = Json.text(message, "tool_call_id", "");
                if (!(message.getValue("result") instanceof String)
                        || !(message.getValue("is_error") instanceof Boolean)) {
                    refuse("missing_fields", "client_tool_result needs tool_call_id, result (text) and is_error.");
                } else if (!line.toolResult(callId, message.getString("result"), message.getBoolean("is_error"))) {
                    ignored("client_tool_result for a call that does not wait for one");
                }
            }
            case "user_activity", "feedback", "mcp_tool_approval_result" -> {}
            case "conversation_initiation_client_data" ->
                refuse("invalid_message", "The conversation was initiated already.");
            default -> refuse("invalid_message", "Unknown message type.");
        }
    }

    private void pong(JsonObject message) {
        if (!(message.getValue("event_id") instanceof Integer eventId)) {
            refuse("missing_fields", "pong needs event_id.");
        } else if (!heartbeat.ponged(eventId, SessionClock.now())) {
            ignored("pong for an event id that was never pinged");
        }
    }

    private void userMessage(Conversation talk, @Nullable Object text, String medium) {
        if (!(text instanceof String words) || words.isBlank()) {
            refuse("missing_fields", "user_message needs text.");
        } else {
            talk.hearText(words, medium);
        }
    }

    private void userAudio(JsonObject message) {
        if (!(message.getValue("user_audio_chunk") instanceof String payload)) {
            refuse("invalid_message", "user_audio_chunk must be base64 text.");
            return;
        }
        services.frames().received(payload);
        if (conversation == null) {
            refuse("invalid_message", "The first message must be conversation_initiation_client_data.");
            return;
        }
        if (!metadataSent || record.textOnly()) {
            ignored(metadataSent ? "audio in a text-only conversation" : "audio before the metadata event");
            return;
        }
        if (message.containsKey("type")) {
            ignored("user_audio_chunk carries a type; the message has none");
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(payload);
        } catch (IllegalArgumentException notBase64) {
            refuse("invalid_message", "user_audio_chunk is not base64.");
            return;
        }
        conversation.hearAudio(bytes);
    }

    private void ping() {
        if (conversation != null && !socket.deaf()) {
            int eventId = conversation.nextEventId();
            heartbeat.pinged(eventId, SessionClock.now());
            line.send(SocketEvents.ping(eventId, heartbeat.roundTripMillis()));
        }
    }

    private void tick() {
        if (socket.deaf()) {
            return;
        }
        if (heartbeat.overdue(SessionClock.now(), services.timing().pongWithin().toMillis())) {
            services.violations().add("pong_missing", record.id(), "a ping was not answered with a pong in time");
        }
        if (clock.idleTooLong()) {
            line.send(SocketEvents.error(
                    1002,
                    "transport_receive_timeout",
                    "No user input for too long.",
                    "transport_receive_timeout",
                    List.of()));
            finish(
                    1002,
                    "transport_receive_timeout",
                    "transport_receive_timeout",
                    failure(1002, "transport_receive_timeout"));
        }
    }

    private void refuse(Initiation.Verdict.Refused refused) {
        if (refused.name().equals("missing_dynamic_variable")) {
            String names = String.join(", ", refused.variables());
            services.violations().add(refused.name(), record.id(), "dynamic variables not supplied: " + names);
            line.send(SocketEvents.error(1008, refused.name(), refused.message(), names, refused.variables()));
            finish(
                    1008,
                    refused.name() + ": " + names,
                    refused.name(),
                    failure(1008, refused.message() + ": " + names));
        } else {
            refuse(refused.name(), refused.message());
        }
    }

    private void refuse(String name, String message) {
        services.violations().add(name, record.id(), message);
        line.send(SocketEvents.clientError(1008, name, message));
        finish(1008, name + ": " + message, name, failure(1008, message));
    }

    private void finish(int code, String closeReason, String terminationReason, @Nullable JsonObject failure) {
        if (end(terminationReason, code, failure)) {
            socket.close(code, closeReason);
        }
    }

    private boolean end(String reason, int code, @Nullable JsonObject failure) {
        clock.stop();
        if (conversation != null) {
            return conversation.end(reason, code, failure);
        }
        if (!record.end(reason, code, failure)) {
            return false;
        }
        // Refused at the door: there is a record of it, but no conversation to analyse or to report.
        record.analysed();
        return true;
    }

    private static JsonObject failure(int code, String reason) {
        return new JsonObject().put("code", code).put("reason", reason);
    }

    private void ignored(String what) {
        services.violations().add("ignored", record.id(), what);
    }
}
