package dev.throughline.platform.elevenlabs;

import io.vertx.core.http.WebSocketBase;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One open conversation with an agent. Opened by {@link AgentSockets}.
 *
 * <p>Sending is possible from any thread and never blocks: at most one write is in flight, the rest waits in a bounded queue. When it
 * is full the oldest <i>audio</i> is dropped, because late speech is worse than lost speech; other messages are never dropped, and an
 * agent that leaves {@value #MAX_CONTROL} of them unread is closed with 1011. Pings are answered at once, ahead of the queue.
 */
public final class AgentSocket {

    static final int MAX_CONTROL = 1_000;
    private static final int GOING_AWAY_BY_LOSS = 1006;

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

    private record Message(String text, boolean audio) {}

    private final Listener listener;
    private final int capacity;
    private final Deque<Message> queue = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable WebSocketBase socket;
    private boolean writing;
    private int queuedAudio;
    private long droppedAudio;

    AgentSocket(Listener listener, int capacity) {
        this.listener = listener;
        this.capacity = capacity;
    }

    /** Sends a message that must arrive, made by {@link AgentMessages}. Ignored once closed. */
    public void send(String message) {
        boolean overrun;
        synchronized (this) {
            queue.addLast(new Message(message, false));
            overrun = queue.size() - queuedAudio > MAX_CONTROL;
        }
        if (overrun) {
            close(1011, "agent does not read");
        }
        writeNext();
    }

    /**
     * Sends caller audio.
     *
     * @param base64 in the format announced by the metadata
     */
    public void sendAudio(String base64) {
        String message = AgentMessages.userAudioChunk(base64);
        synchronized (this) {
            while (queuedAudio >= capacity) {
                dropOldestAudio();
            }
            queue.addLast(new Message(message, true));
            queuedAudio++;
        }
        writeNext();
    }

    /** Closes with a code and a reason of at most 123 bytes; harmless when closed already. */
    public void close(int code, String reason) {
        WebSocketBase open = socket;
        if (open != null && !open.isClosed()) {
            open.close((short) code, reason);
        }
    }

    /** Whether the socket can still take messages. */
    public boolean isOpen() {
        return !closed.get();
    }

    /** Audio messages dropped since the start, because the agent did not read fast enough. */
    public synchronized long droppedAudio() {
        return droppedAudio;
    }

    void attach(WebSocketBase opened) {
        this.socket = opened;
    }

    void onFrame(String frame) {
        AgentEvent event = AgentEventParser.parse(frame).orElse(new AgentEvent.Unknown(""));
        if (event instanceof AgentEvent.Ping ping) {
            synchronized (this) {
                queue.addFirst(new Message(AgentMessages.pong(ping.eventId()), false));
            }
            writeNext();
        }
        listener.onEvent(event);
    }

    void onClosed() {
        if (closed.compareAndSet(false, true)) {
            synchronized (this) {
                queue.clear();
                queuedAudio = 0;
            }
            WebSocketBase gone = socket;
            Short code = gone == null ? null : gone.closeStatusCode();
            String reason = gone == null ? null : gone.closeReason();
            listener.onClosed(code == null ? GOING_AWAY_BY_LOSS : code, reason == null ? "" : reason);
        }
    }

    private void writeNext() {
        Message next;
        synchronized (this) {
            if (writing || closed.get() || socket == null || queue.isEmpty()) {
                return;
            }
            next = queue.removeFirst();
            queuedAudio -= next.audio() ? 1 : 0;
            writing = true;
        }
        socket.writeTextMessage(next.text()).onComplete(written -> {
            synchronized (this) {
                writing = false;
            }
            // A failed write is followed by the close handler; there is nothing to repeat it on.
            if (written.succeeded()) {
                writeNext();
            }
        });
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
}
