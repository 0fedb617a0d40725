package dev.throughline.platform.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of one connection into messages. What is larger than a message may be is not kept but read past, so that its sender can be told
 * before the connection ends; so is a binary message. One connection, one thread.
 *
 * <p>Text is handed over as it came: whether it is well-formed UTF-8 is seen by whoever parses it.
 */
final class FrameReader {

    /** What was read. After {@link #isDone} has become true nothing more is told. */
    interface Sink {

        /** A whole text message in {@code bytes[0..length)}; the array is used again afterwards. */
        void onText(byte[] bytes, int length);

        /** A binary message begins; it is passed over. */
        void onBinary();

        /** A message is too large; the rest of it is passed over. */
        void onTooLarge();

        /** @param payload at most 125 bytes */
        void onPing(byte[] payload);

        /** @param code 1005 when the frame had none */
        void onClose(int code, String reason);

        /** These are no WebSocket frames. */
        void onViolation(String what);

        /** Whether the rest does not matter any more. */
        boolean isDone();
    }

    private static final int CONTINUATION = 0x0;
    private static final int TEXT = 0x1;
    private static final int BINARY = 0x2;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    private static final int MOST_CONTROL = 125;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    /** What a close frame without a code counts as (RFC 6455 §7.1.5). */
    static final int NO_CODE = 1005;

    private static final int USUAL_MESSAGE = 1 << 16;

    /** Where usual messages are unmasked; a handler has to be through with one before the next is read on the same thread. */
    private static final FastThreadLocal<byte[]> SPACE = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[USUAL_MESSAGE];
        }
    };

    private final boolean fromClient;
    private final int maxMessageBytes;
    private final Sink sink;
    private @Nullable ByteBuf rest;
    private long toSkip;
    /** How many bytes the frame needs that has come in part. */
    private int needed;
    /** The frames so far of a text in many; null when there is none, or it is passed over. */
    private @Nullable ByteArrayOutputStream fragments;

    private boolean inMessage;

    /**
     * @param fromClient whether the peer is a client, which has to mask; a server must not
     * @param maxMessageBytes largest text message
     */
    FrameReader(boolean fromClient, int maxMessageBytes, Sink sink) {
        this.fromClient = fromClient;
        this.maxMessageBytes = maxMessageBytes;
        this.sink = sink;
    }

    /** Takes the next bytes and releases them. */
    void read(ByteBuf bytes, ByteBufAllocator alloc) {
        ByteBuf before = rest;
        if (before != null) {
            before.discardReadBytes().writeBytes(bytes);
            bytes.release();
            bytes = before;
            rest = null;
        }
        try {
            while (!sink.isDone() && skip(bytes) && readFrame(bytes)) {
                // The next one.
            }
            if (bytes.isReadable() && !sink.isDone()) {
                rest = bytes == before
                        ? bytes.retain()
                        : alloc.buffer(Math.max(needed, 2 * bytes.readableBytes()))
                                .writeBytes(bytes);
            }
        } finally {
            bytes.release();
        }
    }

    /** Forgets what was begun. */
    void release() {
        if (rest != null) {
            rest.release();
            rest = null;
        }
        fragments = null;
    }

    /** Whether there is nothing left to pass over. */
    private boolean skip(ByteBuf bytes) {
        if (toSkip > 0) {
            int now = (int) Math.min(toSkip, bytes.readableBytes());
            bytes.skipBytes(now);
            toSkip -= now;
        }
        return toSkip == 0;
    }

    /** Reads one frame if all of it, or all of the head of one to be passed over, is there. */
    private boolean readFrame(ByteBuf bytes) {
        int start = bytes.readerIndex();
        int readable = bytes.readableBytes();
        if (readable < 2) {
            return false;
        }
        int first = bytes.getByte(start);
        int second = bytes.getByte(start + 1);
        boolean masked = (second & 0x80) != 0;
        int shortLength = second & 0x7F;
        int head = 2 + (shortLength == LENGTH_16 ? 2 : shortLength == LENGTH_64 ? 8 : 0) + (masked ? 4 : 0);
        if (readable < head) {
            return false;
        }
        long length = shortLength == LENGTH_16
                ? bytes.getUnsignedShort(start + 2)
                : shortLength == LENGTH_64 ? bytes.getLong(start + 2) : shortLength;
        String violation = violation(first, masked, length);
        if (violation != null) {
            sink.onViolation(violation);
            return false;
        }
        boolean last = (first & 0x80) != 0;
        int opcode = first & 0x0F;
        if (opcode <= BINARY && !isWanted(opcode, length)) {
            passOver(opcode, last, length);
            bytes.skipBytes(head);
            return true;
        }
        if (readable - head < length) {
            needed = (int) (head + length);
            return false;
        }
        byte[] payload = payload(bytes, start + head, (int) length, masked ? bytes.getInt(start + head - 4) : 0);
        bytes.readerIndex(start + head + (int) length);
        if (opcode <= BINARY) {
            onData(opcode == TEXT, last, payload, (int) length);
        } else {
            onControl(opcode, Arrays.copyOf(payload, (int) length));
        }
        return true;
    }

    private @Nullable String violation(int first, boolean masked, long length) {
        int opcode = first & 0x0F;
        boolean control = opcode >= CLOSE;
        if ((first & 0x70) != 0) {
            return "extension bits without an extension";
        }
        if (masked != fromClient) {
            return masked ? "a server must not mask" : "a client must mask";
        }
        if (opcode > PONG || (opcode > BINARY && opcode < CLOSE)) {
            return "unknown frame type";
        }
        if (length < 0 || (control && (length > MOST_CONTROL || (first & 0x80) == 0))) {
            return "a frame's length is out of bounds";
        }
        return !control && (opcode == CONTINUATION) != inMessage ? "a message inside another" : null;
    }

    /** Whether a data frame's payload is to be kept. */
    private boolean isWanted(int opcode, long length) {
        if (opcode == CONTINUATION) {
            return fragments != null && fragments.size() + length <= maxMessageBytes;
        }
        return opcode == TEXT && length <= maxMessageBytes;
    }

    private void passOver(int opcode, boolean last, long length) {
        boolean alreadyTold = opcode == CONTINUATION && fragments == null;
        inMessage = !last;
        fragments = null;
        toSkip = length;
        if (!alreadyTold) {
            if (opcode == BINARY) {
                sink.onBinary();
            } else {
                sink.onTooLarge();
            }
        }
    }

    private static byte[] payload(ByteBuf bytes, int from, int length, int key) {
        byte[] space = length <= USUAL_MESSAGE ? SPACE.get() : new byte[length];
        bytes.getBytes(from, space, 0, length);
        if (key != 0) {
            Masking.apply(space, 0, length, key);
        }
        return space;
    }

    private void onData(boolean begins, boolean last, byte[] payload, int length) {
        inMessage = !last;
        if (begins && last) {
            sink.onText(payload, length);
            return;
        }
        ByteArrayOutputStream all = begins || fragments == null ? new ByteArrayOutputStream() : fragments;
        all.write(payload, 0, length);
        fragments = last ? null : all;
        if (last) {
            sink.onText(all.toByteArray(), all.size());
        }
    }

    private void onControl(int opcode, byte[] payload) {
        switch (opcode) {
            case PING -> sink.onPing(payload);
            case CLOSE -> {
                if (payload.length == 1) {
                    sink.onViolation("half a close code");
                } else if (payload.length == 0) {
                    sink.onClose(NO_CODE, "");
                } else {
                    int code = (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
                    sink.onClose(code, new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8));
                }
            }
            default -> {
                // A pong nobody asked for.
            }
        }
    }
}
