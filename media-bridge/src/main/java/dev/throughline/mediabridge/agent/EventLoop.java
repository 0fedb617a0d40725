package dev.throughline.mediabridge.agent;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;

/**
 * The one thread a call lives on. Answers of clients may arrive on other threads (a time-out fires on a worker); they come back here
 * before they touch anything.
 */
public final class EventLoop {

    private final ContextInternal context;
    private final Thread thread;

    private EventLoop(ContextInternal context, Thread thread) {
        this.context = context;
        this.thread = thread;
    }

    /**
     * The loop of the caller.
     *
     * @throws IllegalStateException when called outside an event loop
     */
    public static EventLoop current() {
        Context context = Vertx.currentContext();
        if (context == null || !Context.isOnEventLoopThread()) {
            throw new IllegalStateException("not on an event loop");
        }
        return new EventLoop((ContextInternal) context, Thread.currentThread());
    }

    /** Runs at once when already there, else as soon as the loop is free. */
    public void run(Runnable task) {
        if (Thread.currentThread() == thread) {
            task.run();
        } else {
            context.runOnContext(ignored -> task.run());
        }
    }

    /** Runs {@code task} on the loop after a delay; returns the timer's id. */
    public long after(long millis, Runnable task) {
        return context.owner().setTimer(Math.max(1, millis), ignored -> run(task));
    }

    /** Runs {@code task} a few times a second, on the loop and in this call's context; it may say that it wants no more. */
    public Pulse.Beat onEveryBeat(Runnable task) {
        return Pulse.add(context.nettyEventLoop(), () -> context.dispatch(task));
    }
}
