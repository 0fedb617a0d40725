package dev.throughline.mediabridge.carrier;

import dev.throughline.mediabridge.audio.FrameQueue;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's end of one stream. Frames are handed to the listener on the event loop as they are read, so a busy loop slows the sender
 * through TCP and nothing piles up on the way in. On the way out at most one write is in flight and the rest waits in a
 * {@link FrameQueue}. All methods are for the socket's event loop only.
 */
public final class CarrierSocket {

    /** Called on the socket's event loop, in order. */
    public interface Listener {

        /** A text message. {@code receivedNanos} is {@link System#nanoTime} at its arrival. */
        void onFrame(CarrierFrame frame, long receivedNanos);

        /** Audio that arrived at {@code receivedNanos} was written to the socket. */
        void onAudioWritten(long receivedNanos);

        /** The peer misbehaves; the listener decides how to end it. */
        void onProblem(CarrierProblem problem);

        /** The socket is gone, by whomever; called once, last. */
        void onClosed();
    }

    /**
     * What one socket may take.
     *
     * @param maxMessageBytes largest message read
     * @param maxQueuedChars most characters of agent audio waiting to be written
     * @param writeTimeout how long one write may take before the peer counts as stalled
     */
    public record Limits(int maxMessageBytes, int maxQueuedChars, Duration writeTimeout) {}

    private final ServerWebSocket socket;
    private final Limits limits;
    private final FrameQueue queue;
    private Listener listener = new Nobody();
    private @Nullable Buffer fragments;
    private boolean writing;
    private boolean pumping;
    private long writingSince;
    private boolean closed;

    public CarrierSocket(ServerWebSocket socket, Limits limits) {
        this.socket = socket;
        this.limits = limits;
        this.queue = new FrameQueue(limits.maxQueuedChars());
    }

    /** Begins to read. Call once, on the socket's event loop, before it yields. */
    public void listen(Listener newListener) {
        this.listener = newListener;
        socket.frameHandler(this::onWebSocketFrame);
        // A broken frame or a reset: the close handler follows.
        socket.exceptionHandler(ignored -> {});
        socket.closeHandler(ignored -> {
            closed = true;
            queue.removeAudio();
            listener.onClosed();
        });
    }

    /**
     * Queues agent audio.
     *
     * @param mark the mark frame that follows it; dropped together with it
     */
    public void sendAudio(String mediaFrame, String mark, long receivedNanos) {
        queue.addAudio(mediaFrame, mark, receivedNanos);
        pump();
    }

    /** Queues a frame that must arrive. */
    public void send(String frame) {
        queue.addControl(frame);
        pump();
    }

    /** Drops the audio that was not written yet: it was spoken over. */
    public void discardQueuedAudio() {
        queue.removeAudio();
    }

    /** Reports a stalled write to the listener; to be called now and then, because a stalled socket calls nobody. */
    public void checkProgress() {
        if (writing && System.nanoTime() - writingSince > limits.writeTimeout().toNanos()) {
            listener.onProblem(CarrierProblem.STALLED);
        }
    }

    /** Agent audio messages dropped for want of room. */
    public long droppedAudio() {
        return queue.dropped();
    }

    /** The code the socket was closed with, by whomever; -1 when the transport was lost or it is open. */
    public int closeCode() {
        Short code = socket.closeStatusCode();
        return code == null || code == 1006 ? -1 : code;
    }

    /** Closes with a reason of at most 123 bytes; harmless when closed already. */
    public void close(int code, String reason) {
        if (!closed) {
            closed = true;
            socket.close((short) code, reason);
        }
    }

    private void onWebSocketFrame(WebSocketFrame frame) {
        if (closed) {
            return;
        }
        if (frame.isBinary()) {
            listener.onProblem(CarrierProblem.BINARY);
        } else if (frame.isText() && frame.isFinal()) {
            onMessage(frame.textData());
        } else if (frame.isText() || frame.isContinuation()) {
            onFragment(frame);
        }
    }

    private void onFragment(WebSocketFrame frame) {
        Buffer message = frame.isText() || fragments == null ? Buffer.buffer() : fragments;
        fragments = message.appendBuffer(frame.binaryData());
        if (message.length() > limits.maxMessageBytes()) {
            fragments = null;
            listener.onProblem(CarrierProblem.TOO_LARGE);
        } else if (frame.isFinal()) {
            fragments = null;
            onMessage(message.toString());
        }
    }

    private void onMessage(String text) {
        if (text.length() > limits.maxMessageBytes()) {
            listener.onProblem(CarrierProblem.TOO_LARGE);
        } else {
            listener.onFrame(CarrierFrames.parse(text), System.nanoTime());
        }
    }

    private void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            while (!writing && !closed) {
                FrameQueue.Entry entry = queue.poll();
                if (entry == null) {
                    return;
                }
                write(entry);
            }
        } finally {
            pumping = false;
        }
    }

    private void write(FrameQueue.Entry entry) {
        writing = true;
        writingSince = System.nanoTime();
        Future<Void> written = socket.writeTextMessage(entry.text());
        if (entry.mark() != null) {
            written = socket.writeTextMessage(Objects.requireNonNull(entry.mark()));
        }
        written.onComplete(result -> {
            writing = false;
            if (result.succeeded()) {
                if (entry.audio()) {
                    listener.onAudioWritten(entry.receivedNanos());
                }
                pump();
            }
        });
    }

    /** Before {@link #listen}. */
    private static final class Nobody implements Listener {
        @Override
        public void onFrame(CarrierFrame frame, long receivedNanos) {}

        @Override
        public void onAudioWritten(long receivedNanos) {}

        @Override
        public void onProblem(CarrierProblem problem) {}

        @Override
        public void onClosed() {}
    }
}
