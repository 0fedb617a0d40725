package dev.throughline.mediabridge.agent;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.Future;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One timer for all calls of an event loop. A timer for each would wake the loop for every call on its own, hundreds of times a second. Beats
 * while anybody listens to it; lives on its loop.
 */
public final class Pulse {

    /** What is to be done at every beat, until it is stopped. */
    public final class Beat {

        private final Runnable task;

        private Beat(Runnable task) {
            this.task = task;
        }

        /** No more; harmless when repeated. To be called on the loop. */
        public void stop() {
            beats.remove(this);
            if (beats.isEmpty() && timer != null) {
                timer.cancel(false);
                timer = null;
            }
        }
    }

    private static final long MILLIS = 250;

    private static final FastThreadLocal<Pulse> OF_LOOP = new FastThreadLocal<>() {
        @Override
        protected Pulse initialValue() {
            return new Pulse();
        }
    };

    private final Set<Beat> beats = new LinkedHashSet<>();
    private @Nullable Future<?> timer;

    private Pulse() {}

    /** {@code task} must not throw; to be called on {@code loop}. */
    static Beat add(EventLoop loop, Runnable task) {
        Pulse pulse = OF_LOOP.get();
        Beat beat = pulse.new Beat(task);
        pulse.beats.add(beat);
        if (pulse.timer == null) {
            pulse.timer = loop.scheduleAtFixedRate(pulse::beat, MILLIS, MILLIS, TimeUnit.MILLISECONDS);
        }
        return beat;
    }

    private void beat() {
        // A copy: what is done may end calls.
        for (Beat beat : List.copyOf(beats)) {
            if (beats.contains(beat)) {
                beat.task.run();
            }
        }
    }
}
