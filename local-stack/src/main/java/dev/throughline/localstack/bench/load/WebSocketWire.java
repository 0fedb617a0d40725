package dev.throughline.localstack.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Whole text messages over a channel that was upgraded (RFC 6455), read in place and written from a byte array. It understands what the
 * peers of a benchmark send and nothing more: no fragments, no compression. One event loop.
 */
final class WebSocketWire extends ChannelInboundHandlerAdapter {

    /** Called on the event loop, in order. */
    interface Peer {

        /** A text message, unmasked, at {@code from} in {@code bytes}; the buffer is the wire's and is gone afterwards. */
        void onText(ByteBuf bytes, int from, int length);

        /** The socket is gone; {@code reason} is the close frame's code and text, or why there was none. Called once, last. */
        void onClosed(String reason);
    }

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int MOST_HEADER = 14;
    private static final int SHORT = 126;
    private static final int MOST_SHORT = 65_535;

    private final Peer peer;
    /** A client masks what it sends; 0 for a server, which does not. */
    private final int mask;

    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf rest;
    private String closeReason = "the connection was lost";

    private WebSocketWire(Peer peer, int mask) {
        this.peer = peer;
        this.mask = mask;
    }

    static WebSocketWire client(Peer peer) {
        return new WebSocketWire(peer, ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE));
    }

    static WebSocketWire server(Peer peer) {
        return new WebSocketWire(peer, 0);
    }

    /** Writes a text message without flushing; {@code text} may be reused afterwards and is left scrambled. */
    void write(byte[] text, int length) {
        ChannelHandlerContext open = context;
        if (open == null || !open.channel().isActive()) {
            return;
        }
        ByteBuf frame = open.alloc().directBuffer(length + MOST_HEADER);
        header(frame, TEXT, length);
        if (mask != 0) {
            scramble(text, length, mask);
        }
        frame.writeBytes(text, 0, length);
        open.write(frame, open.voidPromise());
    }

    void flush() {
        if (context != null) {
            context.flush();
        }
    }

    /** Closes normally. */
    void close() {
        ChannelHandlerContext open = context;
        if (open != null && open.channel().isActive()) {
            byte[] normal = {3, (byte) 232};
            ByteBuf frame = open.alloc().directBuffer(MOST_HEADER);
            header(frame, CLOSE, normal.length);
            if (mask != 0) {
                scramble(normal, normal.length, mask);
            }
            frame.writeBytes(normal);
            open.writeAndFlush(frame).addListener(written -> open.close());
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        this.context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        ByteBuf before = rest;
        if (before != null) {
            before.writeBytes(bytes);
            bytes.release();
            bytes = before;
            rest = null;
        }
        try {
            while (readFrame(bytes)) {
                // The next one.
            }
            if (bytes.isReadable()) {
                rest = ctx.alloc().directBuffer(bytes.readableBytes() + 1_024).writeBytes(bytes);
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (rest != null) {
            rest.release();
            rest = null;
        }
        peer.onClosed(closeReason);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        closeReason = cause.toString();
        ctx.close();
    }

    private boolean readFrame(ByteBuf bytes) {
        int start = bytes.readerIndex();
        int readable = bytes.readableBytes();
        if (readable < 2) {
            return false;
        }
        int opcode = bytes.getByte(start) & 0x0F;
        boolean masked = (bytes.getByte(start + 1) & 0x80) != 0;
        int length = bytes.getByte(start + 1) & 0x7F;
        int header = 2 + (length == SHORT ? 2 : length > SHORT ? 8 : 0) + (masked ? 4 : 0);
        if (readable < header) {
            return false;
        }
        length = length == SHORT
                ? bytes.getUnsignedShort(start + 2)
                : length > SHORT ? Math.toIntExact(bytes.getLong(start + 2)) : length;
        if (readable < header + length) {
            return false;
        }
        int from = start + header;
        if (masked) {
            unmask(bytes, from, length, bytes.getInt(from - 4));
        }
        bytes.readerIndex(from + length);
        onFrame(opcode, bytes, from, length);
        return true;
    }

    private void onFrame(int opcode, ByteBuf bytes, int from, int length) {
        switch (opcode) {
            case TEXT -> peer.onText(bytes, from, length);
            case CLOSE -> {
                closeReason = length < 2
                        ? "closed without a code"
                        : bytes.getUnsignedShort(from) + " "
                                + bytes.toString(from + 2, length - 2, StandardCharsets.UTF_8);
                if (context != null) {
                    context.close();
                }
            }
            case PING -> pong(ByteBufUtil.getBytes(bytes, from, length));
            case PONG -> {}
            case CONTINUATION -> throw new IllegalStateException("a fragment came");
            default -> throw new IllegalStateException("a frame of type " + opcode + " came");
        }
    }

    private void pong(byte[] payload) {
        ChannelHandlerContext open = context;
        if (open != null) {
            ByteBuf frame = open.alloc().directBuffer(payload.length + MOST_HEADER);
            header(frame, PONG, payload.length);
            if (mask != 0) {
                scramble(payload, payload.length, mask);
            }
            open.writeAndFlush(frame.writeBytes(payload), open.voidPromise());
        }
    }

    private void header(ByteBuf frame, int opcode, int length) {
        int maskBit = mask == 0 ? 0 : 0x80;
        frame.writeByte(0x80 | opcode);
        if (length < SHORT) {
            frame.writeByte(maskBit | length);
        } else if (length <= MOST_SHORT) {
            frame.writeByte(maskBit | SHORT).writeShort(length);
        } else {
            frame.writeByte(maskBit | (SHORT + 1)).writeLong(length);
        }
        if (mask != 0) {
            frame.writeInt(mask);
        }
    }

    private static void scramble(byte[] bytes, int length, int mask) {
        long wide = (long) mask << 32 | mask & 0xFFFF_FFFFL;
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            LONGS.set(bytes, i, (long) LONGS.get(bytes, i) ^ wide);
        }
        for (; i < length; i++) {
            bytes[i] ^= (byte) (mask >>> (24 - 8 * (i & 3)));
        }
    }

    private static void unmask(ByteBuf bytes, int from, int length, int mask) {
        long wide = (long) mask << 32 | mask & 0xFFFF_FFFFL;
        int end = from + length;
        int i = from;
        for (; i + 8 <= end; i += 8) {
            bytes.setLong(i, bytes.getLong(i) ^ wide);
        }
        for (; i < end; i++) {
            bytes.setByte(i, bytes.getByte(i) ^ (mask >>> (24 - 8 * ((i - from) & 3))));
        }
    }
}
