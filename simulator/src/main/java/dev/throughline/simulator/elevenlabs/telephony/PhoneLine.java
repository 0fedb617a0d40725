package dev.throughline.simulator.elevenlabs.telephony;

import dev.throughline.simulator.elevenlabs.conversation.ConversationRecord;
import dev.throughline.simulator.elevenlabs.conversation.Line;
import dev.throughline.simulator.elevenlabs.conversation.Services;
import dev.throughline.simulator.elevenlabs.conversation.ToolOutcome;
import io.vertx.core.Future;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * A telephone call as a conversation's line: Twilio's media stream, the server's side (Twilio, <i>Media Streams: WebSocket
 * messages</i>). Nobody listens to events there, and nobody can perform a client tool.
 */
final class PhoneLine implements Line {

    private static final String GOODBYE = "goodbye";
    /** Twilio plays at most this much before it must have echoed the mark. */
    private static final long GOODBYE_MILLIS = 30_000;

    private final Services services;
    private final ConversationRecord record;
    private final ServerWebSocket socket;
    private final String streamSid;
    private final Map<String, Runnable> marks = new HashMap<>();

    PhoneLine(Services services, ConversationRecord record, ServerWebSocket socket, String streamSid) {
        this.services = services;
        this.record = record;
        this.socket = socket;
        this.streamSid = streamSid;
    }

    /** Twilio has played everything before the mark {@code name}. */
    void played(String name) {
        Runnable then = marks.remove(name);
        if (then != null) {
            then.run();
        }
    }

    @Override
    public String channel() {
        return "phone";
    }

    @Override
    public boolean bridged() {
        return false;
    }

    @Override
    public void tell(JsonObject event) {
        record.message("sent", event);
    }

    @Override
    public void play(byte[] encoded, int eventId) {
        String payload = Base64.getEncoder().encodeToString(encoded);
        send(message("media").put("media", new JsonObject().put("payload", payload)));
    }

    @Override
    public boolean interruptible() {
        return true;
    }

    @Override
    public void cutOff(int eventId) {
        send(message("clear"));
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
    public void drain(Runnable then) {
        marks.put(GOODBYE, then);
        send(message("mark").put("mark", new JsonObject().put("name", GOODBYE)));
        services.vertx().setTimer(GOODBYE_MILLIS, timer -> played(GOODBYE));
    }

    @Override
    public void close(int code, String reason) {
        if (!socket.isClosed()) {
            // A close frame's reason holds at most 123 bytes (RFC 6455 §5.5.1).
            socket.close((short) code, reason.substring(0, Math.min(reason.length(), 120)));
        }
    }

    private JsonObject message(String event) {
        return new JsonObject().put("event", event).put("streamSid", streamSid);
    }

    private void send(JsonObject message) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(message.encode());
        }
    }
}
