package dev.throughline.mediabridge.listen;

import io.netty.channel.ChannelOption;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A listener's own socket, on an event loop that need not be the call's. What it does not read waits in a bounded queue, whose oldest sound is
 * lost when it is full. From any thread.
 */
final class ListenerSocket implements Ear {

    /** Messages: five seconds of both voices at a frame of 20 ms each. */
    static final int MOST_WAITING = 500;

    /** A second of both voices. */
    private static final int CHANNEL_BYTES = 16_384;

    private static final short NORMAL = 1000;

    private final ServerWebSocket socket;
    private final Context context;
    private final Deque<Buffer> waiting = new ArrayDeque<>();
    private boolean scheduled;
    private long lost;

    /**
     * To be made on the socket's event loop.
     *
     * @param upgraded the connection it was made of
     */
    ListenerSocket(ServerWebSocket socket, HttpConnection upgraded) {
        this.socket = socket;
        this.context = Vertx.currentContext();
        // Else the system keeps minutes of sound for one who reads slowly, and he would hear the call minutes late.
        ((ConnectionBase) upgraded).channel().config().setOption(ChannelOption.SO_SNDBUF, CHANNEL_BYTES);
        socket.setWriteQueueMaxSize(CHANNEL_BYTES);
        socket.drainHandler(drained -> pump());
        // Nothing is asked of a listener; what it sends is read so that its close is seen.
        socket.handler(ignored -> {});
    }

    @Override
    public void hear(Buffer sound) {
        synchronized (waiting) {
            if (waiting.size() >= MOST_WAITING) {
                waiting.removeFirst();
                lost++;
            }
            waiting.addLast(sound);
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        context.runOnContext(now -> pump());
    }

    @Override
    public void end(String reason) {
        context.runOnContext(now -> {
            pump();
            socket.close(NORMAL, reason);
        });
    }

    /** Messages it read too slowly to get. */
    long lost() {
        synchronized (waiting) {
            return lost;
        }
    }

    private void pump() {
        while (!socket.isClosed() && !socket.writeQueueFull()) {
            Buffer next = next();
            if (next == null) {
                return;
            }
            socket.writeBinaryMessage(next);
        }
        synchronized (waiting) {
            scheduled = false;
        }
    }

    private @Nullable Buffer next() {
        synchronized (waiting) {
            Buffer next = waiting.pollFirst();
            scheduled &= next != null;
            return next;
        }
    }
}
