package dev.throughline.context.stream;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * One client's place in one lead's log. Reads on when woken and when the client has taken what it was given, never more than one
 * batch ahead of it; so a slow client costs a cursor and that batch. Thread-safe.
 */
final class LogFollower {

    /** Reads what comes after a cursor. */
    @FunctionalInterface
    interface Reader {

        Uni<Batch> after(long cursor);
    }

    /**
     * A bounded stretch of the log, ready to send.
     *
     * @param cursor the offset of its last event; the one asked for when it is empty
     * @param more whether there may be more behind it
     */
    record Batch(List<OutboundSseEvent> events, long cursor, boolean more) {}

    private final Reader reader;
    private final MultiEmitter<? super OutboundSseEvent> emitter;
    private final Deque<OutboundSseEvent> buffer = new ArrayDeque<>();
    private long cursor;
    private boolean reading;
    private boolean draining;
    private boolean stale = true;
    private boolean closed;
    private long lastProgressNanos = System.nanoTime();

    /**
     * @param cursor the last offset the client has
     * @param first sent before anything else
     */
    LogFollower(Reader reader, long cursor, OutboundSseEvent first, MultiEmitter<? super OutboundSseEvent> emitter) {
        this.reader = reader;
        this.cursor = cursor;
        this.emitter = emitter;
        buffer.add(first);
    }

    /** There may be something new in the log. */
    void wake() {
        synchronized (this) {
            stale = true;
        }
        pump();
    }

    /** The client may have taken something. */
    void pump() {
        boolean read;
        long from;
        synchronized (this) {
            drain();
            read = stale && !reading && !closed && buffer.isEmpty();
            from = cursor;
            if (read) {
                reading = true;
                stale = false;
            }
        }
        if (read) {
            reader.after(from).subscribe().with(this::arrived, this::failed);
        }
    }

    /** Sends {@code comment} to a client that has read everything; a sign of life. */
    synchronized void beat(OutboundSseEvent comment) {
        if (!closed && !draining && buffer.isEmpty() && emitter.requested() > 0) {
            emitter.emit(comment);
        }
    }

    /** Whether the client has left something unread for longer than {@code patience}. */
    synchronized boolean isStalled(Duration patience) {
        return !buffer.isEmpty() && System.nanoTime() - lastProgressNanos > patience.toNanos();
    }

    synchronized void close() {
        closed = true;
        buffer.clear();
    }

    /** Under the lock, so that two threads cannot swap two events; emitting may come back here for the next request. */
    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        while (!closed && !buffer.isEmpty() && emitter.requested() > 0) {
            emitter.emit(buffer.removeFirst());
            lastProgressNanos = System.nanoTime();
        }
        draining = false;
    }

    private void arrived(Batch batch) {
        synchronized (this) {
            reading = false;
            cursor = batch.cursor();
            stale |= batch.more();
            if (!closed && !batch.events().isEmpty()) {
                buffer.addAll(batch.events());
                lastProgressNanos = System.nanoTime();
            }
        }
        pump();
    }

    private void failed(Throwable failure) {
        close();
        emitter.fail(failure);
    }
}
