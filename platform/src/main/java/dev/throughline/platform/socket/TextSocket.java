package dev.throughline.platform.socket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.internal.PlatformDependent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * An open WebSocket that carries text, taken over from Vert.x. Messages are read and written on the channel itself, without an object, a
 * future or a flush per frame. Never compressed: an extension is neither offered nor understood.
 *
 * <pre>
 *   OPEN ──close()──▶ CLOSING ──the peer's close frame, or 5 s──▶ DONE ──the connection ends──▶ onClosed
 *     └──────────── the peer's close frame, or no WebSocket frame ──▶ DONE
 * </pre>
 *
 * Lives on the channel's event loop: all methods that do not say otherwise are to be called there, and the listener is.
 */
public final class TextSocket {

    private enum Stage {
        OPEN,
        /** A close frame was sent; nothing but the peer's is waited for. */
        CLOSING,
        /** Nothing that comes matters any more. */
        DONE
    }

    private static final Logger LOG = Logger.getLogger(TextSocket.class);

    /** Most bytes waiting in the channel; then {@link #isWritable} is false until half of them have left. */
    static final int MOST_WAITING = 65_536;

    private static final int NORMAL = 1000;
    private static final int LOST = 1006;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int FAILURE = 1011;
    private static final long CLOSE_SECONDS = 5;

    private final ChannelHandlerContext context;
    private final Outgoing outgoing;
    private final FrameReader reader;
    private final TextListener listener;
    private Stage stage = Stage.OPEN;
    private int closeCode = LOST;
    private String closeReason = "";

    private TextSocket(ChannelHandlerContext context, boolean server, int maxMessageBytes, TextListener listener) {
        this.context = context;
        this.listener = listener;
        this.outgoing = new Outgoing(context, !server, listener::onWritten);
        this.reader = new FrameReader(server, maxMessageBytes, new Incoming());
    }

    /**
     * Takes over a connection whose upgrade was just completed. To be called on its event loop before that is left, so that no frame passes
     * by. The WebSocket that Vert.x made of it is not to be used any more.
     *
     * @param upgraded HTTP/1.1
     * @param server whether this end answered the upgrade
     * @param maxMessageBytes largest message read; one that is larger is a {@link TextListener.Problem#TOO_LARGE}
     */
    public static TextSocket takeOver(
            HttpConnection upgraded, boolean server, int maxMessageBytes, TextListener listener) {
        ChannelPipeline pipeline =
                ((ConnectionBase) upgraded).channelHandlerContext().pipeline();
        ChannelConfig config = pipeline.channel().config();
        config.setWriteBufferWaterMark(new WriteBufferWaterMark(MOST_WAITING / 2, MOST_WAITING));
        // A JVM may be told to keep the memory's addresses from Netty, which these buffers need.
        if (PlatformDependent.hasUnsafe()) {
            config.setAllocator(new LoopBuffers(config.getAllocator()));
        }
        // It makes an object and a time-out of every read and write; sessions have limits of their own.
        if (pipeline.get(IdleStateHandler.class) != null) {
            pipeline.remove(IdleStateHandler.class);
        }
        // It sees no close frame and takes every end for a failure, an error in the log each time; the listener is told
        // of them.
        upgraded.exceptionHandler(failure -> {});
        ChannelHandlerContext decoder = pipeline.context(WebSocketFrameDecoder.class);
        Wire wire = new Wire();
        pipeline.addAfter(decoder.name(), "frames", wire);
        TextSocket socket = new TextSocket(pipeline.context(wire), server, maxMessageBytes, listener);
        wire.socket = socket;
        // Bytes that the decoder holds are passed on to the wire. The encoder stays, for what Vert.x says when the
        // process ends.
        pipeline.remove(decoder.handler());
        return socket;
    }

    /** Whether the caller is on the socket's event loop. From any thread. */
    public boolean inEventLoop() {
        return context.channel().eventLoop().inEventLoop();
    }

    /** Runs {@code task} on the event loop: at once when already there, else soon. From any thread. */
    public void run(Runnable task) {
        if (inEventLoop()) {
            task.run();
        } else {
            context.channel().eventLoop().execute(task);
        }
    }

    /** Whether there is room for more. Whoever writes nevertheless fills the memory. */
    public boolean isWritable() {
        return outgoing.isWritable();
    }

