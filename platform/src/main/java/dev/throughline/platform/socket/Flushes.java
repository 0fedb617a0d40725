package dev.throughline.platform.socket;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.List;

/**
 * The connections of one event loop that were written to and not flushed. They are flushed together when the loop has read what was there to
 * read: several messages on one then cost one system call, and none waits for longer than the turn.
 */
final class Flushes implements Runnable {

    private static final FastThreadLocal<Flushes> OF_LOOP = new FastThreadLocal<>() {
        @Override
        protected Flushes initialValue() {
            return new Flushes();
        }
    };

    private final List<Outgoing> waiting = new ArrayList<>();

    private Flushes() {}

    /** Flushes {@code connection} at the end of the turn; to be called on its loop, once per turn and connection. */
    static void add(Outgoing connection, EventLoop loop) {
        Flushes flushes = OF_LOOP.get();
        flushes.waiting.add(connection);
        if (flushes.waiting.size() == 1) {
            loop.execute(flushes);
        }
    }

    @Override
    public void run() {
        // By index: a flush may make one writable, whose owner then writes to it or to another one.
        for (int i = 0; i < waiting.size(); i++) {
            Outgoing connection = waiting.get(i);
            try {
                connection.flush();
            } catch (RuntimeException failure) {
                // One call's failure, told to its own socket: the others' frames still leave.
                connection.failed(failure);
            }
        }
        waiting.clear();
    }
}
