package dev.throughline.mediabridge.carrier;

import dev.throughline.mediabridge.audio.FrameQueue;
import dev.throughline.platform.socket.TextListener;
import dev.throughline.platform.socket.TextSocket;
import io.vertx.core.http.HttpConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's end of one stream. Frames are handed to the listener on the event loop as they are read, so a busy loop slows the sender
 * through TCP and nothing piles up on the way in. On the way out the channel takes some seconds of speech, and the rest waits in a
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

    private static final int LOST = 1006;

    private final HttpConnection upgraded;
    private final Limits limits;
    private final FrameQueue queue;
    private final MediaScanner scanner = new MediaScanner();
    private final AudioInFlight inFlight = new AudioInFlight();
    private @Nullable Listener listener;
    private @Nullable TextSocket socket;
    private String streamSid = "";
    private byte[] mediaHead = {};
    private long messagesWritten;

    /** @param upgraded a connection that has just become a WebSocket */
    public CarrierSocket(HttpConnection upgraded, Limits limits) {
        this.upgraded = upgraded;
        this.limits = limits;
        this.queue = new FrameQueue(limits.maxQueuedChars());
    }

    /** Begins to read. Call once, on the socket's event loop, before it yields. */
    public void listen(Listener newListener) {
        listener = newListener;
        socket = TextSocket.takeOver(upgraded, true, limits.maxMessageBytes(), new Incoming(newListener));
    }

    /** The stream has begun and agent audio may be sent. */
    public void begin(String newStreamSid) {
        streamSid = newStreamSid;
        mediaHead = CarrierFrames.mediaHead(newStreamSid);
    }

    /**
     * Sends agent audio, or queues it while the caller's side does not read. Not before {@link #begin}.
     *
     * @param payload base64 of mu-law, vouched for
     * @param mark the name of the mark that follows it, which is dropped together with it; null for none
     */
    public void sendAudio(String payload, @Nullable String mark, long receivedNanos) {
        String markFrame = mark == null ? null : CarrierFrames.mark(streamSid, mark);
        TextSocket open = socket;
        if (open != null && queue.size() == 0 && open.isWritable() && open.isOpen()) {
            open.write(mediaHead, payload.getBytes(StandardCharsets.ISO_8859_1), CarrierFrames.MEDIA_TAIL);
            written(open, markFrame, true, receivedNanos);
        } else {
            queue.addAudio(CarrierFrames.media(streamSid, payload), markFrame, receivedNanos);
            pump();
        }
    }

    /** Sends a frame that must arrive. */
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
        TextSocket open = socket;
        if (listener != null
                && open != null
                && open.waitingNanos() > limits.writeTimeout().toNanos()) {
            listener.onProblem(CarrierProblem.STALLED);
        }
    }

    /** Agent audio messages dropped for want of room. */
    public long droppedAudio() {
        return queue.dropped();
    }

    /** The code the socket was closed with, by whomever; -1 when the transport was lost or it is open. */
    public int closeCode() {
        return socket == null || socket.closeCode() == LOST ? -1 : socket.closeCode();
    }

    /** Closes with a reason of at most 123 bytes; harmless when closed already. */
    public void close(int code, String reason) {
        if (socket != null) {
            socket.close(code, reason);
        }
    }

    private void pump() {
        TextSocket open = socket;
        while (open != null && open.isWritable() && open.isOpen()) {
            FrameQueue.Entry entry = queue.poll();
            if (entry == null) {
                return;
            }
            write(open, entry);
        }
    }

    private void write(TextSocket open, FrameQueue.Entry entry) {
        open.write(entry.text());
        written(open, entry.mark(), entry.audio(), entry.receivedNanos());
    }

    /** A message was written; its mark follows. */
    private void written(TextSocket open, @Nullable String markFrame, boolean audio, long receivedNanos) {
        messagesWritten++;
        if (audio) {
            inFlight.add(messagesWritten, receivedNanos);
        }
        if (markFrame != null) {
            open.write(markFrame);
            messagesWritten++;
        }
    }

    private final class Incoming implements TextListener {

        private final Listener told;

        private Incoming(Listener told) {
            this.told = told;
        }

        @Override
        public void onText(byte[] utf8, int length) {
            told.onFrame(CarrierFrames.parse(scanner, utf8, length), System.nanoTime());
        }

        @Override
        public void onProblem(TextListener.Problem problem) {
            told.onProblem(
                    switch (problem) {
                        case TOO_LARGE -> CarrierProblem.TOO_LARGE;
                        case BINARY -> CarrierProblem.BINARY;
                    });
        }

        @Override
        public void onWritable() {
            pump();
        }

        @Override
        public void onWritten(long count) {
            inFlight.written(count, told::onAudioWritten);
        }

        @Override
        public void onClosed(int code, String reason) {
            queue.removeAudio();
            told.onClosed();
        }
    }
}
