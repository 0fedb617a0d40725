package dev.throughline.platform.socket;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.concurrent.ThreadLocalRandom;

/** Messages into frames, one each. One connection, one thread. */
final class FrameWriter {

    static final byte TEXT = 0x1;
    static final byte CLOSE = 0x8;
    static final byte PONG = 0xA;
    static final byte[] NOTHING = {};

    private static final int LAST = 0x80;
    private static final int MASKED = 0x80;
    private static final int MOST_SHORT = 125;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int MOST_16 = 65_535;
    private static final int LARGEST_HEAD = 14;
    private static final int USUAL_MESSAGE = 1 << 13;

    /** Where usual payloads are put together and masked before they are copied to the channel's memory. */
    private static final FastThreadLocal<byte[]> SPACE = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[USUAL_MESSAGE];
        }
    };

    private final boolean client;

    /** @param client whether this end masks what it sends */
    FrameWriter(boolean client) {
        this.client = client;
    }

    /** Appends a whole frame whose payload is the three parts, one after the other, to {@code out}, which grows as needed. */
    void append(ByteBuf out, byte type, byte[] head, byte[] middle, byte[] tail) {
        int length = head.length + middle.length + tail.length;
        out.ensureWritable(length + LARGEST_HEAD);
        int mask = client ? MASKED : 0;
        if (length <= MOST_SHORT) {
            out.writeShort((LAST | type) << 8 | mask | length);
        } else if (length <= MOST_16) {
            out.writeInt((LAST | type) << 24 | (mask | LENGTH_16) << 16 | length);
        } else {
            out.writeShort((LAST | type) << 8 | mask | LENGTH_64).writeLong(length);
        }
        if (!client) {
            out.writeBytes(head).writeBytes(middle).writeBytes(tail);
            return;
        }
        byte[] space = length <= USUAL_MESSAGE ? SPACE.get() : new byte[length];
        System.arraycopy(head, 0, space, 0, head.length);
        System.arraycopy(middle, 0, space, head.length, middle.length);
        System.arraycopy(tail, 0, space, head.length + middle.length, tail.length);
        int key = ThreadLocalRandom.current().nextInt();
        Masking.apply(space, 0, length, key);
        out.writeInt(key).writeBytes(space, 0, length);
    }
}
