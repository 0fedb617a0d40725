package dev.throughline.mediabridge.agent;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * The one thread a call lives on. Answers of clients may arrive on other threads (a time-out fires on a worker); they come back here
 * before they touch anything.
 */
public final class EventLoop {

    private final Context context;
    private final Thread thread;

    private EventLoop(Context context, Thread thread) {
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
        return new EventLoop(context, Thread.currentThread());
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

    /** Runs {@code task} on the loop again and again; returns the timer's id. */
    public long every(long millis, Runnable task) {
        return context.owner().setPeriodic(millis, ignored -> run(task));
    }

    /** Forgets a timer; harmless when it has fired. */
    public void cancel(long timer) {
        context.owner().cancelTimer(timer);
    }
}
