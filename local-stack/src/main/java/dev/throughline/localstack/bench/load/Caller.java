package dev.throughline.localstack.bench.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's end of one call (Twilio, <i>Media Streams: WebSocket messages</i>): connected, start, then a frame of 20 ms at every tick. It
 * plays what it is sent in real time and echoes marks when what came before them was played.
 */
final class Caller implements WebSocketWire.Peer {

    private static final long FRAME_NANOS = 20_000_000;
    private static final byte[] MEDIA = Text.ascii("{\"event\":\"media\",\"sequenceNumber\":\"");
    private static final byte[] CHUNK = Text.ascii("\",\"media\":{\"track\":\"inbound\",\"chunk\":\"");
    private static final byte[] TIMESTAMP = Text.ascii("\",\"timestamp\":\"");
    private static final byte[] PAYLOAD = Text.ascii("\",\"payload\":\"");
    private static final byte[] STREAM = Text.ascii("\"},\"streamSid\":\"");
    private static final byte[] END = Text.ascii("\"}");
    private static final byte[] MARK = Text.ascii("{\"event\":\"mark\",\"sequenceNumber\":\"");
    private static final byte[] NAME = Text.ascii("\",\"mark\":{\"name\":\"");
    private static final byte[] IS_MEDIA = Text.ascii("\"payload\":\"");
    private static final byte[] IS_NAME = Text.ascii("\"name\":\"");

    private record Mark(byte[] name, long dueNanos) {}

    private final int number;
    private final Traffic traffic;
    private final byte[] streamSid;
    private final String start;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private final WebSocketWire wire = WebSocketWire.client(this);
    private @Nullable String closed;
    private boolean started;
    private int sequence = 1;
    private int chunk;
    private int expected;
    private long playedUntil;

    /** @param start the start message, its sequence number 1 */
    Caller(int number, Traffic traffic, String streamSid, String start) {
        this.number = number;
        this.traffic = traffic;
        this.streamSid = Text.ascii(streamSid);
        this.start = start;
    }

    WebSocketWire wire() {
        return wire;
    }

    /** How the socket ended; null while it has not. */
    @Nullable String closed() {
        return closed;
    }

    /** The socket is open. */
    void begin() {
        traffic.text
                .clear()
                .add(Text.ascii("{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}"))
                .writeTo(wire);
        traffic.text.clear().add(Text.ascii(start)).writeTo(wire);
        wire.flush();
        started = true;
    }

    /** 20 ms have passed. */
    void tick(boolean speaking) {
        if (!started || closed != null) {
            return;
        }
        if (speaking) {
            media();
        }
        echo(System.nanoTime());
        wire.flush();
    }

    @Override
    public void onText(ByteBuf bytes, int from, int length) {
        int payload = Text.find(bytes, from, length, IS_MEDIA);
        if (payload >= 0) {
            playedUntil = Math.max(playedUntil, System.nanoTime()) + FRAME_NANOS;
            expected = traffic.arrived(false, number, expected, bytes, payload + IS_MEDIA.length, from + length);
            return;
        }
        int name = Text.find(bytes, from, length, IS_NAME);
        if (name >= 0) {
            int begin = name + IS_NAME.length;
            int end = bytes.indexOf(begin, from + length, (byte) '"');
            byte[] copy = new byte[end - begin];
            bytes.getBytes(begin, copy);
            marks.add(new Mark(copy, playedUntil));
        }
    }

    @Override
    public void onClosed(String reason) {
        if (closed == null) {
            closed = reason;
        }
    }

    /** The caller hangs up. */
    void hangUp() {
        if (closed == null) {
            closed = "hung up";
            traffic.text
                    .clear()
                    .add(("{\"event\":\"stop\",\"streamSid\":\"" + new String(streamSid, StandardCharsets.US_ASCII)
                                    + "\"}")
                            .getBytes(StandardCharsets.US_ASCII))
                    .writeTo(wire);
            wire.flush();
            wire.close();
        }
    }

    private void media() {
        chunk++;
        traffic.text
                .clear()
                .add(MEDIA)
                .add(++sequence)
                .add(CHUNK)
                .add(chunk)
                .add(TIMESTAMP)
                .add(20L * chunk)
                .add(PAYLOAD)
                .add(traffic.callerFrame(number, chunk - 1))
                .add(STREAM)
                .add(streamSid)
                .add(END)
                .writeTo(wire);
    }

    private void echo(long now) {
        for (Mark mark = marks.peek(); mark != null && mark.dueNanos() <= now; mark = marks.peek()) {
            marks.poll();
            traffic.text
                    .clear()
                    .add(MARK)
                    .add(++sequence)
                    .add(NAME)
                    .add(mark.name())
                    .add(STREAM)
                    .add(streamSid)
                    .add(END)
                    .writeTo(wire);
        }
    }
}
