package dev.throughline.platform.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way out of one connection. Those of one turn of the loop are put into one buffer and leave together at its end; what the
 * operating system does not take stays in the channel, and how long it has stayed is known. One event loop.
 */
final class Outgoing {

    /** Two usual frames. */
    private static final int USUAL_TURN = 1_024;

    private final ChannelHandlerContext context;
    private final FrameWriter writer;
    private final LongConsumer left;
    /** The frames of this turn; null when there are none yet. */
    private @Nullable ByteBuf turn;

    private boolean closed;
    private long messages;
    private long messagesLeft;
    /** When the oldest bytes that have not left were flushed, 0 when all have. */
    private long waitingSince;

    /** @param left is told how many messages, counted from the first, have left the process */
    Outgoing(ChannelHandlerContext context, boolean masks, LongConsumer left) {
        this.context = context;
        this.writer = new FrameWriter(masks);
        this.left = left;
    }

    /** A text message in three parts, which are copied. */
    void message(byte[] head, byte[] middle, byte[] tail) {
        messages++;
        write(FrameWriter.TEXT, head, middle, tail);
    }

    void pong(byte[] payload) {
        write(FrameWriter.PONG, payload, FrameWriter.NOTHING, FrameWriter.NOTHING);
    }

    void close(int code, String reason) {
        byte[] number = {(byte) (code >> 8), (byte) code};
        write(FrameWriter.CLOSE, number, reason.getBytes(StandardCharsets.UTF_8), FrameWriter.NOTHING);
    }

    boolean isWritable() {
        return context.channel().isWritable() && (turn == null || turn.readableBytes() < TextSocket.MOST_WAITING);
    }

    /** Nanoseconds since something was flushed that has not left; 0 when all has. */
    long waitingNanos() {
        return waitingSince == 0 ? 0 : System.nanoTime() - waitingSince;
    }

    /** Completes when all that was written has left, or never will. Flushes. */
    ChannelFuture allLeft() {
        ByteBuf frames = turn;
        turn = null;
        return context.writeAndFlush(frames == null ? Unpooled.EMPTY_BUFFER : frames);
    }

    /** The connection is gone; what was not flushed is forgotten. */
    void release() {
        closed = true;
        if (turn != null) {
            turn.release();
            turn = null;
        }
    }

    /** Hands what was written to the operating system, and finds out whether it took it. */
    void flush() {
        ByteBuf frames = turn;
        turn = null;
        if (frames != null) {
            context.write(frames, context.voidPromise());
        }
        context.flush();
        ChannelOutboundBuffer rest = context.channel().unsafe().outboundBuffer();
        if (rest == null) {
            return;
        }
        if (rest.isEmpty()) {
            tell(messages);
        } else if (waitingSince == 0) {
            awaitLeaving();
        }
    }

    /** A listener failed. */
    void failed(RuntimeException failure) {
        context.pipeline().fireExceptionCaught(failure);
    }

    private void write(byte type, byte[] head, byte[] middle, byte[] tail) {
        if (closed) {
            return;
        }
        ByteBuf frames = turn;
        if (frames == null) {
            frames = context.alloc().directBuffer(USUAL_TURN);
            turn = frames;
            Flushes.add(this, context.channel().eventLoop());
        }
        writer.append(frames, type, head, middle, tail);
    }

    private void awaitLeaving() {
        long count = messages;
        waitingSince = System.nanoTime();
        allLeft().addListener(done -> {
            waitingSince = 0;
            if (done.isSuccess()) {
                tell(count);
                flush();
            }
        });
    }

    private void tell(long count) {
        if (count > messagesLeft) {
            messagesLeft = count;
            left.accept(count);
        }
    }
}
