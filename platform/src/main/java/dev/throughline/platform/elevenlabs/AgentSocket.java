package dev.throughline.platform.elevenlabs;

import dev.throughline.platform.socket.TextListener;
import dev.throughline.platform.socket.TextSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One open conversation with an agent. Opened by {@link AgentSockets}.
 *
 * <p>Sending is possible from any thread and never blocks; on the socket's event loop a message is written at once. While the agent does not
 * read, messages wait in a bounded queue. When it is full the oldest <i>audio</i> is dropped, because late speech is worse than lost
 * speech; other messages are never dropped, and an agent that leaves {@value #MAX_CONTROL} of them unread is closed with 1011. Pings are
 * answered at once, ahead of the queue.
 */
public final class AgentSocket {

    static final int MAX_CONTROL = 1_000;
    private static final int FAILURE = 1011;
    private static final int TOO_LARGE = 1009;
    private static final byte[] NOTHING = {};

    /** Called on the socket's event loop, in order, never at the same time. Must not block. */
    public interface Listener {

        /** Everything the agent says; pings were already answered. */
        void onEvent(AgentEvent event);

        /**
         * The socket is closed; called once, last.
         *
         * @param code of the close frame, 1006 when the transport was lost
         * @param reason of the close frame, possibly empty
         */
        void onClosed(int code, String reason);
    }

    /** The three parts are one text. */
    private record Message(byte[] head, byte[] middle, byte[] tail, boolean audio) {}

    private final Listener listener;
    private final int capacity;
    private final AtomicBoolean closed = new AtomicBoolean();
    /** What waits; its monitor guards the fields below it too. */
    private final Deque<Message> queue = new ArrayDeque<>();

    /** Whether the queue is not empty, for frames that come when it is. */
    private volatile boolean waits;

    private int queuedAudio;
    private long droppedAudio;
    private boolean draining;
    /** Set on the event loop before anybody knows this socket. */
    private @Nullable TextSocket socket;

    AgentSocket(Listener listener, int capacity) {
        this.listener = listener;
        this.capacity = capacity;
    }

    /** Sends a message that must arrive, made by {@link AgentMessages}. Ignored once closed. */
    public void send(String message) {
        boolean overrun;
        synchronized (queue) {
            queue.addLast(control(message));
            waits = true;
            overrun = queue.size() - queuedAudio > MAX_CONTROL;
        }
        if (overrun) {
            close(FAILURE, "agent does not read");
        }
        drainOnLoop();
    }

    /**
     * Sends caller audio.
     *
     * @param base64 in the format announced by the metadata; the caller of this method vouches that it holds base64 characters only
     */
    public void sendAudio(String base64) {
        byte[] audio = base64.getBytes(StandardCharsets.ISO_8859_1);
        TextSocket open = socket;
        if (open != null && open.inEventLoop() && open.isWritable() && !waits) {
            open.write(AgentMessages.AUDIO_HEAD, audio, AgentMessages.AUDIO_TAIL);
            return;
        }
        synchronized (queue) {
            while (queuedAudio >= capacity) {
                dropOldestAudio();
            }
            queue.addLast(new Message(AgentMessages.AUDIO_HEAD, audio, AgentMessages.AUDIO_TAIL, true));
            waits = true;
            queuedAudio++;
        }
        drainOnLoop();
    }

    /** Closes with a code and a reason of at most 123 bytes; harmless when closed already. */
    public void close(int code, String reason) {
        TextSocket open = socket;
        if (open != null) {
            open.run(() -> open.close(code, reason));
        }
    }

    /** Whether the socket can still take messages. */
    public boolean isOpen() {
        return !closed.get();
    }

    /** Audio messages dropped since the start, because the agent did not read fast enough. */
    public long droppedAudio() {
        synchronized (queue) {
            return droppedAudio;
        }
    }

    /** The listener of the socket that is about to be taken over. */
    TextListener incoming() {
        return new Incoming();
    }

    /** To be called on the event loop; what the first messages made wait is written now. */
    void attach(TextSocket opened) {
        this.socket = opened;
        drain();
    }

    private static Message control(String text) {
        return new Message(text.getBytes(StandardCharsets.UTF_8), NOTHING, NOTHING, false);
    }

    /** Writes now, or soon: from other threads one task on the loop is enough for all that was queued meanwhile. */
    private void drainOnLoop() {
        TextSocket open = socket;
        if (open == null) {
            return;
        }
        synchronized (queue) {
            if (draining) {
                return;
            }
            draining = true;
        }
        open.run(this::drain);
    }

    private void drain() {
        synchronized (queue) {
            draining = false;
        }
        TextSocket open = socket;
        while (open != null && open.isWritable() && open.isOpen()) {
            Message next;
            synchronized (queue) {
                next = queue.pollFirst();
                waits = !queue.isEmpty();
                if (next == null) {
                    return;
                }
                queuedAudio -= next.audio() ? 1 : 0;
            }
            open.write(next.head(), next.middle(), next.tail());
        }
    }

    private void dropOldestAudio() {
        for (Iterator<Message> messages = queue.iterator(); messages.hasNext(); ) {
            if (messages.next().audio()) {
                messages.remove();
                queuedAudio--;
                droppedAudio++;
                return;
            }
        }
    }

    private final class Incoming implements TextListener {

        @Override
        public void onText(byte[] utf8, int length) {
            AgentEvent event = AgentEventParser.parse(utf8, length).orElse(new AgentEvent.Unknown(""));
            if (event instanceof AgentEvent.Ping ping) {
                synchronized (queue) {
                    queue.addFirst(control(AgentMessages.pong(ping.eventId())));
                    waits = true;
                }
                drainOnLoop();
            }
            listener.onEvent(event);
        }

        @Override
        public void onProblem(TextListener.Problem problem) {
            if (problem == TextListener.Problem.TOO_LARGE) {
                close(TOO_LARGE, "message too large");
            }
        }

        @Override
        public void onWritable() {
            drain();
        }

        @Override
        public void onWritten(long count) {}

        @Override
        public void onClosed(int code, String reason) {
            if (closed.compareAndSet(false, true)) {
                synchronized (queue) {
                    queue.clear();
                    waits = false;
                    queuedAudio = 0;
                }
                listener.onClosed(code, reason);
            }
        }
    }
}
