package dev.throughline.simulator.elevenlabs.conversation;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.impl.ConnectionBase;

/** The server's end of one socket, with the ability to misbehave. */
final class SessionSocket {

    /** A close frame's reason holds at most 123 bytes (RFC 6455 §5.5.1). */
    private static final int MAX_REASON = 120;

    private final ServerWebSocket socket;
    private final HttpConnection connection;
    private boolean strange;
    private boolean deaf;

    SessionSocket(ServerWebSocket socket, HttpConnection connection) {
        this.socket = socket;
        this.connection = connection;
    }

    /** From now on every message has a field nobody knows and is followed by an event nobody knows, when {@code on}. */
    void misbehave(boolean on) {
        strange = on;
    }

    /** From now on nothing is taken off the wire, so that the client's writes pile up on its own side. */
    void stopReading() {
        deaf = true;
        socket.pause();
    }

    /** Whether nothing is read any more. */
    boolean deaf() {
        return deaf;
    }

    void send(JsonObject message) {
        if (socket.isClosed()) {
            return;
        }
        if (!strange) {
            socket.writeTextMessage(message.encode());
            return;
        }
        JsonObject odd = message.copy().put("field_of_the_future", new JsonObject().put("anything", 1));
        socket.writeTextMessage(odd.encode());
        socket.writeTextMessage(SocketEvents.unknown().encode());
    }

    void close(int code, String reason) {
        if (!socket.isClosed()) {
            socket.close((short) code, reason.substring(0, Math.min(reason.length(), MAX_REASON)));
        }
    }

    /** Ends the TCP connection without a close frame. */
    void dropConnection() {
        // Closing through Vert.x would send a close frame; only the channel itself can fall silent.
        ((ConnectionBase) connection).channelHandlerContext().close();
    }
}