    /** Whether messages can be sent: neither side has begun to close. */
    public boolean isOpen() {
        return stage == Stage.OPEN;
    }

    /** Writes a message; it leaves at the end of the loop's turn. Ignored unless the socket is open. */
    public void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8), FrameWriter.NOTHING, FrameWriter.NOTHING);
    }

    /** As {@link #write(String)}, for a message in three parts of UTF-8. They are copied. */
    public void write(byte[] head, byte[] middle, byte[] tail) {
        if (stage == Stage.OPEN) {
            outgoing.message(head, middle, tail);
        }
    }

    /** Nanoseconds since something was flushed that has not left, because the peer does not read; 0 when all has left. */
    public long waitingNanos() {
        return outgoing.waitingNanos();
    }

    /** The code of the first close frame, by whomever; 1006 when there was none. */
    public int closeCode() {
        return closeCode;
    }

    /**
     * Closes; harmless when closed already. The connection ends when the peer has answered, after some seconds at the latest.
     *
     * @param reason at most 123 bytes
     */
    public void close(int code, String reason) {
        if (stage == Stage.OPEN) {
            sendClose(code, reason);
            stage = Stage.CLOSING;
            cutLater();
        }
    }

    private void sendClose(int code, String reason) {
        closeCode = code;
        closeReason = reason;
        outgoing.close(code, reason);
    }

    /** Ends the connection as soon as what was written has left. */
    private void disconnect() {
        stage = Stage.DONE;
        outgoing.allLeft().addListener(done -> cut());
        cutLater();
    }

    private void fail(int code, String reason) {
        if (stage == Stage.OPEN) {
            sendClose(code, reason);
        }
        disconnect();
    }

    private void cutLater() {
        context.channel().eventLoop().schedule(this::cut, CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    /** Ends the connection at once. Not by the channel: Vert.x, further in, would wait until all that was written has left. */
    private void cut() {
        context.close();
    }

    /** What the reader finds. */
    private final class Incoming implements FrameReader.Sink {

        @Override
        public void onText(byte[] bytes, int length) {
            if (stage == Stage.OPEN) {
                listener.onText(bytes, length);
            }
        }

        @Override
        public void onBinary() {
            problem(TextListener.Problem.BINARY);
        }

        @Override
        public void onTooLarge() {
            problem(TextListener.Problem.TOO_LARGE);
        }

        @Override
        public void onPing(byte[] payload) {
            // Somebody who sends pings and never reads gets no more answers than there is room for.
            if (stage == Stage.OPEN && isWritable()) {
                outgoing.pong(payload);
            }
        }

        @Override
        public void onClose(int code, String reason) {
            if (stage == Stage.OPEN) {
                sendClose(code == FrameReader.NO_CODE ? NORMAL : code, "");
                closeCode = code;
                closeReason = reason;
            }
            disconnect();
        }

        @Override
        public void onViolation(String what) {
            fail(PROTOCOL_ERROR, what);
        }

        @Override
        public boolean isDone() {
            return stage == Stage.DONE;
        }

        private void problem(TextListener.Problem problem) {
            if (stage == Stage.OPEN) {
                listener.onProblem(problem);
            }
        }
    }

    /** The channel's side. */
    private static final class Wire extends ChannelInboundHandlerAdapter {

        /** Set as soon as this handler is in its place. */
        @SuppressWarnings("NullAway.Init")
        private TextSocket socket;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof ByteBuf bytes) {
                socket.reader.read(bytes, ctx.alloc());
            } else {
                ctx.fireChannelRead(message);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            // Vert.x has read nothing.
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            if (socket.isWritable() && socket.isOpen()) {
                socket.listener.onWritable();
            }
            ctx.fireChannelWritabilityChanged();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // channelInactive tells of the end.
            if (cause instanceof IOException) {
                ctx.close();
            } else {
                LOG.error("a message could not be handled, its socket is closed", cause);
                socket.fail(FAILURE, "internal error");
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            socket.stage = Stage.DONE;
            socket.reader.release();
            socket.outgoing.release();
            socket.listener.onClosed(socket.closeCode, socket.closeReason);
            ctx.fireChannelInactive();
        }
    }
}
